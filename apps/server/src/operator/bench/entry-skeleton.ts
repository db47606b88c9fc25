/**
 * The reference that `send_1to1` and `latency_1000` are compared with: `ws` and group commit on the same PostgreSQL,
 * and nothing else. No session, no membership, no validation, no feeds: a ceiling, not a product.
 * Arguments: data folder, port.
 */
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import pg from 'pg'
import { type WebSocket, WebSocketServer } from 'ws'
import { socketBytes } from '../../kernel/feeds/frame.js'
import { startEmbeddedPostgres } from '../../kernel/postgres/embedded.js'

interface Send {
  from: WebSocket
  user: string
  to: string
  conversation: string
  seq: number
  id: string
  body: string
}

const laneCount = 2
const maxBatch = 500
const [dataDir = '', port = '0'] = process.argv.slice(2)
mkdirSync(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
const setUp = new pg.Client({ ...postgres.connection, database: 'heyi' })
await setUp.connect()
await setUp.query(`
  create table if not exists sk_conversation (id text primary key, last_seq bigint not null);
  create table if not exists sk_message (conversation text not null, seq bigint not null, sender text not null, client_id text not null, body text not null, at timestamptz not null default now(), primary key (conversation, seq));
  create unique index if not exists sk_message_client on sk_message (sender, client_id)`)
await setUp.end()

const insert = `
  with m as (
    insert into sk_message (conversation, seq, sender, client_id, body) select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])
    on conflict (sender, client_id) do nothing returning conversation, seq
  )
  insert into sk_conversation (id, last_seq) select conversation, max(seq) from m group by 1 order by 1
  on conflict (id) do update set last_seq = greatest(sk_conversation.last_seq, excluded.last_seq)`

const users = new Map<string, WebSocket>()
const seqs = new Map<string, number>()
const corked = new Set<Socket>()

class SkeletonLane {
  queue: Send[] = []
  busy = false
  constructor(private readonly client: pg.Client) {}

  add(send: Send): void {
    this.queue.push(send)
    if (!this.busy) {
      this.busy = true
      setImmediate(() => void this.run())
    }
  }

  async run(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, maxBatch)
      const column = (read: (send: Send) => unknown) => batch.map(read)
      const values = [
        column((s) => s.conversation),
        column((s) => s.seq),
        column((s) => s.user),
        column((s) => s.id),
        column((s) => s.body),
      ]
      await this.client.query({ name: 'skeleton', text: insert, values })
      for (const { from, id, seq, conversation, user, body, to } of batch) {
        write(from, socketBytes(`{"t":"ack","id":"${id}","s":${seq}}`))
        const receiver = users.get(to)
        if (receiver)
          write(receiver, socketBytes(JSON.stringify({ t: 'msg', c: conversation, s: seq, f: user, b: body })))
      }
      for (const socket of corked) socket.uncork()
      corked.clear()
    }
    this.busy = false
  }
}

function write(ws: WebSocket, bytes: Buffer): void {
  const { _socket: socket } = ws as WebSocket & { _socket: Socket }
  if (socket.destroyed) return
  if (!corked.has(socket)) {
    socket.cork()
    corked.add(socket)
  }
  socket.write(bytes)
}

const lanes = await Promise.all(
  Array.from({ length: laneCount }, async () => {
    const client = new pg.Client({ ...postgres.connection, database: 'heyi' })
    await client.connect()
    return new SkeletonLane(client)
  }),
)
const laneOf = (conversation: string) => {
  let hash = 0
  for (let i = 0; i < conversation.length; i++) hash = (hash * 31 + conversation.charCodeAt(i)) | 0
  return lanes[(hash >>> 0) % laneCount]
}

const server = createServer()
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (ws, request) => {
  const user = new URL(request.url ?? '', 'http://x').searchParams.get('u') ?? ''
  users.set(user, ws)
  ws.on('close', () => users.delete(user))
  ws.on('message', (data) => {
    const { to, id, b: body } = JSON.parse(String(data))
    const conversation = user < to ? `${user}:${to}` : `${to}:${user}`
    const seq = (seqs.get(conversation) ?? 0) + 1
    seqs.set(conversation, seq)
    laneOf(conversation)?.add({ from: ws, user, to, conversation, seq, id, body })
  })
})
server.listen(Number(port), '127.0.0.1', 4096, () => {
  const address = server.address()
  console.log(`ready ${typeof address === 'object' ? address?.port : ''}`)
})
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
