import type { Level, NotificationPolicy, Reason } from '@heyi/contract/notifications'

export interface Decision {
  outcome: 'tell' | 'hold' | 'skip'
  reason: Reason
}

/** All that decides whether one member is told of one message. */
export interface Facts {
  me: string
  message: {
    seq: number
    sender: string
    kind: string
    state: 'sent' | 'recalled'
    text: string
    /** Who is named; `all` is everybody. */
    mentions: readonly string[]
    /** Null where it is not said in a thread. */
    root: number | null
    /** The sender is owner or admin of the group. */
    byHead: boolean
    direct: boolean
  }
  /** Null for whoever is not in the conversation. */
  place: { readSeq: number; fromSeq: number; muted: boolean } | null
  /** Up to where this member has read the thread that it stands in; null for whoever does not follow it. */
  threadSeq: number | null
  /** Wants to hear nothing at all of a muted conversation. */
  silent: boolean
  keywords: readonly string[]
  policy: Pick<NotificationPolicy, 'everybody'>
  /** At rest, and this message may not pass. */
  resting: boolean
  /** Has a device or an address that can be told. */
  reachable: boolean
}

/** A conversation that is muted tells of mentions only, or of nothing. */
export const levelOf = (muted: boolean, silent: boolean): Level => (!muted ? 'all' : silent ? 'none' : 'mentions')

/** Whether a member is told of a message, now or after their rest, and why, or why not. */
export function decide(facts: Facts): Decision {
  const { me, message, place } = facts
  const skip = (reason: Reason): Decision => ({ outcome: 'skip', reason })
  if (message.kind === 'system') return skip('system')
  if (message.sender === me) return skip('own')
  if (message.state === 'recalled') return skip('recalled')
  if (!place) return skip('not_member')
  if (message.seq <= place.fromSeq) return skip('before_joining')
  if (message.seq <= (facts.threadSeq ?? place.readSeq)) return skip('already_read')
  const level = levelOf(place.muted, facts.silent)
  if (level === 'none') return skip('level_none')
  const reason = reasonOf(facts)
  if (level === 'mentions' && !namesMe(reason)) return skip('level_mentions')
  if (message.root !== null && facts.threadSeq === null && !namesMe(reason)) return skip('thread_not_followed')
  if (!facts.reachable) return skip('no_channel')
  return facts.resting ? { outcome: 'hold', reason: 'resting' } : { outcome: 'tell', reason }
}

function reasonOf({ me, message, keywords, policy }: Facts): Reason {
  if (message.mentions.includes(me)) return 'mention'
  if (message.mentions.includes('all') && mayCallAll(policy, message.byHead)) return 'everybody'
  if (keywords.some((word) => hasWord(message.text, word))) return 'keyword'
  return message.direct ? 'direct' : 'message'
}

const mayCallAll = ({ everybody }: Facts['policy'], byHead: boolean): boolean =>
  everybody === 'everyone' || (everybody === 'heads' && byHead)

const namesMe = (reason: Reason): boolean => reason === 'mention' || reason === 'everybody' || reason === 'keyword'

/** Whether a device or address that wants to hear so much is told for this reason. What is said to me alone names me. */
export function deviceHears(level: Level, reason: Reason): boolean {
  if (level === 'none') return false
  return level === 'all' || namesMe(reason) || !['message', 'summary'].includes(reason)
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Whether a word stands in a text, whatever its case and width; words of Latin letters and digits stand alone. */
export function hasWord(text: string, word: string): boolean {
  const [inside, wanted] = [fold(text), fold(word)]
  if (wanted === '') return false
  const isLetter = (at: number) => /[\p{Script=Latin}\p{N}_]/u.test(inside[at] ?? '')
  for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + 1)) {
    const begins = !isLetter(at) || !isLetter(at - 1)
    const ends = !isLetter(at + wanted.length - 1) || !isLetter(at + wanted.length)
    if (begins && ends) return true
  }
  return false
}

/** Puts words into the places of an address (each escaped for it). */
export const fillUrl = (url: string, words: Record<string, string>): string =>
  url.replace(/\{(title|text|url)\}/g, (_, name: string) => encodeURIComponent(words[name] ?? ''))

const places = /\{(title|text|url|phone)\}/g

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Puts words into the places of a body; in JSON they are escaped for its texts. */
export function fillBody(body: string, words: Record<string, string>): { text: string; type: string } {
  const isJson = isJsonText(body.replace(places, ''))
  const escaped = (word: string) => (isJson ? JSON.stringify(word).slice(1, -1) : word)
  return {
    text: body.replace(places, (_, name: string) => escaped(words[name] ?? '')),
    type: isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
  }
}
