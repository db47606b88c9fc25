import * as directory from '@heyi/contract/directory'
import * as files from '@heyi/contract/files'
import { listAudit } from '@heyi/contract/identity'
import * as ops from '@heyi/contract/messaging'
import { pull } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

let serial = 0
const key = () => `kept-key-${++serial}`
const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '样品', members: members.map(({ id }) => id) })).conversation.id
const say = async (server: TestServer, by: TestMember, conversation: string, text: string, names: string[] = []) => {
  const mentions = names.map((principal) => ({ principal, start: 0, length: 2 }))
  const message = { kind: 'text' as const, text, ...(mentions.length > 0 && { mentions }) }
  return (await server.as(by).call(ops.sendMessage, { conversation, key: key(), message })).seq
}
const pinsOf = async (server: TestServer, by: TestMember, feed: string) => {
  const request = { feed, rev: null, view: null, floor: 0, take: 0 }
  const [answer] = (await server.as(by).call(pull, { feeds: [request] })).feeds
  const changes = answer && 'changes' in answer ? answer.changes : []
  return (changes.find(({ kind }) => kind === 'pins')?.object as ops.Pins | undefined)?.items.map(({ seq }) => seq)
}

test('messages are pinned by those who run a group, in talks of two by either; what is recalled is pinned no more', async () => {
  await using server = await startTestServer()
  const [ann, bo, eve] = await Promise.all([server.member(), server.member(), server.member()])
  const id = await group(server, ann, [bo])
  const pin = (by: TestMember, seq: number, pinned = true, conversation = id) =>
    server.as(by).call(ops.pinMessage, { conversation, seq, pinned })
  const [first, second] = [await say(server, bo, id, '一'), await say(server, bo, id, '二')]
  await pin(ann, first)
  expect((await pin(ann, second)).items).toMatchObject([{ seq: second, by: ann.id }, { seq: first }])
  expect(await pinsOf(server, bo, id)).toEqual([second, first])
  await expect(pin(bo, first, false)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(pin(eve, first)).rejects.toMatchObject({ code: 'not_found' })
  await server.as(bo).call(ops.recallMessage, { conversation: id, seq: second })
  expect(await pinsOf(server, bo, id)).toEqual([first])
  await expect(pin(ann, second)).rejects.toMatchObject({ code: 'message_gone' })
  await pin(ann, first, false)
  expect(await pinsOf(server, bo, id)).toEqual([])
  const most = await Promise.all(Array.from({ length: 21 }, (_, n) => say(server, ann, id, `第 ${n} 句`)))
  for (const seq of most.slice(1)) await pin(ann, seq)
  await expect(pin(ann, most[0] ?? 0)).rejects.toMatchObject({ code: 'too_many_pins', data: { limit: 20 } })

  const { conversation } = await server.as(ann).call(ops.openDirect, { with: bo.id })
  const said = await say(server, ann, conversation.id, '两人之间')
  await pin(bo, said, true, conversation.id)
  expect(await pinsOf(server, ann, conversation.id)).toEqual([said])
})

test('a favourite is a copy: found by words and tags, kept after a recall and after leaving', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy] = await Promise.all([server.member(), server.member(), server.member()])
  const id = await group(server, ann, [bo])
  const list = (by: TestMember, text = '', tag: string | null = null, cursor: string | null = null) =>
    server.as(by).call(ops.listFavourites, { text, tag, cursor, limit: 2 })
  const seqs = [
    await say(server, ann, id, '报价 ＡＢＣ'),
    await say(server, ann, id, '周四'),
    await say(server, ann, id, '三'),
  ]
  const { items } = await server.as(bo).call(ops.addFavourites, { conversation: id, seqs })
  expect(items.map(({ seq }) => seq)).toEqual(seqs)
  // Once more changes nothing.
  expect(await server.as(bo).call(ops.addFavourites, { conversation: id, seqs })).toEqual({ items })
  const page = await list(bo)
  expect(page.items.map(({ seq }) => seq)).toEqual([seqs[2], seqs[1]])
  expect((await list(bo, '', null, page.next)).items).toMatchObject([{ seq: seqs[0], of: '样品' }])
  expect((await list(bo, 'abc')).items).toMatchObject([{ item: { kind: 'text', body: { text: '报价 ＡＢＣ' } } }])
  const first = items[0]?.id ?? ''
  expect(await server.as(bo).call(ops.tagFavourite, { id: first, tags: ['报价', '面料', '报价'] })).toMatchObject({
    tags: ['报价', '面料'],
  })
  expect((await list(bo, '', '面料')).items).toMatchObject([{ id: first }])
  expect((await list(bo, '面料')).items).toMatchObject([{ id: first }])
  expect(await server.as(bo).call(ops.listFavouriteTags, {})).toEqual({
    items: [
      { tag: '报价', count: 1 },
      { tag: '面料', count: 1 },
    ],
  })
  expect((await list(ann)).items).toEqual([])
  await expect(server.as(ann).call(ops.removeFavourite, { id: first })).rejects.toMatchObject({ code: 'not_found' })

  await server.as(ann).call(ops.recallMessage, { conversation: id, seq: seqs[0] ?? 0 })
  await expect(
    server.as(ann).call(ops.addFavourites, { conversation: id, seqs: [seqs[0] ?? 0] }),
  ).rejects.toMatchObject({ code: 'message_gone' })
  await expect(server.as(cy).call(ops.addFavourites, { conversation: id, seqs: [seqs[1] ?? 0] })).rejects.toMatchObject(
    { code: 'not_found' },
  )
  await server.as(bo).call(ops.leaveConversation, { conversation: id })
  expect((await list(bo, '报价')).items).toMatchObject([{ id: first, item: { body: { text: '报价 ＡＢＣ' } } }])
  await server.as(bo).call(ops.removeFavourite, { id: first })
  expect((await list(bo, '报价')).items).toEqual([])
})

test('the file of a favourite stays readable to its keeper alone', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy] = await Promise.all([server.member(), server.member(), server.member()])
  const id = await group(server, ann, [bo, cy])
  const { kernel, files: door } = server.app
  const file = await kernel.db
    .transaction()
    .execute((tx) => door.store(tx, ann.tenantId, ann.id, { name: '样品.txt', bytes: Buffer.from('面料') }))
  const { seq } = await server
    .as(ann)
    .call(ops.sendMessage, { conversation: id, key: key(), message: { kind: 'file', file } })
  const { items } = await server.as(bo).call(ops.addFavourites, { conversation: id, seqs: [seq] })
  await server.as(ann).call(ops.recallMessage, { conversation: id, seq })
  const readable = async (by: TestMember) =>
    (
      await server
        .as(by)
        .call(files.signUrls, { items: [{ file, via: { conversation: id, seq }, variant: 'original' as const }] })
    ).items.length
  expect([await readable(bo), await readable(cy)]).toEqual([1, 0])
  await server.as(bo).call(ops.removeFavourite, { id: items[0]?.id ?? '' })
  expect(await readable(bo)).toBe(0)
})

test('who names me or everybody is listed over all conversations, paged, until it is recalled or I left', async () => {
  await using server = await startTestServer()
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  const one = await group(server, ann, [bo, boss])
  const two = await group(server, ann, [bo])
  const expected = [
    await say(server, ann, one, '@你 一', [bo.id]),
    await say(server, ann, two, '@所有人 二', ['all']),
    await say(server, ann, one, '@你 @所有人 三', [bo.id, 'all']),
  ]
  await say(server, ann, one, '没有提到')
  await say(server, bo, one, '@所有人 自己说的', ['all'])
  const gone = await say(server, ann, two, '@你 撤回', [bo.id])
  await server.as(ann).call(ops.recallMessage, { conversation: two, seq: gone })
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const page: { items: { message: ops.Message }[]; next: string | null } = await server
      .as(bo)
      .call(ops.listMentions, { cursor, limit: 2 })
    seen.push(...page.items.map(({ message }) => message.seq))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toEqual(expected.toReversed())
  expect((await server.as(boss).call(ops.listMentions, { cursor: null, limit: 50 })).items).toHaveLength(2)
  await server.as(bo).call(ops.leaveConversation, { conversation: one })
  expect((await server.as(bo).call(ops.listMentions, { cursor: null, limit: 50 })).items).toHaveLength(1)
  await server.as(boss).call(directory.removeMember, { member: ann.id })
  expect((await server.as(bo).call(ops.listMentions, { cursor: null, limit: 50 })).items).toHaveLength(1)
})

test('a day leads to the first message at or after it, of what its reader may see', async () => {
  await using server = await startTestServer({ now: '2030-01-01T08:00:00.000Z' })
  const [ann, bo] = await Promise.all([server.member(), server.member()])
  const id = await group(server, ann, [])
  const byDay = new Map<number, number>()
  for (let day = 1; day <= 9; day += 2) {
    server.clock.set(`2030-01-0${day}T08:00:00.000Z`)
    byDay.set(day, await say(server, ann, id, `${day} 号`))
    await server.as(ann).call(ops.sendMessage, {
      conversation: id,
      key: key(),
      message: { kind: 'text', text: '话题里' },
      root: byDay.get(day),
    })
  }
  const find = async (by: TestMember, day: number) =>
    (await server.as(by).call(ops.findByDate, { conversation: id, at: `2030-01-0${day}T00:00:00.000Z` })).seq
  expect(await find(ann, 3)).toBe(byDay.get(3))
  expect(await find(ann, 4)).toBe(byDay.get(5))
  expect(await find(ann, 9)).toBe(byDay.get(9))
  server.clock.set('2030-01-09T09:00:00.000Z')
  expect((await server.as(ann).call(ops.findByDate, { conversation: id, at: '2030-02-01T00:00:00.000Z' })).seq).toBe(
    null,
  )
  await expect(find(bo, 3)).rejects.toMatchObject({ code: 'not_found' })
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [bo.id] })
  // What was said before somebody came is not theirs to be led to.
  expect(await find(bo, 3)).toBeGreaterThan(byDay.get(9) ?? 0)
})

test('a conversation is exported by the company’s policy, which admins set, and each time is noted', async () => {
  await using server = await startTestServer()
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const seq = await say(server, ann, id, '要留档的话')
  const start = (by: TestMember) => server.as(by).call(ops.startExport, { conversation: id })
  const allow = (by: TestMember, who: ops.ExportPolicy['who']) => server.as(by).call(ops.setExportPolicy, { who })
  expect(await server.as(bo).call(ops.getExportPolicy, {})).toEqual({ who: 'owners' })
  expect(await start(ann)).toMatchObject({ before: seq + 1 })
  await expect(start(bo)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(start(boss)).rejects.toMatchObject({ code: 'not_found' })
  await expect(allow(bo, 'members')).rejects.toMatchObject({ code: 'not_allowed' })
  await allow(boss, 'members')
  await start(bo)
  await allow(boss, 'off')
  await expect(start(ann)).rejects.toMatchObject({ code: 'not_allowed' })
  const { items } = await server.as(boss).call(listAudit, { cursor: null, limit: 10 })
  const noted = items.filter(({ action }) => action === 'messaging.exported')
  expect(noted).toMatchObject([
    { actor: bo.id, subject: id },
    { actor: ann.id, subject: id },
  ])
})
