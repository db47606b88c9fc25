import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as messaging from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../src/kernel/postgres/embedded.js'
import { CallFailed, startTestServer, type TestMember, type TestServer } from './server.js'
import { until } from './until.js'

/** What fails around the program is told by name, and recovery needs no restart. */

let serial = 0
async function open(
  server: TestServer,
): Promise<{ ann: TestMember; bo: TestMember; send: () => Promise<number | string> }> {
  const [ann, bo] = [await server.member(), await server.member()]
  const { conversation } = await server.as(ann).call(messaging.openDirect, { with: bo.id })
  const send = () =>
    server
      .as(ann)
      .call(messaging.sendMessage, {
        conversation: conversation.id,
        key: `fault-key-${++serial}`,
        message: { kind: 'text', text: '还在吗'.repeat(500) },
      })
      .then(
        ({ seq }) => seq,
        (error: unknown) => {
          if (error instanceof CallFailed) return error.code
          throw error
        },
      )
  return { ann, bo, send }
}

/** A way to PostgreSQL that can be cut. */
class Cable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'heyi-cable-'))
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #target: pg.ClientConfig = {}

  through(real: pg.ClientConfig): pg.ClientConfig {
    const url = real.connectionString ? new URL(real.connectionString) : null
    this.#target = url
      ? {
          host: url.hostname,
          port: Number(url.port || 5432),
          user: url.username,
          password: url.password,
          database: url.pathname.slice(1),
        }
      : real
    return { ...this.#target, password: this.#target.password ?? '', host: this.#folder, port: 5432 }
  }

  async plug(): Promise<void> {
    this.#server = createServer((client) => {
      const { host = '', port = 5432 } = this.#target
      const target = host.startsWith('/') ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host)
      for (const socket of [client, target]) {
        this.#sockets.add(socket)
        socket.on('error', () => socket.destroy())
        socket.on('close', () => {
          this.#sockets.delete(socket)
          client.destroy()
          target.destroy()
        })
      }
      client.pipe(target).pipe(client)
    }).listen(join(this.#folder, '.s.PGSQL.5432'))
    await once(this.#server, 'listening')
  }

  cut(): void {
    this.#server?.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  [Symbol.dispose](): void {
    this.cut()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

test('an unreachable database: sends are refused by name, readiness says so, and all goes on when it is back', {
  timeout: 60_000,
}, async () => {
  using cable = new Cable()
  await cable.plug()
  await using server = await startTestServer({ connection: (real) => cable.through(real) })
  const { bo, send } = await open(server)
  using socket = await server.as(bo).socket()
  await socket.call(sync.heads, { mark: null })
  expect(await send()).toBeTypeOf('number')

  cable.cut()
  expect(await send()).toBe('unavailable')
  expect(await server.app.trouble()).toContain('database')
  expect(socket.closed).toBeNull()

  await cable.plug()
  const seq = await until(async () => {
    const sent = await send()
    return typeof sent === 'number' && sent
  })
  await socket.frame((frame) => frame.rev === seq)
  expect(await server.app.trouble()).toBeNull()
})

test('a full disk: sends are refused by name, nothing acknowledged is lost, and room makes it well again', {
  timeout: 120_000,
}, async (ctx) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return ctx.skip('only root can mount a small disk')
  const disk = mkdtempSync(join(tmpdir(), 'heyi-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=140m', 'tmpfs', disk])
  } catch {
    rmSync(disk, { recursive: true })
    return ctx.skip('mounting is not allowed here')
  }
  const dataDir = join(disk, 'data')
  const filler = join(disk, 'filler')
  mkdirSync(dataDir)
  try {
    await using postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
    await using server = await startTestServer({ connection: () => ({ ...postgres.connection, database: 'heyi' }) })
    const { ann, send } = await open(server)
    const acked: number[] = []
    const note = (sent: number | string) => {
      if (typeof sent === 'number') acked.push(sent)
      return sent
    }
    note(await send())
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 256 * 1024)))
    const refusal = await until(async () => {
      const sent = note(await send())
      return typeof sent === 'string' && sent
    }, 30_000)
    expect(['disk_full', 'unavailable']).toContain(refusal)
    rmSync(filler)
    await until(async () => typeof note(await send()) === 'number', 30_000)
    const heads = await server.as(ann).call(sync.heads, { mark: null })
    const conversation = heads.heads.find(([feed]) => feed.startsWith('con_'))?.[0] ?? ''
    const stored: number[] = []
    for (let before = 1_000_000; before > 0; ) {
      const page = await server.as(ann).call(messaging.listMessages, { conversation, before, limit: 200 })
      stored.push(...page.messages.map((m) => m.object.seq))
      before = page.floor === 0 ? 0 : page.floor + 1
    }
    expect(stored).toEqual(expect.arrayContaining(acked))
  } finally {
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  }
})
