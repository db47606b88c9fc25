import { createHash } from 'node:crypto'
import { RequestId } from '@heyi/contract/common'
import type { Operation } from '@heyi/contract/define'
import { type OperationName, operations } from '@heyi/contract/operations'
import type { z } from 'zod'
import { type Actor, type AnonymousActor, actorKey, type MemberActor, type OperatorActor } from './actor.js'
import type { CookieChange, Kernel, Origin, ReadCtx, WriteCtx } from './context.js'
import { row, sql, type Tx } from './db.js'
import { AppError, fail, sqlState } from './errors.js'
import type { Changes } from './feeds/changes.js'
import { RateLimiter } from './limiter.js'
import type { Metrics } from './metrics.js'
import { writeTransaction } from './write.js'

type CtxOf<K, A extends Actor> = K extends 'read' ? ReadCtx<A> : WriteCtx<A>
type Handler = (ctx: ReadCtx & WriteCtx, input: unknown) => Promise<unknown>

interface Bound {
  operation: Operation
  handler: Handler
  /** Whether the kernel opens a transaction around it. */
  transaction: 'own' | 'kernel'
}

export interface Call {
  actor: Actor
  origin: Origin
  /** Null when the client gave none; writes then are refused. */
  requestId: string | null
  setCookie(change: CookieChange): void
}

/** Binds operations of the contract to functions, and runs them with every check in one place, whatever the transport. */
export class Operations {
  readonly #handlers = new Map<string, Bound>()
  readonly #limiter: RateLimiter

  constructor(
    private readonly kernel: Kernel,
    private readonly metrics: Metrics,
    private readonly options: { checkAnswers: boolean },
  ) {
    this.#limiter = new RateLimiter(kernel.clock, kernel.settings.HEYI_CALL_RATE)
  }

  /** An operation of a signed-in member. */
  serve<N extends string, K extends 'read' | 'write', I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<N, K, I, O>,
    handler: (ctx: CtxOf<K, MemberActor>, input: z.output<I>) => Promise<z.input<O>>,
  ): void {
    this.#bind(operation, handler as Handler)
  }

  /** An operation of whoever keeps the installation. */
  serveOperator<N extends string, K extends 'read' | 'write', I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<N, K, I, O>,
    handler: (ctx: CtxOf<K, OperatorActor>, input: z.output<I>) => Promise<z.input<O>>,
  ): void {
    this.#bind(operation, handler as Handler)
  }

  /** An operation that anybody may call, signed in or not. */
  servePublic<N extends string, K extends 'read' | 'write', I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<N, K, I, O>,
    handler: (ctx: CtxOf<K, Actor>, input: z.output<I>) => Promise<z.input<O>>,
  ): void {
    this.#bind(operation, handler as Handler)
  }

  /** A write with transactions of its own, and its own account of repeats: a send by its lane, a password hashed before. */
  serveOwnTransaction<N extends string, I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<N, 'write', I, O>,
    handler: (ctx: ReadCtx<MemberActor>, input: z.output<I>) => Promise<z.input<O>>,
  ): void {
    this.#bind(operation, handler as Handler, 'own')
  }

  /** @throws if an operation of the contract is served by nobody */
  requireAll(): void {
    const missing = Object.keys(operations).filter((name) => !this.#handlers.has(name))
    if (missing.length > 0) throw new Error(`Nobody serves ${missing.join(', ')}.`)
  }

  /** Runs one call. Only AppErrors leave; anything else is logged whole and told as `internal`. */
  async run(name: string, input: unknown, call: Call): Promise<unknown> {
    const started = performance.now()
    let code = 'ok'
    try {
      return await this.#run(name, input, call)
    } catch (error) {
      const told = this.#tell(error, name, call)
      code = told.code
      throw told
    } finally {
      const ms = performance.now() - started
      this.metrics.operation(this.#handlers.has(name) ? name : 'unknown', code, ms)
      if (this.kernel.log.isLevelEnabled('debug')) this.#note(name, code, ms, call)
    }
  }

  /** One line for each call, with its request id; never what was said. */
  #note(name: string, code: string, ms: number, { actor, origin }: Call): void {
    const requestId = origin.requestId
    const operation = name.slice(0, 80)
    this.kernel.log.debug({ operation, code, ms: Math.round(ms), actor: actorKey(actor, ''), requestId }, 'called')
  }

  #bind(
    operation: Operation,
    handler: Handler,
    transaction: 'own' | 'kernel' = operation.kind === 'read' ? 'own' : 'kernel',
  ): void {
    if (operations[operation.name as OperationName] !== operation)
      throw new Error(`${operation.name} is not of the contract.`)
    if (this.#handlers.has(operation.name)) throw new Error(`${operation.name} is served twice.`)
    this.#handlers.set(operation.name, { operation, handler, transaction })
  }

  async #run(name: string, input: unknown, call: Call): Promise<unknown> {
    const bound = this.#handlers.get(name)
    if (!bound) throw fail('unknown_operation', { name: name.slice(0, 80) })
    const { operation, handler, transaction } = bound
    requireScope(operation, call.actor)
    if (operation.socketOnly && !call.origin.socket) throw fail('not_allowed')
    if (!this.#limiter.take(actorKey(call.actor, call.origin.address))) throw fail('rate_limited')
    const parsed = parse(operation, input)
    const ctx = {
      kernel: this.kernel,
      actor: call.actor,
      origin: call.origin,
      clock: this.kernel.clock,
      log: this.kernel.log,
      setCookie: call.setCookie,
    }
    const answer =
      transaction === 'own'
        ? await handler({ ...ctx, db: this.kernel.db } as unknown as ReadCtx & WriteCtx, parsed)
        : await this.#write(bound, parsed, ctx, call)
    if (this.options.checkAnswers) operation.output.parse(answer)
    return answer
  }

  async #write(
    { operation, handler }: Bound,
    input: unknown,
    ctx: Omit<WriteCtx, 'db' | 'changes' | 'afterCommit'>,
    call: Call,
  ): Promise<unknown> {
    const ledger = operation.ownRetry ? null : requestOf(operation, input, call)
    let after: (() => void)[] = []
    const answer = await writeTransaction(this.kernel, async (tx: Tx, changes: Changes) => {
      after = []
      const before = ledger && (await findAnswer(tx, ledger))
      if (before) return before.answer
      const answer = await handler(
        { ...ctx, db: tx, changes, afterCommit: (work: () => void) => after.push(work) } as unknown as ReadCtx &
          WriteCtx,
        input,
      )
      if (ledger) await keepAnswer(tx, ledger, answer, this.kernel.clock.now())
      return answer
    })
    for (const work of after) work()
    return answer
  }

  #tell(error: unknown, name: string, call: Call): AppError {
    if (error instanceof AppError) return error
    const trouble = databaseTrouble(error)
    if (trouble) return fail(trouble, undefined, { cause: error })
    this.kernel.log.error({ err: error, operation: name, requestId: call.origin.requestId }, 'an operation failed')
    return fail('internal', { requestId: call.origin.requestId })
  }
}

function requireScope(operation: Operation, actor: Actor): void {
  if (operation.scope === 'public') return
  if (actor.kind === 'anonymous') throw fail('unauthenticated')
  if ((operation.scope === 'operator') !== (actor.kind === 'operator')) throw fail('not_allowed')
  if (actor.kind !== 'member') return
  if (actor.scopes && !actor.scopes.includes(operation.scope)) throw fail('scope_missing', { scope: operation.scope })
  if (operation.scope === 'directory:admin' && actor.role === 'member') throw fail('not_allowed')
}

function parse(operation: Operation, input: unknown): unknown {
  if (!isStorable(input))
    throw fail('invalid_input', { path: '', reason: 'NUL, half a surrogate pair, or nested too deep' })
  const parsed = operation.input.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw fail('invalid_input', { path: issue?.path.join('.') ?? '', reason: issue?.message ?? '' })
}

const deepest = 32

/** Whether PostgreSQL can keep every text in it (no NUL, no half of a surrogate pair), and it is not nested without end. */
function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (depth === deepest) return false
  if (Array.isArray(value)) return value.every((one) => isStorable(one, depth + 1))
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record))
    if (!isStorable(key, depth + 1) || !isStorable(record[key], depth + 1)) return false
  return true
}

interface LedgerKey {
  actor: string
  requestId: string
  digest: string
}

function requestOf(operation: Operation, input: unknown, call: Call): LedgerKey {
  if (call.requestId === null) throw fail('request_id_missing')
  if (!RequestId.safeParse(call.requestId).success)
    throw fail('invalid_input', { path: 'requestId', reason: '8-64 [A-Za-z0-9_-]' })
  const digest = createHash('sha256')
    .update(`${operation.name} ${JSON.stringify(input)}`)
    .digest('base64url')
  return { actor: actorKey(call.actor, call.origin.address), requestId: call.requestId, digest }
}

async function findAnswer(tx: Tx, { actor, requestId, digest }: LedgerKey): Promise<{ answer: unknown } | null> {
  const before = await row(
    tx,
    sql<{
      digest: string
      answer: unknown
    }>`select digest, answer from request where actor = ${actor} and request_id = ${requestId}`,
  )
  if (!before) return null
  if (before.digest !== digest) throw fail('request_reused')
  return before
}

async function keepAnswer(
  tx: Tx,
  { actor, requestId, digest }: LedgerKey,
  answer: unknown,
  now: string,
): Promise<void> {
  await sql`insert into request (actor, request_id, digest, answer, created_at) values (${actor}, ${requestId}, ${digest}, ${JSON.stringify(answer)}::jsonb, ${now})`.execute(
    tx,
  )
}

/** What a failure of the database itself means to a client: it may try again, and nothing was changed. */
export function databaseTrouble(error: unknown): 'unavailable' | 'disk_full' | 'busy' | null {
  const state = sqlState(error)
  if (state === '53100') return 'disk_full'
  if (state === '55P03' || state === '57014' || state === '53300') return 'busy'
  if (
    state &&
    (/^(08|57P|ERR_STREAM_|ERR_SOCKET_)/.test(state) ||
      ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTCONN', 'EPIPE', 'ETIMEDOUT'].includes(state))
  )
    return 'unavailable'
  const text = error instanceof Error ? error.message : ''
  return /connect (ENOENT|ECONNREFUSED|ETIMEDOUT)|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|could not (extend|write)/i.test(
    text,
  )
    ? 'unavailable'
    : null
}

export const anonymous: AnonymousActor = { kind: 'anonymous' }
