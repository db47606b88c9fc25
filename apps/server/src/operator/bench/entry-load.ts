/**
 * The load side of the benchmark, a process of its own on its own core. Arguments: a kind of load and its JSON
 * options; prints one JSON line.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { conversationId, tokenOf } from './seed-store.js'
import { openWire, type Wire } from './wire.js'

const warmUpMs = 1_500
const padding = 'x'.repeat(150)
const connectAtOnce = 50
const tapsAtOnce = 200
let asked = 0

interface PairOptions {
  target: 'heyi' | 'skeleton'
  port: number
  pairs: number
  /** Messages in flight for each pair; 0 with `perSecond`. */
  window: number
  perSecond: number
  seconds: number
  firstConversation: number
}
interface FanoutOptions {
  target: 'heyi' | 'raw'
  port: number
  members: number
  window: number
  seconds: number
  conversation: number
  firstMember: number
}
interface IdleOptions {
  port: number
  connections: number
}
interface ReceiptOptions {
  port: number
  members: number
  conversation: number
}
interface SyncOptions {
  port: number
  member: number
}

interface SearchOptions {
  port: number
  member: number
  queries: string[]
}

const [kind = '', options = '{}'] = process.argv.slice(2)
const loads: Record<string, (given: never) => Promise<unknown>> = { pairs, fanout, idle, sync, receipts, search }
const load = loads[kind]
if (!load) throw new Error(`There is no load “${kind}”.`)
console.log(JSON.stringify(await load(JSON.parse(options) as never)))
if (kind !== 'idle') process.exit(0)

async function openMany(count: number, open: (n: number) => Promise<Wire>): Promise<Wire[]> {
  const wires: Wire[] = []
  for (let i = 0; i < count; i += connectAtOnce)
    wires.push(
      ...(await Promise.all(Array.from({ length: Math.min(connectAtOnce, count - i) }, (_, k) => open(i + k)))),
    )
  return wires
}

/** Senders and receivers in pairs: durable messages received in a second, and how long each took from end to end. */
async function pairs({ target, port, pairs, window, perSecond, seconds, firstConversation }: PairOptions) {
  const heyi = target === 'heyi'
  const open = (n: number, name: string) =>
    heyi ? openWire(port, '/socket', tokenOf(n)) : openWire(port, `/?u=${name}`, null)
  const senders = await openMany(pairs, (i) => open(i * 2, `a${i}`))
  const receivers = await openMany(pairs, (i) => open(i * 2 + 1, `b${i}`))
  let measuring = false
  let running = true
  let received = 0
  let acks = 0
  let ids = 0
  const run = process.pid.toString(36)
  const latencies: number[] = []
  const send = (i: number) => {
    const id = ++ids
    const body = `${performance.now().toFixed(3)}#${padding}`
    const text = heyi
      ? `{"id":${id},"op":"messaging.sendMessage","input":{"conversation":"${conversationId(firstConversation + i)}","key":"load-${run}-${id}","message":{"kind":"text","text":"${body}"}}}`
      : `{"to":"b${i}","id":"${run}${id}","b":"${body}"}`
    senders[i]?.send(text)
  }
  const refused: string[] = []
  senders.forEach((wire) => {
    wire.onMessage = (bytes, start, end) => {
      if (heyi && bytes[start + 2] === 105) {
        // {"id":7,"ok":…}
        if (bytes.indexOf('"ok":', start) < 0 || bytes.indexOf('"ok":', start) > end)
          refused.push(bytes.subarray(start, end).toString())
        if (measuring) acks++
      } else if (!heyi && bytes[start + 6] === 97 && measuring) acks++
    }
  })
  const mark = Buffer.from(heyi ? '"text":"' : '"b":"')
  receivers.forEach((wire, i) => {
    wire.onMessage = (bytes, start, end) => {
      if (heyi && bytes[start + 2] !== 102) return
      for (let at = bytes.indexOf(mark, start); at >= 0 && at < end; at = bytes.indexOf(mark, at + mark.length)) {
        if (measuring) {
          received++
          latencies.push(
            performance.now() - Number.parseFloat(bytes.toString('latin1', at + mark.length, at + mark.length + 16)),
          )
        }
        if (window > 0 && running) send(i)
      }
    }
  })
  if (window > 0) for (let i = 0; i < pairs; i++) for (let w = 0; w < window; w++) send(i)
  else
    paced(
      perSecond,
      (k) => send(k % pairs),
      () => running,
    )
  await wait(warmUpMs)
  measuring = true
  const started = performance.now()
  await wait(seconds * 1000)
  const elapsed = (performance.now() - started) / 1000
  measuring = running = false
  if (refused.length > 0) throw new Error(`${refused.length} sends were refused: ${refused[0]}`)
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: received / elapsed, acksPerSecond: acks / elapsed, p50: at(0.5), p99: at(0.99) }
}

function paced(perSecond: number, send: (k: number) => void, running: () => boolean): void {
  const started = performance.now()
  let sent = 0
  const tick = () => {
    if (!running()) return
    const due = ((performance.now() - started) / 1000) * perSecond
    while (sent < due) send(sent++)
    setTimeout(tick, 2)
  }
  tick()
}

/** Everybody of one conversation online: messages delivered in a second, over all of them. */
async function fanout({ target, port, members, window, seconds, conversation, firstMember }: FanoutOptions) {
  const heyi = target === 'heyi'
  const wires = await openMany(members, (i) =>
    heyi ? openWire(port, '/socket', tokenOf(firstMember + i)) : openWire(port, '/', null),
  )
  const control = heyi ? null : await openWire(port, '/ctl', null)
  let delivered = 0
  let round = 0
  let measuring = false
  let ids = 0
  const run = process.pid.toString(36)
  const senders = wires.slice(0, Math.min(10, members))
  const send = () => {
    const id = ++ids
    if (control) return control.send('+')
    senders[id % senders.length]?.send(
      `{"id":${id},"op":"messaging.sendMessage","input":{"conversation":"${conversationId(conversation)}","key":"load-${run}-${id}","message":{"kind":"text","text":"${padding}"}}}`,
    )
  }
  const got = (count: number) => {
    if (measuring) delivered += count
    round += count
    for (; round >= members; round -= members) send()
  }
  for (const wire of wires) wire.onMessage = heyi ? (bytes, start) => got(messagesIn(bytes, start)) : () => got(1)
  if (heyi) for (let w = 0; w < window; w++) send()
  await wait(warmUpMs)
  measuring = true
  const started = performance.now()
  await wait(seconds * 1000)
  const elapsed = (performance.now() - started) / 1000
  measuring = false
  if (delivered === 0) throw new Error('Nothing was delivered.')
  return { perSecond: delivered / elapsed }
}

/** A frame of messages is `{"feed":"con_…","prev":7,"rev":9,…`: it carries rev - prev of them. */
function messagesIn(bytes: Buffer, start: number): number {
  if (bytes[start + 2] !== 102) return 0
  const head = bytes.toString('latin1', start + 33, start + 90)
  const found = /"prev":(\d+),"rev":(\d+)/.exec(head)
  return found ? Number(found[2]) - Number(found[1]) : 0
}

/** Signed-in connections that have asked for their heads and now do nothing; stays until it is ended. */
async function idle({ port, connections }: IdleOptions) {
  const started = performance.now()
  const wires = await openMany(connections, (i) => openWire(port, '/socket', tokenOf(i)))
  await Promise.all(wires.map((wire) => ask(wire, 'sync.heads', { mark: null })))
  return { connectionsPerSecond: (connections / (performance.now() - started)) * 1000 }
}

/** What a device asks for on its first start, and after having been away; in milliseconds of waiting for the server. */
async function sync({ port, member }: SyncOptions) {
  const wire = await openWire(port, '/socket', tokenOf(member))
  const device = { wire, own: `mem_${String(member).padStart(20, '0')}` }
  const first = await openState(device)
  return first
}

/**
 * One message that asks for a receipt, in a group that is online whole; everybody else says “received” once, some at a
 * time. What reaches all of them besides answers is counted; then the sender asks how it stands.
 */
async function receipts({ port, members, conversation }: ReceiptOptions) {
  const wires = await openMany(members, (i) => openWire(port, '/socket', tokenOf(i)))
  const [sender] = wires
  if (!sender) throw new Error('Nobody sends.')
  const place = { conversation: conversationId(conversation) }
  const message = { kind: 'text', text: 'receipt' }
  const { seq } = await askFor<{ seq: number }>(sender, 'messaging.sendMessage', {
    ...place,
    key: `load-${process.pid}`,
    message,
    receipt: 'tap',
  })
  await wait(warmUpMs)
  let deliveries = 0
  let answered = 0
  let failed = ''
  let next = 1
  const started = performance.now()
  await new Promise<void>((resolve) => {
    const tap = () => {
      const wire = wires[next++]
      wire?.send(JSON.stringify({ id: 1, op: 'messaging.confirmReceipt', input: { ...place, seq } }))
    }
    for (const wire of wires)
      wire.onMessage = (bytes, start, end) => {
        if (bytes[start + 2] !== 105) return void deliveries++
        if (bytes.indexOf('"ok":', start) < 0) failed ||= bytes.subarray(start, end).toString()
        if (++answered === members - 1) resolve()
        else tap()
      }
    for (let i = 0; i < tapsAtOnce; i++) tap()
  })
  const tapMs = performance.now() - started
  // The last count is told within a second.
  await wait(warmUpMs)
  if (failed) throw new Error(`A tap was refused: ${failed}`)
  const times: number[] = []
  let bytes = 0
  for (let i = 0; i < 21; i++) {
    const asked = performance.now()
    const answer = await askFor<{ items: { progress: { confirmed: number; total: number } }[] }>(
      sender,
      'messaging.listReceipts',
      { ...place, seqs: [seq] },
    )
    times.push(performance.now() - asked)
    bytes = JSON.stringify(answer).length
    const { confirmed = 0, total = 0 } = answer.items[0]?.progress ?? {}
    if (confirmed !== members - 1 || total !== members - 1) throw new Error(`Counted were ${confirmed} of ${total}.`)
  }
  times.sort((a, b) => a - b)
  return { tapMs, deliveries, summaryMs: times[10] ?? 0, summaryBytes: bytes }
}

interface Answer {
  heads: [feed: string, rev: number, lastSeq: number, lastAt: string | null][]
  mark: string
  feeds: { feed: string; view: string; rev: number; head: number; changes: { kind: string }[]; floor?: number }[]
}

async function openState({ wire, own }: { wire: Wire; own: string }) {
  const started = performance.now()
  const { heads, mark } = await ask(wire, 'sync.heads', { mark: null })
  const headsMs = performance.now() - started
  let memberships = 0
  for (let rev: number | null = null, view: string | null = null; ; ) {
    const { feeds } = await ask(wire, 'sync.pull', { feeds: [{ feed: own, rev, view, floor: 0, take: 0 }] })
    const page = feeds[0]
    if (!page) throw new Error('The member feed was not answered.')
    memberships += page.changes.length
    rev = page.rev
    view = page.view
    if (page.rev >= page.head) break
  }
  const listed = heads
    .filter(([feed]) => feed.startsWith('con_'))
    .sort((a, b) => ((a[3] ?? '') < (b[3] ?? '') ? 1 : -1))
  const held = new Map<string, { rev: number; view: string; floor: number }>()
  const pullPage = async (from: number) => {
    const page = listed.slice(from, from + 50).map(([feed]) => ({ feed, rev: null, view: null, floor: 0, take: 1 }))
    const { feeds } = await ask(wire, 'sync.pull', { feeds: page })
    for (const { feed, rev, view, floor = 0 } of feeds) held.set(feed, { rev, view, floor })
  }
  await pullPage(0)
  await pullPage(50)
  const shownMs = performance.now() - started
  for (let from = 100; from < listed.length; from += 50) await pullPage(from)
  const allMs = performance.now() - started
  console.log(JSON.stringify({ headsMs, memberships, conversations: listed.length, held: held.size, shownMs, allMs }))
  // The orchestrator writes what is to be missed, then says go.
  await new Promise<void>((resolve) => process.once('SIGUSR2', () => resolve()))
  await wait(300)
  const back = performance.now()
  const moved = (await ask(wire, 'sync.heads', { mark })).heads.filter(([feed]) => feed.startsWith('con_'))
  let missed = 0
  const asked = moved
    .slice(0, 50)
    .map(([feed]) => ({ feed, take: 20, ...(held.get(feed) ?? { rev: 0, view: '', floor: 0 }) }))
  for (const page of (await ask(wire, 'sync.pull', { feeds: asked })).feeds)
    missed += page.changes.filter((change) => change.kind === 'message').length
  return { reconnectMs: performance.now() - back, moved: moved.length, missed }
}

function ask(wire: Wire, op: string, input: unknown): Promise<Answer> {
  return askFor<Answer>(wire, op, input)
}

function askFor<T>(wire: Wire, op: string, input: unknown): Promise<T> {
  const id = ++asked
  return new Promise((resolve, reject) => {
    wire.onMessage = (bytes, start, end) => {
      if (bytes[start + 2] !== 105) return
      const answer = JSON.parse(bytes.subarray(start, end).toString())
      if (answer.id !== id && asked === id) return
      if (answer.ok) resolve(answer.ok)
      else reject(new Error(JSON.stringify(answer.error)))
    }
    wire.send(JSON.stringify({ id, op, input }))
  })
}

/** One search after the other, as somebody looks for something; how long each took and how many it found, in turn. */
async function search({ port, member, queries }: SearchOptions) {
  const wire = await openWire(port, '/socket', tokenOf(member))
  const ask = (text: string) =>
    new Promise<number>((resolve, reject) => {
      const id = ++asked
      wire.onMessage = (bytes, start, end) => {
        const answer = bytes.toString('utf8', start, end)
        if (!answer.startsWith(`{"id":${id},`)) return
        const parsed = JSON.parse(answer)
        if (parsed.ok) resolve(parsed.ok.messages.items.length)
        else reject(new Error(answer))
      }
      wire.send(JSON.stringify({ id, op: 'search.search', input: { text, group: 'messages', limit: 20 } }))
    })
  // The first ones fill the caches, as those of anybody’s working day.
  for (const text of queries.slice(0, 20)) await ask(text)
  const times: number[] = []
  const found: number[] = []
  for (const text of queries) {
    const started = performance.now()
    found.push(await ask(text))
    times.push(performance.now() - started)
  }
  return { times, found }
}
