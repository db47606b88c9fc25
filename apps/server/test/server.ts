import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Operation } from '@heyi/contract/define'
import type { Role } from '@heyi/contract/identity'
import pg from 'pg'
import { inject } from 'vitest'
import type { z } from 'zod'
import { type App, startApp } from '../src/app.js'
import type { Bus } from '../src/kernel/bus.js'
import { type Clock, systemClock } from '../src/kernel/clock.js'
import { sql } from '../src/kernel/db.js'
import type { FeedRules } from '../src/kernel/feeds/rules.js'
import { newId } from '../src/kernel/ids.js'
import { createLog } from '../src/kernel/log.js'
import { readMigrations } from '../src/kernel/migrate.js'
import { readSettings, type Settings } from '../src/kernel/settings.js'
import type { Tls } from '../src/kernel/tls/tls.js'
import { migrationsRoot } from '../src/paths.js'
import { newDatabase, templateName } from './databases.js'
import { databaseOf } from './global-setup.js'
import { CallFailed, TestSocket } from './socket.js'

export { CallFailed } from './socket.js'

export interface TestServerOptions {
  /** ISO 8601: the clock stands there until `server.clock.set`. Without it the real time runs. */
  now?: string
  env?: Record<string, string>
  rules?: Partial<FeedRules>
  bus?: Bus
  /** Another server whose database and data folder this copy shares. */
  beside?: TestServer
  sweepEveryMs?: number
  /** Another way to the database, or to another one, which is then migrated. */
  connection?: (own: pg.ClientConfig) => pg.ClientConfig
  checkAnswers?: boolean
  /** Served over HTTPS; to this machine plain HTTP is answered all the same. */
  tls?: Tls
}

export interface TestTenant {
  id: string
  name: string
}

export interface TestMember {
  id: string
  tenantId: string
  personId: string
  sessionId: string
  name: string
  account: string
  token: string
}

/** A clock that stands where it is put. */
export class TestClock implements Clock {
  #ms: number | null
  constructor(now: string | undefined) {
    this.#ms = now === undefined ? null : Date.parse(now)
  }
  ms(): number {
    return this.#ms ?? systemClock.ms()
  }
  now(): string {
    return new Date(this.ms()).toISOString()
  }
  set(now: string): void {
    this.#ms = Date.parse(now)
  }
  pass(seconds: number): void {
    this.#ms = this.ms() + seconds * 1000
  }
}

export interface Caller {
  call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<string, 'read' | 'write', I, O>,
    input: z.input<I>,
    options?: { requestId?: string },
  ): Promise<z.output<O>>
  socket(): Promise<TestSocket>
}

let serial = 0

/** A whole server on a database of its own, listening on a free loopback port. Dispose of it with `await using`. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.beside?.clock ?? new TestClock(options.now)
  const config = inject('postgres')
  const database = options.beside?.database ?? `heyi_test_${process.pid}_${++serial}_${randomBytes(3).toString('hex')}`
  const dataDir = options.beside?.dataDir ?? mkdtempSync(join(tmpdir(), 'heyi-server-'))
  if (!options.beside) await withAdmin(config, (admin) => newDatabase(admin, database, templateName))
  const settings = readSettings({
    HEYI_DATA: dataDir,
    HEYI_LOG: 'error',
    HEYI_POOL: '6',
    HEYI_LANES: '2',
    HEYI_CALL_RATE: '100000',
    HEYI_SEND_RATE: '100000',
    ...options.env,
  })
  const app = await startApp({
    settings,
    clock,
    log: createLog(process.env.HEYI_TEST_LOG ?? 'silent'),
    version: '0.0.0-test',
    connection: options.connection?.(databaseOf(config, database)) ?? databaseOf(config, database),
    migrations: await readMigrations(migrationsRoot),
    checkAnswers: options.checkAnswers ?? true,
    jobsEveryMs: 50,
    ...(options.bus && { bus: options.bus }),
    ...(options.tls && { tls: options.tls }),
    ...(options.rules && { rules: options.rules }),
    ...(options.sweepEveryMs !== undefined && { sweepEveryMs: options.sweepEveryMs }),
  })
  const { port } = await app.listen(0, settings.HEYI_HOST)
  return new TestServer(app, settings, clock, port, database, dataDir, config, !options.beside)
}

export class TestServer {
  readonly url: string
  #tenant: Promise<TestTenant> | null = null

  constructor(
    readonly app: App,
    readonly settings: Settings,
    readonly clock: TestClock,
    readonly port: number,
    readonly database: string,
    readonly dataDir: string,
    private readonly postgres: pg.ClientConfig,
    private readonly ownsDatabase: boolean,
  ) {
    this.url = `http://127.0.0.1:${port}`
  }

  /** The connection to this server’s own database. */
  get connection(): pg.ClientConfig {
    return databaseOf(this.postgres, this.database)
  }

  async tenant(name = '测试公司'): Promise<TestTenant> {
    const { db } = this.app.kernel
    const id = newId('ten', this.clock.ms())
    await sql`insert into tenant (id, name, locale, time_zone, created_at) values (${id}, ${name}, 'zh-CN', 'Asia/Shanghai', ${this.clock.now()})`.execute(
      db,
    )
    await sql`insert into file_usage (tenant_id, file_limit_bytes) values (${id}, ${this.settings.HEYI_FILE_LIMIT_BYTES})`.execute(
      db,
    )
    return { id, name }
  }

  #ownTenant(): Promise<TestTenant> {
    this.#tenant ??= this.tenant()
    return this.#tenant
  }

  /** A signed-in member, of the server’s own tenant unless another is given. */
  async member(
    options: { role?: Role; tenant?: TestTenant; name?: string; state?: 'active' | 'disabled' | 'removed' } = {},
  ): Promise<TestMember> {
    const { db } = this.app.kernel
    const tenant = options.tenant ?? (await this.#ownTenant())
    const ms = this.clock.ms()
    const n = ++serial
    const member = {
      id: newId('mem', ms),
      tenantId: tenant.id,
      personId: newId('per', ms),
      sessionId: newId('ses', ms),
      name: options.name ?? `同事${n}`,
      account: `tester${n}.${process.pid}`,
      token: randomBytes(32).toString('base64url'),
    }
    const hash = createHash('sha256').update(member.token).digest()
    const now = this.clock.now()
    const later = new Date(ms + 365 * 86_400_000).toISOString()
    await db.transaction().execute(async (tx) => {
      await sql`insert into person (id, created_at) values (${member.personId}, ${now})`.execute(tx)
      await sql`insert into login (value, kind, person_id) values (${member.account}, 'account', ${member.personId})`.execute(
        tx,
      )
      await sql`insert into principal (tenant_id, id, kind) values (${tenant.id}, ${member.id}, 'member')`.execute(tx)
      await sql`insert into member (tenant_id, id, person_id, name, role, state, created_at)
        values (${tenant.id}, ${member.id}, ${member.personId}, ${member.name}, ${options.role ?? 'member'}, ${options.state ?? 'active'}, ${now})`.execute(
        tx,
      )
      await sql`insert into profile (tenant_id, member_id) values (${tenant.id}, ${member.id})`.execute(tx)
      await sql`insert into feed (tenant_id, id) values (${tenant.id}, ${member.id})`.execute(tx)
      await sql`insert into session (id, token_hash, person_id, tenant_id, member_id, device, address, created_at, last_seen_at, expires_at)
        values (${member.sessionId}, ${hash}, ${member.personId}, ${tenant.id}, ${member.id}, 'test', '127.0.0.1', ${now}, ${now}, ${later})`.execute(
        tx,
      )
    })
    return member
  }

  /** Calls as this member, or as nobody. */
  as(member: TestMember | null): Caller {
    return this.withToken(member?.token ?? null)
  }

  withToken(token: string | null): Caller {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    return {
      call: async (operation, input, options) => {
        const requestId = options?.requestId ?? randomBytes(12).toString('hex')
        const response = await fetch(`${this.url}/api/${operation.name}`, {
          method: 'POST',
          headers: { ...headers, 'request-id': requestId },
          body: JSON.stringify(input),
        })
        const body = await response.json()
        if (!response.ok) throw new CallFailed(body.error.code, body.error.data, response.status)
        return body
      },
      socket: () => TestSocket.open(`${this.url.replace('http', 'ws')}/socket`, token),
    }
  }

  async stop(): Promise<void> {
    await this.app.stop()
    if (!this.ownsDatabase) return
    await withAdmin(this.postgres, (admin) => admin.query(`drop database if exists "${this.database}" with (force)`))
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}

async function withAdmin<T>(config: pg.ClientConfig, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client(config)
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
