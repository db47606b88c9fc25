import { limits } from '@heyi/contract/limits'
import type { MyAnswer } from '@heyi/contract/messaging'
import type { AnswerSignal, ReactionSignal } from '@heyi/contract/sync'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { Call } from './transport.js'

/** What one screen asks for goes in one call. */
const gatherMs = 20
const againMs = 5_000
/** The oldest are asked for again. */
const heldMost = 500

interface AnswersPorts {
  environment: Environment
  call: Call
  isOnline(): boolean
  onChanged(): void
}

const keyOf = (conversation: string, seq: number) => `${conversation}:${seq}`

/**
 * What I answered to the polls and relay lists that are shown, and with which emojis to messages that more reacted to than
 * they name: asked for once, changed by answering here or on another
 * device, asked again after a break. Answering needs the connection: what others see must not be promised.
 */
export class Answers {
  readonly #ports: AnswersPorts
  readonly #held = new Map<string, MyAnswer>()
  readonly #wanted = new Map<string, { conversation: string; seq: number }>()
  /** Answers on their way: the next to the same message goes after. */
  readonly #underWay = new Map<string, Promise<unknown>>()
  #timer: unknown = null
  #ended = false

  constructor(ports: AnswersPorts) {
    this.#ports = ports
  }

  /** Null until it is known. */
  get(conversation: string, seq: number): MyAnswer | null {
    const key = keyOf(conversation, seq)
    const held = this.#held.get(key)
    if (!held && !this.#wanted.has(key)) this.#want(key, { conversation, seq })
    return held ?? null
  }

  heard({ feed, seq, options, line }: AnswerSignal): void {
    this.#change(feed, seq, { options, line })
  }

  reacted({ feed, seq, emoji, on }: ReactionSignal): void {
    const others = (this.#held.get(keyOf(feed, seq))?.emojis ?? []).filter((other) => other !== emoji)
    this.#change(feed, seq, { emojis: on ? [...others, emoji] : others })
  }

  #change(conversation: string, seq: number, answer: Partial<MyAnswer>): void {
    const key = keyOf(conversation, seq)
    const held = this.#held.get(key)
    if (held) this.#put(conversation, { ...held, ...answer })
    // What is being asked for may be from before.
    else if (this.#wanted.has(key)) this.#want(key, { conversation, seq })
  }

  /** Shown at once, and not any more where the server refuses. */
  async vote(conversation: string, seq: number, options: number[]): Promise<void> {
    await this.#answer(conversation, seq, { options, line: null }, () =>
      this.#ports.call('messaging.vote', { conversation, seq, options }),
    )
  }

  async write(conversation: string, seq: number, text: string | null): Promise<void> {
    await this.#answer(conversation, seq, { options: [], line: text }, () =>
      this.#ports.call('messaging.writeRelayLine', { conversation, seq, text }),
    )
  }

  connected(): void {
    this.#ports.environment.clearTimeout(this.#timer)
    this.#timer = null
    for (const key of this.#held.keys()) {
      const [conversation = '', seq] = key.split(':')
      this.#wanted.set(key, { conversation, seq: Number(seq) })
    }
    if (this.#wanted.size > 0) this.#gather(gatherMs)
  }

  close(conversation: string): void {
    for (const key of this.#held.keys()) if (key.startsWith(`${conversation}:`)) this.#held.delete(key)
  }

  end(): void {
    this.#ended = true
    this.#ports.environment.clearTimeout(this.#timer)
    this.#held.clear()
    this.#wanted.clear()
  }

  async #answer(
    conversation: string,
    seq: number,
    answer: Pick<MyAnswer, 'options' | 'line'>,
    ask: () => Promise<unknown>,
  ): Promise<void> {
    const key = keyOf(conversation, seq)
    const before = this.#held.get(key)
    this.#put(conversation, { seq, emojis: before?.emojis ?? [], ...answer })
    const mine = (this.#underWay.get(key) ?? Promise.resolve()).catch(() => undefined).then(ask)
    this.#underWay.set(key, mine)
    try {
      await mine
    } catch (error) {
      if (before && this.#underWay.get(key) === mine) this.#put(conversation, before)
      throw error
    } finally {
      if (this.#underWay.get(key) === mine) this.#underWay.delete(key)
    }
  }

  #put(conversation: string, answer: MyAnswer): void {
    this.#held.set(keyOf(conversation, answer.seq), answer)
    this.#ports.onChanged()
  }

  #want(key: string, at: { conversation: string; seq: number }): void {
    this.#wanted.set(key, at)
    this.#gather(gatherMs)
  }

  #gather(ms: number): void {
    if (!this.#ended) this.#timer ??= this.#ports.environment.setTimeout(() => void this.#fetch(), ms)
  }

  /** One conversation after the other. */
  async #fetch(): Promise<void> {
    const { environment, call, isOnline, onChanged } = this.#ports
    const [first] = this.#wanted.values()
    if (!first) return
    const { conversation } = first
    const asked = [...this.#wanted]
      .filter(([, at]) => at.conversation === conversation)
      .slice(0, limits.messagesPerCall)
    const before = new Map(asked.map(([key]) => [key, this.#held.get(key)]))
    let again: number | null = gatherMs
    try {
      const { items } = await call('messaging.listMyAnswers', { conversation, seqs: asked.map(([, { seq }]) => seq) })
      if (this.#ended) return
      for (const answer of items) {
        const key = keyOf(conversation, answer.seq)
        // What was answered here or elsewhere meanwhile is newer than what was asked for.
        if (this.#held.get(key) === before.get(key)) this.#held.set(key, answer)
      }
    } catch (error) {
      if (isTransient(error)) again = isOnline() ? againMs : null
      else environment.log('answers', error)
    }
    if (again === gatherMs) for (const [key, at] of asked) if (this.#wanted.get(key) === at) this.#wanted.delete(key)
    for (const key of this.#held.keys()) {
      if (this.#held.size <= heldMost) break
      this.#held.delete(key)
    }
    this.#timer = null
    onChanged()
    if (again !== null && this.#wanted.size > 0) this.#gather(again)
  }
}
