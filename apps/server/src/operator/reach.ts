import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request as askHttp, type RequestOptions } from 'node:http'
import { request as askHttps } from 'node:https'
import { join, resolve } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { type ErrorCode, errorText, type OperationName, type Operations } from '@heyi/contract'
import { errors } from '@heyi/contract/errors'
import type pg from 'pg'
import type { App } from '../app.js'
import type { Origin } from '../kernel/context.js'
import { AppError } from '../kernel/errors.js'
import type { Operations as OperationsOf } from '../kernel/operations.js'
import type { Settings } from '../kernel/settings.js'
import { migrationsRoot } from '../paths.js'
import { backUpGround } from './backup.js'
import { version } from './version.js'

/** What a running server tells commands on this machine, in `address.json` of the data folder. */
export interface Address {
  /** Where it listens, on this machine. */
  url: string
  publicUrl: string
  pid: number
  operatorToken: string
  /** The embedded database; null with DATABASE_URL. */
  database: pg.ClientConfig | null
  /** Certificates (PEM file) that vouch for `url`, where no public authority does. */
  authority?: string | null
}

/** The installation, whether a server runs on it or not. */
export interface Installation extends AsyncDisposable {
  dataDir: string
  connection: pg.ClientConfig
  /** Null where none runs: then it is ours until disposed of. */
  running: Address | null
  /** Any operation, as the operator. @throws Refused */
  call<N extends OperationName>(name: N, input: Operations[N]['input']): Promise<Operations[N]['output']>
  /** The whole program in this process; beside a running server it only works on the same database, and serves nobody. */
  app(): Promise<App>
}

/** A refusal of an operation, with a sentence for people. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    data?: Record<string, unknown>,
  ) {
    super(code in errors ? errorText(code as ErrorCode, 'en', data) : code)
  }
}

const answerMs = 5_000

/**
 * Finds the installation of HEYI_DATA: through the server that runs there, else by opening its data folder and database.
 * @throws Error one sentence, e.g. if another program has the folder
 */
export async function reach(settings: Settings): Promise<Installation> {
  const dataDir = resolve(settings.HEYI_DATA)
  const address = await findRunning(dataDir)
  if (address) return throughServer(dataDir, address, settings)
  return inProcess(settings)
}

/** The server that runs on this folder; null if there is none that answers. */
export async function findRunning(dataDir: string): Promise<Address | null> {
  const address = readAddress(dataDir)
  if (!address || !isAlive(address.pid)) return null
  try {
    const { status } = await ask(address, '/healthz', null)
    return status === 200 ? address : null
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

function readAddress(dataDir: string): Address | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'address.json'), 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return null
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function throughServer(dataDir: string, address: Address, settings: Settings): Installation {
  const connection = address.database ?? { connectionString: settings.DATABASE_URL ?? '' }
  let beside: Promise<App> | null = null
  return {
    dataDir,
    running: address,
    connection,
    app: () => {
      beside ??= startBeside(connection, settings, address)
      return beside
    },
    call: async (name, input) => {
      const { status, body } = await ask(address, `/api/${name}`, JSON.stringify(input))
      const answer = JSON.parse(body)
      if (status !== 200) throw new Refused(answer.error?.code ?? 'internal', answer.error?.data)
      return answer
    },
    [Symbol.asyncDispose]: async () => (await beside)?.stop(),
  }
}

async function startBeside(connection: pg.ClientConfig, settings: Settings, { publicUrl }: Address): Promise<App> {
  const [{ startApp }, { systemClock }, { createLog }, { readMigrations }] = await Promise.all([
    import('../app.js'),
    import('../kernel/clock.js'),
    import('../kernel/log.js'),
    import('../kernel/migrate.js'),
  ])
  const known = await readMigrations(migrationsRoot)
  const refuse = () =>
    Promise.reject(new Error('The running server is of another version than this command: restart it first.'))
  return startApp({
    settings: { ...settings, HEYI_PUBLIC_URL: publicUrl },
    clock: systemClock,
    log: createLog(settings.HEYI_LOG),
    version,
    connection,
    migrations: known,
    beforeMigration: refuse,
  })
}

/** The certificate is checked against the public name, whatever the local address is. */
function ask(address: Address, path: string, body: string | null): Promise<{ status: number; body: string }> {
  const url = new URL(path, address.url)
  const secure = url.protocol === 'https:'
  const options: RequestOptions & { servername?: string; ca?: string } = {
    method: body === null ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${address.operatorToken}`,
      'content-type': 'application/json',
      'request-id': newRequestId(),
    },
    agent: false,
    timeout: body === null ? answerMs : 0,
    ...(secure && { servername: new URL(address.publicUrl).hostname }),
    ...(secure && address.authority && { ca: readFileSync(address.authority, 'utf8') }),
  }
  return new Promise((done, failed) => {
    const request = (secure ? askHttps : askHttp)(url, options, (response) => {
      readText(response).then((text) => done({ status: response.statusCode ?? 0, body: text }), failed)
    })
    request.on('timeout', () =>
      request.destroy(Object.assign(new Error('The server does not answer.'), { code: 'ETIMEDOUT' })),
    )
    request.on('error', failed)
    request.end(body ?? undefined)
  })
}

const newRequestId = (): string => randomBytes(12).toString('hex')

/** Opens folder and database; the program on them only starts with the first call. */
async function inProcess(settings: Settings): Promise<Installation> {
  const { openGround, startRuntime } = await import('./runtime.js')
  const ground = await openGround(settings)
  const start = () => startRuntime(ground, { beforeUpgrade: backUpGround })
  let runtime: ReturnType<typeof startRuntime> | null = null
  const app = async () => {
    runtime ??= start()
    return (await runtime).app
  }
  const close = async () => {
    try {
      if (runtime) await (await runtime)[Symbol.asyncDispose]()
    } finally {
      await ground[Symbol.asyncDispose]()
    }
  }
  return {
    dataDir: ground.dataDir,
    connection: ground.connection,
    running: null,
    app,
    call: async (name, input) => callHere((await app()).operations, name, input),
    [Symbol.asyncDispose]: close,
  }
}

/** Runs an operation in this process, as the operator. */
export async function callHere<N extends OperationName>(
  on: OperationsOf,
  name: N,
  input: Operations[N]['input'],
): Promise<Operations[N]['output']> {
  const requestId = newRequestId()
  const origin: Origin = {
    transport: 'local',
    address: '127.0.0.1',
    loopback: true,
    secure: true,
    requestId,
    open: () => true,
  }
  try {
    return (await on.run(name, input, {
      actor: { kind: 'operator' },
      origin,
      requestId,
      setCookie: () => undefined,
    })) as Operations[N]['output']
  } catch (error) {
    if (error instanceof AppError) throw new Refused(error.code, error.data)
    throw error
  }
}
