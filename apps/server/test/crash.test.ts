import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Operation } from '@heyi/contract/define'
import * as directory from '@heyi/contract/directory'
import * as identity from '@heyi/contract/identity'
import * as messaging from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { projectRoot } from '../src/paths.js'
import { until } from './until.js'

/** kill -9 of the program and of its database under load: what was acknowledged is there once and in order. */

const nightly = process.env.HEYI_TEST_NIGHTLY === '1'
const programKills = nightly ? 800 : 20
const databaseKills = nightly ? 200 : 10
const program = join(projectRoot, 'dist', 'server', 'entry-server.mjs')

class Killable {
  child: ChildProcess | null = null
  setupToken = ''
  /** What the program said last, for the message of a failure. */
  said = ''
  constructor(
    readonly dataDir: string,
    readonly port: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const env = {
      ...process.env,
      HEYI_DATA: this.dataDir,
      HEYI_PORT: String(this.port),
      HEYI_HOST: '127.0.0.1',
      HEYI_LOG: 'error',
      HEYI_SEND_RATE: '100000',
      HEYI_CALL_RATE: '100000',
      DATABASE_URL: '',
      NATS_URL: '',
    }
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data
        this.said = (this.said + data).slice(-3_000)
      })
    await until(() => {
      if (child.exitCode !== null) throw new Error(output)
      return /ready at .*\n/.test(output)
    }, 30_000).catch((error: Error) => {
      throw new Error(`It was not ready in time and had said “${output}”.`, { cause: error })
    })
    this.setupToken ||= /token=(\S+)/.exec(output)?.[1] ?? ''
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this
    if (!child) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  /** Right after a crash of the database a call may still meet a dead connection: it says so, and may be repeated. */
  async patientCall<I extends z.ZodType, O extends z.ZodType>(
    token: string | null,
    operation: Operation<string, 'read' | 'write', I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> {
    return until(() =>
      this.call(token, operation, input).catch((error: Error) => {
        if (!error.message.includes('unavailable')) throw error
        return null
      }),
    ) as Promise<z.output<O>>
  }

  /** Every process of its PostgreSQL at once, as the kernel’s out-of-memory killer might. */
  killDatabase(): void {
    const postmaster = Number(readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    const children = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === postmaster)
    for (const pid of [postmaster, ...children.map(Number)]) process.kill(pid, 'SIGKILL')
  }

  async call<I extends z.ZodType, O extends z.ZodType>(
    token: string | null,
    operation: Operation<string, 'read' | 'write', I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> {
    const headers = {
      'content-type': 'application/json',
      'request-id': randomBytes(9).toString('hex'),
      ...(token && { authorization: `Bearer ${token}` }),
    }
    const response = await fetch(`${this.url}/api/${operation.name}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(10_000),
    })
    const body = (await response.json()) as { error?: { code: string } }
    if (!response.ok) throw new Error(`${operation.name}: ${body.error?.code} ${this.said}`)
    return body as z.output<O>
  }
}

function parentOf(pid: string): number | null {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
  return Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const device = { device: 'crash test', via: 'token' as const }
const password = 'survives anything 1'

/** Somebody who sends one message after another, each again with its key until it is answered. */
class Sender {
  sent = 0
  acked: { n: number; seq: number }[] = []
  constructor(
    readonly server: Killable,
    readonly token: string,
    readonly conversation: string,
    readonly name: string,
  ) {}

  async run(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const n = this.sent++
      const input = {
        conversation: this.conversation,
        key: `${this.name}-message-${n}`,
        message: { kind: 'text' as const, text: `${this.name} ${n}` },
      }
      for (;;) {
        const answer = await this.server.call(this.token, messaging.sendMessage, input).catch(() => null)
        if (answer) {
          this.acked.push({ n, seq: answer.seq })
          break
        }
        if (stopped()) return
        await wait(20)
      }
    }
  }

  async check(): Promise<void> {
    const stored: { seq: number; text: string }[] = []
    for (let before = Number.MAX_SAFE_INTEGER; before > 0; ) {
      const page = await this.server.patientCall(this.token, messaging.listMessages, {
        conversation: this.conversation,
        before,
        limit: 200,
      })
      stored.unshift(
        ...page.messages.flatMap(({ object }) =>
          object.kind === 'text' && object.body?.text.startsWith(`${this.name} `)
            ? [{ seq: object.seq, text: object.body.text }]
            : [],
        ),
      )
      before = page.floor === 0 ? 0 : page.floor + 1
    }
    const numbers = stored.map((m) => Number(m.text.slice(this.name.length + 1)))
    expect(new Set(numbers).size, 'nothing twice').toBe(numbers.length)
    expect(
      [...numbers].sort((a, b) => a - b),
      'in order',
    ).toEqual(numbers)
    const places = new Map(stored.map((m) => [Number(m.text.slice(this.name.length + 1)), m.seq]))
    for (const { n, seq } of this.acked) expect(places.get(n), `${this.name} ${n}`).toBe(seq)
  }
}

test(`kill -9 of the program (${programKills}) and of PostgreSQL (${databaseKills}) under load`, {
  timeout: nightly ? 3_600_000 : 170_000,
}, async (ctx) => {
  if (!existsSync(program)) return ctx.skip('the program is not built')
  if (process.platform !== 'linux') return ctx.skip('reads /proc to find the processes of PostgreSQL')
  const server = new Killable(mkdtempSync(join(tmpdir(), 'heyi-crash-')), await freePort())
  let stopped = false
  try {
    await server.start()
    const senders = await meet(server)
    const running = senders.map((sender) => sender.run(() => stopped))
    for (let kill = 0; kill < programKills + databaseKills; kill++) {
      await wait(150 + Math.random() * 250)
      const before = senders.map((s) => s.acked.length)
      if (kill % 3 === 2 && kill / 3 < databaseKills) server.killDatabase()
      else {
        await server.end('SIGKILL')
        await server.start()
      }
      await until(() => senders.every((s, i) => s.acked.length > (before[i] ?? 0)), 30_000)
    }
    stopped = true
    await Promise.all(running)
    for (const sender of senders) await sender.check()
    expect(senders.reduce((sum, s) => sum + s.acked.length, 0)).toBeGreaterThan(programKills)
  } finally {
    stopped = true
    await server.end('SIGTERM')
    rmSync(server.dataDir, { recursive: true, force: true })
  }
})

/** An owner and three colleagues, who all write into one group and each into a conversation with the owner. */
async function meet(server: Killable): Promise<Sender[]> {
  const owner = await server.call(null, identity.setUp, {
    token: server.setupToken,
    company: '坚固公司',
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    name: '甲',
    account: 'owner',
    password,
    sampleData: false,
    ...device,
  })
  const people = [{ token: owner.token ?? '', member: owner.member }]
  for (const account of ['second', 'third', 'fourth']) {
    const { member, link } = await server.call(owner.token, directory.addMember, { name: account, account })
    const { token } = await server.call(null, identity.redeemLink, {
      token: link?.split('/').at(-1) ?? '',
      password,
      ...device,
    })
    people.push({ token: token ?? '', member: member.id })
  }
  const [first, ...others] = people
  if (!first) throw new Error('nobody')
  const group = await server.call(first.token, messaging.createGroup, {
    name: '一起',
    members: others.map((p) => p.member),
  })
  const senders = people.map((person, i) => new Sender(server, person.token, group.conversation.id, `person${i}`))
  for (const [i, person] of others.entries()) {
    const { conversation } = await server.call(person.token, messaging.openDirect, { with: first.member })
    senders.push(new Sender(server, person.token, conversation.id, `direct${i}`))
  }
  return senders
}
