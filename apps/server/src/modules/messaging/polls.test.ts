import * as ops from '@heyi/contract/messaging'
import { search } from '@heyi/contract/search'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { sql } from '../../kernel/db.js'

let serial = 0
const now = '2030-01-01T08:00:00.000Z'

const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '团建', members: members.map(({ id }) => id) })).conversation.id
const send = async (server: TestServer, by: TestMember, conversation: string, message: unknown) =>
  (await server.as(by).call(ops.sendMessage, { conversation, key: `poll-key-${++serial}`, message } as never)).seq
const aPoll = {
  kind: 'poll',
  question: '主视觉用哪一版？',
  options: ['傍晚暖光', '正午自然光', '阴天'],
  multiple: false,
  anonymous: false,
  endsAt: null as string | null,
}
const aRelay = { kind: 'relay', title: '周五聚餐报名', example: '王一 2 人', endsAt: null as string | null }
const read = async (server: TestServer, by: TestMember, conversation: string, seq: number) =>
  (await server.as(by).call(ops.getMessages, { conversation, seqs: [seq] })).messages[0]
const tally = async (server: TestServer, by: TestMember, conversation: string, seq: number) => {
  const message = (await read(server, by, conversation, seq))?.object
  return message?.kind === 'poll' ? message.poll : message?.kind === 'relay' ? message.relay : undefined
}
/** The counts are renewed at most once a second. */
const settle = async (server: TestServer) => {
  server.clock.pass(1.1)
  await server.app.kernel.jobs.runDue()
}

test('votes are counted in the message at most once a second, changed and taken back until the end', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const seq = await send(server, ann, id, { ...aPoll, endsAt: '2030-01-01T09:00:00.000Z' })
  const vote = (by: TestMember, options: number[]) => server.as(by).call(ops.vote, { conversation: id, seq, options })
  const mine = async (by: TestMember) =>
    (await server.as(by).call(ops.listMyAnswers, { conversation: id, seqs: [seq] })).items[0]
  await vote(bo, [0])
  expect(await tally(server, ann, id, seq)).toEqual({ voters: 1, counts: [1, 0, 0], endedAt: null })
  const rev = (await read(server, ann, id, seq))?.rev ?? 0
  await Promise.all([vote(cy, [1]), vote(ann, [1])])
  expect((await read(server, ann, id, seq))?.rev).toBe(rev)
  await settle(server)
  expect(await tally(server, ann, id, seq)).toEqual({ voters: 3, counts: [1, 2, 0], endedAt: null })
  expect(await mine(cy)).toEqual({ seq, options: [1], line: null, emojis: [] })
  await vote(cy, [2])
  await vote(ann, [])
  await settle(server)
  expect(await tally(server, ann, id, seq)).toEqual({ voters: 2, counts: [1, 0, 1], endedAt: null })
  expect(await mine(ann)).toEqual({ seq, options: [], line: null, emojis: [] })
  // The same once more changes nothing.
  const settled = (await read(server, ann, id, seq))?.rev
  await vote(cy, [2])
  await settle(server)
  expect((await read(server, ann, id, seq))?.rev).toBe(settled)

  await expect(vote(bo, [0, 1])).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(vote(bo, [3])).rejects.toMatchObject({ code: 'invalid_input' })
  const who = (option: number, cursor: string | null = null) =>
    server.as(bo).call(ops.listVoters, { conversation: id, seq, option, cursor, limit: 1 })
  expect((await who(2)).items).toMatchObject([{ id: cy.id }])
  expect((await who(1)).items).toEqual([])
  server.clock.pass(3600)
  await expect(vote(bo, [1])).rejects.toMatchObject({ code: 'poll_ended' })
  expect(await mine(bo)).toEqual({ seq, options: [0], line: null, emojis: [] })
})

test('who made it and who runs the group end it early; after that nobody votes, and all see it at once', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo, cy, eve] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const id = await group(server, ann, [bo, cy])
  const seq = await send(server, bo, id, { ...aPoll, multiple: true, anonymous: true })
  const other = await send(server, bo, id, aPoll)
  const at = { conversation: id, seq }
  await server.as(cy).call(ops.vote, { ...at, options: [2, 0, 2] })
  await expect(server.as(cy).call(ops.endPoll, at)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(eve).call(ops.endPoll, at)).rejects.toMatchObject({ code: 'not_found' })
  await expect(server.as(eve).call(ops.vote, { ...at, options: [0] })).rejects.toMatchObject({ code: 'not_found' })
  await expect(server.as(bo).call(ops.listVoters, { ...at, option: 0, cursor: null, limit: 5 })).rejects.toMatchObject({
    code: 'poll_anonymous',
  })
  await server.as(bo).call(ops.endPoll, at)
  expect(await tally(server, cy, id, seq)).toEqual({ voters: 1, counts: [1, 0, 1], endedAt: expect.any(String) })
  await expect(server.as(cy).call(ops.vote, { ...at, options: [] })).rejects.toMatchObject({ code: 'poll_ended' })
  await server.as(bo).call(ops.endPoll, at)
  // The owner of the group ends what another made.
  await server.as(ann).call(ops.endPoll, { conversation: id, seq: other })
  expect(await tally(server, cy, id, other)).toMatchObject({ voters: 0, endedAt: expect.any(String) })
  for (const wrong of [
    { ...aPoll, options: ['一'] },
    { ...aPoll, options: ['一', '一 '] },
    { ...aPoll, options: Array.from({ length: 21 }, (_, n) => `${n}`) },
    { ...aPoll, question: ' ' },
  ])
    await expect(send(server, ann, id, wrong)).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(send(server, ann, id, { ...aPoll, endsAt: '2029-12-31T00:00:00.000Z' })).rejects.toMatchObject({
    code: 'time_not_allowed',
  })
})

test('no vote is counted after the end, however close they come; twice the same request is one', async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const ann = await server.member()
  const others = await Promise.all(Array.from({ length: 12 }, () => server.member()))
  const id = await group(server, ann, others)
  const seq = await send(server, ann, id, aPoll)
  const at = { conversation: id, seq }
  const outcomes = await Promise.allSettled([
    ...others.slice(0, 6).map((one) => server.as(one).call(ops.vote, { ...at, options: [0] })),
    server.as(ann).call(ops.endPoll, at),
    ...others.slice(6).map((one) => server.as(one).call(ops.vote, { ...at, options: [1] })),
  ])
  const counted = outcomes.filter(({ status }) => status === 'fulfilled').length - 1
  for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'poll_ended' })
  expect(await tally(server, ann, id, seq)).toMatchObject({ voters: counted, endedAt: expect.any(String) })
  // A send whose answer was lost is repeated under its key: one message, one poll.
  const twice = { conversation: id, key: 'the-same-poll', message: aPoll } as never
  const [first, second] = await Promise.all([
    server.as(ann).call(ops.sendMessage, twice),
    server.as(ann).call(ops.sendMessage, twice),
  ])
  expect(second).toEqual(first)
  const again = { conversation: id, seq: first.seq }
  // Two votes of one member at once: one of them stands.
  const [one] = others
  if (!one) throw new Error('nobody')
  await Promise.all([0, 1].map((option) => server.as(one).call(ops.vote, { ...again, options: [option] })))
  await until(async () => {
    const now = await tally(server, ann, id, first.seq)
    return now !== undefined && 'voters' in now && now.voters === 1
  })
})

test('a thousand voters are all counted, and listed page by page', { timeout: 120_000 }, async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const ann = await server.member()
  const others: TestMember[] = []
  while (others.length < 1_000) others.push(...(await Promise.all(Array.from({ length: 50 }, () => server.member()))))
  const id = await group(server, ann, others.slice(0, 90))
  for (let from = 90; from < others.length; from += 90)
    await server
      .as(ann)
      .call(ops.addMembers, { conversation: id, members: others.slice(from, from + 90).map((one) => one.id) })
  const seq = await send(server, ann, id, { ...aPoll, multiple: true })
  for (let from = 0; from < others.length; from += 50)
    await Promise.all(
      others
        .slice(from, from + 50)
        .map((one, n) => server.as(one).call(ops.vote, { conversation: id, seq, options: n % 2 === 0 ? [0] : [0, 2] })),
    )
  await until(async () => {
    const counted = await tally(server, ann, id, seq)
    return counted !== undefined && 'voters' in counted && counted.voters === 1_000
  })
  expect(await tally(server, ann, id, seq)).toEqual({ voters: 1_000, counts: [1_000, 0, 500], endedAt: null })
  const found = new Set<string>()
  let cursor: string | null = null
  do {
    const page: { items: { id: string }[]; next: string | null } = await server
      .as(ann)
      .call(ops.listVoters, { conversation: id, seq, option: 2, cursor, limit: 200 })
    for (const one of page.items) found.add(one.id)
    cursor = page.next
  } while (cursor !== null)
  expect(found.size).toBe(500)
})

test('a relay list has one line of each, in the order of joining; the muted write none, and may still vote', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const seq = await send(server, ann, id, aRelay)
  const poll = await send(server, ann, id, aPoll)
  const write = (by: TestMember, text: string | null) =>
    server.as(by).call(ops.writeRelayLine, { conversation: id, seq, text })
  const lines = async () => {
    await settle(server)
    const now = await tally(server, bo, id, seq)
    return now && 'lines' in now ? now.lines.map((line) => line.text) : []
  }
  await write(cy, '陈屿 1 人')
  server.clock.pass(1)
  await write(bo, '周予安\n 2 人')
  server.clock.pass(1)
  await write(ann, '林知夏')
  expect(await lines()).toEqual(['陈屿 1 人', '周予安 2 人', '林知夏'])
  // A change keeps the place; whoever joins again stands last.
  await write(cy, '陈屿 3 人')
  expect(await lines()).toEqual(['陈屿 3 人', '周予安 2 人', '林知夏'])
  await write(cy, null)
  await write(cy, '陈屿又来了')
  expect(await lines()).toEqual(['周予安 2 人', '林知夏', '陈屿又来了'])
  const first = await server.as(cy).call(ops.listRelayLines, { conversation: id, seq, cursor: null, limit: 2 })
  expect(first.items).toEqual([
    { id: bo.id, text: '周予安 2 人' },
    { id: ann.id, text: '林知夏' },
  ])
  const rest = await server.as(cy).call(ops.listRelayLines, { conversation: id, seq, cursor: first.next, limit: 2 })
  expect(rest).toEqual({ items: [{ id: cy.id, text: '陈屿又来了' }], next: null })
  await expect(server.as(bo).call(ops.vote, { conversation: id, seq, options: [0] })).rejects.toMatchObject({
    code: 'not_found',
  })

  await server.as(ann).call(ops.updateGroup, { conversation: id, muteAll: true })
  await expect(write(bo, '改一下')).rejects.toMatchObject({ code: 'muted' })
  await expect(send(server, bo, id, aPoll)).rejects.toMatchObject({ code: 'muted' })
  await expect(send(server, bo, id, aRelay)).rejects.toMatchObject({ code: 'muted' })
  await server.as(bo).call(ops.vote, { conversation: id, seq: poll, options: [1] })
  await server.as(ann).call(ops.updateGroup, { conversation: id, muteAll: false })
  await server.as(ann).call(ops.silenceMember, { conversation: id, member: bo.id, seconds: null })
  await expect(write(bo, '改一下')).rejects.toMatchObject({ code: 'silenced' })
  await expect(send(server, bo, id, aPoll)).rejects.toMatchObject({ code: 'silenced' })
  await server.as(bo).call(ops.vote, { conversation: id, seq: poll, options: [0] })
  await write(bo, null)
  await server.as(ann).call(ops.endPoll, { conversation: id, seq })
  await expect(write(ann, '晚了')).rejects.toMatchObject({ code: 'poll_ended' })
  expect(await lines()).toEqual(['林知夏', '陈屿又来了'])
})

test('sent on or kept it is a picture of that moment; taken back nothing of it is left; leaving keeps the vote', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const to = await group(server, ann, [cy])
  const seq = await send(server, ann, id, aPoll)
  const list = await send(server, ann, id, aRelay)
  await server.as(bo).call(ops.vote, { conversation: id, seq, options: [2] })
  await server.as(bo).call(ops.writeRelayLine, { conversation: id, seq: list, text: '周予安' })
  await server.as(bo).call(ops.leaveConversation, { conversation: id })
  await settle(server)
  expect(await tally(server, ann, id, seq)).toMatchObject({ voters: 1, counts: [0, 0, 1] })
  await expect(server.as(bo).call(ops.vote, { conversation: id, seq, options: [0] })).rejects.toMatchObject({
    code: 'not_found',
  })
  for (const merged of [false, true])
    await server.as(ann).call(ops.forwardMessages, { from: id, seqs: [seq, list], to: [to], merged })
  const { messages } = await server.as(cy).call(ops.listMessages, { conversation: to, before: 100, limit: 10 })
  const copies = messages.map(({ object }) => object).filter(({ kind }) => kind !== 'system')
  expect(copies).toMatchObject([
    { kind: 'poll', body: { question: aPoll.question, result: { voters: 1, counts: [0, 0, 1] } } },
    { kind: 'relay', body: { title: aRelay.title, result: { count: 1, lines: [{ id: bo.id, text: '周予安' }] } } },
    { kind: 'record', body: { first: [{ text: aPoll.question }, { text: aRelay.title }] } },
  ])
  const copied = copies[0]?.seq ?? 0
  await expect(server.as(cy).call(ops.vote, { conversation: to, seq: copied, options: [0] })).rejects.toMatchObject({
    code: 'not_found',
  })
  await server.as(cy).call(ops.addFavourites, { conversation: id, seqs: [seq] })
  const kept = await server.as(cy).call(ops.listFavourites, { text: '傍晚', tag: null, cursor: null, limit: 5 })
  expect(kept.items).toMatchObject([{ item: { kind: 'poll', body: { result: { voters: 1 } } } }])

  await server.as(ann).call(ops.recallMessage, { conversation: id, seq })
  expect((await read(server, cy, id, seq))?.object).toEqual({
    seq,
    sender: ann.id,
    kind: 'poll',
    body: null,
    quote: null,
    state: 'recalled',
    sentAt: expect.any(String),
  })
  const at = { conversation: id, seq }
  await expect(server.as(cy).call(ops.vote, { ...at, options: [0] })).rejects.toMatchObject({ code: 'message_gone' })
  expect((await server.as(cy).call(ops.listMyAnswers, { conversation: id, seqs: [seq] })).items).toEqual([
    { seq, options: [], line: null, emojis: [] },
  ])
})

test('questions, options, titles and places are found; cards say what they are', async () => {
  await using server = await startTestServer()
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  await send(server, ann, id, aPoll)
  await send(server, ann, id, aRelay)
  await send(server, ann, id, {
    kind: 'location',
    name: '杭州展厅',
    address: '湖畔路 86 号',
    latitude: 30.246_123,
    longitude: 120.15,
  })
  await send(server, ann, id, { kind: 'contact', member: bo.id })
  for (const text of ['主视觉', '自然光', '聚餐报名', '湖畔路'])
    await until(async () => {
      const found = await server.as(bo).call(search, { text, group: 'messages', limit: 5 } as never)
      return (found as { messages: { items: unknown[] } }).messages.items.length === 1
    })
  for (const wrong of [
    { kind: 'location', name: '北极外', address: '', latitude: 91, longitude: 0 },
    { kind: 'location', name: '', address: '', latitude: 0, longitude: 0 },
  ])
    await expect(send(server, ann, id, wrong)).rejects.toMatchObject({ code: 'invalid_input' })
  const stranger = `mem_${'0'.repeat(20)}`
  await expect(send(server, ann, id, { kind: 'contact', member: stranger })).rejects.toMatchObject({
    code: 'not_found',
  })
})

const lines = async (server: TestServer, by: TestMember, conversation: string) =>
  (await server.as(by).call(ops.listMessages, { conversation, before: 1e6, limit: 50 })).messages.flatMap(
    ({ object }) =>
      object.kind === 'system' && /_ended$/.test(object.body?.event ?? '')
        ? [{ sender: object.sender, ...object.body }]
        : [],
  )

test('that a poll ended is said once in the conversation, by its time or by hand, over copies and crashes', async () => {
  await using server = await startTestServer({ now })
  await using beside = await startTestServer({ beside: server })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const soon = '2030-01-01T09:00:00.000Z'
  const timed = await send(server, ann, id, { ...aPoll, endsAt: soon })
  const byHand = await send(server, ann, id, { ...aPoll, question: '第二问', endsAt: soon })
  const relay = await send(server, bo, id, { ...aRelay, endsAt: soon })
  const takenBack = await send(server, ann, id, { ...aPoll, question: '收回的', endsAt: soon })
  for (const [by, option] of [
    [ann, 0],
    [bo, 0],
    [cy, 2],
  ] as const)
    await server.as(by).call(ops.vote, { conversation: id, seq: timed, options: [option] })
  await server.as(bo).call(ops.vote, { conversation: id, seq: byHand, options: [1] })
  await server.as(cy).call(ops.vote, { conversation: id, seq: byHand, options: [2] })
  await server.as(cy).call(ops.writeRelayLine, { conversation: id, seq: relay, text: '我来' })
  await server.as(ann).call(ops.recallMessage, { conversation: id, seq: takenBack })
  await server.as(ann).call(ops.endPoll, { conversation: id, seq: byHand })
  await server.as(ann).call(ops.endPoll, { conversation: id, seq: byHand })
  const ended = {
    sender: ann.id,
    event: 'poll_ended',
    text: '第二问',
    about: byHand,
    count: 1,
    leading: ['正午自然光', '阴天'],
  }
  expect(await lines(server, bo, id)).toEqual([ended])
  // The first try at the end is killed before it commits.
  const { db } = server.app.kernel
  await sql`create function fall() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(
    db,
  )
  await sql`create trigger fall before update of told on poll for each row execute function fall()`.execute(db)
  server.clock.set(soon)
  await Promise.all([server.app.kernel.jobs.runDue(), beside.app.kernel.jobs.runDue()])
  expect(await lines(server, bo, id)).toEqual([ended])
  await sql`drop trigger fall on poll`.execute(db)
  for (let n = 0; n < 3; n++) {
    server.clock.pass(10)
    await Promise.all([server.app.kernel.jobs.runDue(), beside.app.kernel.jobs.runDue()])
  }
  const told = await lines(server, bo, id)
  expect(told).toHaveLength(3)
  expect(told).toContainEqual({
    sender: ann.id,
    event: 'poll_ended',
    text: '主视觉用哪一版？',
    about: timed,
    count: 2,
    leading: ['傍晚暖光'],
  })
  expect(told).toContainEqual({ sender: bo.id, event: 'relay_ended', text: '周五聚餐报名', about: relay, count: 1 })
})

test('nothing is said of the end of a poll in a dissolved group, and of one without votes that there were none', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  await send(server, ann, id, { ...aPoll, endsAt: '2030-01-01T09:00:00.000Z' })
  const other = await group(server, ann, [bo])
  const lonely = await send(server, ann, other, { ...aPoll, endsAt: '2030-01-01T09:00:00.000Z' })
  await server.as(ann).call(ops.dissolveGroup, { conversation: id })
  server.clock.set('2030-01-01T09:00:00.000Z')
  await server.app.kernel.jobs.runDue()
  expect(await lines(server, bo, id)).toEqual([])
  expect(await lines(server, bo, other)).toMatchObject([{ about: lonely, count: 0, leading: [] }])
})
