/**
 * `heyi bench [--only NAME,…] [--peers] [--json]`: each figure beside its limit from the same run. Server and database
 * are pinned to one core, the load to the other, rounds alternate, the median of three counts; a round in which the
 * reference did not keep its core busy is void and made again.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Figure, type FigureName, figure, goals, printFigures } from './figures.js'
import {
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
import { familyOf, loadCore, median, memoryOf, pinned, serverCore, start } from './processes.js'
import { startProduct, tempFolder } from './product.js'
import { seedSearched } from './search-store.js'
import { conversationId } from './seed-store.js'

const rounds = 3
const seconds = 3
const groups = { fanout_100: 100, fanout_500: 500, fanout_2000: 2_000 } as const
const idleConnections = 5_000
const wideMember = 5_000
const receiptMembers = 10_000
const wideConversations = 2_000
const searched = { conversations: 2_000, each: 500, readerEvery: 10, queries: 300 }
const reader = 2_500

const argv = process.argv.slice(2)
const onlyWords = argv[argv.indexOf('--only') + 1]
const only = argv.includes('--only') && onlyWords ? onlyWords.split(',') : null
const peers = argv.includes('--peers')
const unknown = only?.find((name) => !(name in goals))
if (unknown !== undefined) {
  console.error(`There is no figure “${unknown}”; there are ${Object.keys(goals).join(', ')}.`)
  process.exit(2)
}
const wanted = (name: FigureName) =>
  only ? only.includes(name) : peers ? name.startsWith('peer_') : !name.startsWith('peer_')
const say = (text: string) => console.error(text)
const options = { rounds, seconds, say }

const figures: Figure[] = []
if (!pinned) say('This platform cannot pin processes to cores: server and load share them, and the figures say less.')
if (wanted('first_start') || wanted('warm_start')) figures.push(...(await starts()))
if (wanted('idle_memory')) figures.push(await idleMemory())
if (wanted('send_1to1') || wanted('latency_1000')) figures.push(...(await sends()))
for (const [name, members] of Object.entries(groups))
  if (wanted(name as FigureName)) figures.push(await fanout(name as FigureName, members))
if (wanted('receipt_10000') || wanted('receipt_taps')) figures.push(...(await receipts()))
if (wanted('idle_connection')) figures.push(await idleConnection())
if (wanted('open_state') || wanted('reconnect')) figures.push(...(await catchingUp()))
if (wanted('search_1m') || wanted('index_rate')) figures.push(...(await searching()))
if (wanted('peer_send') || wanted('peer_latency') || wanted('peer_fanout_500')) {
  const { measurePeers } = await import('./peers.js')
  figures.push(...(await measurePeers(wanted, options)))
}
const kept = figures.filter((one) => wanted(one.name as FigureName))
console.log(argv.includes('--json') ? JSON.stringify({ figures: kept }) : printFigures(kept))

async function starts(): Promise<Figure[]> {
  say('starting an empty folder, then the same again')
  const first: number[] = []
  const warm: number[] = []
  for (let round = 0; round < rounds; round++) {
    const folder = tempFolder()
    for (const times of [first, warm]) {
      await using product = await startProduct(folder.path)
      times.push(product.startedMs)
    }
    folder.remove()
  }
  return [figure('first_start', median(first), null), figure('warm_start', median(warm), null)]
}

function idleMemory(): Promise<Figure> {
  say('memory with nobody connected')
  return withProduct(async ({ running }) => {
    await wait(5_000)
    return figure('idle_memory', memoryOf(familyOf(running.pid)), null)
  })
}

function sends(): Promise<Figure[]> {
  say('one-to-one messages beside the skeleton')
  return withProduct(async (product) => {
    await seedPairs(product)
    const folder = tempFolder()
    await using skeleton = start('entry-skeleton', [folder.path, '0'], serverCore)
    const skeletonPort = Number((await skeleton.line(/^ready /)).slice(6))
    const measure = (pace: Pace) => (target: 'heyi' | 'reference') =>
      load<PairsResult>('entry-load', 'pairs', {
        target: target === 'heyi' ? 'heyi' : 'skeleton',
        port: target === 'heyi' ? product.port : skeletonPort,
        pairs,
        seconds,
        firstConversation: 0,
        ...pace,
      })
    const found: Figure[] = []
    if (wanted('send_1to1')) {
      const { ours, theirs } = await compared(measure(saturated), { ...options, needsBusy: true })
      found.push(figure('send_1to1', median(ours.map((r) => r.perSecond)), median(theirs.map((r) => r.perSecond))))
    }
    if (wanted('latency_1000')) {
      const { ours, theirs } = await compared(measure(steady), { ...options, needsBusy: false })
      found.push(figure('latency_1000', median(ours.map((r) => r.p99)), median(theirs.map((r) => r.p99))))
    }
    folder.remove()
    return found
  })
}

function fanout(name: FigureName, members: number): Promise<Figure> {
  say(`a group of ${members} online beside ws.send`)
  return withProduct(async (product) => {
    await seedGroup(product, members)
    // As long as one of our frames with one message.
    await using raw = start('entry-raw', ['400'], serverCore)
    const rawPort = Number((await raw.line(/^ready /)).slice(6))
    const measure = (target: 'heyi' | 'reference') =>
      load<FanoutResult>('entry-load', 'fanout', {
        target: target === 'heyi' ? 'heyi' : 'raw',
        port: target === 'heyi' ? product.port : rawPort,
        members,
        window: groupWindow,
        seconds,
        conversation: groupConversation(members),
        firstMember: 0,
      })
    const { ours, theirs } = await compared(measure, { ...options, needsBusy: true })
    return figure(name, median(ours.map((r) => r.perSecond)), median(theirs.map((r) => r.perSecond)))
  })
}

function idleConnection(): Promise<Figure> {
  say(`${idleConnections} idle connections`)
  return withProduct(async (product) => {
    const seeder = await product.seeder()
    await seeder.members(idleConnections)
    await seeder.close()
    await wait(2_000)
    const before = memoryOf(familyOf(product.running.pid))
    await using clients = start(
      'entry-load',
      ['idle', JSON.stringify({ port: product.port, connections: idleConnections })],
      loadCore,
    )
    await clients.line(/^\{/)
    // Idle: what connecting left behind has been collected.
    await wait(25_000)
    return figure('idle_connection', (memoryOf(familyOf(product.running.pid)) - before) / idleConnections, null)
  })
}

interface ReceiptResult {
  tapMs: number
  deliveries: number
  summaryMs: number
  summaryBytes: number
}

function receipts(): Promise<Figure[]> {
  say(`a receipt in a group of ${receiptMembers}, all of them online`)
  return withProduct(async (product) => {
    await seedGroup(product, receiptMembers)
    const { port } = product
    const options = { port, members: receiptMembers, conversation: groupConversation(receiptMembers) }
    const result = await load<ReceiptResult>('entry-load', 'receipts', options)
    if (result.tapMs > 60_000) throw new Error(`The taps took ${(result.tapMs / 1000).toFixed(0)} s.`)
    if (result.summaryBytes > 1024) throw new Error(`The summary has ${result.summaryBytes} bytes.`)
    const perSecond = receiptMembers / (result.tapMs / 1000)
    say(`${perSecond.toFixed(0)} taps/s; the summary has ${result.summaryBytes} bytes`)
    return [figure('receipt_10000', result.summaryMs, null), figure('receipt_taps', result.deliveries, null)]
  })
}

interface OpenState {
  shownMs: number
  allMs: number
  held: number
}
interface Reconnected {
  reconnectMs: number
  missed: number
}

function catchingUp(): Promise<Figure[]> {
  say(`a member with ${wideConversations} conversations`)
  return withProduct(async (product) => {
    const seeder = await product.seeder()
    await seeder.members(wideMember + 1)
    await seeder.conversations(
      Array.from({ length: wideConversations }, (_, i) => ({
        id: i,
        members: [i % 100, 100 + (i % 100), wideMember],
        messages: 20,
      })),
    )
    await seeder.settle()
    const opened: OpenState[] = []
    const back: Reconnected[] = []
    for (let round = 0; round < rounds; round++) {
      await using device = start(
        'entry-load',
        ['sync', JSON.stringify({ port: product.port, member: wideMember })],
        loadCore,
      )
      opened.push(JSON.parse(await device.line(/^\{"headsMs/)))
      await seeder.miss(
        Array.from({ length: 50 }, (_, i) => conversationId((i * 37 + round) % wideConversations)),
        10,
      )
      process.kill(device.pid, 'SIGUSR2')
      back.push(JSON.parse(await device.line(/^\{"reconnectMs/)))
    }
    await seeder.close()
    const missed = back.map((one) => one.missed)
    if (missed.some((count) => count !== 500)) throw new Error(`Of 500 missed messages ${missed.join(', ')} came.`)
    say(`all ${wideConversations} conversations: ${median(opened.map((one) => one.allMs)).toFixed(0)} ms`)
    return [
      figure('open_state', median(opened.map((one) => one.shownMs)), null),
      figure('reconnect', median(back.map((one) => one.reconnectMs)), null),
    ]
  })
}

function searching(): Promise<Figure[]> {
  const { conversations, each, readerEvery } = searched
  say(`search among ${(conversations * each).toLocaleString('en')} messages; writing them takes a minute or two`)
  return withProduct(async (product) => {
    const seeder = await product.seeder()
    await seeder.members(reader + 1)
    await seeder.conversations(
      Array.from({ length: conversations }, (_, id) => ({
        id,
        members: id % readerEvery === 0 ? [id, reader] : [id, (id + 1) % conversations],
        messages: 0,
      })),
    )
    await seeder.close()
    const { queries, indexedSeconds, bytesPerMessage, bareMs } = await seedSearched(product.connection(), {
      ...searched,
      say,
    })
    const { times, found } = await load<{ times: number[]; found: number[] }>('entry-load', 'search', {
      port: product.port,
      member: reader,
      queries,
    })
    if (found.some((count) => count === 0)) throw new Error('A search found nothing of what was said.')
    say(`the index takes ${bytesPerMessage.toFixed(0)} bytes a message`)
    say(`p50 ${share(times, 0.5).toFixed(1)} ms, p99 ${share(times, 0.99).toFixed(1)} ms`)
    return [
      figure('search_1m', share(times, 0.95), share(bareMs, 0.95)),
      figure('index_rate', (conversations * each) / indexedSeconds, null),
    ]
  })
}

/** The value under which this share of them lies. */
function share(values: number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0
}
