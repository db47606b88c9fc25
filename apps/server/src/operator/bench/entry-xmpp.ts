/**
 * The load side for XMPP peers, as entry-load.ts is for us: the same loads, counted in the same way. Plain TCP on the
 * loopback address, SASL PLAIN. Arguments: a kind of load and its JSON options; prints one JSON line.
 */
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { withBusyCore } from './processes.js'

const warmUpMs = 1_500
const answerWithinMs = 60_000
const padding = 'x'.repeat(150)
const connectAtOnce = 50
const opening = Buffer.from('<body>')
const closing = Buffer.from('</body>')

interface Peer {
  port: number
  domain: string
  password: string
}
interface PairOptions extends Peer {
  pairs: number
  /** Messages in flight for each pair; 0 with `perSecond`. */
  window: number
  perSecond: number
  seconds: number
}
interface RoomOptions extends Peer {
  roomDomain: string
  members: number
  window: number
  seconds: number
}

const [kind = '', options = '{}'] = process.argv.slice(2)
const loads: Record<string, (given: never) => Promise<unknown>> = { pairs, room }
const load = loads[kind]
if (!load) throw new Error(`There is no load “${kind}”.`)
console.log(JSON.stringify(await load(JSON.parse(options) as never)))
process.exit(0)

/** A signed-in stream. */
interface Stream {
  write(xml: string): void
  /** Everything that arrives; the bytes are only valid during the call. */
  onBytes: (bytes: Buffer) => void
  /** Writes, and resolves once what arrives matches. */
  ask(xml: string, until: RegExp): Promise<void>
}

function connectTo(port: number): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(stream))
    const stream: Stream = {
      write: (xml) => void socket.write(xml),
      onBytes: () => undefined,
      ask: (xml, until) =>
        new Promise((answered, failed) => {
          let heard = ''
          const done = (end: () => void) => {
            clearTimeout(timer)
            stream.onBytes = () => undefined
            end()
          }
          const fail = () =>
            done(() => failed(new Error(`The server did not answer ${xml} but said ${heard.slice(-400)}`)))
          const timer = setTimeout(fail, answerWithinMs)
          stream.onBytes = (bytes) => {
            heard += bytes.toString('latin1')
            if (until.test(heard)) done(answered)
            else if (/<failure|<stream:error|type=.error./.test(heard)) fail()
          }
          socket.write(xml)
        }),
    }
    socket.on('data', (bytes: Buffer) => stream.onBytes(bytes))
    socket.on('error', reject)
    socket.on('close', () => {
      throw new Error('The server closed a connection.')
    })
  })
}

/** RFC 6120: stream, SASL PLAIN, stream again, a resource. */
async function signIn({ port, domain, password }: Peer, user: string): Promise<Stream> {
  const stream = await connectTo(port)
  const open = `<?xml version='1.0'?><stream:stream to='${domain}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`
  const secret = Buffer.from(`\0${user}\0${password}`).toString('base64')
  await stream.ask(open, /<\/stream:features>/)
  await stream.ask(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, /<success/)
  await stream.ask(open, /<\/stream:features>/)
  await stream.ask(
    `<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind></iq>`,
    /<jid>/,
  )
  return stream
}

async function signInMany(peer: Peer, count: number): Promise<Stream[]> {
  const streams: Stream[] = []
  for (let i = 0; i < count; i += connectAtOnce) {
    const some = Array.from({ length: Math.min(connectAtOnce, count - i) }, (_, k) => signIn(peer, `u${i + k}`))
    streams.push(...(await Promise.all(some)))
  }
  return streams
}

/** Calls `heard` for each message body, wherever the network cut it, with where its text begins. */
function eachBody(heard: (bytes: Buffer, at: number) => void): (data: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (data) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data
    let done = 0
    for (let end = bytes.indexOf(closing); end >= 0; end = bytes.indexOf(closing, done)) {
      heard(bytes, bytes.indexOf(opening, done) + opening.length)
      done = end + closing.length
    }
    rest = Buffer.from(bytes.subarray(done))
  }
}

/** Users u0 to u2n - 1, an even one to the odd one after it. */
async function pairs(given: PairOptions) {
  const { domain, pairs, window, perSecond, seconds } = given
  const streams = await signInMany(given, pairs * 2)
  // Without presence a chat message finds nobody at home. Its echo says that it has come.
  await Promise.all(streams.map((stream) => stream.ask('<presence/>', /<presence/)))
  let measuring = false
  let running = true
  let received = 0
  let sent = 0
  const latencies: number[] = []
  const send = (i: number) =>
    streams[i * 2]?.write(
      `<message to='u${i * 2 + 1}@${domain}' type='chat' id='${++sent}'><body>${performance.now().toFixed(3)}#${padding}</body></message>`,
    )
  for (let i = 0; i < pairs; i++) {
    const receiver = streams[i * 2 + 1]
    if (!receiver) break
    receiver.onBytes = eachBody((bytes, at) => {
      if (measuring) {
        received++
        latencies.push(performance.now() - Number.parseFloat(bytes.toString('latin1', at, at + 16)))
      }
      if (window > 0 && running) send(i)
    })
  }
  if (window > 0) for (let i = 0; i < pairs; i++) for (let w = 0; w < window; w++) send(i)
  else
    paced(
      perSecond,
      (k) => send(k % pairs),
      () => running,
    )
  await wait(warmUpMs)
  measuring = true
  const { busy, elapsed } = await measured(seconds)
  measuring = running = false
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  if (received === 0) throw new Error('Nothing was delivered.')
  return { perSecond: received / elapsed, p50: at(0.5), p99: at(0.99), received, busy }
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

async function measured(seconds: number): Promise<{ busy: number; elapsed: number }> {
  const started = performance.now()
  const { busy } = await withBusyCore(() => wait(seconds * 1000))
  return { busy, elapsed: (performance.now() - started) / 1000 }
}

/** Everybody of one room online: messages delivered in a second, over all of them. */
async function room(given: RoomOptions) {
  const { members, window, seconds } = given
  // A name of its own: the room of the last load may not have been closed yet.
  const name = `bench-${process.pid}@${given.roomDomain}`
  const streams = await signInMany(given, members)
  await join(streams, name)
  let delivered = 0
  let round = 0
  let measuring = false
  let sent = 0
  const senders = streams.slice(0, Math.min(10, members))
  const send = () =>
    senders[++sent % senders.length]?.write(
      `<message to='${name}' type='groupchat' id='${sent}'><body>${padding}</body></message>`,
    )
  const got = () => {
    if (measuring) delivered++
    if (++round < members) return
    round = 0
    send()
  }
  for (const stream of streams) stream.onBytes = eachBody(got)
  for (let w = 0; w < window; w++) send()
  await wait(warmUpMs)
  measuring = true
  const { busy, elapsed } = await measured(seconds)
  measuring = false
  if (delivered === 0) throw new Error('Nothing was delivered.')
  return { perSecond: delivered / elapsed, received: Math.floor(delivered / members), busy }
}

/** XEP-0045: the first who comes makes the room and opens it; 110 tells that the presence is one’s own. */
async function join([first, ...others]: Stream[], name: string): Promise<void> {
  const enter = (stream: Stream | undefined, nick: number) =>
    stream?.ask(
      `<presence to='${name}/n${nick}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`,
      /code=['"]110['"]/,
    )
  await enter(first, 0)
  await first?.ask(
    `<iq type='set' id='open' to='${name}'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>`,
    /<iq[^>]*id=['"]open['"]/,
  )
  for (let i = 0; i < others.length; i += connectAtOnce)
    await Promise.all(others.slice(i, i + connectAtOnce).map((stream, k) => enter(stream, 1 + i + k)))
}
