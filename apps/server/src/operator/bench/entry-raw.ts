/**
 * The reference of the fan-out figures: one ready buffer through `ws.send`, one write for each message and socket, with
 * eight rounds in flight. Connect the members, then one control connection to `/ctl`, whose every character is a round
 * that all members have received. Arguments: bytes of a message.
 */
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

const roundsInFlight = 8
const [bytes = '200'] = process.argv.slice(2)
const message = Buffer.alloc(Number(bytes), 'x')
const members = new Set<WebSocket>()
let credits = 0

function pump(): void {
  // A few rounds a turn, so that the acknowledgements are heard.
  for (let i = 0; i < 4 && credits > 0; i++) {
    credits--
    for (const member of members) member.send(message, { binary: false })
  }
  if (credits > 0) setImmediate(pump)
}

const server = createServer()
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (ws, request) => {
  if (request.url !== '/ctl') {
    members.add(ws)
    ws.on('close', () => members.delete(ws))
    return
  }
  credits = roundsInFlight
  ws.on('message', (data) => {
    const idle = credits === 0
    credits += String(data).length
    if (idle) pump()
  })
  ws.on('close', () => {
    credits = 0
  })
  pump()
})
server.listen(0, '127.0.0.1', 4096, () => {
  const address = server.address()
  console.log(`ready ${typeof address === 'object' ? address?.port : ''}`)
})
process.once('SIGTERM', () => process.exit(0))
