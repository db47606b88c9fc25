import { fail } from '../../kernel/errors.js'
import { newSecret } from '../../kernel/ids.js'

/** OWASP’s first choice for argon2id: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const atOnce = 2
const maxWaiting = 256

/** Hashes and compares passwords (argon2id), two at a time: each takes a core and 19 MiB. */
export class Passwords {
  #running = 0
  readonly #waiting: (() => void)[] = []
  #nobody: Promise<string> | null = null

  /** @throws AppError `busy` when too many wait already */
  hash(password: string): Promise<string> {
    return this.#inTurn(async () => (await argon2()).hash(password, parameters))
  }

  /** Whether the password is right. Without a hash to compare with it takes as long, and is not. */
  async verify(hash: string | null, password: string): Promise<boolean> {
    const against = hash ?? (await this.#hashOfNobody())
    const right = await this.#inTurn(async () => (await argon2()).verify(against, password))
    return right && hash !== null
  }

  #hashOfNobody(): Promise<string> {
    this.#nobody ??= this.hash(newSecret()).catch((error: unknown) => {
      this.#nobody = null
      throw error
    })
    return this.#nobody
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) await this.#wait()
    else this.#running++
    try {
      return await work()
    } finally {
      // Whoever waits takes the place over; nobody else can slip in between.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= maxWaiting) throw fail('busy')
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

/** Loaded at the first password, so that the program starts without it. */
const argon2 = () => import('@node-rs/argon2')
