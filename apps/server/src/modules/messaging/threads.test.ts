import * as ops from '@heyi/contract/messaging'
import { pull } from '@heyi/contract/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'

let serial = 0
const key = () => `thread-key-${++serial}`
const named = (member: TestMember) => ({
  text: '@某人 看看',
  mentions: [{ principal: member.id, start: 0, length: 3 }],
})

const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '样品', members: members.map(({ id }) => id) })).conversation.id
const say = async (
  server: TestServer,
  by: TestMember,
  conversation: string,
  root?: number,
  message: { text: string; mentions?: ops.Mention[] } = { text: '一句话' },
) =>
  (
    await server.as(by).call(ops.sendMessage, {
      conversation,
      key: key(),
      message: { kind: 'text', ...message },
      ...(root !== undefined && { root }),
    })
  ).seq
const at = async (server: TestServer, by: TestMember, conversation: string, seq: number) =>
  (await server.as(by).call(ops.getMessages, { conversation, seqs: [seq] })).messages[0]?.object
const threads = async (server: TestServer, by: TestMember, unread = false) =>
  (await server.as(by).call(ops.listThreads, { unread, cursor: null, limit: 50 })).items
/** What is unread in a conversation, as the server counts it for a device that holds no message. */
const below = async (server: TestServer, by: TestMember, feed: string) => {
  const request = { feed, rev: null, view: null, floor: 0, take: 0 }
  const [answer] = (await server.as(by).call(pull, { feeds: [request] })).feeds
  return answer && 'below' in answer ? answer.below : undefined
}

test('replies stand in a thread: its author, who writes and who is named follow it, each with unread of their own', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, dan] = await Promise.all([server.member(), server.member(), server.member(), server.member()])
  const id = await group(server, ann, [bo, cy, dan])
  const root = await say(server, ann, id)
  const first = await say(server, bo, id, root)
  const second = await say(server, bo, id, root, named(cy))
  expect(await at(server, dan, id, second)).toMatchObject({ root, sender: bo.id })
  await until(async () => ((await at(server, dan, id, root)) as ops.Message).thread?.replies === 2)
  expect(await at(server, dan, id, root)).toMatchObject({ thread: { replies: 2, lastSeq: second, members: [bo.id] } })

  expect(await threads(server, ann)).toMatchObject([{ root, unread: 2, mentions: 0, message: { seq: root } }])
  expect(await threads(server, bo)).toMatchObject([{ root, unread: 0 }])
  expect(await threads(server, cy)).toMatchObject([{ root, unread: 1, mentions: 1 }])
  expect(await threads(server, dan)).toEqual([])
  // Of the conversation only its own messages count, for those who follow too.
  expect(await below(server, cy, id)).toMatchObject({ unread: 1, mentions: 0 })
  expect(await below(server, ann, id)).toMatchObject({ unread: 0 })

  await server.as(ann).call(ops.markThreadRead, { conversation: id, root, seq: first })
  expect(await threads(server, ann, true)).toMatchObject([{ unread: 1 }])
  await server.as(ann).call(ops.markThreadRead, { conversation: id, root, seq: second })
  expect(await threads(server, ann, true)).toEqual([])

  // By hand: whoever leaves is brought back by writing or being named, its author not by each reply.
  await server.as(ann).call(ops.followThread, { conversation: id, root, follow: false })
  await server.as(dan).call(ops.followThread, { conversation: id, root, follow: true })
  await say(server, bo, id, root)
  expect(await threads(server, ann)).toEqual([])
  expect(await threads(server, dan)).toMatchObject([{ unread: 1 }])
  await say(server, bo, id, root, named(ann))
  expect(await threads(server, ann)).toMatchObject([{ unread: 1, mentions: 1 }])
  const topics = await server.as(cy).call(ops.listTopics, { conversation: id, cursor: null, limit: 5 })
  expect(topics).toMatchObject({ items: [{ root, summary: { replies: 4 } }], next: null })
})

test('replies are edited, recalled and found by place like others; what they answer must be there', async () => {
  await using server = await startTestServer()
  const [ann, bo, eve] = await Promise.all([server.member(), server.member(), server.member()])
  const id = await group(server, ann, [bo])
  const root = await say(server, ann, id)
  const seqs: number[] = []
  for (let n = 0; n < 5; n++) seqs.push(await say(server, bo, id, root, { text: `第 ${n} 句` }))
  const page = (before: number | null) =>
    server.as(ann).call(ops.listReplies, { conversation: id, root, before, limit: 3 })
  const newest = await page(null)
  expect(newest.messages.map(({ object }) => object.seq)).toEqual(seqs.slice(2))
  const oldest = await page(newest.messages[0]?.object.seq ?? 0)
  expect(oldest).toMatchObject({ floor: 0 })
  expect(oldest.messages.map(({ object }) => object.seq)).toEqual(seqs.slice(0, 2))

  await server.as(bo).call(ops.editMessage, { conversation: id, seq: seqs[4] ?? 0, text: '改了' })
  expect(await at(server, ann, id, seqs[4] ?? 0)).toMatchObject({ root, body: { text: '改了' } })
  await server.as(bo).call(ops.recallMessage, { conversation: id, seq: seqs[4] ?? 0 })
  expect(await at(server, ann, id, seqs[4] ?? 0)).toMatchObject({ root, state: 'recalled', body: null })
  await until(async () => ((await at(server, ann, id, root)) as ops.Message).thread?.replies === 4)
  expect(await at(server, ann, id, root)).toMatchObject({ thread: { lastSeq: seqs[3] } })

  const refused = { code: 'root_not_found' }
  await expect(say(server, bo, id, seqs[0])).rejects.toMatchObject(refused)
  await expect(say(server, bo, id, 9_999)).rejects.toMatchObject(refused)
  await expect(say(server, bo, id, 1)).rejects.toMatchObject(refused)
  await expect(say(server, eve, id, root)).rejects.toMatchObject({ code: 'not_found' })
  // A retry is answered as the first time, and counts once.
  const again = { conversation: id, key: key(), message: { kind: 'text' as const, text: '一次' }, root }
  expect(await server.as(bo).call(ops.sendMessage, again)).toEqual(await server.as(bo).call(ops.sendMessage, again))
  expect(await threads(server, ann)).toMatchObject([{ summary: { replies: 5 }, unread: 5 }])
  // Where the first message is taken back, those who answered it go on; nobody begins on one that is gone.
  const alone = await say(server, ann, id)
  for (const seq of [root, alone]) await server.as(ann).call(ops.recallMessage, { conversation: id, seq })
  await say(server, bo, id, root)
  await expect(say(server, bo, id, alone)).rejects.toMatchObject(refused)
})

type Act =
  | { kind: 'say' | 'reply'; by: number; names: number | null; root: number }
  | { kind: 'recall' | 'hide' | 'read' | 'readThread' | 'follow' | 'unfollow'; by: number; which: number }
  | { kind: 'mute'; by: number; on: boolean }

const person = fc.nat(2)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('say' as const, 'reply' as const, 'reply' as const),
    by: person,
    names: fc.option(person),
    root: fc.nat(9),
  }),
  fc.record({
    kind: fc.constantFrom(
      'recall' as const,
      'hide' as const,
      'read' as const,
      'readThread' as const,
      'follow' as const,
      'unfollow' as const,
    ),
    by: person,
    which: fc.nat(19),
  }),
  fc.record({ kind: fc.constant('mute' as const), by: person, on: fc.boolean() }),
)

interface Said {
  seq: number
  by: number
  root: number | null
  names: number | null
  recalled: boolean
  hiddenBy: Set<number>
}

/** What unread ought to be, counted from all that was ever done. */
class Model {
  said: Said[] = []
  read = [0, 0, 0]
  muted = [false, false, false]
  follows = new Map<string, { on: boolean; read: number }>()

  place = (by: number, root: number) => this.follows.get(`${by} ${root}`)
  join(by: number, root: number, read: number) {
    this.follows.set(`${by} ${root}`, { on: true, read: Math.max(read, this.place(by, root)?.read ?? 0) })
  }
  reply({ by, seq, names }: Said, root: Said) {
    for (const member of new Set([by, root.by, ...(names === null ? [] : [names])])) {
      const place = this.place(member, root.seq)
      const called = member === by || member === names
      if (place ? !place.on && called : true) this.join(member, root.seq, member === by ? seq : seq - 1)
    }
  }
  #unread(me: number, root: number | null, above: number) {
    const counted = this.said.filter(
      (one) => one.root === root && one.seq > above && one.by !== me && !one.recalled && !one.hiddenBy.has(me),
    )
    return { unread: counted.length, mentions: counted.filter(({ names }) => names === me).length }
  }
  conversation = (me: number) => this.#unread(me, null, this.read[me] ?? 0)
  threads = (me: number) =>
    this.said
      .filter(({ seq, root }) => root === null && this.place(me, seq)?.on)
      .map(({ seq }) => ({ root: seq, ...this.#unread(me, seq, this.place(me, seq)?.read ?? 0) }))
      .filter(({ unread }) => unread > 0)
      .sort((a, b) => a.root - b.root)
}

test('unread is what the log says: of conversations and threads, with mutes, recalls and what was deleted for oneself', async () => {
  await using server = await startTestServer()
  const people = await Promise.all([server.member(), server.member(), server.member()])
  const of = (n: number): TestMember => people[n] as TestMember
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const conversation = await group(server, of(0), people.slice(1))
      const model = new Model()
      // What the making of the group said is read.
      for (const n of [0, 1, 2]) await server.as(of(n)).call(ops.markRead, { conversation, seq: 100 })
      for (const one of acts) await step(server, of, conversation, model, one)
      for (const me of [0, 1, 2]) {
        const { unread, mentions } = (await below(server, of(me), conversation)) ?? {}
        expect({ unread, mentions }).toEqual(model.conversation(me))
        const listed = (await threads(server, of(me), true)).filter((thread) => thread.conversation === conversation)
        const shown = listed.map(({ root, ...thread }) => ({ root, unread: thread.unread, mentions: thread.mentions }))
        expect(shown.sort((a, b) => a.root - b.root)).toEqual(model.threads(me))
        const { membership } = await server.as(of(me)).call(ops.getConversation, { conversation })
        expect(membership.muted).toBe(model.muted[me])
      }
    }),
    { numRuns: 15 },
  )
})

async function step(
  server: TestServer,
  of: (n: number) => TestMember,
  conversation: string,
  model: Model,
  one: Act,
): Promise<void> {
  const as = server.as(of(one.by))
  if (one.kind === 'mute') {
    await as.call(ops.updateMembership, { conversation, muted: one.on })
    model.muted[one.by] = one.on
    return
  }
  if ('names' in one) {
    const roots = model.said.filter(({ root, recalled }) => root === null && !recalled)
    const root = one.kind === 'reply' ? roots[one.root % Math.max(1, roots.length)] : undefined
    if (one.kind === 'reply' && !root) return
    const message = one.names === null ? { text: '一句话' } : named(of(one.names))
    const seq = await say(server, of(one.by), conversation, root?.seq, message)
    const { by, names } = one
    const said = { seq, by, root: root?.seq ?? null, names, recalled: false, hiddenBy: new Set<number>() }
    model.said.push(said)
    if (root) model.reply(said, root)
    return
  }
  const found = model.said[one.which % Math.max(1, model.said.length)]
  if (!found) return
  const { seq } = found
  const root = found.root ?? seq
  if (one.kind === 'recall') {
    if (found.by !== one.by) return
    await as.call(ops.recallMessage, { conversation, seq })
    found.recalled = true
  } else if (one.kind === 'hide') {
    await as.call(ops.hideMessages, { conversation, seqs: [seq] })
    found.hiddenBy.add(one.by)
  } else if (one.kind === 'read') {
    await as.call(ops.markRead, { conversation, seq })
    model.read[one.by] = Math.max(model.read[one.by] ?? 0, seq)
  } else if (one.kind === 'readThread') {
    await as.call(ops.markThreadRead, { conversation, root, seq })
    const place = model.place(one.by, root)
    if (place?.on) place.read = Math.max(place.read, seq)
  } else {
    const follow = one.kind === 'follow'
    const isGone = model.said.some((said) => said.seq === root && said.recalled)
    const answered = model.said.some((said) => said.root === root)
    if (isGone && !answered) return
    await as.call(ops.followThread, { conversation, root, follow })
    const place = model.place(one.by, root)
    if ((place?.on ?? false) === follow) return
    if (follow) model.join(one.by, root, model.said.at(-1)?.seq ?? 0)
    else if (place) place.on = false
  }
}
