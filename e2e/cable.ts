import { createServer, connect as dial, type Socket } from 'node:net'

/** A cable to the program that can be pulled: everything breaks at once, and nothing comes through until it is back. */
export interface Cable {
  /** The program’s address through the cable. */
  url: string
  /** Bytes that went towards the program so far. */
  sentBytes(): number
  /** Pulls it once so many bytes more have gone towards the program; resolves when it has. */
  pullAfter(bytes: number): Promise<void>
  plugIn(): void
  close(): Promise<void>
}

export async function layCable(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let sent = 0
  let isPulled = false
  let limit = Number.POSITIVE_INFINITY
  let onPulled = () => {}
  const pull = () => {
    isPulled = true
    limit = Number.POSITIVE_INFINITY
    for (const socket of open) socket.destroy()
    onPulled()
  }
  const server = createServer((near) => {
    if (isPulled) return near.destroy()
    const far = dial(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    near.on('data', (bytes) => {
      sent += bytes.length
      if (sent >= limit) return pull()
      if (!far.write(bytes)) {
        near.pause()
        far.once('drain', () => near.resume())
      }
    })
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://localhost:${address.port}`,
    sentBytes: () => sent,
    pullAfter: (bytes) =>
      new Promise((resolve) => {
        limit = sent + bytes
        onPulled = resolve
      }),
    plugIn: () => {
      isPulled = false
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
