import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/notifications'
import type { LedgerEntry, NotificationPolicy, NotificationSettings } from '@heyi/contract/notifications'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { isInside } from '../../kernel/outbound.js'
import { isHidden, listenersOf, newsAt, requireConversation, updateMembership } from '../messaging/index.js'
import type { Deps } from './deps.js'
import { costOf, isConfigured, waysOf } from './ladder.js'
import { findLadder, listSteps } from './ladder-store.js'
import * as ledger from './ledger-store.js'
import { publicKey } from './push.js'
import { readThreads } from './reader.js'
import { decide, levelOf } from './rules.js'
import * as store from './store.js'
import { targetsOf } from './targets.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Ctx = MemberRead | MemberWrite

export async function getSettings(deps: Deps, ctx: Ctx): Promise<NotificationSettings> {
  const { tenantId, memberId, sessionId } = ctx.actor
  const wishes = (await store.wishesOf(ctx.db, tenantId, [memberId])).get(memberId) ?? store.standardWishes
  const devices = await store.devicesOf(ctx.db, tenantId, [memberId])
  const channels = await store.channelsOf(ctx.db, tenantId, [memberId])
  const mail = (await deps.identity.loginsOfMembers(ctx.db, tenantId, [memberId], 'email')).get(memberId)
  return {
    publicKey: await publicKey(ctx.db),
    keywords: wishes.keywords,
    digest: wishes.digest,
    devices: devices.map(({ id, session, name, level, content, createdAt, lastAcceptedAt, lastShownAt }) => {
      const current = session === sessionId
      return { id, session, name, level, content, current, createdAt, lastAcceptedAt, lastShownAt }
    }),
    channels: channels.map(({ id, name, url, level, content, lastAcceptedAt, lastFailure }) => {
      return { id, name, host: new URL(url).host, level, content, lastAcceptedAt, lastFailure }
    }),
    mail: deps.identity.hasMail ? (mail ?? null) : null,
  }
}

export async function updateSettings(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof ops.updateNotificationSettings>,
): Promise<NotificationSettings> {
  const { tenantId, memberId } = ctx.actor
  const before = (await store.wishesOf(ctx.db, tenantId, [memberId])).get(memberId) ?? store.standardWishes
  await store.saveWishes(ctx.db, tenantId, memberId, {
    keywords: [...new Set(input.keywords ?? before.keywords)],
    digest: input.digest ?? before.digest,
  })
  return getSettings(deps, ctx)
}

/** The level is kept as `muted`, which every client knows, and as a mark where not even mentions are told. */
export async function setLevel(ctx: MemberWrite, input: Input<typeof ops.setLevel>) {
  const { tenantId, memberId } = ctx.actor
  const { conversation, level } = input
  await updateMembership(ctx, { conversation, muted: level !== 'all' })
  const silent = level === 'none'
  if (await store.setSilent(ctx.db, tenantId, memberId, conversation, silent)) {
    if (silent) ctx.changes.put(memberId, 'silent', conversation)
    else ctx.changes.remove(memberId, 'silent', conversation)
  }
  return { level }
}

/** @throws AppError `channel_invalid` for an address that is not of the internet, unless the operator allows it */
function requireOutside(deps: Deps, url: string): void {
  if (deps.kernel.settings.HEYI_CALL_INSIDE === 'on') return
  const { hostname, protocol } = new URL(url)
  const literal = hostname.replace(/^\[|\]$/g, '')
  const isAddress = /^[\d.]+$/.test(literal) || literal.includes(':')
  const inside = (isAddress && isInside(literal)) || /(^|\.)(localhost|local|internal)$/.test(literal)
  if (inside) throw fail('channel_invalid', { reason: hostname })
  if (protocol !== 'https:' && protocol !== 'http:') throw fail('channel_invalid', { reason: protocol })
}

export async function subscribePush(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof ops.subscribePush>,
): Promise<NotificationSettings> {
  const { tenantId, memberId, sessionId } = ctx.actor
  const inside = deps.kernel.settings.HEYI_CALL_INSIDE === 'on'
  if (!inside && !input.endpoint.startsWith('https://')) throw fail('channel_invalid', { reason: 'https' })
  requireOutside(deps, input.endpoint)
  const device = {
    ...input,
    id: newId('psh', ctx.clock.ms()),
    member: memberId,
    session: sessionId,
    createdAt: ctx.clock.now(),
  }
  await store.saveDevice(ctx.db, tenantId, device, limits.pushDevices)
  return getSettings(deps, ctx)
}

export async function updateDevice(
  deps: Deps,
  ctx: MemberWrite,
  { device, ...patch }: Input<typeof ops.updateDevice>,
): Promise<NotificationSettings> {
  const { tenantId, memberId } = ctx.actor
  if (!(await store.updateDevice(ctx.db, tenantId, memberId, device, patch))) throw fail('not_found')
  return getSettings(deps, ctx)
}

export async function removeDevice(
  deps: Deps,
  ctx: MemberWrite,
  { device }: Input<typeof ops.removeDevice>,
): Promise<NotificationSettings> {
  await requireDevice(ctx, device)
  await store.deleteDevices(ctx.db, ctx.actor.tenantId, [device])
  return getSettings(deps, ctx)
}

async function requireDevice(ctx: MemberWrite, id: string): Promise<store.Device> {
  const [device] = await store.devicesByIds(ctx.db, ctx.actor.tenantId, [id])
  if (device?.member !== ctx.actor.memberId) throw fail('not_found')
  return device
}

export async function testDevice(
  _deps: Deps,
  ctx: MemberWrite,
  { device }: Input<typeof ops.testDevice>,
): Promise<{ id: string }> {
  const { id, name } = await requireDevice(ctx, device)
  return test(ctx, 'push', { id, name })
}

export async function testChannel(
  _deps: Deps,
  ctx: MemberWrite,
  { channel }: Input<typeof ops.testChannel>,
): Promise<{ id: string }> {
  const [found] = await store.channelsByIds(ctx.db, ctx.actor.tenantId, [channel])
  if (found?.member !== ctx.actor.memberId) throw fail('not_found')
  return test(ctx, 'own', found)
}

async function test(
  ctx: MemberWrite,
  channel: 'push' | 'own',
  target: { id: string; name: string },
): Promise<{ id: string }> {
  const { tenantId, memberId: member } = ctx.actor
  const id = newId('ntf', ctx.clock.ms())
  const about = { conversation: null, seq: null, count: 1, detail: null, dueAt: ctx.clock.now() }
  const to = { channel, targetId: target.id, target: target.name }
  await ledger.insertEntries(
    ctx.db,
    tenantId,
    [{ id, member, key: `test ${id}`, reason: 'test', state: 'queued', ...to, ...about }],
    ctx.clock.now(),
  )
  return { id }
}

export async function addChannel(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof ops.addChannel>,
): Promise<NotificationSettings> {
  const { tenantId, memberId } = ctx.actor
  requireOutside(deps, input.url)
  const before = await store.channelsOf(ctx.db, tenantId, [memberId])
  if (before.length >= limits.ownChannels) throw fail('too_many_channels', { limit: limits.ownChannels })
  const channel = { ...input, id: newId('chn', ctx.clock.ms()), member: memberId, createdAt: ctx.clock.now() }
  await store.insertChannel(ctx.db, tenantId, channel)
  return getSettings(deps, ctx)
}

export async function removeChannel(
  deps: Deps,
  ctx: MemberWrite,
  { channel }: Input<typeof ops.removeChannel>,
): Promise<NotificationSettings> {
  const { tenantId, memberId } = ctx.actor
  if (!(await store.deleteChannel(ctx.db, tenantId, memberId, channel))) throw fail('not_found')
  return getSettings(deps, ctx)
}

export async function report(
  ctx: MemberWrite,
  { id, what }: Input<typeof ops.reportNotification>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const now = ctx.clock.now()
  const found = await ledger.markReported(ctx.db, tenantId, memberId, id, what, now)
  if (found?.targetId) await store.deviceReached(ctx.db, tenantId, found.targetId, { shownAt: now })
  return {}
}

export async function listLedger(
  ctx: MemberRead,
  { cursor, limit }: Input<typeof ops.listLedger>,
): Promise<{ items: LedgerEntry[]; next: string | null }> {
  const { tenantId, memberId } = ctx.actor
  const found = await ledger.listEntries(ctx.db, tenantId, memberId, cursor, limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Decides once more with what is known now, and shows what was done then. */
export async function explain(deps: Deps, ctx: MemberRead, input: Input<typeof ops.explainNotification>) {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'read')
  const [message] = await newsAt(ctx.db, tenantId, [input])
  if (!message || message.seq <= place.fromSeq) throw fail('not_found')
  const [own] = await listenersOf(ctx.db, tenantId, [input.conversation], [memberId])
  const silent = (await store.silentOf(ctx.db, tenantId, [memberId], [input.conversation])).size > 0
  const targets = (await targetsOf(ctx.db, tenantId, [memberId])).get(memberId) ?? []
  const wishes = (await store.wishesOf(ctx.db, tenantId, [memberId])).get(memberId) ?? store.standardWishes
  const rest = { sender: message.sender, urgent: false, nowMs: ctx.clock.ms() }
  const resting = (await deps.rest.restingFrom(ctx.db, tenantId, [memberId], rest)).has(memberId)
  const entries = await ledger.entriesAbout(ctx.db, tenantId, memberId, input, limits.pageSize)
  const threadSeq =
    (await readThreads(ctx.db, tenantId, [message])).get(`${memberId} ${message.conversation} ${message.root}`) ?? null
  const decision = decide({
    me: memberId,
    message: { ...message, direct: message.conversationKind === 'direct' },
    place: own ?? null,
    threadSeq,
    silent,
    keywords: wishes.keywords,
    policy: await store.findPolicy(ctx.db, tenantId),
    resting,
    reachable: targets.length > 0,
  })
  const hidden = await isHidden(ctx.db, tenantId, memberId, input.conversation, input.seq)
  const readSeq = threadSeq ?? (message.root === null ? place.readSeq : null)
  const unreadBecause = whyUnread(message, { me: memberId, readSeq, hidden })
  return {
    ...decision,
    level: levelOf(own?.muted ?? false, silent),
    devices: targets.length,
    resting,
    entries,
    unread: unreadBecause === 'new',
    unreadBecause,
  }
}

function whyUnread(
  message: { sender: string; kind: string; state: string; seq: number },
  { me, readSeq, hidden }: { me: string; readSeq: number | null; hidden: boolean },
): 'own' | 'system' | 'recalled' | 'hidden' | 'thread' | 'read' | 'new' {
  if (message.sender === me) return 'own'
  if (message.kind === 'system') return 'system'
  if (message.state === 'recalled') return 'recalled'
  if (hidden) return 'hidden'
  // In a thread that they do not follow nothing is unread.
  if (readSeq === null) return 'thread'
  return message.seq <= readSeq ? 'read' : 'new'
}

export const getPolicy = (ctx: MemberRead): Promise<NotificationPolicy> => store.findPolicy(ctx.db, ctx.actor.tenantId)

export async function setPolicy(deps: Deps, ctx: MemberWrite, policy: NotificationPolicy): Promise<NotificationPolicy> {
  await store.savePolicy(ctx.db, ctx.actor.tenantId, policy)
  await deps.identity.auditLog(ctx, 'notifications.policySet', null, { ...policy })
  return policy
}

export async function listCosts(deps: Deps, ctx: MemberRead, { since }: Input<typeof ops.listCosts>) {
  return {
    currency: deps.kernel.settings.HEYI_COST_CURRENCY,
    items: await ledger.sumCosts(ctx.db, ctx.actor.tenantId, since),
  }
}

export async function previewLadder(deps: Deps, ctx: MemberRead, input: Input<typeof ops.previewLadder>) {
  const { tenantId, memberId } = ctx.actor
  await requireConversation(ctx, input.conversation, 'read')
  const listeners = await listenersOf(ctx.db, tenantId, [input.conversation], null)
  const others = listeners.map(({ member }) => member).filter((member) => member !== memberId)
  const people = new Map<string, number>()
  for (const channel of new Set(input.steps.map((step) => step.channel)))
    people.set(channel, (await waysOf(deps, ctx.db, tenantId, others, channel)).size)
  const { dailyCap } = await store.findPolicy(ctx.db, tenantId)
  return {
    currency: deps.kernel.settings.HEYI_COST_CURRENCY,
    dailyCap,
    steps: input.steps.map((step) => {
      const reached = people.get(step.channel) ?? 0
      const configured = isConfigured(deps, step.channel)
      return { ...step, configured, people: reached, costMicros: reached * costOf(deps, step.channel) }
    }),
  }
}

export async function getLadder(deps: Deps, ctx: MemberRead, { conversation, seq }: Input<typeof ops.getLadder>) {
  const { tenantId, memberId } = ctx.actor
  await requireConversation(ctx, conversation, 'read')
  const key = { tenantId, conversation, seq }
  const ladder = await findLadder(ctx.db, key)
  if (ladder?.sender !== memberId) throw fail('not_found')
  const fired = await listSteps(ctx.db, key)
  const entries = await ledger.ladderEntries(ctx.db, tenantId, key)
  return {
    state: ladder.state,
    currency: deps.kernel.settings.HEYI_COST_CURRENCY,
    costMicros: entries.reduce((sum, { costMicros }) => sum + costMicros, 0),
    steps: ladder.steps.map((rung, step) => {
      const told = [...new Set(entries.filter((entry) => entry.step === step).map(({ member }) => member))]
      const { firedAt = null, resting = 0, capped = 0, unreachable = 0 } = fired.find((f) => f.step === step) ?? {}
      return {
        ...rung,
        firedAt,
        told: told.slice(0, limits.pageSize),
        toldCount: told.length,
        skipped: { resting, capped, unreachable },
      }
    }),
  }
}
