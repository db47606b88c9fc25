import { appendFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sqlState } from '../../kernel/errors.js'
import { callOutside, InsideAddress } from '../../kernel/outbound.js'
import { type NewsRow, newsAt, stillUnread, whoMaySay } from '../messaging/index.js'
import { contentOf } from './content.js'
import type { Deps } from './deps.js'
import type { DueEntry } from './ledger-store.js'
import * as ledger from './ledger-store.js'
import { sendPush } from './push.js'
import { fillBody, fillUrl } from './rules.js'
import * as store from './store.js'
import { wordsIn } from './words.js'

const atOnce = 32
/** A service that does not answer holds up only its own. */
const mostInFlight = 96
const everyMs = 500
const mostTries = 5
const firstPauseMs = 5_000
/** Claimed so long ago, the process that did it is gone. */
const interruptedMs = 120_000
const sweepEveryMs = 60_000
/** Longer ago, such as before the server was off: it is unread, and nobody is called for it any more. */
const lateMs = 3_600_000

type Result =
  | { state: 'accepted'; costMicros?: number; target?: string }
  | { state: 'failed' | 'dropped' | 'again'; failure: string }

/** Everything about a batch that is needed to put it into words. */
interface Batch {
  news: Map<string, NewsRow>
  unread: Set<string>
  /** Who may say something where, by `member conversation`. */
  sayers: Set<string>
  notices: Set<string>
  names: Map<string, string>
  locales: { of(member: string): 'zh-CN' | 'en' }
  company: string
  devices: Map<string, store.Device>
  channels: Map<string, store.OwnChannel>
  live: Set<string>
  active: Set<string>
}

/** Reasons that are of one message, and void once that was read. */
const ofMessage = new Set(['direct', 'mention', 'everybody', 'keyword', 'message'])

/**
 * Sends what the ledger says is due. Each entry is claimed in the database before anything leaves, so that copies never
 * send the same; what was claimed by a process that ended is told apart by `sweepSending`.
 */
export class Deliverer {
  readonly #stop = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #sweptMs = 0
  readonly #inFlight = new Set<Promise<void>>()

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.#loop = this.#run()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#loop
    await Promise.all(this.#inFlight)
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      const more = await this.once().catch((error: unknown) => {
        if (!signal.aborted) this.deps.kernel.log.warn({ err: error }, 'notifications could not be sent; trying again')
        return false
      })
      if (!more) await wait(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Begins to send some of what is due; whether there may be more. */
  async once(): Promise<boolean> {
    const { db, clock } = this.deps.kernel
    if (Date.now() - this.#sweptMs > sweepEveryMs) {
      this.#sweptMs = Date.now()
      await ledger.sweepSending(db, new Date(clock.ms() - interruptedMs).toISOString(), mostTries)
    }
    if (this.#inFlight.size + atOnce > mostInFlight) await Promise.race(this.#inFlight)
    if (this.#inFlight.size + atOnce > mostInFlight) return true
    const due = await ledger.claimDue(db, clock.now(), atOnce)
    for (const tenantId of new Set(due.map((entry) => entry.tenantId))) {
      const here = due.filter((entry) => entry.tenantId === tenantId)
      const batch = await this.#prepare(tenantId, here)
      for (const entry of here) this.#begin(batch, entry)
    }
    return due.length === atOnce
  }

  #begin(batch: Batch, entry: DueEntry): void {
    const done = this.#one(batch, entry)
      .catch((error: unknown) =>
        this.deps.kernel.log.warn({ err: error }, 'what became of a notification could not be noted'),
      )
      .finally(() => this.#inFlight.delete(done))
    this.#inFlight.add(done)
  }

  async #prepare(tenantId: string, entries: DueEntry[]): Promise<Batch> {
    const { kernel, directory, identity } = this.deps
    const { db, clock } = kernel
    const about = entries.flatMap(({ member, conversation, seq }) =>
      conversation !== null && seq !== null ? [{ member, conversation, seq }] : [],
    )
    const news = about.length > 0 ? await newsAt(db, tenantId, about) : []
    const unread = about.length > 0 ? await stillUnread(db, tenantId, about) : new Set<string>()
    const sayers = about.length > 0 ? await whoMaySay(db, tenantId, about, clock.ms()) : new Set<string>()
    const notices = entries.flatMap(({ member, detail }) => (detail?.notice ? [{ member, notice: detail.notice }] : []))
    const members = [...new Set(entries.map(({ member }) => member))]
    const senders = [...new Set(news.map(({ sender }) => sender))]
    const targets = entries.flatMap(({ targetId }) => targetId ?? [])
    const devices = await store.devicesByIds(db, tenantId, targets)
    const sessions = devices.map(({ session }) => session)
    const who = await identity.listMembersByIds(db, tenantId, members)
    return {
      news: new Map(news.map((one) => [`${one.conversation}:${one.seq}`, one])),
      unread,
      sayers,
      notices: notices.length > 0 ? await this.deps.noticeWaiting(db, tenantId, notices) : new Set(),
      names: new Map((await directory.profilesByIds(db, tenantId, senders)).map(({ id, name }) => [id, name])),
      locales: await directory.localesOf(db, tenantId, members),
      company: (await identity.getTenant(db, tenantId)).name,
      devices: new Map(devices.map((device) => [device.id, device])),
      channels: new Map((await store.channelsByIds(db, tenantId, targets)).map((channel) => [channel.id, channel])),
      live: await identity.liveSessions(db, tenantId, sessions, clock.now()),
      active: new Set(who.filter(({ state }) => state === 'active').map(({ id }) => id)),
    }
  }

  async #one(batch: Batch, entry: DueEntry): Promise<void> {
    const { db, clock, log } = this.deps.kernel
    const { tenantId, id } = entry
    let result: Result
    try {
      result = await this.#send(batch, entry)
    } catch (error) {
      log.debug({ err: error, channel: entry.channel }, 'a notification was not taken')
      result = troubleOf(error)
    }
    const at = clock.now()
    const { state } = result
    if (state !== 'again') return ledger.settle(db, tenantId, id, { ...result, state, at })
    if (entry.tries >= mostTries) return ledger.settle(db, tenantId, id, { ...result, state: 'failed', at })
    const dueAt = new Date(clock.ms() + firstPauseMs * 4 ** (entry.tries - 1)).toISOString()
    await ledger.settle(db, tenantId, id, { ...result, state: 'queued', at, dueAt })
  }

  #send(batch: Batch, entry: DueEntry): Promise<Result> {
    const { member, conversation, seq } = entry
    const dropped = (failure: string): Promise<Result> => Promise.resolve({ state: 'dropped', failure })
    if (!batch.active.has(member)) return dropped('not_member')
    if (ofMessage.has(entry.reason) && !batch.unread.has(`${member} ${conversation} ${seq}`))
      return dropped('already_read')
    if (ofMessage.has(entry.reason) && this.deps.kernel.clock.ms() - Date.parse(entry.createdAt) > lateMs)
      return dropped('too_late')
    if (entry.reason === 'notice' && !batch.notices.has(`${member} ${entry.detail?.notice}`))
      return dropped('already_read')
    if (
      (entry.reason === 'ladder' || entry.reason === 'reminder') &&
      batch.news.get(`${conversation}:${seq}`)?.state !== 'sent'
    )
      return dropped('recalled')
    if (entry.channel === 'push') return this.#push(batch, entry)
    if (entry.channel === 'own') return this.#own(batch, entry)
    return entry.channel === 'mail' ? this.#mail(batch, entry) : this.#sms(batch, entry)
  }

  #content(batch: Batch, entry: DueEntry, content: boolean) {
    const news = batch.news.get(`${entry.conversation}:${entry.seq}`)
    const sender = batch.names.get(news?.sender ?? '') ?? ''
    const maySay = batch.sayers.has(`${entry.member} ${entry.conversation}`)
    return contentOf(entry, { news, sender, locale: batch.locales.of(entry.member), content, maySay })
  }

  async #push(batch: Batch, entry: DueEntry): Promise<Result> {
    const { kernel } = this.deps
    const device = batch.devices.get(entry.targetId ?? '')
    if (!device) return { state: 'dropped', failure: 'device_removed' }
    if (!batch.live.has(device.session)) {
      await store.deleteDevices(kernel.db, entry.tenantId, [device.id])
      return { state: 'dropped', failure: 'signed_out' }
    }
    const urgency = entry.reason === 'message' || entry.reason === 'summary' ? 'normal' : 'high'
    const status = await sendPush(kernel, device, this.#content(batch, entry, device.content), urgency)
    if (status === 404 || status === 410) {
      await store.deleteDevices(kernel.db, entry.tenantId, [device.id])
      return { state: 'failed', failure: 'device_gone' }
    }
    if (status >= 200 && status < 300) {
      await store.deviceReached(kernel.db, entry.tenantId, device.id, { acceptedAt: kernel.clock.now() })
      return { state: 'accepted' }
    }
    return { state: status === 429 || status >= 500 ? 'again' : 'failed', failure: `status ${status}` }
  }

  async #own(batch: Batch, entry: DueEntry): Promise<Result> {
    const { kernel } = this.deps
    const channel = batch.channels.get(entry.targetId ?? '')
    if (!channel) return { state: 'dropped', failure: 'device_removed' }
    const { title, body, path } = this.#content(batch, entry, channel.content)
    const words = { title, text: body, url: `${kernel.publicUrl()}${path}` }
    const filled = channel.body === '' ? null : fillBody(channel.body, words)
    const result = await this.#call({ url: fillUrl(channel.url, words), filled, headers: {} }).catch(troubleOf)
    const failure = result.state === 'accepted' ? null : result.failure
    await store.channelTried(kernel.db, entry.tenantId, channel.id, { at: kernel.clock.now(), failure })
    return result
  }

  async #call(to: {
    url: string
    filled: ReturnType<typeof fillBody> | null
    headers: Record<string, string>
    operators?: true
  }): Promise<Result> {
    const body = to.filled === null ? null : Buffer.from(to.filled.text)
    const { status, text } = await callOutside({
      url: to.url,
      method: body === null ? 'GET' : 'POST',
      headers: {
        ...to.headers,
        ...(body && to.filled && { 'content-type': to.filled.type, 'content-length': body.length }),
      },
      body,
      allowInside: to.operators ?? this.deps.kernel.settings.HEYI_CALL_INSIDE === 'on',
    })
    if (status === 429 || status === 503) return { state: 'again', failure: `status ${status}` }
    if (status < 200 || status >= 300) return { state: 'failed', failure: `status ${status}` }
    // Robots of WeCom and DingTalk say 200 and mean another thing.
    const code = /"errcode"\s*:\s*(-?\d+)/.exec(text)?.[1]
    return code !== undefined && code !== '0' ? { state: 'failed', failure: `errcode ${code}` } : { state: 'accepted' }
  }

  async #mail(batch: Batch, entry: DueEntry): Promise<Result> {
    const { identity, kernel } = this.deps
    const to = (await identity.loginsOfMembers(kernel.db, entry.tenantId, [entry.member], 'email')).get(entry.member)
    if (!identity.hasMail || !to) return { state: 'failed', failure: 'no_channel' }
    const words = wordsIn[batch.locales.of(entry.member)]
    const { company } = batch
    const { title, body, path } = this.#content(batch, entry, true)
    const url = `${kernel.publicUrl()}${path}`
    const letter =
      entry.reason === 'digest'
        ? {
            subject: words.digestSubject(company, entry.count),
            text: words.digest({
              messages: entry.count,
              conversations: entry.detail?.conversations ?? 1,
              company,
              url: kernel.publicUrl(),
            }),
          }
        : { subject: `${company} · ${title}`, text: `${title}\n\n${body}\n\n${url}\n` }
    await identity.sendMail(to, letter)
    return { state: 'accepted', target: to }
  }

  async #sms(batch: Batch, entry: DueEntry): Promise<Result> {
    const { identity, kernel } = this.deps
    const { HEYI_SMS_URL, HEYI_SMS_BODY, HEYI_SMS_TOKEN, HEYI_SMS_COST_MICROS } = kernel.settings
    const phone = (await identity.loginsOfMembers(kernel.db, entry.tenantId, [entry.member], 'phone')).get(entry.member)
    if (HEYI_SMS_URL === null || !phone) return { state: 'failed', failure: 'no_channel' }
    const news = batch.news.get(`${entry.conversation}:${entry.seq}`)
    const words = wordsIn[batch.locales.of(entry.member)]
    const text = words.sms(batch.names.get(news?.sender ?? '') ?? '', batch.company)
    const filled = fillBody(HEYI_SMS_BODY, { phone, text })
    const target = `${phone.slice(0, -8)}****${phone.slice(-4)}`
    if (HEYI_SMS_URL.startsWith('file:')) {
      await appendFile(fileURLToPath(HEYI_SMS_URL), `${filled.text}\n`)
      return { state: 'accepted', costMicros: HEYI_SMS_COST_MICROS, target }
    }
    const headers = HEYI_SMS_TOKEN === null ? {} : { authorization: `Bearer ${HEYI_SMS_TOKEN}` }
    const result = await this.#call({
      url: HEYI_SMS_URL,
      filled,
      headers: headers as Record<string, string>,
      operators: true,
    })
    return result.state === 'accepted' ? { ...result, costMicros: HEYI_SMS_COST_MICROS, target } : result
  }
}

/** Nothing had left when these happened, so that it may be tried again. */
const beforeLeaving = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'])

function troubleOf(error: unknown): Extract<Result, { failure: string }> {
  if (error instanceof InsideAddress) return { state: 'failed', failure: 'inside_address' }
  const code = sqlState(error)
  const failure = code ?? (error instanceof Error ? error.message.slice(0, 200) : 'unknown')
  return { state: code !== undefined && beforeLeaving.has(code) ? 'again' : 'failed', failure }
}
