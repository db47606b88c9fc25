import type { Reason } from '@heyi/contract/notifications'
import type { Queryable, Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import type { OutboxReader, Span } from '../../kernel/outbox-readers.js'
import { listenersOf, type NewsRow, newsIn, placesInThreads } from '../messaging/index.js'
import type { Deps } from './deps.js'
import { insertEntries, lockHold, type NewEntry } from './ledger-store.js'
import { releaseLater } from './release.js'
import { decide, deviceHears } from './rules.js'
import * as store from './store.js'
import { targetsOf } from './targets.js'

/** Whoever reads a message within this time of being written is not told of it. */
const graceMs = 3_000

/**
 * Decides of each new message who is told, and writes that into the ledger in the transaction that moves its mark: once,
 * whatever ends in between. Only who has a device or an address of their own costs a row.
 */
export function notificationReader(deps: Deps): OutboxReader {
  return {
    name: 'notifications',
    read: async (tx, spans) => {
      const byTenant = new Map<string, Span[]>()
      for (const span of spans)
        if (span.feed.startsWith('con_')) byTenant.set(span.tenantId, [...(byTenant.get(span.tenantId) ?? []), span])
      for (const [tenantId, here] of byTenant) await readTenant(deps, tx, tenantId, here)
    },
    // What was written while nobody looked is not told hours later: it is unread, and the digest knows it.
    missed: async () => undefined,
  }
}

async function readTenant(deps: Deps, tx: Tx, tenantId: string, spans: Span[]): Promise<void> {
  const reachable = await store.reachableMembers(tx, tenantId)
  if (reachable.length === 0) return
  const news = await newsIn(tx, tenantId, spans)
  if (news.length === 0) return
  const conversations = [...new Set(news.map(({ conversation }) => conversation))]
  const listeners = await listenersOf(tx, tenantId, conversations, reachable)
  const members = [...new Set(listeners.map(({ member }) => member))]
  if (members.length === 0) return
  const threadSeqs = await readThreads(tx, tenantId, news)
  const wishes = await store.wishesOf(tx, tenantId, members)
  const silent = await store.silentOf(tx, tenantId, members, conversations)
  const policy = await store.findPolicy(tx, tenantId)
  const resting = await restOf(deps, tx, tenantId, news, listeners)
  const told: { member: string; message: NewsRow; reason: Reason }[] = []
  const held: { member: string; message: NewsRow; because: Reason; until: string | null }[] = []
  for (const message of news) {
    for (const place of listeners) {
      if (place.conversation !== message.conversation) continue
      const { member } = place
      const facts = {
        me: member,
        message: { ...message, direct: message.conversationKind === 'direct' },
        place,
        threadSeq: threadSeqs.get(`${member} ${message.conversation} ${message.root}`) ?? null,
        silent: silent.has(`${member} ${message.conversation}`),
        keywords: wishes.get(member)?.keywords ?? [],
        policy,
        reachable: true,
      }
      const until = resting.get(message.sender)?.get(member)
      const { outcome, reason } = decide({ ...facts, resting: false })
      if (outcome !== 'tell') continue
      if (until === undefined) told.push({ member, message, reason })
      else held.push({ member, message, because: reason, until })
    }
  }
  if (held.length > 0) {
    // Alone for these members: whoever ends a rest meanwhile has done so before, which is seen now, or waits.
    await lockHold(tx, tenantId, [...new Set(held.map(({ member }) => member))])
    const still = await restOf(deps, tx, tenantId, news, listeners)
    const stays = held.filter(({ member, message }) => still.get(message.sender)?.has(member))
    const ended = held.filter((one) => !stays.includes(one))
    told.push(...ended.map(({ member, message, because }) => ({ member, message, reason: because })))
    await hold(deps, tx, tenantId, stays)
  }
  await tell(deps, tx, tenantId, told)
}

/** Up to where followers have read the threads that these messages stand in, by `member conversation root`. */
export async function readThreads(
  on: Queryable,
  tenantId: string,
  news: Pick<NewsRow, 'conversation' | 'root'>[],
): Promise<Map<string, number>> {
  const threads = news.flatMap(({ conversation, root }) => (root === null ? [] : [{ conversation, root }]))
  if (threads.length === 0) return new Map()
  const places = await placesInThreads(on, tenantId, threads)
  return new Map(
    places.map(({ member, conversation, root, readSeq }) => [`${member} ${conversation} ${root}`, readSeq]),
  )
}

/** For each sender, who rests and may not be reached by them. */
async function restOf(
  { rest, kernel }: Deps,
  tx: Tx,
  tenantId: string,
  news: NewsRow[],
  listeners: { member: string; conversation: string }[],
): Promise<Map<string, Map<string, string | null>>> {
  const found = new Map<string, Map<string, string | null>>()
  for (const sender of new Set(news.map((message) => message.sender))) {
    const there = new Set(news.filter((message) => message.sender === sender).map(({ conversation }) => conversation))
    const hear = [...new Set(listeners.filter((l) => there.has(l.conversation)).map(({ member }) => member))]
    found.set(sender, await rest.restingFrom(tx, tenantId, hear, { sender, urgent: false, nowMs: kernel.clock.ms() }))
  }
  return found
}

async function tell(
  { kernel: { clock } }: Deps,
  tx: Tx,
  tenantId: string,
  told: { member: string; message: NewsRow; reason: Reason }[],
): Promise<void> {
  if (told.length === 0) return
  const targets = await targetsOf(tx, tenantId, [...new Set(told.map(({ member }) => member))])
  const dueAt = new Date(clock.ms() + graceMs).toISOString()
  const entries = told.flatMap(({ member, message: { conversation, seq }, reason }) =>
    (targets.get(member) ?? [])
      .filter(({ level }) => deviceHears(level, reason))
      .map(
        ({ channel, id, name }): NewEntry => ({
          id: newId('ntf', clock.ms()),
          member,
          key: `${conversation}:${seq} ${member} ${id}`,
          conversation,
          seq,
          reason,
          channel,
          targetId: id,
          target: name,
          state: 'queued',
          count: 1,
          detail: null,
          dueAt,
        }),
      ),
  )
  await insertEntries(tx, tenantId, entries, clock.now())
}

async function hold(
  { kernel: { clock } }: Deps,
  tx: Tx,
  tenantId: string,
  held: { member: string; message: NewsRow; because: Reason; until: string | null }[],
): Promise<void> {
  if (held.length === 0) return
  const untils = new Map(held.map(({ member, until }) => [member, until]))
  await insertEntries(
    tx,
    tenantId,
    held.map(({ member, message: { conversation, seq }, because }) => ({
      id: newId('ntf', clock.ms()),
      member,
      key: `${conversation}:${seq} ${member}`,
      conversation,
      seq,
      reason: 'resting',
      channel: null,
      targetId: null,
      target: '',
      state: 'held',
      count: 1,
      detail: { because },
      dueAt: clock.now(),
    })),
    clock.now(),
  )
  for (const [member, until] of untils) await releaseLater(clock, tx, tenantId, member, until)
}
