import type { Draft } from '@heyi/contract/messaging'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { DraftRow, Store } from './store.js'
import type { Call } from './transport.js'

/** Typing has paused when nothing came for so long. */
const pauseMs = 500
/** After a failure while connected. */
const retryMs = 5_000

export interface DraftsPorts {
  environment: Environment
  store: Pick<Store, 'saveOwn'>
  call: Call
  isOnline(): boolean
  onChanged(conversation: string): void
}

interface Local {
  row: DraftRow
  saved: boolean
  saving: boolean
  /** The feed brought a draft while this one was being saved: probably this one. */
  heard: boolean
  timer: unknown
}

/** What is being written on this device: it goes before the feed's draft until the server has it. */
export class Drafts {
  readonly #ports: DraftsPorts
  readonly #local = new Map<string, Local>()

  constructor(ports: DraftsPorts) {
    this.#ports = ports
  }

  load(rows: readonly DraftRow[]): void {
    for (const row of rows)
      this.#local.set(row.conversation, { row, saved: false, saving: false, heard: false, timer: null })
  }

  /** The draft to show, where the feed holds `held`. */
  get(conversation: string, held: Draft | null): Draft | null {
    const local = this.#local.get(conversation)
    if (!local) return held
    return local.row.text === '' ? null : local.row
  }

  save(conversation: string, text: string, quote: number | null): void {
    const { environment } = this.#ports
    const before = this.#local.get(conversation)
    if (before && before.row.text === text && before.row.quote === quote) return
    if (before) environment.clearTimeout(before.timer)
    const row = { conversation, text, quote, savedAt: new Date(environment.now()).toISOString() }
    const local: Local = { row, saved: false, saving: before?.saving ?? false, heard: false, timer: null }
    this.#local.set(conversation, local)
    // An empty one is mostly what was sent: other devices must not show it any longer.
    const waitMs = text === '' ? 0 : pauseMs
    local.timer = environment.setTimeout(() => void this.#push(conversation), waitMs)
    void this.#store({ drafts: [row] })
    this.#ports.onChanged(conversation)
  }

  connected(): void {
    for (const conversation of this.#local.keys()) void this.#push(conversation)
  }

  /** The feed brought a draft: newer than one that was saved from here, older than one that was not. */
  feedChanged(conversation: string): void {
    const local = this.#local.get(conversation)
    if (local?.saved) this.#drop(conversation)
    else if (local) local.heard = local.saving
  }

  forget(conversation: string): void {
    const local = this.#local.get(conversation)
    if (!local) return
    this.#ports.environment.clearTimeout(local.timer)
    this.#drop(conversation)
    void this.#store({ draftsSaved: [conversation] })
  }

  #drop(conversation: string): void {
    this.#local.delete(conversation)
    this.#ports.onChanged(conversation)
  }

  end(): void {
    for (const local of this.#local.values()) this.#ports.environment.clearTimeout(local.timer)
    this.#local.clear()
  }

  async #push(conversation: string): Promise<void> {
    const local = this.#local.get(conversation)
    if (!local || local.saved || local.saving || !this.#ports.isOnline()) return
    const { row } = local
    local.saving = true
    local.heard = false
    let outcome: 'saved' | 'again' | 'refused' = 'saved'
    try {
      await this.#ports.call('messaging.saveDraft', { conversation, text: row.text, quote: row.quote })
    } catch (error) {
      outcome = isTransient(error) ? 'again' : 'refused'
      if (outcome === 'refused') this.#ports.environment.log('draft', error)
    }
    const now = this.#local.get(conversation)
    if (!now) return
    now.saving = false
    if (now.row !== row) return void this.#push(conversation)
    if (outcome === 'again') {
      if (this.#ports.isOnline())
        now.timer = this.#ports.environment.setTimeout(() => void this.#push(conversation), retryMs)
      return
    }
    now.saved = true
    if (outcome === 'refused' || now.heard) this.#drop(conversation)
    void this.#store({ draftsSaved: [conversation] })
  }

  async #store(changes: { drafts?: DraftRow[]; draftsSaved?: string[] }): Promise<void> {
    try {
      await this.#ports.store.saveOwn(changes)
    } catch (error) {
      this.#ports.environment.log('drafts are in memory only', error)
    }
  }
}
