/**
 * The product beside ejabberd, the XMPP server, whose archive is in the same PostgreSQL as ours: each with its database
 * on the server’s core, both up, rounds alternating. What is equal: loopback, no TLS, no rate limits, fsync, the same
 * pairs, members, texts and times. What is not: ejabberd parses XML and writes two archive rows for a one-to-one
 * message, and XMPP has no answer to a send, so what counts on both sides is what receivers get.
 */
import { type Figure, type FigureName, figure } from './figures.js'
import {
  type BenchOptions,
  compared,
  type FanoutResult,
  groupConversation,
  groupWindow,
  load,
  type Pace,
  type PairsResult,
  pairs,
  saturated,
  seedGroup,
  seedPairs,
  steady,
  withProduct,
} from './harness.js'
import { type Ejabberd, roomDomain, startEjabberd, xmppDomain } from './peers-ejabberd.js'
import { requireEjabberd } from './peers-install.js'
import { withWorkplace } from './peers-processes.js'
import { password } from './peers-store.js'
import { median } from './processes.js'
import type { Product } from './product.js'

const members = 500

/** Both sides, ready to be measured. */
interface Bench extends BenchOptions {
  product: Product
  peer: Ejabberd
}

/**
 * Measures the wanted figures of the product beside ejabberd, which is installed first if need be.
 *
 * @throws Error one sentence, if there is no ejabberd and none can be installed
 */
export async function measurePeers(wanted: (name: FigureName) => boolean, options: BenchOptions): Promise<Figure[]> {
  const found = requireEjabberd(options.say)
  const figures: Figure[] = []
  await withWorkplace(async (workplace) => {
    options.say(`starting ejabberd ${found.version} and its PostgreSQL`)
    const peer = await startEjabberd(workplace, found, Math.max(members, pairs * 2))
    if (wanted('peer_send') || wanted('peer_latency'))
      await withProduct(async (product) => {
        await seedPairs(product)
        const bench = { ...options, product, peer }
        if (wanted('peer_send')) figures.push(await sends(bench))
        if (wanted('peer_latency')) figures.push(await latency(bench))
      })
    if (wanted('peer_fanout_500'))
      await withProduct(async (product) => {
        await seedGroup(product, members)
        figures.push(await fanout({ ...options, product, peer }))
      })
  })
  return figures
}

async function sends(bench: Bench): Promise<Figure> {
  bench.say('one-to-one messages beside ejabberd')
  const { ours, theirs } = await compared(pairLoad(bench, saturated), { ...bench, needsBusy: true })
  return figure('peer_send', median(ours.map((r) => r.perSecond)), median(theirs.map((r) => r.perSecond)))
}

async function latency(bench: Bench): Promise<Figure> {
  bench.say(`${steady.perSecond} messages a second beside ejabberd`)
  const { ours, theirs } = await compared(pairLoad(bench, steady), { ...bench, needsBusy: false })
  return figure('peer_latency', median(ours.map((r) => r.p99)), median(theirs.map((r) => r.p99)))
}

function pairLoad({ product, peer, seconds }: Bench, pace: Pace) {
  const given = { pairs, seconds, ...pace }
  return (target: 'heyi' | 'reference') =>
    target === 'heyi'
      ? load<PairsResult>('entry-load', 'pairs', { target, port: product.port, firstConversation: 0, ...given })
      : loadPeer<PairsResult>(peer, 'pairs', given, { rowsPerMessage: 2 })
}

async function fanout({ product, peer, ...options }: Bench): Promise<Figure> {
  options.say(`a group of ${members} online beside a room of ejabberd`)
  const given = { members, seconds: options.seconds }
  const measure = (target: 'heyi' | 'reference') =>
    target === 'heyi'
      ? load<FanoutResult>('entry-load', 'fanout', {
          target,
          port: product.port,
          conversation: groupConversation(members),
          firstMember: 0,
          window: groupWindow,
          ...given,
        })
      : loadPeer<FanoutResult>(peer, 'room', { ...given, window: groupWindow, roomDomain }, { rowsPerMessage: 1 })
  const { ours, theirs } = await compared(measure, { ...options, needsBusy: true })
  return figure('peer_fanout_500', median(ours.map((r) => r.perSecond)), median(theirs.map((r) => r.perSecond)))
}

/** One round of ejabberd; it does not count unless each message that came is in the archive. */
async function loadPeer<T>(
  peer: Ejabberd,
  kind: string,
  options: object,
  archive: { rowsPerMessage: number },
): Promise<T> {
  const before = await peer.store.archived()
  const given = { port: peer.port, domain: xmppDomain, password, ...options }
  const result = await load<T & { received: number }>('entry-xmpp', kind, given)
  await peer.settled()
  const rows = (await peer.store.archived()) - before
  if (rows < result.received * archive.rowsPerMessage)
    throw new Error(`ejabberd delivered ${result.received} messages but archived only ${rows} rows.`)
  return result
}
