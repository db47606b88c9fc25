import { setTimeout as wait } from 'node:timers/promises'
import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { VoiceBody } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Kernel, MemberRead } from '../../kernel/context.js'
import { AppError, fail } from '../../kernel/errors.js'
import { RateLimiter } from '../../kernel/limiter.js'
import type { FilesDoor } from '../files/index.js'
import { requireConversation } from './gate.js'
import { findReadableMessages } from './readable-store.js'
import { soundName } from './rules.js'

type Input = z.output<(typeof ops.getTranscript)['input']>
type Output = z.output<(typeof ops.getTranscript)['output']>

/** How long a caller is kept waiting, and how long the engine may take. */
const patienceMs = 8_000
const engineMs = 90_000
/** A claim of a copy that ended is void after. */
const claimMs = engineMs + 10_000
/** Whoever asks again at once hears of the failure; later the engine is asked anew. */
const failedMs = 10_000
/** Voices that the engine hears at once, and those that wait, of all companies. */
const atOnce = 2
const mostWaiting = 50
/** Voices that one member may have heard in a second, with a reserve of four seconds. */
const perSecond = 1
const mostAnswerBytes = 256 * 1024

/**
 * Has an engine of the operator’s write down what voices say. Nothing is sent anywhere but to the address in the
 * settings; a voice is heard once, however many ask, and no transaction is open meanwhile.
 */
export class Transcripts {
  readonly #making = new Map<string, Promise<string | undefined>>()
  readonly #failed = new Map<string, number>()
  readonly #limiter: RateLimiter
  readonly #stop = new AbortController()

  constructor(
    private readonly kernel: Kernel,
    private readonly files: FilesDoor,
  ) {
    this.#limiter = new RateLimiter(kernel.clock, perSecond)
  }

  /** @throws AppError `transcript_off`, `not_found`, `transcript_failed`, `rate_limited`, `busy` */
  async get(ctx: MemberRead, { conversation, seq }: Input): Promise<Output> {
    await requireConversation(ctx, conversation, 'read')
    if (this.kernel.settings.HEYI_TRANSCRIBE_URL === null) throw fail('transcript_off')
    const [message] = await findReadableMessages(ctx.db, ctx.actor, [{ conversation, seq }])
    if (message?.kind !== 'voice' || !message.body) throw fail('not_found')
    const { file } = message.body as VoiceBody
    const text = (await this.files.findTranscript(ctx.db, ctx.actor.tenantId, file)) ?? (await this.#made(ctx, file))
    return text === undefined ? { state: 'pending', text: null } : { state: 'ready', text }
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.allSettled(this.#making.values())
  }

  /** Undefined where it has to be asked for again. */
  async #made({ actor }: MemberRead, file: string): Promise<string | undefined> {
    const key = `${actor.tenantId} ${file}`
    const running = this.#making.get(key) ?? this.#begin(actor, key, file)
    return Promise.race([running, wait(patienceMs, undefined, { ref: false })])
  }

  #begin(actor: MemberRead['actor'], key: string, file: string): Promise<string | undefined> {
    const { clock, log } = this.kernel
    const failedAt = this.#failed.get(key)
    if (failedAt !== undefined && clock.ms() - failedAt < failedMs) throw fail('transcript_failed')
    if (this.#making.size >= atOnce + mostWaiting) throw fail('busy')
    if (!this.#limiter.take(actor.memberId)) throw fail('rate_limited')
    const made = this.#inLine(() => this.#make(actor.tenantId, file))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the engine did not write down a voice')
        for (const [other, at] of this.#failed) if (clock.ms() - at >= failedMs) this.#failed.delete(other)
        this.#failed.set(key, clock.ms())
        throw error instanceof AppError ? error : fail('transcript_failed')
      })
      .finally(() => this.#making.delete(key))
    // Whoever asked may be gone when it fails.
    made.catch(() => undefined)
    this.#making.set(key, made)
    return made
  }

  async #inLine<T>(work: () => Promise<T>): Promise<T> {
    // The first of the map began first.
    const before = [...this.#making.values()]
    if (before.length >= atOnce) await Promise.allSettled(before.slice(0, before.length - atOnce + 1))
    return work()
  }

  async #make(tenantId: string, file: string): Promise<string | undefined> {
    const { db, clock } = this.kernel
    const until = new Date(clock.ms() + claimMs).toISOString()
    // Another copy has it listened to.
    if (!(await this.files.claimTranscript(db, tenantId, file, clock.now(), until))) return undefined
    let text: string | null = null
    try {
      const voice = await this.files.readWhole(db, tenantId, file, limits.voiceBytes)
      if (!voice) throw fail('not_found')
      text = await this.#ask(voice)
      return text
    } finally {
      await this.files.keepTranscript(db, tenantId, file, text)
    }
  }

  /** The form that OpenAI’s `/v1/audio/transcriptions` takes, and many engines that run on one’s own machines. */
  async #ask({ mime, bytes }: { mime: string; bytes: Uint8Array }): Promise<string> {
    const { HEYI_TRANSCRIBE_URL, HEYI_TRANSCRIBE_KEY, HEYI_TRANSCRIBE_MODEL } = this.kernel.settings
    const form = new FormData()
    form.set('model', HEYI_TRANSCRIBE_MODEL)
    form.set('response_format', 'json')
    // Nobody’s name for it leaves.
    form.set('file', new Blob([Buffer.from(bytes)], { type: mime }), soundName(mime))
    const answer = await fetch(HEYI_TRANSCRIBE_URL ?? '', {
      method: 'POST',
      body: form,
      redirect: 'error',
      headers: HEYI_TRANSCRIBE_KEY === null ? {} : { authorization: `Bearer ${HEYI_TRANSCRIBE_KEY}` },
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(engineMs)]),
    })
    const said = await readBounded(answer)
    if (!answer.ok) throw new Error(`the engine answered ${answer.status}: ${said.slice(0, 200)}`)
    const { text } = JSON.parse(said) as { text?: unknown }
    if (typeof text !== 'string') throw new Error('the engine answered without a text')
    return [...text.trim()].slice(0, limits.transcriptChars).join('')
  }
}

async function readBounded({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body ?? []) {
    size += part.length
    if (size > mostAnswerBytes) throw new Error('the engine said too much')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
