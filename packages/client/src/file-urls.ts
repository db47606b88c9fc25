import { limits } from '@heyi/contract/limits'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { Call } from './transport.js'

const gatherMs = 20
const againMs = 5_000
/** An address is renewed when it has less than this to live. */
const renewMs = 60_000
/** What was left out of an answer is not asked for again before. */
const refusedMs = 60_000

export type Via =
  | { conversation: string; seq: number }
  | { notice: string }
  | { avatar: true }
  | { sticker: true }
  | null
export type Variant = 'original' | 'thumbnail'

export interface FileUrlsPorts {
  environment: Environment
  call: Call
  onChanged(): void
}

interface Wanted {
  file: string
  via: Via
  variant: Variant
}

/** Short-lived addresses of files, asked for in batches and renewed when a screen asks near their end. */
export class FileUrls {
  readonly #ports: FileUrlsPorts
  readonly #urls = new Map<string, { url: string | null; until: number }>()
  readonly #wanted = new Map<string, Wanted>()
  #timer: unknown = null
  #renewal: unknown = null
  #ended = false

  constructor(ports: FileUrlsPorts) {
    this.#ports = ports
  }

  get(file: string, via: Via, variant: Variant): string | null {
    const key = JSON.stringify([file, variant, via])
    const held = this.#urls.get(key)
    const left = (held?.until ?? 0) - this.#ports.environment.now()
    if ((held?.url ? left < renewMs : left <= 0) && !this.#ended && !this.#wanted.has(key)) {
      this.#wanted.set(key, { file, via, variant })
      this.#gather(gatherMs)
    }
    return held?.url && left > 0 ? held.url : null
  }

  /** Does not wait for the next try after a failure. */
  connected(): void {
    this.#ports.environment.clearTimeout(this.#timer)
    this.#timer = null
    if (this.#wanted.size > 0) this.#gather(gatherMs)
  }

  end(): void {
    this.#ended = true
    this.#ports.environment.clearTimeout(this.#timer)
    this.#ports.environment.clearTimeout(this.#renewal)
    this.#wanted.clear()
    this.#urls.clear()
  }

  #gather(ms: number): void {
    this.#timer ??= this.#ports.environment.setTimeout(() => void this.#fetch(), ms)
  }

  async #fetch(): Promise<void> {
    const { environment, call, onChanged } = this.#ports
    const batch = [...this.#wanted].slice(0, limits.urlsPerCall)
    let again = gatherMs
    try {
      const answer = await call('files.signUrls', { items: batch.map(([, wanted]) => wanted) })
      if (this.#ended) return
      const found = new Map(answer.items.map((item) => [item.file + item.variant, item.url]))
      for (const [key, { file, variant }] of batch) {
        const url = found.get(file + variant) ?? null
        this.#put(key, url, url ? Date.parse(answer.expiresAt) : environment.now() + refusedMs)
      }
      this.#renewAt(Date.parse(answer.expiresAt) - renewMs)
      onChanged()
    } catch (error) {
      if (this.#ended) return
      if (isTransient(error)) again = againMs
      else {
        environment.log('file addresses', error)
        for (const [key] of batch) this.#put(key, null, environment.now() + refusedMs)
      }
    }
    this.#timer = null
    if (this.#wanted.size > 0) this.#gather(again)
  }

  /** Screens are told when addresses near their end; what is still shown is asked for again by that. */
  #renewAt(at: number): void {
    const { environment, onChanged } = this.#ports
    this.#renewal ??= environment.setTimeout(
      () => {
        this.#renewal = null
        onChanged()
      },
      Math.max(gatherMs, at - environment.now() + gatherMs),
    )
  }

  #put(key: string, url: string | null, until: number): void {
    this.#wanted.delete(key)
    this.#urls.set(key, { url, until })
  }
}
