import { type AddressInfo, createServer, type Server } from 'node:net'

interface Mailbox extends AsyncDisposable {
  url: string
  letters: { to: string; text: string }[]
}

/** As much of SMTP (RFC 5321) as takes a letter. */
export async function startMailbox(): Promise<Mailbox> {
  const letters: Mailbox['letters'] = []
  const server: Server = createServer((socket) => {
    let to = ''
    let body: string[] | null = null
    const answer = (line: string) => socket.write(`${line}\r\n`)
    const take = (line: string) => {
      if (body) {
        if (line !== '.') return void body.push(line)
        letters.push({ to, text: decode(body) })
        body = null
        return answer('250 kept')
      }
      if (/^rcpt to:/i.test(line)) to = /<(.*)>/.exec(line)?.[1] ?? ''
      if (/^data/i.test(line)) {
        body = []
        return answer('354 go on')
      }
      if (/^quit/i.test(line)) return void socket.end('221 bye\r\n')
      answer('250 fine')
    }
    let rest = ''
    socket.on('data', (bytes) => {
      const lines = (rest + String(bytes)).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    socket.on('error', () => socket.destroy())
    answer('220 mailbox')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { url: `smtp://127.0.0.1:${port}`, letters, [Symbol.asyncDispose]: close }
}

function decode(lines: string[]): string {
  const blank = lines.indexOf('')
  const base64 = lines.slice(0, blank).some((line) => /^content-transfer-encoding: base64/i.test(line))
  const body = lines.slice(blank + 1)
  if (base64) return Buffer.from(body.join(''), 'base64').toString()
  return body.join('\n').replace(/=\n/g, '').replace(/=3D/g, '=')
}
