import type { Draft, Membership, Scheduled } from '@heyi/contract/messaging'
import type { Reminder } from '@heyi/contract/reminders'
import type { Todo } from '@heyi/contract/todos'
import type { ChatState, HeldMessage, InboxEntry, Pending } from './api.js'
import type { FarChat } from './far.js'
import { windowOf } from './feed-state.js'
import type { Replica } from './replica.js'

export interface ViewsPorts {
  replica: Replica
  /** The old messages that are shown instead of the newest, if a jump led to some. */
  far(conversation: string): FarChat | null
  /** The membership as it will be when my cursor has arrived. */
  ahead(membership: Membership): Membership
  draft(conversation: string): Draft | null
  pending(conversation: string): Pending[]
  /** What the threads that I follow add to the badge. */
  threadsBadge(): number
  lastAt(conversation: string): string | null
  /** A conversation just made here, which no feed has brought yet. */
  opened(conversation: string): Pick<ChatState, 'conversation' | 'membership'> | null
  memberIsCurrent(): boolean
  /** All that the server has said of the conversation is held. */
  isCurrent(conversation: string): boolean
}

const noneScheduled: readonly Scheduled[] = []

const byPinThenTime = (a: InboxEntry, b: InboxEntry): number => {
  if (a.membership.pinned !== b.membership.pinned) return a.membership.pinned ? -1 : 1
  const [x, y] = [a.lastAt ?? '', b.lastAt ?? '']
  return x < y ? 1 : x > y ? -1 : a.id < b.id ? -1 : 1
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])
const same = (a: unknown, b: unknown): boolean => a === b || (Array.isArray(a) && Array.isArray(b) && sameItems(a, b))

/** `next`, or `before` where it says the same; parts that say the same stay the same objects. */
export function keep<T extends object>(before: T | undefined, next: T): T {
  if (!before) return next
  const keys = Object.keys(next) as (keyof T)[]
  for (const key of keys) if (same(before[key], next[key])) next[key] = before[key]
  return keys.every((key) => before[key] === next[key]) ? before : next
}

/** What screens read: computed from the replica when asked, and anew only for conversations that changed. */
export class Views {
  readonly #ports: ViewsPorts
  readonly #entries = new Map<string, InboxEntry>()
  readonly #staleEntries = new Set<string>()
  readonly #chats = new Map<string, ChatState>()
  readonly #staleChats = new Set<string>()
  readonly #scheduled = new Map<string, { rev: number; list: readonly Scheduled[] }>()
  #todos: { rev: number; list: readonly Todo[] } = { rev: -1, list: [] }
  #reminders: { rev: number; list: readonly Reminder[] } = { rev: -1, list: [] }
  #inbox: InboxEntry[] = []
  #badge = 0

  constructor(ports: ViewsPorts) {
    this.#ports = ports
  }

  changed(conversation: string): void {
    this.#staleEntries.add(conversation)
    this.#staleChats.add(conversation)
  }

  /** The member feed or the connection moved: what waits for it may be decided. */
  waited(): void {
    for (const [id, chat] of this.#chats) {
      const waits = chat.loading || chat.gone || !chat.membership || chat.current !== this.#ports.isCurrent(id)
      if (waits) this.#staleChats.add(id)
    }
  }

  inbox(): InboxEntry[] {
    this.#refresh()
    return this.#inbox
  }

  badge(): number {
    this.#refresh()
    return this.#badge + this.#ports.threadsBadge()
  }

  chat(id: string): ChatState {
    const before = this.#chats.get(id)
    if (before && !this.#staleChats.delete(id)) return before
    const chat = keep(before, this.#makeChat(id))
    this.#chats.set(id, chat)
    return chat
  }

  /** My texts that wait there for their time, the next first; the same list while they are the same. */
  scheduled(conversation: string): readonly Scheduled[] {
    const { replica } = this.#ports
    const mine = replica.feed(replica.member)
    const before = this.#scheduled.get(conversation) ?? { rev: -1, list: noneScheduled }
    if (!mine || before.rev === mine.rev) return before.list
    const found = [...mine.objects.values()]
      .filter(({ kind }) => kind === 'scheduled')
      .map(({ object }) => object as Scheduled)
      .filter((one) => one.conversation === conversation)
      .sort((a, b) => (a.sendAt < b.sendAt ? -1 : a.sendAt > b.sendAt ? 1 : a.id < b.id ? -1 : 1))
    const list = sameItems(before.list, found) ? before.list : found
    this.#scheduled.set(conversation, { rev: mine.rev, list })
    return list
  }

  /** Open to-dos, the first due first, those without a time last; the same list while they are the same. */
  todos(): readonly Todo[] {
    const { replica } = this.#ports
    const mine = replica.feed(replica.member)
    if (!mine || this.#todos.rev === mine.rev) return this.#todos.list
    const due = (todo: Todo) => todo.dueAt ?? '9999'
    const found = [...mine.objects.values()]
      .filter(({ kind }) => kind === 'todo')
      .map(({ object }) => object as Todo)
      .sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.id < b.id ? -1 : 1))
    this.#todos = { rev: mine.rev, list: sameItems(this.#todos.list, found) ? this.#todos.list : found }
    return this.#todos.list
  }

  /** What I am, or was, reminded of, the first time first; the same list while it is the same. */
  reminders(): readonly Reminder[] {
    const { replica } = this.#ports
    const mine = replica.feed(replica.member)
    if (!mine || this.#reminders.rev === mine.rev) return this.#reminders.list
    const found = [...mine.objects.values()]
      .filter(({ kind }) => kind === 'reminder')
      .map(({ object }) => object as Reminder)
      .sort((a, b) => (a.remindAt < b.remindAt ? -1 : a.remindAt > b.remindAt ? 1 : a.id < b.id ? -1 : 1))
    this.#reminders = { rev: mine.rev, list: sameItems(this.#reminders.list, found) ? this.#reminders.list : found }
    return this.#reminders.list
  }

  /** Forgets the chat of a screen that is gone. */
  closed(id: string): void {
    this.#chats.delete(id)
  }

  #refresh(): void {
    if (this.#staleEntries.size === 0) return
    let isDifferent = false
    for (const id of this.#staleEntries) {
      const before = this.#entries.get(id)
      const entry = this.#makeEntry(id)
      const now = entry && keep(before, entry)
      if (now === (before ?? null)) continue
      isDifferent = true
      if (now) this.#entries.set(id, now)
      else this.#entries.delete(id)
    }
    this.#staleEntries.clear()
    if (!isDifferent) return
    this.#inbox = [...this.#entries.values()].sort(byPinThenTime)
    const shown = ({ membership, unread, mentioned }: InboxEntry) => (membership.muted ? Number(mentioned) : unread)
    this.#badge = this.#inbox.reduce((sum, entry) => sum + shown(entry), 0)
  }

  #makeEntry(id: string): InboxEntry | null {
    const { replica, ahead, draft, pending, lastAt } = this.#ports
    const conversation = replica.conversation(id)
    const held = replica.membership(id)
    if (!conversation || !held) return null
    const membership = ahead(held)
    const { unread, mentions } = replica.unread(id, membership)
    const last = this.#last(id, membership)
    return {
      id,
      conversation,
      membership,
      members: replica.members(id),
      last,
      lastAt: last?.object.sentAt ?? lastAt(id) ?? conversation.createdAt,
      unread,
      mentioned: mentions > 0,
      draft: draft(id),
      pending: pending(id).length,
    }
  }

  #last(id: string, membership: Membership): HeldMessage | null {
    const state = this.#ports.replica.feed(id)
    const hidden = this.#ports.replica.hidden(id)
    if (!state) return null
    for (let i = state.messages.length - 1; i >= 0; i--) {
      const message = state.messages[i]
      if (!message || message.object.seq <= Math.max(state.loaded, membership.fromSeq)) return null
      if (message.object.root === undefined && !hidden.has(message.object.seq)) return message
    }
    return null
  }

  #makeChat(id: string): ChatState {
    const { replica, far: farOf, ahead, draft, pending, opened, memberIsCurrent, isCurrent } = this.#ports
    const held = replica.membership(id)
    const state = held && replica.feed(id)
    const provisional = held ? null : opened(id)
    const hidden = replica.hidden(id)
    const isShown = ({ object }: HeldMessage) =>
      object.root === undefined && object.seq > (held?.fromSeq ?? 0) && !hidden.has(object.seq)
    const far = farOf(id)
    const messages = (far?.messages ?? (state ? windowOf(state) : [])).filter(isShown)
    const gone = !held && !provisional && memberIsCurrent()
    return {
      conversation: replica.conversation(id) ?? provisional?.conversation ?? null,
      membership: held ? ahead(held) : (provisional?.membership ?? null),
      members: replica.members(id),
      messages,
      pending: pending(id).filter(({ root }) => (root ?? null) === null),
      floor: far?.floor ?? state?.loaded ?? 0,
      ceiling: far?.ceiling ?? null,
      stretch: far?.id ?? 0,
      draft: draft(id),
      loading: !gone && (state ? messages.length === 0 && state.loaded > 0 : !provisional),
      gone,
      current: isCurrent(id),
    }
  }
}
