import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import * as messaging from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer } from '../../test/server.js'
import { until } from '../../test/until.js'
import { createLog } from './log.js'
import { NatsBus } from './nats-bus.js'

const program = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'].find((path) =>
  existsSync(path),
)

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

async function startNats(port: number): Promise<ChildProcess> {
  const child = spawn(program ?? '', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  await until(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.destroy()
          resolve(true)
        })
        socket.on('error', () => resolve(false))
      }),
  )
  return child
}

test('two copies reach each other’s sockets; what a lost NATS keeps back comes by the sweep, and NATS comes back', {
  timeout: 60_000,
}, async (ctx) => {
  if (!program) return ctx.skip('there is no nats-server on this machine')
  const port = await freePort()
  let nats = await startNats(port)
  const url = `nats://127.0.0.1:${port}`
  const log = createLog('silent')
  await using here = await startTestServer({ bus: await NatsBus.open(url, 'test', log), sweepEveryMs: 60_000 })
  await using there = await startTestServer({
    beside: here,
    bus: await NatsBus.open(url, 'test', log),
    sweepEveryMs: 300,
  })
  const [ann, bo] = [await here.member(), await here.member()]
  const { conversation } = await here.as(ann).call(messaging.openDirect, { with: bo.id })
  const send = (n: number) =>
    here.as(ann).call(messaging.sendMessage, {
      conversation: conversation.id,
      key: `nats-key-${n}`,
      message: { kind: 'text', text: `${n}` },
    })
  using socket = await there.as(bo).socket()
  await socket.call(sync.heads, { mark: null })

  const first = await send(1)
  await socket.frame((f) => f.rev === first.seq)

  nats.kill('SIGKILL')
  await until(async () => (await here.app.trouble()) !== null)
  const second = await send(2)
  await socket.frame((f) => f.rev === second.seq)
  expect(await here.app.trouble()).toContain('NATS')

  nats = await startNats(port)
  await until(async () => (await here.app.trouble()) === null && (await there.app.trouble()) === null)
  const third = await send(3)
  await socket.frame((f) => f.rev === third.seq)
  nats.kill('SIGTERM')
})

test('a NATS that is not there stops the start with a sentence', async () => {
  await expect(NatsBus.open(`nats://127.0.0.1:${await freePort()}`, 'test', createLog('silent'))).rejects.toThrow(
    /^The NATS server of NATS_URL .* cannot be reached\.$/,
  )
})
