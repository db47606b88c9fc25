import type { Membership, Message } from '@heyi/contract/messaging'
import type { Frame } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { ManualEnvironment, tick } from '../test/environment.js'
import { type Asked, Peer } from '../test/peer.js'
import { type ClientOptions, createClient } from './client.js'
import type { Leadership } from './leader.js'
import { createMemoryStore } from './memory-store.js'
import type { Store } from './store.js'

/**
 * What only time and order decide, against a peer that answers when the test says so. That a client and the server
 * agree in the end is the property test's to show, on the real server.
 */
const member = `mem_${'a'.repeat(20)}`
const con = (letter: string) => `con_${letter.repeat(20)}`
const generation = 'g1'

const membership = (conversation: string, place: Partial<Membership> = {}): Membership => ({
  conversation,
  view: 'v1',
  fromSeq: 0,
  readSeq: 0,
  muted: false,
  pinned: false,
  role: 'member',
  nickname: null,
  silenced: null,
  version: 1,
  ...place,
})
const message = (seq: number, text: string | null, sender = 'mem_other'): Message => ({
  seq,
  sender,
  quote: null,
  sentAt: new Date(seq * 1000).toISOString(),
  kind: 'text',
  state: text === null ? 'recalled' : 'sent',
  body: text === null ? null : { text },
})
const says = (seq: number, text: string | null, rev = seq) => ({
  kind: 'message',
  id: String(seq),
  rev,
  object: message(seq, text),
})
const isMember = (rev: number, conversation: string, place?: Partial<Membership>) => ({
  kind: 'membership',
  id: conversation,
  rev,
  object: membership(conversation, place),
})
const group = (rev: number, id: string) => ({
  kind: 'conversation',
  id,
  rev,
  object: {
    id,
    kind: 'group',
    name: id,
    owner: null,
    external: false,
    muteAll: false,
    historyVisible: true,
    dissolved: false,
    purgeAt: null,
    purged: false,
    createdAt: '',
  },
})
const frame = (feed: string, prev: number, rev: number, ...changes: NonNullable<Frame['changes']>): Frame => ({
  feed,
  prev,
  rev,
  changes,
})

const alone: Leadership = {
  tab: 'tab1',
  leads: () => true,
  lead: async () => true,
  goneAmong: async (tabs) => tabs,
  release: () => undefined,
}

/** A client at a peer that knows the member feed and, for each letter, one conversation with messages 1 to `last`. */
async function start(letters: string, options: Partial<ClientOptions> = {}, stored = createMemoryStore(), last = 3) {
  const environment = new ManualEnvironment()
  const peer = new Peer()
  const client = createClient({
    base: 'http://peer',
    member,
    environment,
    createSocket: () => peer.socket(),
    store: () => stored,
    leadership: () => alone,
    ...options,
  })
  const conversations = [...letters].map(con)
  const heads = [
    [member, letters.length, 0, null],
    ...conversations.map((id) => [id, last + 1, last, new Date(last * 1000).toISOString()]),
  ]
  const answers = (asked: Asked, readSeq = 0): unknown => {
    if (asked.op === 'sync.heads') return { mark: 'm1', generation, heads }
    if (asked.op === 'sync.watch') return { feeds: [] }
    if (asked.op !== 'sync.pull') return undefined
    return {
      generation,
      feeds: asked.pulls.map(({ feed, rev, take }) => {
        if (feed === member) {
          const changes = rev === null ? conversations.map((id, i) => isMember(i + 1, id, { readSeq })) : []
          return {
            feed,
            view: 'p',
            changes,
            rev: letters.length,
            head: letters.length,
            ...(rev === null && { reset: true }),
          }
        }
        const floor = Math.max(0, last - take)
        const messages = Array.from({ length: last - floor }, (_, i) => says(floor + i + 1, `m${floor + i + 1}`))
        const head = last + 1
        const below = { unread: Math.max(0, floor - readSeq), mentions: 0, readSeq, hidden: 0 }
        const changes = [...messages, group(head, feed)]
        return rev === null
          ? { feed, view: 'v1', changes, rev: head, head, reset: true, floor, below }
          : { feed, view: 'v1', changes: [], rev, head: rev, below }
      }),
    }
  }
  const begin = async () => {
    await client.start()
    peer.accept()
    await peer.answerAll(answers)
  }
  return { client, environment, peer, stored, answers, begin, texts: (id: string) => shown(client, id) }
}
const shown = (client: ReturnType<typeof createClient>, id: string) =>
  client.chat(id).messages.map(({ object }) => (object.kind === 'text' ? (object.body?.text ?? null) : object.kind))

test('a fresh client holds one message of each conversation, a page of one on screen, and counts what it does not hold', async () => {
  const { client, begin, peer } = await start('xy', {}, createMemoryStore(), 60)
  client.openChat(con('x'))
  await begin()
  expect(client.ready).toBe(true)
  expect(client.chat(con('x')).messages).toHaveLength(40)
  expect(client.chat(con('y')).messages).toHaveLength(1)
  expect(client.inbox().map(({ unread }) => unread)).toEqual([60, 60])
  expect(client.badge()).toBe(120)
  const pulls = peer.all('sync.pull')
  expect(pulls[0]?.pulls.map(({ feed }) => feed)).toEqual([member])
  expect(pulls[1]?.pulls[0]).toMatchObject({ feed: con('x'), take: 40 })
})

test('a gap is pulled once, after its jitter; while the pull runs frames wait', async () => {
  const { client, environment, begin, peer, texts } = await start('x')
  client.openChat(con('x'))
  await begin()
  expect(texts(con('x'))).toEqual(['m1', 'm2', 'm3'])
  peer.push(frame(con('x'), 5, 6, says(6, 'six')))
  peer.push(frame(con('x'), 6, 7, says(7, 'seven')))
  await environment.pass(190)
  expect(peer.open()).toEqual([])
  await environment.pass(900)
  expect(peer.open().map(({ pulls }) => pulls)).toMatchObject([[{ feed: con('x'), rev: 4 }]])
  peer.push(frame(con('x'), 7, 8, says(8, 'eight')))
  await environment.pass(2_000)
  expect(peer.open()).toHaveLength(1)
  expect(texts(con('x'))).toEqual(['m1', 'm2', 'm3'])
  const changes = [says(5, 'five'), says(6, 'six'), says(7, 'seven')]
  await peer.answer({ generation, feeds: [{ feed: con('x'), view: 'v1', changes, rev: 7, head: 7 }] })
  expect(texts(con('x'))).toEqual(['m1', 'm2', 'm3', 'five', 'six', 'seven', 'eight'])
  expect(peer.open()).toEqual([])
})

test('heads are asked for on connecting, on behind, on waking and every minute; what they say is reached', async () => {
  const { client, environment, begin, peer, answers } = await start('x')
  await begin()
  expect(peer.all('sync.heads')).toHaveLength(1)
  await environment.pass(60_000)
  expect(peer.open().map(({ op, input }) => [op, input])).toEqual([['sync.heads', { mark: 'm1' }]])
  await peer.answer({ mark: 'm2', generation, heads: [[con('x'), 9, 9, null]] })
  expect(peer.open()[0]?.pulls).toMatchObject([{ feed: con('x'), rev: 4 }])
  await peer.answer({
    generation,
    feeds: [{ feed: con('x'), view: 'v1', changes: [says(9, 'nine')], rev: 9, head: 9 }],
  })
  await peer.answerAll(answers)
  peer.push({ behind: true })
  await tick()
  await peer.answerAll(answers)
  client.wake()
  await peer.answerAll(answers)
  expect(peer.all('sync.heads')).toHaveLength(4)
  expect(shown(client, con('x')).at(-1)).toBe('nine')
})

test('after a time without a connection it counts what others wrote meanwhile, once all of it is there', async () => {
  const { client, environment, begin, peer, answers } = await start('x')
  await begin()
  peer.close(1006)
  expect(client.caughtUp).toBeNull()
  await environment.pass(1_000)
  peer.accept()
  await tick()
  expect(client.caughtUp).toBeNull()
  await peer.answer(
    { mark: 'm2', generation, heads: [[con('x'), 7, 7, null]] },
    peer.open().find(({ op }) => op === 'sync.heads'),
  )
  expect(client.caughtUp).toBeNull()
  const mine = { ...says(6, 'mine'), object: message(6, 'mine', member) }
  const changes = [says(5, 'five'), mine, says(7, 'seven')]
  await peer.answer(
    { generation, feeds: [{ feed: con('x'), view: 'v1', changes, rev: 7, head: 7 }] },
    peer.open().find(({ op }) => op === 'sync.pull'),
  )
  await peer.answerAll(answers)
  expect(client.caughtUp).toBe(2)
})

for (const wantSaved of [true, false]) {
  test(`stopped between heads and pull, a client ${wantSaved ? 'knows' : 'with the rule off forgets'} what it must reach`, async () => {
    const first = await start('x')
    await first.begin()
    await first.environment.pass(60_000)
    await first.peer.answer({ mark: 'm2', generation, heads: [[con('x'), 9, 9, null]] })
    await first.client.stop()
    const second = await start('x', { rules: { wantSaved } }, first.stored)
    if (!wantSaved) await second.stored.commit({ ...none, meta: { mark: 'm2', generation, want: {} } })
    await second.client.start()
    second.peer.accept()
    await second.peer.answerAll((asked) =>
      asked.op === 'sync.heads' ? { mark: 'm3', generation, heads: [] } : undefined,
    )
    expect(second.peer.open().flatMap(({ pulls }) => pulls.map(({ feed }) => feed))).toEqual(
      wantSaved ? [con('x')] : [],
    )
  })
}
const none = { drops: [], feeds: [], objects: [], messages: [], removed: [] }

for (const sparseKeep of [true, false]) {
  test(`a recall that overtakes its page ${sparseKeep ? 'wins' : 'is lost with the rule off'}`, async () => {
    const { client, begin, peer } = await start('x', { rules: { sparseKeep } }, createMemoryStore(), 60)
    client.openChat(con('x'))
    await begin()
    const loading = client.loadOlder(con('x'))
    await tick()
    peer.push(frame(con('x'), 61, 62, says(15, null, 62)))
    const messages = Array.from({ length: 20 }, (_, i) => ({ rev: i + 1, object: message(i + 1, `m${i + 1}`) }))
    const below = { unread: 0, mentions: 0, readSeq: 0, hidden: 0 }
    await peer.answer({ view: 'v1', rev: 61, messages, floor: 0, below })
    await loading
    expect(client.chat(con('x')).messages[14]?.object.state).toBe(sparseKeep ? 'recalled' : 'sent')
  })
}

for (const memberFeedLeads of [true, false]) {
  test(`after a removal the device ${memberFeedLeads ? 'holds nothing' : 'with the rule off keeps all'} of the conversation`, async () => {
    const { client, begin, peer, stored } = await start('xy', { rules: { memberFeedLeads } })
    await begin()
    peer.push(frame(member, 2, 3, { kind: 'membership', id: con('x'), rev: 3, removed: true }))
    await tick()
    const { feeds, objects } = await stored.open(false)
    expect(client.inbox().map(({ id }) => id)).toEqual([con('y')])
    expect(client.chat(con('x')).gone).toBe(true)
    expect(feeds.some(({ feed }) => feed === con('x'))).toBe(!memberFeedLeads)
    expect(objects.some(({ feed }) => feed === con('x'))).toBe(!memberFeedLeads)
    expect(await stored.messages(con('x'), 0, 99)).toHaveLength(memberFeedLeads ? 0 : 1)
  })
}

test('a cursor that moves under the floor has the count asked for again; mine in flight shows at once', async () => {
  const { client, environment, begin, peer } = await start('x', {}, createMemoryStore(), 60)
  await begin()
  peer.push(frame(member, 1, 2, isMember(2, con('x'), { readSeq: 30 })))
  await tick()
  expect(peer.open()[0]?.pulls).toMatchObject([{ feed: con('x'), rev: 61, floor: 59 }])
  const below = { unread: 29, mentions: 0, readSeq: 30, hidden: 0 }
  await peer.answer({ generation, feeds: [{ feed: con('x'), view: 'v1', changes: [], rev: 61, head: 61, below }] })
  expect(client.inbox()[0]?.unread).toBe(30)
  client.markRead(con('x'))
  expect(client.inbox()[0]?.unread).toBe(0)
  await environment.pass(0)
  expect(peer.open()[0]).toMatchObject({ op: 'messaging.markRead', input: { conversation: con('x'), seq: 60 } })
})

test('another generation drops everything but the sends', async () => {
  const { client, environment, begin, peer } = await start('x')
  await begin()
  await environment.pass(60_000)
  await client.send(con('x'), { kind: 'text', text: 'mine' })
  const heads = peer.open().find(({ op }) => op === 'sync.heads')
  expect(client.inbox()).toHaveLength(1)
  await peer.answer({ mark: 'n1', generation: 'g2', heads: [[member, 1, 0, null]] }, heads)
  expect(client.inbox()).toHaveLength(0)
  expect(client.chat(con('x')).pending).toMatchObject([{ outgoing: { text: 'mine' } }])
})

test('the end of the session empties memory and store at once, and later answers change nothing', async () => {
  const { client, environment, begin, peer, stored } = await start('x')
  await begin()
  await client.send(con('x'), { kind: 'text', text: 'mine' })
  peer.push(frame(con('x'), 8, 9, says(9, 'nine')))
  await environment.pass(1_000)
  const pull = peer.open().find(({ op }) => op === 'sync.pull')
  peer.close(4001)
  expect([client.connection, client.inbox(), client.me()]).toEqual(['signedOut', [], null])
  await tick()
  if (pull)
    await peer.answer({ generation, feeds: [{ feed: con('x'), view: 'v1', changes: [], rev: 9, head: 9 }] }, pull)
  await environment.pass(60_000)
  expect(await stored.open(false)).toMatchObject({ meta: { mark: null }, feeds: [], objects: [], sends: [] })
  await expect(client.send(con('x'), { kind: 'text', text: 'late' })).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('reconnecting waits ever longer, says offline only after some tries, and tries at once on waking', async () => {
  const { client, environment, begin, peer } = await start('x', {
    fetch: () => Promise.reject(new Error('no network')),
  })
  await begin()
  expect(client.connection).toBe('online')
  peer.close(1006)
  const waits: number[] = []
  const states: string[] = []
  for (let i = 0; i < 9; i++) {
    const wait = (client.retryAt ?? 0) - environment.now()
    waits.push(wait)
    states.push(client.connection)
    await environment.pass(wait)
    peer.close(1006)
    await tick()
  }
  expect(waits[0]).toBeLessThanOrEqual(300)
  expect(waits.every((wait, i) => wait >= (waits[i - 1] ?? 0))).toBe(true)
  expect(waits.at(-1)).toBeLessThanOrEqual(30_000)
  expect([...new Set(states)]).toEqual(['connecting', 'offline'])
  client.wake()
  peer.accept()
  expect(client.connection).toBe('online')
})

test('an unanswered call condemns the socket, and a write is repeated under its id on the next one', async () => {
  const { client, environment, begin, peer, answers } = await start('x')
  await begin()
  const done = client.call('messaging.updateMembership', { conversation: con('x'), pinned: true })
  await tick()
  const first = peer.open()[0]
  await environment.pass(15_001)
  await environment.pass(300)
  peer.accept()
  await environment.pass(2_000)
  await peer.answerAll(answers)
  const again = peer.open().find(({ op }) => op === 'messaging.updateMembership')
  expect(again?.requestId).toBe(first?.requestId)
  expect(first?.requestId).toMatch(/^[\w-]{8,64}$/)
  await peer.answer(membership(con('x'), { pinned: true }), again)
  expect(await done).toMatchObject({ pinned: true })
})

test('a store that fails leaves the client working in memory, and gets everything when it works again', async () => {
  const memory = createMemoryStore()
  let isFull = false
  const stored: Store = {
    ...memory,
    commit: (changes) => (isFull ? Promise.reject(new Error('quota')) : memory.commit(changes)),
  }
  const { client, environment, begin, peer, answers } = await start('x', {}, stored)
  await begin()
  isFull = true
  peer.push(frame(con('x'), 4, 5, says(5, 'five')))
  await tick()
  peer.push(frame(con('x'), 5, 6, says(6, 'six')))
  await tick()
  expect(shown(client, con('x')).slice(-2)).toEqual(['five', 'six'])
  expect((await memory.open(false)).feeds.find(({ feed }) => feed === con('x'))?.rev).toBe(4)
  isFull = false
  for (let i = 0; i < 2; i++) {
    await environment.pass(60_000)
    await peer.answerAll(answers)
  }
  expect((await memory.open(false)).feeds.find(({ feed }) => feed === con('x'))?.rev).toBe(6)
  expect(await memory.messages(con('x'), 0, 99)).toHaveLength(3)
})

test('a second tab writes only its sends, and everything once it leads', async () => {
  const stored = createMemoryStore()
  const first = await start('x', {}, stored)
  await first.begin()
  let takeOver: () => void = () => undefined
  let leads = false
  const waiting: Leadership = {
    ...alone,
    tab: 'tab2',
    leads: () => leads,
    lead: async (onLater) => {
      takeOver = onLater
      return false
    },
  }
  const second = await start('x', { leadership: () => waiting }, stored)
  await second.client.start()
  expect(shown(second.client, con('x'))).toEqual(['m3'])
  second.peer.accept()
  await second.peer.answerAll((asked) => second.answers(asked))
  second.peer.push(frame(con('x'), 4, 5, says(5, 'five')))
  await second.client.send(con('x'), { kind: 'text', text: 'mine' })
  await tick()
  const before = await stored.open(false)
  expect(before.feeds.find(({ feed }) => feed === con('x'))?.rev).toBe(4)
  expect(before.sends.map(({ tab }) => tab)).toEqual(['tab2'])
  leads = true
  takeOver()
  await tick()
  expect((await stored.open(false)).feeds.find(({ feed }) => feed === con('x'))?.rev).toBe(5)
})

test('older messages that memory let go are read from the store, not asked for again', async () => {
  const { client, begin, peer } = await start('x', {}, createMemoryStore(), 300)
  const close = client.openChat(con('x'))
  await begin()
  for (let seq = 302; seq <= 500; seq++) peer.push(frame(con('x'), seq - 1, seq, says(seq, `m${seq}`)))
  await tick()
  expect(client.chat(con('x')).messages).toHaveLength(239)
  close()
  await tick()
  expect(client.chat(con('x')).messages).toHaveLength(40)
  expect(client.inbox()[0]?.unread).toBe(100)
  client.openChat(con('x'))
  while (client.chat(con('x')).messages.length < 239) await client.loadOlder(con('x'))
  expect(peer.open()).toEqual([])
  expect(client.chat(con('x')).floor).toBe(260)
})

test('typing is told every three seconds and believed for six, or until what was typed has come', async () => {
  const { client, environment, begin, peer } = await start('x')
  await begin()
  client.typing(con('x'))
  client.typing(con('x'))
  expect(peer.all('sync.signal')).toHaveLength(1)
  await environment.pass(3_000)
  client.typing(con('x'))
  expect(peer.all('sync.signal')).toHaveLength(2)
  peer.push({ signal: 'typing', feed: con('x'), from: 'mem_other' })
  expect(client.typers(con('x'))).toEqual(['mem_other'])
  expect(client.typers(con('x'))).toBe(client.typers(con('x')))
  peer.push(frame(con('x'), 4, 5, says(5, 'five')))
  expect(client.typers(con('x'))).toEqual([])
  peer.push({ signal: 'typing', feed: con('x'), from: 'mem_other' })
  await environment.pass(6_000)
  expect(client.typers(con('x'))).toEqual([])
})

test('what did not change is the same object, and several changes tell screens once', async () => {
  const { client, environment, begin, peer } = await start('xy')
  await begin()
  await environment.pass(100)
  const [x, y] = [client.inbox().find(({ id }) => id === con('x')), client.inbox().find(({ id }) => id === con('y'))]
  const chat = client.chat(con('y'))
  let told = 0
  client.subscribe(() => told++)
  for (let seq = 5; seq < 9; seq++) peer.push(frame(con('x'), seq - 1, seq, says(seq, `m${seq}`)))
  await tick()
  expect(told).toBe(1)
  expect(client.inbox().find(({ id }) => id === con('y'))).toBe(y)
  expect(client.inbox().find(({ id }) => id === con('x'))).not.toBe(x)
  expect(client.chat(con('y'))).toBe(chat)
  expect(client.inbox()).toBe(client.inbox())
})

test('a draft is there at once, saved when typing pauses, and gives way to what the feed says then', async () => {
  const { client, environment, begin, peer, stored } = await start('x')
  await begin()
  client.saveDraft(con('x'), 'he', null)
  client.saveDraft(con('x'), 'hello', null)
  expect(client.chat(con('x')).draft?.text).toBe('hello')
  await tick()
  expect((await stored.open(false)).drafts).toMatchObject([{ text: 'hello' }])
  await environment.pass(1_000)
  expect(peer.open()).toMatchObject([{ op: 'messaging.saveDraft', input: { text: 'hello' } }])
  await peer.answer({})
  expect((await stored.open(false)).drafts).toEqual([])
  expect(client.chat(con('x')).draft?.text).toBe('hello')
  const object = { conversation: con('x'), text: 'from elsewhere', quote: null, savedAt: '' }
  peer.push(frame(member, 1, 2, { kind: 'draft', id: con('x'), rev: 2, object }))
  expect(client.chat(con('x')).draft?.text).toBe('from elsewhere')
})

test('a jump far back shows what stands there, hears its changes, grows both ways and joins the newest', async () => {
  const x = con('x')
  const { client, begin, peer, answers, texts } = await start('x', {}, createMemoryStore(), 1_000)
  const pages = (asked: Asked) => {
    if (asked.op !== 'messaging.listMessages') return answers(asked, 1_000)
    const { before, limit } = asked.input as { before: number; limit: number }
    const floor = Math.max(0, before - 1 - limit)
    const messages = Array.from({ length: before - 1 - floor }, (_, i) => {
      const { rev, object } = says(floor + i + 1, `m${floor + i + 1}`)
      return { rev, object }
    })
    const below = { unread: 0, mentions: 0, readSeq: 1_000, hidden: 0 }
    return { view: 'v1', rev: 1_001, messages, floor, below }
  }
  client.openChat(x)
  await begin()
  await peer.answerAll(pages)
  const newest = texts(x)
  const jumping = client.loadUntil(x, 300)
  await tick()
  // It comes before the page does, and is newer than what the page will say.
  peer.push(frame(x, 1_001, 1_002, says(301, 'three hundred and one', 1_002)))
  await tick()
  await peer.answerAll(pages)
  expect(await jumping).toBe(true)
  expect(peer.all('messaging.listMessages')).toHaveLength(1)
  expect(client.chat(x)).toMatchObject({ floor: 200, ceiling: 400, stretch: 1 })
  expect(texts(x)).toHaveLength(200)
  expect(texts(x)[100]).toBe('three hundred and one')
  peer.push(frame(x, 1_002, 1_003, says(250, null, 1_003), says(1_001, 'newest', 1_003)))
  await tick()
  expect(texts(x)[49]).toBeNull()
  expect(texts(x)).toHaveLength(200)
  expect(client.inbox()[0]?.last?.object.seq).toBe(1_001)
  await Promise.all([client.loadOlder(x), peer.answerAll(pages)])
  expect(client.chat(x)).toMatchObject({ floor: 0, ceiling: 400 })
  for (let ceiling: number | null = 400; ceiling !== null; ceiling = client.chat(x).ceiling)
    await Promise.all([client.loadNewer(x), peer.answerAll(pages)])
  expect(client.chat(x).messages.map(({ object }) => object.seq)).toEqual(
    Array.from({ length: 1_001 }, (_, i) => i + 1),
  )
  client.showNewest(x)
  expect(client.chat(x)).toMatchObject({ ceiling: null, stretch: 0 })
  expect(texts(x)).toEqual([...newest, 'newest'])
})

test('what stands far back is not shown beside a feed that was reset, nor after its chat was closed', async () => {
  const x = con('x')
  const { client, begin, peer, answers } = await start('x', {}, createMemoryStore(), 1_000)
  const page = {
    view: 'v1',
    rev: 1_001,
    messages: [{ rev: 1, object: message(1, 'one') }],
    floor: 0,
    below: { unread: 0, mentions: 0, readSeq: 1_000, hidden: 0 },
  }
  const jump = async () => {
    const jumping = client.loadUntil(x, 1)
    await tick()
    await peer.answer(
      page,
      peer.open().findLast(({ op }) => op === 'messaging.listMessages'),
    )
    return jumping
  }
  const close = client.openChat(x)
  await begin()
  await peer.answerAll((asked) => answers(asked, 1_000))
  expect(await jump()).toBe(true)
  expect(client.chat(x).ceiling).not.toBeNull()
  peer.push({ behind: true })
  await peer.answerAll((asked) => {
    if (asked.op === 'sync.heads') return { mark: 'm2', generation, heads: [[x, 2_000, 2_000, null]] }
    if (asked.op !== 'sync.pull') return undefined
    const below = { unread: 0, mentions: 0, readSeq: 1_000, hidden: 0 }
    const changes = [says(2_000, 'late'), group(2_000, x)]
    return {
      generation,
      feeds: [{ feed: x, view: 'v1', changes, rev: 2_000, head: 2_000, reset: true, floor: 1_999, below }],
    }
  })
  expect(client.chat(x)).toMatchObject({ ceiling: null, stretch: 0 })
  expect(await jump()).toBe(true)
  expect(client.chat(x).ceiling).not.toBeNull()
  close()
  expect(client.chat(x)).toMatchObject({ ceiling: null, stretch: 0 })
  // Closed before its page has come: nothing of it is there when the chat is opened again.
  const again = client.openChat(x)
  const late = client.loadUntil(x, 1)
  await tick()
  again()
  await peer.answer(
    page,
    peer.open().findLast(({ op }) => op === 'messaging.listMessages'),
  )
  expect(await late).toBe(false)
  client.openChat(x)
  expect(client.chat(x)).toMatchObject({ ceiling: null, stretch: 0 })
})
