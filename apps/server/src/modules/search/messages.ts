import type { FoundMessage, SearchFilters } from '@heyi/contract/search'
import type { MemberRead } from '../../kernel/context.js'
import { snapshot, type Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { MessagingDoor, ReadableMessage } from '../messaging/index.js'
import { findInFiles, readTexts } from './file-store.js'
import { conversationGram, hasLink, kindGram, secondOf, senderGram, textOf } from './rules/entry.js'
import { findTerms, gramsOfTerms, hasTerms, likePattern, type Range, snippetOf, type Term } from './rules/query.js'
import * as store from './store.js'

/** With more conversations than this the index is not asked for each of them: the answer is sorted out afterwards. */
const conversationsAsked = 1_000
/** Blocks looked into, round by round; what a common word finds is in the first. */
const rounds = [12, 24, 48, 96, 192]
/** After so many without a full page the page ends, and says where to go on. */
const blocksLookedInto = 3_000
const tailLimit = 2_000
/** Read beside a page, for those that turn out to be hidden or another page’s. */
const spare = 9
const mostAtOnce = 1_000
const fileKinds = ['image', 'file']

export interface Asked {
  terms: Term[]
  filters: SearchFilters
  /** Files are what a message carries, found by name; messages are all others. */
  files: boolean
  /** People who were found: their contact cards are found by their names. */
  cards: ReadonlyMap<string, string>
  cursor: string | null
  limit: number
}

/** Where a page ended: older than this comes next. */
interface Edge {
  sentAt: string
  conversation: string
  seq: number
}

interface Candidate {
  /** What is inside of its file matched. */
  inside?: true
  conversation: string
  seq: number
  second: number
}

const keyOf = ({ conversation, seq }: { conversation: string; seq: number }): string => `${conversation} ${seq}`

const writeEdge = ({ sentAt, conversation, seq }: Edge): string => `${sentAt} ${conversation} ${seq}`

function readEdge(cursor: string | null): Edge | null {
  if (cursor === null) return null
  const [, sentAt, conversation, seq] = /^(\S{20,30}Z) (\S{0,30}) (\d{1,15})$/.exec(cursor) ?? []
  if (sentAt === undefined || conversation === undefined || Number.isNaN(Date.parse(sentAt)))
    throw fail('invalid_input', { path: 'cursor', reason: 'unknown' })
  return { sentAt, conversation, seq: Number(seq) }
}

/** The newest first; of one moment the greatest id. */
function compareEdges(a: Edge, b: Edge): number {
  if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt ? 1 : -1
  if (a.conversation !== b.conversation) return a.conversation < b.conversation ? 1 : -1
  return b.seq - a.seq
}

/** One page of messages or of files, the newest first, with the caller’s permission in every query. */
export function findMessages(
  ctx: MemberRead,
  messaging: MessagingDoor,
  asked: Asked,
): Promise<{ items: FoundMessage[]; next: string | null }> {
  const edge = readEdge(asked.cursor)
  return snapshot(ctx.db, async (tx) => {
    await store.plan(tx)
    const wanted = await want(tx, ctx, messaging, asked, edge)
    return wanted ? new Looking(tx, ctx, messaging, asked, edge, wanted).page() : { items: [], next: null }
  })
}

/** Null where nothing can be found. */
async function want(
  tx: Tx,
  { actor }: MemberRead,
  messaging: MessagingDoor,
  { terms, filters, files }: Asked,
  edge: Edge | null,
): Promise<store.Wanted | null> {
  const isFileKind = filters.kind === 'image' || filters.kind === 'file'
  if (filters.kind !== null && isFileKind !== files) return null
  const marks: number[] = []
  if (filters.from) marks.push(senderGram(filters.from))
  if (filters.kind) marks.push(kindGram(filters.kind))
  const fromTerms = gramsOfTerms(terms)
  const kinds = fileKinds.map(kindGram)
  if (fromTerms.length === 0 && marks.length === 0 && filters.in === null && !files) return null
  const mine = messaging.readableConversations(actor, filters.in)
  const ids = (await store.listMine(tx, mine)).map(({ id }) => id)
  if (ids.length === 0) return null
  return {
    tenantId: actor.tenantId,
    mine,
    grams: [...fromTerms, ...marks],
    marks,
    anyMark: files && !filters.kind ? kinds : null,
    noMark: files ? [] : kinds,
    conversations: ids.length > conversationsAsked ? null : ids.map(conversationGram),
    patterns: terms.map(likePattern),
    after: filters.after,
    before: filters.before,
    upTo: edge?.sentAt ?? null,
  }
}

/** Goes through candidates from the newest to older ones until a page is full. */
class Looking {
  /** Not looked at yet. */
  #candidates: Candidate[] = []
  #blocks: store.FoundBlock[] = []
  #opened = 0
  /** Candidates read at once: more and more where few of them are what is asked for. */
  #batch: number
  /** Where older matches outside blocks were left out. */
  #tailEnd = Number.NEGATIVE_INFINITY
  readonly #found: FoundMessage[] = []
  /** Read already: a file may be found by its name and by what is inside. */
  readonly #taken = new Set<string>()

  constructor(
    private readonly tx: Tx,
    private readonly ctx: MemberRead,
    private readonly messaging: MessagingDoor,
    private readonly asked: Asked,
    private readonly edge: Edge | null,
    private readonly wanted: store.Wanted,
  ) {
    this.#batch = asked.limit + spare
  }

  async page(): Promise<{ items: FoundMessage[]; next: string | null }> {
    const { limit } = this.asked
    const tails = await store.findInTails(this.tx, this.wanted, tailLimit)
    this.#candidates = tails.map(({ sentAt, ...place }) => ({ ...place, second: secondOf(sentAt) }))
    if (tails.length === tailLimit) this.#tailEnd = this.#candidates.at(-1)?.second ?? this.#tailEnd
    await this.#lookInFiles()
    await this.#lookForCards()
    // A full page of what is newest may need no block at all, but which blocks there are must be known for that.
    this.#blocks = await store.findBlocks(this.tx, this.wanted)
    for (let round = 0; this.#found.length <= limit; round++) {
      await this.#takeReady()
      if (this.#found.length > limit || this.#frontier() === Number.NEGATIVE_INFINITY) break
      if (this.#opened >= blocksLookedInto || this.#opened >= this.#blocks.length) break
      await this.#openBlocks(rounds[Math.min(round, rounds.length - 1)] ?? 1)
    }
    const items = this.#found.sort(compareEdges)
    const last = items[limit - 1]
    if (items.length > limit && last) return { items: items.slice(0, limit), next: writeEdge(last) }
    const frontier = this.#frontier()
    if (frontier === Number.NEGATIVE_INFINITY) return { items, next: null }
    // Stopped early: everything newer than this second was looked at.
    const sentAt = new Date((frontier + 1) * 1000).toISOString()
    return { items, next: writeEdge({ sentAt, conversation: '', seq: 0 }) }
  }

  /** Those whose files have it inside, beside those that are named so. */
  async #lookInFiles(): Promise<void> {
    const grams = gramsOfTerms(this.asked.terms)
    if (!this.asked.files || grams.length === 0 || this.asked.filters.kind === 'image') return
    const found = await findInFiles(this.tx, this.wanted, grams, tailLimit)
    const inside = found.map(({ sentAt, ...place }) => ({ ...place, second: secondOf(sentAt), inside: true as const }))
    if (inside.length === tailLimit) this.#tailEnd = Math.max(this.#tailEnd, inside.at(-1)?.second ?? this.#tailEnd)
    this.#candidates = [...this.#candidates, ...inside].sort((a, b) => b.second - a.second)
  }

  /** Cards bear no name: whose they are is asked, so that they are found by the name of today. */
  async #lookForCards(): Promise<void> {
    const { cards, filters } = this.asked
    if (cards.size === 0 || filters.kind !== null) return
    const { after, before, upTo } = this.wanted
    const span = { after, before, upTo, in: filters.in }
    const found = await this.messaging.findCardsOf(this.tx, this.ctx.actor, [...cards.keys()], span, tailLimit)
    const shown = found.map(({ sentAt, ...place }) => ({ ...place, second: secondOf(sentAt) }))
    if (shown.length === tailLimit) this.#tailEnd = Math.max(this.#tailEnd, shown.at(-1)?.second ?? this.#tailEnd)
    this.#candidates = [...this.#candidates, ...shown].sort((a, b) => b.second - a.second)
  }

  /** The second from which on there may be candidates that are not known yet. */
  #frontier(): number {
    const block = this.#blocks[this.#opened]
    return Math.max(this.#tailEnd, block ? secondOf(block.lastAt) : Number.NEGATIVE_INFINITY)
  }

  async #openBlocks(count: number): Promise<void> {
    const next = this.#blocks.slice(this.#opened, this.#opened + count)
    this.#opened += next.length
    const { terms } = this.asked
    for (const block of await store.readBlocks(this.tx, this.wanted.tenantId, next, this.wanted.patterns)) {
      const first = secondOf(block.firstAt)
      const lines = block.folded.split('\n')
      for (const [index, line] of lines.entries()) {
        if (!hasTerms(line, terms)) continue
        const seq = block.firstSeq + (block.places[index] ?? 0)
        this.#candidates.push({ conversation: block.conversation, seq, second: first + (block.seconds[index] ?? 0) })
      }
    }
    const { edge } = this
    const { after } = this.wanted
    const [from, to] = [after ? secondOf(after) : Number.NEGATIVE_INFINITY, edge ? secondOf(edge.sentAt) : Infinity]
    this.#candidates = this.#candidates.filter(({ second }) => second >= from && second <= to)
    this.#candidates.sort((a, b) => b.second - a.second)
  }

  /** Reads the candidates that are newer than anything unknown, in order, until the page is full. */
  async #takeReady(): Promise<void> {
    const { limit } = this.asked
    const frontier = this.#frontier()
    while (this.#found.length <= limit) {
      let count = Math.min(this.#candidates.length, this.#batch)
      this.#batch = Math.min(this.#batch * 2, mostAtOnce)
      // Those of one second go together, for they are ordered only when they are read.
      while (count > 0 && this.#candidates[count]?.second === this.#candidates[count - 1]?.second) count++
      const ready = this.#candidates.slice(0, count).filter(({ second }) => second > frontier)
      if (ready.length === 0) return
      this.#candidates.splice(0, ready.length)
      const fresh = ready.filter((one) => !this.#taken.has(keyOf(one)))
      for (const one of fresh) this.#taken.add(keyOf(one))
      const once = [...new Map(fresh.map((one) => [keyOf(one), one])).values()]
      const messages = await this.messaging.findReadableMessages(this.tx, this.ctx.actor, once)
      const texts = await readTexts(
        this.tx,
        this.wanted.tenantId,
        fresh.filter(({ inside }) => inside),
      )
      for (const message of messages) {
        const found = this.#judge(message, texts.get(keyOf(message)) ?? null)
        if (found) this.#found.push(found)
      }
    }
  }

  /** What the index found is compared with the message as it is now. */
  #judge(message: ReadableMessage, content: string | null): FoundMessage | null {
    const { conversation, seq, sender, sentAt, kind, body } = message
    const { filters, terms, files } = this.asked
    if (this.edge && compareEdges(message, this.edge) <= 0) return null
    if (fileKinds.includes(kind) !== files) return null
    if (filters.from && sender !== filters.from) return null
    if (filters.after && sentAt < filters.after) return null
    if (filters.before && sentAt >= filters.before) return null
    const cardOf = kind === 'contact' ? (body as { member: string }).member : null
    const text = cardOf === null ? textOf(message) : (this.asked.cards.get(cardOf) ?? '')
    if (cardOf !== null && text === '') return null
    if (filters.kind === 'link' ? !hasLink(text) : filters.kind !== null && kind !== filters.kind) return null
    const file = files ? (body as FoundMessage['file']) : null
    // A name may be found by how it sounds, and is marked nowhere then.
    const ranges: Range[] | null = findTerms(text, terms) ?? (cardOf === null ? null : [])
    if (ranges) {
      const { text: shown, ranges: marked } = snippetOf(text, ranges)
      return { conversation, seq, sender, sentAt, kind, text: shown, ranges: marked, file }
    }
    if (content === null) return null
    // What is in the name is not looked for again inside.
    const missing = terms.filter((term) => !findTerms(text, [term]))
    const within = findTerms(content, missing)
    if (!within) return null
    const { text: shown, ranges: marked } = snippetOf(content, within)
    return { conversation, seq, sender, sentAt, kind, text: shown, ranges: marked, file, inside: true }
  }
}
