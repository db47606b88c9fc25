import { connect, type Socket } from 'node:net'

/** A WebSocket client that does nothing but move bytes, so that the load does not cost more than what it measures. */
export interface Wire {
  send(text: string): void
  /** Called for each message with the buffer it lies in; the bytes are only valid during the call. */
  onMessage: (bytes: Buffer, start: number, end: number) => void
  close(): void
}

/** Opens a connection to a loopback port. */
export function openWire(port: number, path: string, token: string | null): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(handshake(path, token)))
    const wire: Wire = {
      send: (text) => void socket.write(maskedFrame(text)),
      onMessage: () => undefined,
      close: () => void socket.destroy(),
    }
    let rest: Buffer = Buffer.alloc(0)
    let open = false
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The connection was closed.')))
    socket.on('data', (data: Buffer) => {
      let bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data
      if (!open) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) {
          rest = bytes
          return
        }
        if (!bytes.subarray(0, 12).toString('latin1').endsWith('101'))
          return reject(new Error(bytes.subarray(0, 40).toString('latin1')))
        open = true
        bytes = bytes.subarray(end + 4)
        resolve(wire)
      }
      rest = Buffer.from(bytes.subarray(readFrames(bytes, socket, wire)))
    })
  })
}

/** Hands out whole messages; returns how many bytes they took. Pings are answered. */
function readFrames(bytes: Buffer, socket: Socket, wire: Wire): number {
  let at = 0
  for (;;) {
    if (bytes.length - at < 2) return at
    let size = (bytes[at + 1] ?? 0) & 127
    let header = 2
    if (size === 126) {
      if (bytes.length - at < 4) return at
      size = bytes.readUInt16BE(at + 2)
      header = 4
    } else if (size === 127) {
      if (bytes.length - at < 10) return at
      size = Number(bytes.readBigUInt64BE(at + 2))
      header = 10
    }
    if (bytes.length - at < header + size) return at
    const opcode = (bytes[at] ?? 0) & 15
    if (opcode === 1) wire.onMessage(bytes, at + header, at + header + size)
    else if (opcode === 9) socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]))
    at += header + size
  }
}

const handshake = (path: string, token: string | null) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${token ? `Authorization: Bearer ${token}\r\n` : ''}\r\n`

/** A client must mask (RFC 6455, 5.3); a mask of zeros is one. */
function maskedFrame(text: string): Buffer {
  const size = Buffer.byteLength(text)
  const header = size < 126 ? 6 : 8
  const bytes = Buffer.allocUnsafe(header + size)
  bytes[0] = 0x81
  if (header === 6) bytes[1] = 0x80 | size
  else {
    bytes[1] = 0x80 | 126
    bytes.writeUInt16BE(size, 2)
  }
  bytes.fill(0, header - 4, header)
  bytes.write(text, header)
  return bytes
}
