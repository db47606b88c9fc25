import { limits } from '@heyi/contract/limits'
import type { Members } from '@heyi/contract/messaging'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { Call } from './transport.js'

/** Names asked for by one screen go in one call. */
const gatherMs = 20
const againMs = 5_000

/** What a device was told when it asked: the nickname as of `rev`, the newest change of any at that moment. */
export interface NicknameCard {
  nickname: string | null
  rev: number
}
type Recent = Members['nicknames']

/**
 * Somebody's nickname from the changes that the members object carries and from what was asked before; undefined where
 * only the server knows (docs/decisions/0011).
 */
export function knownNickname(
  recent: Recent,
  card: NicknameCard | undefined,
  id: string,
  most: number = limits.recentNicknames,
): string | null | undefined {
  const own = recent.find((one) => one.id === id)
  const since = (own ?? recent.at(-1))?.rev ?? 0
  if (card && card.rev >= since) return card.nickname
  if (own) return own.nickname
  return recent.length < most ? null : undefined
}

interface NicknamesPorts {
  environment: Environment
  call: Call
  /** Null while the conversation is not held. */
  members(conversation: string): Members | null
  /** The view under which it is held; cards of another are worth nothing. */
  view(conversation: string): string
  onChanged(): void
}

interface Group {
  view: string
  cards: Map<string, NicknameCard>
  wanted: Set<string>
  timer: unknown
}

/** What people are called in groups. Nearly all of it comes with the feed; the rest is asked for when it is shown. */
export class Nicknames {
  readonly #ports: NicknamesPorts
  readonly #groups = new Map<string, Group>()
  #ended = false

  constructor(ports: NicknamesPorts) {
    this.#ports = ports
  }

  /** Null for whoever goes by their name, and until it is known. */
  get(conversation: string, id: string): string | null {
    // A device that comes from an older version holds objects without them.
    const recent: Recent | undefined = this.#ports.members(conversation)?.nicknames
    if (!recent || recent.length === 0) return null
    const group = this.#groupOf(conversation)
    const card = group.cards.get(id)
    const known = knownNickname(recent, card, id)
    if (known !== undefined) return known
    this.#ask(conversation, group, id)
    return card?.nickname ?? null
  }

  connected(): void {
    for (const [conversation, group] of this.#groups) {
      this.#ports.environment.clearTimeout(group.timer)
      group.timer = null
      if (group.wanted.size > 0) this.#gather(conversation, group, gatherMs)
    }
  }

  end(): void {
    this.#ended = true
    for (const { timer } of this.#groups.values()) this.#ports.environment.clearTimeout(timer)
    this.#groups.clear()
  }

  #groupOf(conversation: string): Group {
    const view = this.#ports.view(conversation)
    const held = this.#groups.get(conversation)
    if (held && held.view === view) return held
    if (held) this.#ports.environment.clearTimeout(held.timer)
    const group: Group = { view, cards: new Map(), wanted: new Set(), timer: null }
    this.#groups.set(conversation, group)
    return group
  }

  #ask(conversation: string, group: Group, id: string): void {
    if (this.#ended || group.wanted.has(id)) return
    group.wanted.add(id)
    this.#gather(conversation, group, gatherMs)
  }

  #gather(conversation: string, group: Group, ms: number): void {
    group.timer ??= this.#ports.environment.setTimeout(() => void this.#fetch(conversation, group), ms)
  }

  async #fetch(conversation: string, group: Group): Promise<void> {
    const { environment, call, onChanged } = this.#ports
    const members = [...group.wanted].slice(0, limits.profilesPerCall)
    let again = gatherMs
    try {
      const { rev, items } = await call('messaging.listNicknames', { conversation, members })
      const found = new Map(items.map(({ id, nickname }) => [id, nickname]))
      for (const id of members) {
        group.cards.set(id, { nickname: found.get(id) ?? null, rev })
        group.wanted.delete(id)
      }
      if (this.#groups.get(conversation) === group) onChanged()
    } catch (error) {
      if (isTransient(error)) again = againMs
      else {
        environment.log('nicknames', error)
        group.wanted.clear()
      }
    }
    group.timer = null
    if (!this.#ended && group.wanted.size > 0) this.#gather(conversation, group, again)
  }
}
