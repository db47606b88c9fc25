import { setImmediate as breathe } from 'node:timers/promises'
import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { addJob } from '../../kernel/jobs.js'
import type { Metrics } from '../../kernel/metrics.js'
import { readBacklog } from '../../kernel/outbox-backlog.js'
import type { Span } from '../../kernel/outbox-readers.js'
import type { MessagingDoor, ReadableMessage } from '../messaging/index.js'
import { isReadable } from './extract.js'
import { FileReader } from './file-reader.js'
import * as fileStore from './file-store.js'
import * as store from './index-store.js'
import { blockChars, blockMessages, cutBlocks, type Entry, entryOf, makeBlock } from './rules/entry.js'

const readerName = 'search'
const catchUpKind = 'search.catchUp'
/** Changes that one transaction takes into the index: a fifth of a second, for which other readers wait. */
const changesAtOnce = 2_000
const conversationsAtOnce = 50
/** While sends need the machine, the job looks again after this long. */
const whileYieldingMs = 500
/** From here on the server is saturated with sends: that many a second, in commits of that many. */
const saturated = { perSecond: 3_000, perBatch: 16 }
/** JavaScript’s share of the work is done in slices of about this many characters, so that sends get their turn. */
const sliceChars = 4_000

interface Deps {
  kernel: Kernel
  messaging: MessagingDoor
  metrics: Metrics
}

/** Keeps the index true: follows the outbox, and catches up by a job with what is more than a reader should take at once. */
export function startIndexer({ kernel, messaging, metrics }: Deps): void {
  const indexed = metrics.counter('heyi_search_indexed_total', 'Messages taken into the search index.')
  const indexer: Indexer = { kernel, messaging, count: (messages) => indexed.inc(messages) }
  const isBusy = () => {
    const { perSecond, perBatch } = metrics.sending()
    return perSecond >= saturated.perSecond && perBatch >= saturated.perBatch
  }
  kernel.outbox.add({
    name: readerName,
    yields: isBusy,
    read: (tx, spans) => follow(indexer, tx, spans),
    missed: async (tx) => {
      if ((await store.markBehind(tx)) > 0) await catchUpLater(kernel, tx)
    },
  })
  kernel.jobs.handle(catchUpKind, async ({ tx }) => {
    if (isBusy()) return catchUpLater(kernel, tx, whileYieldingMs)
    if (await catchUp(indexer, tx)) await catchUpLater(kernel, tx)
  })
  metrics.gauge(
    'heyi_search_backlog',
    'Changes of conversations that are not in the search index yet.',
    async () => (await readBacklog(kernel.db, readerName, 'con_')) + (await store.countBehind(kernel.db)),
  )
}

interface Indexer {
  kernel: Kernel
  messaging: MessagingDoor
  count(messages: number): void
}

const catchUpLater = (kernel: Kernel, tx: Tx, inMs = 0): Promise<void> =>
  addJob(tx, kernel.clock, {
    kind: catchUpKind,
    data: {},
    key: catchUpKind,
    runAt: new Date(kernel.clock.ms() + inMs).toISOString(),
  })

/** A conversation of which the changes up to here are to be taken in. */
interface Work {
  progress: store.Progress
  upTo: number
}

/** Takes in what follows on what is there. A conversation with a hole before it, or too much at once, is left to the job. */
async function follow(indexer: Indexer, tx: Tx, spans: Span[]): Promise<void> {
  const of = spans.filter(({ feed }) => feed.startsWith('con_'))
  if (of.length === 0) return
  const all = await store.lockProgress(
    tx,
    of.map(({ tenantId, feed: conversation }) => ({ tenantId, conversation })),
  )
  const works: Work[] = []
  const left: store.Progress[] = []
  let room = changesAtOnce
  for (const { feed, prev, rev } of of) {
    const progress = all.get(feed)
    if (!progress || progress.behind || rev <= progress.rev) continue
    room -= rev - progress.rev
    if (prev > progress.rev || room < 0) left.push({ ...progress, behind: true })
    else works.push({ progress, upTo: rev })
  }
  await takeIn(indexer, tx, works)
  if (left.length === 0) return
  await store.saveProgress(tx, left)
  await catchUpLater(indexer.kernel, tx)
}

/** One step of catching up; whether there may be more to do. */
async function catchUp(indexer: Indexer, tx: Tx): Promise<boolean> {
  const behind = await store.takeBehind(tx, conversationsAtOnce)
  let room = changesAtOnce
  const works: Work[] = []
  for (const { head, ...progress } of behind) {
    if (room <= 0) break
    const upTo = Math.min(Math.max(head, progress.rev), progress.rev + room)
    room -= upTo - progress.rev
    works.push({ progress: { ...progress, behind: upTo < head }, upTo })
  }
  await takeIn(indexer, tx, works)
  return behind.length > 0
}

/** Writes the changes of these conversations to the index, and that they are there. */
async function takeIn({ kernel, messaging, count }: Indexer, tx: Tx, works: Work[]): Promise<void> {
  if (works.length === 0) return
  const messages = await messaging.readLogSpans(
    tx,
    works.map(({ progress: { tenantId, conversation, rev }, upTo }) => ({ tenantId, conversation, since: rev, upTo })),
  )
  const byConversation = new Map<string, typeof messages>()
  for (const message of messages) {
    const group = byConversation.get(message.conversation)
    if (group) group.push(message)
    else byConversation.set(message.conversation, [message])
  }
  const tenantOf = new Map(works.map(({ progress }) => [progress.conversation, progress.tenantId]))
  await noteFiles(
    kernel,
    tx,
    messages.map((message) => ({ ...message, tenantId: tenantOf.get(message.conversation) ?? '' })),
  )
  const pace = slices()
  const blocks: Parameters<typeof store.insertBlocks>[1] = []
  const tails: Parameters<typeof store.putTail>[1] = []
  const done: store.Progress[] = []
  for (const { progress, upTo } of works) {
    const { tenantId, conversation } = progress
    const found = byConversation.get(conversation) ?? []
    const fresh: Entry[] = []
    for (const message of found) {
      if (message.seq <= progress.rev) continue
      const entry = entryOf(message)
      if (entry) fresh.push(entry)
      await pace(entry?.folded.length ?? 0)
    }
    const changed = found.filter(({ seq }) => seq <= progress.rev)
    let size = { tail: progress.tail, tailChars: progress.tailChars }
    if (changed.length > 0) size = await change(messaging, tx, progress, changed)
    const chars = fresh.reduce((sum, { folded }) => sum + folded.length, 0)
    if (size.tail + fresh.length < blockMessages && size.tailChars + chars < blockChars) {
      for (const entry of fresh) tails.push({ ...entry, tenantId, conversation })
      size = { tail: size.tail + fresh.length, tailChars: size.tailChars + chars }
    } else if (fresh.length > 0) {
      const before = size.tail > 0 ? await store.readTail(tx, progress) : []
      const { full, rest } = cutBlocks([...before, ...fresh])
      for (const entries of full) {
        blocks.push({ ...makeBlock(conversation, entries), tenantId, conversation })
        await pace(sliceChars)
      }
      if (before.length > 0) await store.dropTail(tx, progress, null)
      for (const entry of rest) tails.push({ ...entry, tenantId, conversation })
      size = { tail: rest.length, tailChars: rest.reduce((sum, { folded }) => sum + folded.length, 0) }
    }
    done.push({ ...progress, ...size, rev: upTo })
  }
  await store.insertBlocks(tx, blocks)
  await store.putTail(tx, tails)
  await store.saveProgress(tx, done)
  count(messages.length)
}

/** Files that came are noted to be read inside, those that were recalled are forgotten. */
async function noteFiles(kernel: Kernel, tx: Tx, messages: (ReadableMessage & { tenantId: string })[]): Promise<void> {
  const files = messages.filter(({ kind }) => kind === 'file')
  const there = files.flatMap(({ tenantId, conversation, seq, sentAt, state, body }) => {
    const { file, name, mime } = (body ?? {}) as Partial<Record<'file' | 'name' | 'mime', string>>
    return state === 'sent' && file && mime && isReadable(mime)
      ? [{ tenantId, conversation, seq, sentAt, file, name: name ?? '' }]
      : []
  })
  for (const { tenantId, conversation, seq, state } of files)
    if (state !== 'sent') await fileStore.dropFiles(tx, tenantId, conversation, [seq])
  if ((await fileStore.putWaiting(tx, there)) > 0)
    await addJob(tx, kernel.clock, { kind: FileReader.job, data: {}, key: FileReader.job })
}

/** Lets others have their turn after each slice. */
function slices(): (chars: number) => Promise<void> {
  let done = 0
  return async (chars) => {
    done += chars + 20
    if (done < sliceChars) return
    done = 0
    await breathe()
  }
}

/** Messages that were in the index already and are another now: recalled, or edited. Answers how long the tail is then. */
async function change(
  messaging: MessagingDoor,
  tx: Tx,
  place: store.Progress,
  messages: Parameters<typeof entryOf>[0][],
): Promise<{ tail: number; tailChars: number }> {
  const { tenantId, conversation } = place
  let made = { first: 0, last: -1 }
  for (const message of messages) {
    const { seq } = message
    if (seq >= made.first && seq <= made.last) continue
    const block = await store.findBlock(tx, place, seq)
    if (block) {
      made = { first: Math.min(block.firstSeq, seq), last: Math.max(block.lastSeq, seq) }
      const stretch = await messaging.readLogStretch(tx, { tenantId, conversation, ...made })
      const entries = stretch.flatMap((one) => entryOf(one) ?? [])
      await store.dropBlock(tx, place, block.firstSeq)
      if (entries.length > 0)
        await store.insertBlocks(tx, [{ ...makeBlock(conversation, entries), tenantId, conversation }])
      continue
    }
    const entry = entryOf(message)
    if (entry) await store.putTail(tx, [{ ...entry, tenantId, conversation }])
    else await store.dropTail(tx, place, [seq])
  }
  return store.measureTail(tx, place)
}
