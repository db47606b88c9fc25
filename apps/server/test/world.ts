import { setTimeout as wait } from 'node:timers/promises'
import { type Client, type ClientRules, createClient, createMemoryStore, type PushMessage } from '@heyi/client'
import * as directory from '@heyi/contract/directory'
import type { Message } from '@heyi/contract/messaging'
import * as messaging from '@heyi/contract/messaging'
import { WebSocket } from 'ws'
import { type Bus, LocalBus } from '../src/kernel/bus.js'
import { rows, sql } from '../src/kernel/db.js'
import type { BusFrame, Control } from '../src/kernel/feeds/frame.js'
import type { Hint, Signal } from '../src/kernel/feeds/hub.js'
import type { FeedRules } from '../src/kernel/feeds/rules.js'
import { CallFailed, startTestServer, type TestMember, type TestServer } from './server.js'

/** What the run does to messages between copies and to pushes on their way to a device. */
export interface Faults {
  /** Of what goes between copies, and from a copy to itself. */
  lose: number
  /** Of what a copy pushes to a device. */
  losePushes: number
  double: number
  delayMs: number
}
export const noFaults: Faults = { lose: 0, losePushes: 0, double: 0, delayMs: 0 }

/** Chance that can be repeated (mulberry32). */
function chance(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A bus between copies that loses, doubles and overtakes as it is told; a copy may fail to hear itself, too (a crash before publishing). */
class FaultyBus implements Bus {
  readonly local = new LocalBus()
  constructor(private readonly world: World) {}

  publishFrame(frame: BusFrame): void {
    for (const bus of this.world.buses) this.world.deliver(() => bus.local.publishFrame(frame))
  }
  publishControl(control: Control): void {
    for (const bus of this.world.buses) this.world.deliver(() => bus.local.publishControl(control))
  }
  publishSignal(signal: Hint | Signal): void {
    for (const bus of this.world.buses) bus.local.publishSignal(signal)
  }
  onFrame(listener: (frame: BusFrame) => void): void {
    this.local.onFrame(listener)
  }
  onControl(listener: (control: Control) => void): void {
    this.local.onControl(listener)
  }
  onSignal(listener: (signal: Hint | Signal) => void): void {
    this.local.onSignal(listener)
  }
  trouble(): string | null {
    return null
  }
  async close(): Promise<void> {}
}

/** A fault that the run found: one of FEEDS’ invariants does not hold. */
export class Violation extends Error {}

interface Device {
  name: string
  member: TestMember
  client: Client | null
  store: ReturnType<typeof createMemoryStore>
  copy: number
  /** Keys in the order they were sent, by conversation. */
  sent: { conversation: string; key: string }[]
}

interface Interval {
  view: number
  fromSeq: number
  leftRev: number | null
}

/** Two copies on one database, members with devices, and whatever goes wrong between them. */
export class World {
  readonly buses: FaultyBus[] = []
  copies: TestServer[] = []
  readonly devices: Device[] = []
  members: TestMember[] = []
  conversations: string[] = []
  /** Every device watches them. */
  departments: string[] = []
  faults: Faults = noFaults
  readonly random: () => number
  readonly #received: { member: string; conversation: string; message: Message; rev: number }[] = []
  #keys = 0

  private constructor(
    seed: number,
    private readonly rules: { server?: Partial<FeedRules>; client?: Partial<ClientRules> },
  ) {
    this.random = chance(seed)
  }

  static async make(
    seed: number,
    rules: { server?: Partial<FeedRules>; client?: Partial<ClientRules> } = {},
  ): Promise<World> {
    const world = new World(seed, rules)
    await world.#startCopy()
    await world.#startCopy()
    const first = world.copy(0)
    for (let i = 0; i < 4; i++) world.members.push(await first.member({ name: `成员${i}` }))
    await world.#recordIntervals()
    const [ann, bo, cy] = world.members
    if (!ann || !bo || !cy) throw new Error('nobody')
    for (const others of [[bo, cy], [bo]]) {
      const { conversation } = await first
        .as(ann)
        .call(messaging.createGroup, { name: '群', members: others.map((m) => m.id) })
      world.conversations.push(conversation.id)
    }
    return world
  }

  /** A world whose first member keeps its directory; call it before there are devices. */
  async makeDepartments(count: number): Promise<void> {
    const first = this.copy(0)
    this.members.unshift(await first.member({ name: '管理员', role: 'owner' }))
    const [admin] = this.members
    if (!admin) throw new Error('nobody')
    for (let i = 0; i < count; i++) {
      const made = await first.as(admin).call(directory.createDepartment, { parent: null, name: `部门${i}` })
      this.departments.push(made.id)
    }
  }

  copy(i: number): TestServer {
    const copy = this.copies[i % this.copies.length]
    if (!copy) throw new Error('no copy')
    return copy
  }

  pick<T>(from: readonly T[]): T {
    const one = from[Math.floor(this.random() * from.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }

  async device(member: TestMember, name: string): Promise<Device> {
    const device: Device = {
      name,
      member,
      client: null,
      store: createMemoryStore(),
      copy: Math.floor(this.random() * 2),
      sent: [],
    }
    this.devices.push(device)
    await this.connect(device)
    return device
  }

  /** Opens the device’s client on its store; every chat is on screen, so that every window is held. */
  async connect(device: Device): Promise<void> {
    if (device.client) return
    const client = createClient({
      base: this.copy(device.copy).url,
      token: device.member.token,
      member: device.member.id,
      store: () => device.store,
      createSocket: (_url, token) =>
        new WebSocket(`${this.copy(device.copy).url.replace('http', 'ws')}/socket`, {
          headers: { authorization: `Bearer ${token}` },
        }) as never,
      intercept: (message) => this.#intercept(device, message),
      environment: { setTimeout: (run, ms) => setTimeout(run, ms / 10), random: () => this.random() },
      ...(this.rules.client && { rules: this.rules.client }),
    })
    device.client = client
    await client.start()
    for (const conversation of this.conversations) client.openChat(conversation)
    for (const department of this.departments) client.watchDepartment(department)
  }

  async disconnect(device: Device): Promise<void> {
    const { client } = device
    device.client = null
    await client?.stop()
    device.copy = Math.floor(this.random() * 2)
  }

  /** Hands a message between copies over, with the faults that are on. */
  deliver(hand: () => void): void {
    const { lose, double, delayMs } = this.faults
    if (this.random() < lose) return
    const times = this.random() < double ? 2 : 1
    for (let i = 0; i < times; i++) {
      const ms = this.random() * delayMs
      if (ms < 1) hand()
      else setTimeout(hand, ms)
    }
  }

  /** Calls as a member on either copy; refusals are part of the run. */
  async attempt(work: (server: TestServer) => Promise<unknown>): Promise<boolean> {
    try {
      await work(this.pick(this.copies))
      return true
    } catch (error) {
      if (error instanceof CallFailed && error.code !== 'internal') return false
      throw error
    }
  }

  async send(device: Device, conversation: string): Promise<void> {
    const key = await device.client?.send(conversation, { kind: 'text', text: `${device.name} ${++this.#keys}` })
    if (key) device.sent.push({ conversation, key })
  }

  sendRaw(member: TestMember, conversation: string): Promise<boolean> {
    return this.attempt((server) =>
      server.as(member).call(messaging.sendMessage, {
        conversation,
        key: `raw-${++this.#keys}-key`,
        message: { kind: 'text', text: `raw ${this.#keys}` },
      }),
    )
  }

  /** One copy ends without a word and another takes its place. */
  async crashCopy(i: number): Promise<void> {
    const old = this.copy(i)
    const bus = this.buses[i]
    if (bus) this.buses.splice(i, 1)
    const next = await this.#startCopy(i)
    old.app.http.app.server.closeAllConnections()
    await old.app.stop()
    if (next !== this.copies[i]) throw new Error('the copies are out of order')
  }

  /** The database goes back to how it was when the copy was taken, under another generation. */
  async restore(backup: () => Promise<void>): Promise<void> {
    await backup()
    await sql`update generation set id = md5(random()::text)`.execute(this.copy(0).app.kernel.db)
    for (const copy of this.copies) {
      copy.app.kernel.hub.allBehind()
      copy.app.http.app.server.closeAllConnections()
    }
  }

  /** No more faults: waits until every device holds what the database says, without reconnecting anybody. */
  async quiet(timeoutMs = 8_000): Promise<void> {
    this.faults = noFaults
    const end = Date.now() + timeoutMs
    let wrong: string | null = 'not looked yet'
    while (wrong !== null) {
      await wait(50)
      wrong = null
      for (const device of this.devices)
        wrong ??= (await this.#difference(device)) ?? (await this.#differenceOfDepartments(device))
      if (wrong !== null && Date.now() > end) throw new Violation(wrong)
    }
    await this.#checkLog()
    await this.#checkLeaks()
  }

  async stop(): Promise<void> {
    for (const device of this.devices) await device.client?.stop()
    for (const copy of this.copies.slice(1)) await copy.app.stop()
    await this.copy(0).stop()
  }

  async #startCopy(place = this.buses.length): Promise<TestServer> {
    const bus = new FaultyBus(this)
    this.buses.splice(place, 0, bus)
    const beside = this.copies[0]
    const server = await startTestServer({
      bus,
      sweepEveryMs: 150,
      checkAnswers: false,
      ...(beside && { beside }),
      ...(this.rules.server && { rules: this.rules.server }),
    })
    if (place < this.copies.length) this.copies[place] = server
    else this.copies.push(server)
    return server
  }

  /** Every push is remembered, for the check of leaks; some are lost, doubled or late on their way. */
  #intercept(device: Device, message: PushMessage): PushMessage[] {
    if ('changes' in message && message.changes && message.feed.startsWith('con_'))
      for (const { kind, object, rev } of message.changes)
        if (kind === 'message' && object)
          this.#received.push({ member: device.member.id, conversation: message.feed, message: object as Message, rev })
    if (this.random() < this.faults.losePushes) return []
    return this.random() < this.faults.double ? [message, message] : [message]
  }

  async #recordIntervals(): Promise<void> {
    await sql`create table if not exists interval_log (n serial, member_id text, conversation_id text, view bigint, from_seq bigint, left_rev bigint)`.execute(
      this.copy(0).app.kernel.db,
    )
    await sql
      .raw(
        `create or replace function log_interval() returns trigger language plpgsql as $$ begin
           insert into interval_log (member_id, conversation_id, view, from_seq, left_rev) values (new.member_id, new.conversation_id, new.view, new.from_seq, new.left_rev); return new; end $$;
         create or replace trigger log_interval after insert or update of view, left_rev, from_seq on membership for each row execute function log_interval()`,
      )
      .execute(this.copy(0).app.kernel.db)
  }

  async #intervals(): Promise<Map<string, Interval[]>> {
    const logged = await rows(
      this.copy(0).app.kernel.db,
      sql<Interval & { member: string; conversation: string }>`
        select member_id as member, conversation_id as conversation, view, min(from_seq) as "fromSeq", max(left_rev) as "leftRev" from interval_log group by 1, 2, 3`,
    )
    const intervals = new Map<string, Interval[]>()
    for (const one of logged)
      intervals.set(`${one.member} ${one.conversation}`, [
        ...(intervals.get(`${one.member} ${one.conversation}`) ?? []),
        one,
      ])
    return intervals
  }

  /** What the device shows against what the database says; null when they agree. */
  async #difference(device: Device): Promise<string | null> {
    const { client, member } = device
    if (!client) return null
    if (client.connection !== 'online') return `${device.name} is ${client.connection}`
    const { db } = this.copy(0).app.kernel
    const places = await rows(
      db,
      sql<{
        id: string
        name: string
        fromSeq: number
        readSeq: number
        muted: boolean
        pinned: boolean
        members: number
        unread: number
        draft: string | null
      }>`
        select m.conversation_id as id, c.name, m.from_seq as "fromSeq", m.read_seq as "readSeq", m.muted, m.pinned, d.text as draft,
          (select count(*) from membership o where o.conversation_id = m.conversation_id and o.left_rev is null) as members,
          (select count(*) from message x where x.conversation_id = m.conversation_id and x.seq > greatest(m.read_seq, m.from_seq) and x.sender <> m.member_id and x.state = 'sent' and x.kind <> 'system'
            and not exists (select from hidden_message h where h.member_id = m.member_id and h.conversation_id = x.conversation_id and h.seq = x.seq)) as unread
        from membership m join conversation c on c.id = m.conversation_id left join draft d on d.conversation_id = m.conversation_id and d.member_id = m.member_id
        where m.member_id = ${member.id} and m.left_rev is null order by 1`,
    )
    const inbox = [...client.inbox()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const shown = inbox.map((e) => ({
      id: e.id,
      name: e.conversation.name,
      fromSeq: e.membership.fromSeq,
      readSeq: e.membership.readSeq,
      muted: e.membership.muted,
      pinned: e.membership.pinned,
      members: e.members?.count ?? -1,
      unread: e.unread,
      draft: e.draft?.text ?? null,
    }))
    const expected = places.map((p) => ({ ...p, unread: Math.min(100, p.unread), draft: p.draft }))
    const sorted = (list: object[]) =>
      JSON.stringify(list.map((one) => Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))))
    if (sorted(shown) !== sorted(expected))
      return `${device.name} shows ${sorted(shown)} instead of ${sorted(expected)}`
    for (const { id, fromSeq } of places) {
      const chat = client.chat(id)
      const nicknames = await rows(
        db,
        sql<{ member: string; nickname: string | null }>`
          select member_id as member, nickname from membership where conversation_id = ${id}`,
      )
      const misnamed = nicknames.find((one) => client.nickname(id, one.member) !== one.nickname)
      if (misnamed) return `${device.name} calls ${misnamed.member} ${client.nickname(id, misnamed.member)} in ${id}`
      const due = chat.pending.filter((p) => p.state !== 'failed')
      if (due.length > 0) return `${device.name} still has ${due.length} to send`
      const log = await rows(
        db,
        sql<{ seq: number; rev: number; state: string; text: string | null }>`
          select seq, rev, state, body ->> 'text' as text from message x where conversation_id = ${id} and seq > ${Math.max(fromSeq, chat.floor)}
            and not exists (select from hidden_message h where h.member_id = ${member.id} and h.conversation_id = x.conversation_id and h.seq = x.seq) order by seq`,
      )
      const held = chat.messages
        .filter((m) => m.object.seq > chat.floor)
        .map(({ rev, object }) => ({
          seq: object.seq,
          rev,
          state: object.state,
          text: object.body && 'text' in object.body ? object.body.text : null,
        }))
      if (sorted(held) !== sorted(log)) return `${device.name} holds of ${id} ${sorted(held)} instead of ${sorted(log)}`
      if (chat.messages.some((m) => m.object.seq <= fromSeq)) return `${device.name} holds what is before its start`
    }
    const kept = this.conversations.filter(
      (id) => !places.some((p) => p.id === id) && client.chat(id).messages.length > 0,
    )
    return kept.length > 0 ? `${device.name} keeps ${kept.join(', ')} without membership` : null
  }

  /** The same for the departments it watches, against what a page of the directory lists. */
  async #differenceOfDepartments({ name, client }: Device): Promise<string | null> {
    const admin = this.members[0]
    if (!client || !admin || this.departments.length === 0) return null
    const call = this.copy(0).as(admin)
    const byId = <T extends { id: string }>(items: readonly T[]) =>
      JSON.stringify([...items].sort((a, b) => (a.id < b.id ? -1 : 1)))
    const top = await call.call(directory.listDepartments, { parent: null, cursor: null, limit: 100 })
    for (const id of this.departments) {
      const listed = await call.call(directory.listDepartmentMembers, { department: id, cursor: null, limit: 100 })
      const shown = client.department(id)
      // No feed carries the totals (decision 0012).
      const own = top.items.filter((one) => one.id === id).map(({ totalCount: _, ...department }) => department)
      const expected = byId([...listed.items, ...own])
      const held = byId([...(shown?.members ?? []), ...(shown?.department ? [shown.department] : [])])
      if (held !== expected) return `${name} shows of ${id} ${held} instead of ${expected}`
    }
    return null
  }

  /** Acknowledged exactly once and in the order of the device; nothing written by whoever was not in. */
  async #checkLog(): Promise<void> {
    const { db } = this.copy(0).app.kernel
    const log = await rows(
      db,
      sql<{
        conversation: string
        sender: string
        key: string
        seq: number
        kind: string
      }>`select conversation_id as conversation, sender, key, seq, kind from message order by conversation_id, seq`,
    )
    const intervals = await this.#intervals()
    for (const { conversation, sender, seq, kind, key } of log) {
      if (kind === 'system') continue
      const inside = intervals
        .get(`${sender} ${conversation}`)
        ?.some((i) => i.view <= seq && (i.leftRev === null || seq < i.leftRev))
      if (!inside) throw new Violation(`${sender} wrote ${key} at ${seq} of ${conversation} while not in it`)
    }
    for (const device of this.devices)
      for (const conversation of this.conversations) {
        const stored = log
          .filter((m) => m.conversation === conversation && m.sender === device.member.id)
          .map((m) => m.key)
        const wanted = device.sent
          .filter((s) => s.conversation === conversation && stored.includes(s.key))
          .map((s) => s.key)
        const order = stored.filter((key) => device.sent.some((s) => s.key === key))
        if (order.join() !== wanted.join())
          throw new Violation(`${device.name} sent ${wanted.join()} and the log has ${order.join()}`)
      }
  }

  /** Nothing left for a member outside their intervals, or from before their start. */
  async #checkLeaks(): Promise<void> {
    const intervals = await this.#intervals()
    for (const { member, conversation, message, rev } of this.#received) {
      const fine = intervals
        .get(`${member} ${conversation}`)
        ?.some((i) => message.seq > i.fromSeq && (i.leftRev === null || rev < i.leftRev))
      if (!fine) throw new Violation(`${member} was sent ${conversation}:${message.seq}@${rev}, which is not theirs`)
    }
  }
}
