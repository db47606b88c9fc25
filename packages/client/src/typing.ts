import type { Environment } from './environment.js'
import type { Call } from './transport.js'

const tellEveryMs = 3_000
const shownMs = 6_000
const nobody: string[] = []

export interface TypingPorts {
  environment: Environment
  call: Call
  me: string
  isOnline(): boolean
  onChanged(conversation: string): void
}

/** Who is typing where: told at most every three seconds, believed for six. */
export class Typing {
  readonly #ports: TypingPorts
  readonly #told = new Map<string, number>()
  readonly #timers = new Map<string, Map<string, unknown>>()
  readonly #typers = new Map<string, string[]>()

  constructor(ports: TypingPorts) {
    this.#ports = ports
  }

  tell(conversation: string): void {
    const { environment, call } = this.#ports
    const now = environment.now()
    if (!this.#ports.isOnline() || now - (this.#told.get(conversation) ?? 0) < tellEveryMs) return
    this.#told.set(conversation, now)
    call('sync.signal', { feed: conversation, signal: 'typing' }).catch((error: unknown) =>
      environment.log('typing', error),
    )
  }

  typers(conversation: string): string[] {
    return this.#typers.get(conversation) ?? nobody
  }

  heard(conversation: string, from: string): void {
    const { environment, me } = this.#ports
    if (from === me) return
    const timers = this.#timers.get(conversation) ?? new Map<string, unknown>()
    this.#timers.set(conversation, timers)
    const isNew = !timers.has(from)
    environment.clearTimeout(timers.get(from))
    timers.set(
      from,
      environment.setTimeout(() => this.stopped(conversation, from), shownMs),
    )
    if (isNew) this.#update(conversation)
  }

  /** They fell silent, or what they typed has come. */
  stopped(conversation: string, from: string): void {
    const timers = this.#timers.get(conversation)
    if (!timers?.has(from)) return
    this.#ports.environment.clearTimeout(timers.get(from))
    timers.delete(from)
    this.#update(conversation)
  }

  end(): void {
    for (const timers of this.#timers.values())
      for (const timer of timers.values()) this.#ports.environment.clearTimeout(timer)
    this.#timers.clear()
    this.#typers.clear()
  }

  #update(conversation: string): void {
    this.#typers.set(conversation, [...(this.#timers.get(conversation)?.keys() ?? [])])
    this.#ports.onChanged(conversation)
  }
}
