import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { ProfileRow, Store } from './store.js'
import type { Call } from './transport.js'

const freshMs = 5 * 60_000
/** Names asked for by one screen go in one call. */
const gatherMs = 20

export interface ProfilesPorts {
  environment: Environment
  store: Pick<Store, 'saveOwn'>
  call: Call
  onChanged(): void
}

interface Card {
  profile: Profile | null
  at: number
}

/** Cards of people by id, asked for in batches when a screen wants them, and kept for the next start. */
export class Profiles {
  readonly #ports: ProfilesPorts
  readonly #cards = new Map<string, Card>()
  readonly #wanted = new Set<string>()
  #timer: unknown = null
  #ended = false

  constructor(ports: ProfilesPorts) {
    this.#ports = ports
  }

  load(rows: readonly ProfileRow[]): void {
    for (const { id, profile, at } of rows) this.#cards.set(id, { profile, at })
  }

  get(id: string): Profile | null {
    const card = this.#cards.get(id)
    if (!card || this.#ports.environment.now() - card.at > freshMs) this.#ask(id)
    return card?.profile ?? null
  }

  /** Whether the server was asked for it and had nothing to show. */
  isHidden(id: string): boolean {
    return this.#cards.get(id)?.profile === null
  }

  /** A card that came by another way. */
  learn(profile: Profile): void {
    this.#put(profile.id, profile)
    void this.#save([profile])
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
    this.#wanted.clear()
    this.#cards.clear()
  }

  #ask(id: string): void {
    if (this.#ended || this.#wanted.has(id)) return
    this.#wanted.add(id)
    this.#gather(gatherMs)
  }

  #gather(ms: number): void {
    this.#timer ??= this.#ports.environment.setTimeout(() => void this.#fetch(), ms)
  }

  async #fetch(): Promise<void> {
    const { environment, call } = this.#ports
    const ids = [...this.#wanted].slice(0, limits.profilesPerCall)
    let again = gatherMs
    try {
      const { items } = await call('directory.listProfiles', { ids })
      if (this.#ended) return
      const found = new Map(items.map((profile) => [profile.id, profile]))
      // What is left out may not be seen, or not any more.
      for (const id of ids) this.#put(id, found.get(id) ?? null)
      void this.#save(items)
    } catch (error) {
      if (this.#ended) return
      if (isTransient(error)) again = freshMs / 60
      else {
        environment.log('profiles', error)
        for (const id of ids) this.#put(id, this.#cards.get(id)?.profile ?? null)
      }
    }
    this.#timer = null
    if (this.#wanted.size > 0) this.#gather(again)
  }

  #put(id: string, profile: Profile | null): void {
    this.#wanted.delete(id)
    const before = this.#cards.get(id)
    // The same object as long as it says the same, so that screens need not be drawn again.
    const same = before && JSON.stringify(before.profile) === JSON.stringify(profile)
    this.#cards.set(id, { profile: same ? before.profile : profile, at: this.#ports.environment.now() })
    if (!same) this.#ports.onChanged()
  }

  async #save(profiles: readonly Profile[]): Promise<void> {
    const at = this.#ports.environment.now()
    try {
      await this.#ports.store.saveOwn({ profiles: profiles.map((profile) => ({ id: profile.id, profile, at })) })
    } catch (error) {
      this.#ports.environment.log('profiles are in memory only', error)
    }
  }
}
