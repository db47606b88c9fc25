/** What a figure beside a reference needs, whichever reference it is: the product, a load, and rounds that alternate. */
import { constants } from 'node:os'
import { loadCore, start, withBusyCore } from './processes.js'
import { type Product, startProduct, tempFolder } from './product.js'

export interface BenchOptions {
  /** Whose median counts. */
  rounds: number
  /** Measured in each round, after connecting and warming up. */
  seconds: number
  say: (text: string) => void
}

interface Result {
  perSecond: number
  /** The share of the server’s core that was busy in the measured time, if the load can tell. */
  busy?: number
}
export interface PairsResult extends Result {
  p99: number
}
export type FanoutResult = Result

/** Pairs of the one-to-one figures. */
export const pairs = 50
/** How they send: each with so many messages in flight, or all together so many a second. */
export interface Pace {
  window: number
  perSecond: number
}
export const saturated: Pace = { window: 4, perSecond: 0 }
export const steady: Pace = { window: 0, perSecond: 1_000 }
/** Messages in flight in a group: they keep a peer’s core full, too, and more would only lengthen its queue. */
export const groupWindow = 8

const busyEnough = 0.95
const voidRounds = 3

const leftToClose = new Set<() => Promise<void>>()

/** Whatever happens in `work`, be it a signal that ends us, `close` has run afterwards, once. */
export async function closing<T>(close: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  let closed: Promise<void> | undefined
  const closeOnce = () => (closed ??= close())
  if (leftToClose.size === 0) for (const name of stopSignals) process.on(name, closeAll)
  leftToClose.add(closeOnce)
  try {
    return await work()
  } finally {
    await closeOnce()
    leftToClose.delete(closeOnce)
    if (leftToClose.size === 0) for (const name of stopSignals) process.off(name, closeAll)
  }
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function closeAll(name: NodeJS.Signals): void {
  void Promise.allSettled([...leftToClose].map((close) => close())).then(() => {
    process.exit(128 + constants.signals[name])
  })
}

/** Runs `work` with a product in an empty folder; both are gone afterwards. */
export async function withProduct<T>(work: (product: Product) => Promise<T>): Promise<T> {
  const folder = tempFolder()
  const starting = startProduct(folder.path)
  const close = async () => {
    const product = await starting.catch(() => undefined)
    await product?.[Symbol.asyncDispose]()
    folder.remove()
  }
  return closing(close, async () => work(await starting))
}

/** Runs one load to its end, on its own core. */
export async function load<T>(entry: 'entry-load' | 'entry-xmpp', kind: string, options: object): Promise<T> {
  await using running = start(entry, [kind, JSON.stringify(options)], loadCore)
  return JSON.parse(await running.result())
}

/** Members 0 to 2 x `pairs` - 1 in conversations 0 to `pairs` - 1 of two. */
export async function seedPairs(product: Product): Promise<void> {
  const seeder = await product.seeder()
  await seeder.members(pairs * 2)
  await seeder.conversations(
    Array.from({ length: pairs }, (_, i) => ({ id: i, members: [i * 2, i * 2 + 1], messages: 0 })),
  )
  await seeder.close()
}

export const groupConversation = (members: number): number => 900_000 + members

/** One conversation of members 0 to `members` - 1. */
export async function seedGroup(product: Product, members: number): Promise<void> {
  const seeder = await product.seeder()
  await seeder.members(members)
  await seeder.conversations([{ id: groupConversation(members), members: [...Array(members).keys()], messages: 0 }])
  await seeder.close()
}

interface Comparison extends BenchOptions {
  /** A round counts only if the reference kept the server’s core busy. */
  needsBusy: boolean
}

/** Alternates product and reference. */
export async function compared<T extends Result>(
  measure: (target: 'heyi' | 'reference') => Promise<T>,
  { needsBusy, rounds, say }: Comparison,
): Promise<{ ours: T[]; theirs: T[] }> {
  const ours: T[] = []
  const theirs: T[] = []
  for (let void_ = 0; theirs.length < rounds && void_ <= voidRounds; ) {
    const reference = await withBusyCore(() => measure('reference'))
    // Connecting and warming up are in the time of the whole round, so less is asked of it.
    const [busy, bound] =
      reference.result.busy === undefined ? [reference.busy, busyEnough * 0.8] : [reference.result.busy, busyEnough]
    if (needsBusy && busy < bound) {
      say(`a round is void: the reference kept its core only ${(busy * 100).toFixed(0)} % busy`)
      void_++
      continue
    }
    theirs.push(reference.result)
    ours.push(await measure('heyi'))
  }
  if (theirs.length === 0) throw new Error('No round counted: the reference never had its core to itself.')
  return { ours, theirs }
}
