import { fold } from './fold.js'
import { addGrams, namedGram } from './grams.js'

/** A message as the index reads it. */
export interface Indexed {
  conversation: string
  seq: number
  sender: string
  kind: string
  body: unknown
  state: string
  sentAt: string
  /** What others have written below it, of a relay list. */
  relay?: Lines | null
}

interface Lines {
  lines: { text: string }[]
}

/** What is kept of one message: the folded text on one line, and what filters ask for. */
export interface Entry {
  seq: number
  sentAt: string
  folded: string
  marks: number[]
}

/** The text of a message that a person would look for; empty for lines of the system. */
export function textOf({ kind, body, relay }: Pick<Indexed, 'kind' | 'body' | 'relay'>): string {
  if (typeof body !== 'object' || body === null || kind === 'system') return ''
  const { text, name, title, question, options, address, result } = body as Record<string, unknown>
  const lines = kind === 'relay' ? ((relay ?? (result as Lines | undefined))?.lines ?? []) : []
  const parts = [text, name, title, question, ...(Array.isArray(options) ? options : []), address]
  return [...parts, ...lines.map((line) => line.text)]
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n')
}

export const hasLink = (text: string): boolean => /https?:\/\/\S/i.test(text)

export const senderGram = (sender: string): number => namedGram('sender', sender)
export const kindGram = (kind: string): number => namedGram('kind', kind)
export const conversationGram = (conversation: string): number => namedGram('conversation', conversation)

/** Null for what nobody can find: recalled, or without a text. */
export function entryOf(message: Indexed): Entry | null {
  const text = message.state === 'sent' ? textOf(message) : ''
  const folded = fold(text)
  if (folded === '') return null
  const marks = [senderGram(message.sender), kindGram(message.kind)]
  if (hasLink(text)) marks.push(kindGram('link'))
  return { seq: message.seq, sentAt: message.sentAt, folded, marks }
}

/** Consecutive messages of one conversation in one row of the index. */
export interface Block {
  firstSeq: number
  lastSeq: number
  firstAt: string
  lastAt: string
  /** Places in the conversation, as distances from the first. */
  places: number[]
  /** Whole seconds of each since the second of `firstAt`. */
  seconds: number[]
  /** A line for each. */
  folded: string
  grams: number[]
}

/** Messages in one block: more make the index smaller and what it finds less exact. */
export const blockMessages = 64
/** Characters after which a block is full with fewer messages. */
export const blockChars = 16_000

/** Entries in order, cut into full blocks; what is left is too little for one. */
export function cutBlocks(entries: readonly Entry[]): { full: Entry[][]; rest: Entry[] } {
  const full: Entry[][] = []
  let open: Entry[] = []
  let chars = 0
  for (const entry of entries) {
    open.push(entry)
    chars += entry.folded.length
    if (open.length < blockMessages && chars < blockChars) continue
    full.push(open)
    open = []
    chars = 0
  }
  return { full, rest: open }
}

/** Whole seconds since 1970. */
export const secondOf = (instant: string): number => Math.floor(Date.parse(instant) / 1000)

export function makeBlock(conversation: string, entries: readonly Entry[]): Block {
  const grams = new Set<number>([conversationGram(conversation)])
  const seqs = entries.map(({ seq }) => seq)
  const firstSeq = Math.min(...seqs)
  const times = entries.map(({ sentAt }) => sentAt).sort()
  for (const { folded, marks } of entries) {
    addGrams(folded, grams)
    for (const mark of marks) grams.add(mark)
  }
  return {
    firstSeq,
    lastSeq: Math.max(...seqs),
    firstAt: times[0] ?? '',
    lastAt: times.at(-1) ?? '',
    places: seqs.map((seq) => seq - firstSeq),
    seconds: entries.map(({ sentAt }) => secondOf(sentAt) - secondOf(times[0] ?? sentAt)),
    folded: entries.map(({ folded }) => folded).join('\n'),
    grams: [...grams],
  }
}
