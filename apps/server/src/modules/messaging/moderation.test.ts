import { removeMember } from '@heyi/contract/directory'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

const at = (time: string) => `2030-01-01T${time}:00.000Z`
let serial = 0
const key = () => `key-${process.pid}-${++serial}`
const text = (words: string) => ({ kind: 'text' as const, text: words })

const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '项目组', members: members.map(({ id }) => id) })).conversation
    .id
const say = (server: TestServer, by: TestMember, conversation: string, words: string) =>
  server.as(by).call(ops.sendMessage, { conversation, key: key(), message: text(words) })
const mute = (server: TestServer, by: TestMember, conversation: string, member: TestMember, seconds: number | null) =>
  server.as(by).call(ops.silenceMember, { conversation, member: member.id, seconds })
const ban = (server: TestServer, by: TestMember, conversation: string, member: TestMember) =>
  server.as(by).call(ops.banMember, { conversation, member: member.id })
const events = async (server: TestServer, by: TestMember, conversation: string) =>
  (await server.as(by).call(ops.listMessages, { conversation, before: 1e6, limit: 50 })).messages.flatMap(
    ({ object }) => (object.kind === 'system' && object.body ? [object.body.event] : []),
  )
const open = async (server: TestServer, by: TestMember, conversation: string, approval = false) => {
  const { url } = await server.as(by).call(ops.createGroupLink, { conversation, approval, expiresInHours: 24 })
  return { token: url.split('/').at(-1) ?? '' }
}

async function storedFile(server: TestServer, owner: TestMember): Promise<string> {
  const { kernel, files } = server.app
  return kernel.db
    .transaction()
    .execute((tx) => files.store(tx, owner.tenantId, owner.id, { name: '录音.txt', bytes: Buffer.from('嗯') }))
}

test('who is muted says nothing by any way, alone, until the time has passed', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const other = await group(server, bo, [ann])
  const { seq } = await say(server, bo, id, '先说一句')
  const elsewhere = await say(server, bo, other, '转过去')
  const file = await storedFile(server, bo)
  const scheduled = await server.as(bo).call(ops.scheduleMessage, {
    conversation: id,
    body: { text: '八点半说' },
    quote: null,
    receipt: null,
    ladder: null,
    sendAt: at('08:30'),
  })
  using device = await server.as(bo).socket()
  expect(await mute(server, ann, id, bo, 3600)).toEqual({ until: at('09:00') })
  const told = await device.frame((frame) => (frame.changes ?? []).some(({ kind }) => kind === 'membership'))
  expect(told.changes).toMatchObject([{ kind: 'membership', id, object: { silenced: { until: at('09:00') } } }])

  const refused = { code: 'silenced', data: { until: at('09:00') } }
  const message = { conversation: id, key: key() }
  const as = server.as(bo)
  const ways = [
    () => as.call(ops.sendMessage, { ...message, message: text('再说一句') }),
    () => device.call(ops.sendMessage, { ...message, message: text('换一条路') }),
    () => as.call(ops.sendMessage, { ...message, message: text('在话题里'), root: seq }),
    () => as.call(ops.sendMessage, { ...message, message: { kind: 'file', file } }),
    () => as.call(ops.sendMessage, { ...message, message: { kind: 'voice', file, durationMs: 900, waveform: [1] } }),
    () => as.call(ops.editMessage, { conversation: id, seq, text: '改成别的' }),
    () => as.call(ops.react, { conversation: id, seq, emoji: '😡', on: true }),
    () => as.call(ops.updateGroup, { conversation: id, name: '我就要说' }),
    () => as.call(ops.setNickname, { conversation: id, nickname: '我就要说' }),
    () =>
      as.call(ops.scheduleMessage, {
        conversation: id,
        body: { text: '待会说' },
        quote: null,
        receipt: null,
        ladder: null,
        sendAt: at('08:40'),
      }),
  ]
  for (const way of ways) await expect(way(), String(way)).rejects.toMatchObject(refused)
  await expect(as.call(ops.forwardMessages, { from: other, seqs: [elsewhere.seq], to: [id] })).rejects.toMatchObject({
    code: 'silenced',
    data: { until: at('09:00'), conversation: id },
  })
  // Reading, taking back, and speaking elsewhere stay theirs.
  await say(server, bo, other, '别处可以')
  await as.call(ops.recallMessage, { conversation: id, seq })
  // What was to be sent meanwhile stays, with the reason.
  server.clock.set(at('08:30'))
  await server.app.kernel.jobs.runDue()
  await expect(as.call(ops.sendScheduled, { id: scheduled.id, version: 2 })).rejects.toMatchObject(refused)
  // Nothing was said of it in the group, and only those who run it see it.
  expect(await events(server, cy, id)).toEqual(['created'])
  const members = { conversation: id, cursor: null, limit: 10 }
  const shown = async (by: TestMember) =>
    (await server.as(by).call(ops.listMembers, members)).items.map(({ silenced }) => silenced)
  expect(await shown(ann)).toEqual([null, { until: at('09:00') }, null])
  expect(await shown(cy)).toEqual([null, null, null])

  server.clock.set(at('09:00'))
  await say(server, bo, id, '又能说了')
  expect(await shown(ann)).toEqual([null, null, null])
  await as.call(ops.sendScheduled, { id: scheduled.id, version: 2 })
})

test('a mute is changed, lifted, outlasts leaving, and ends where its bearer comes to run the group', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const refused = (until: string | null) => ({ code: 'silenced', data: { until } })
  await mute(server, ann, id, bo, 600)
  await mute(server, ann, id, bo, null)
  await expect(say(server, bo, id, '嗯')).rejects.toMatchObject(refused(null))
  await server.as(bo).call(ops.leaveConversation, { conversation: id })
  await server.as(cy).call(ops.addMembers, { conversation: id, members: [bo.id] })
  await expect(say(server, bo, id, '我回来了')).rejects.toMatchObject(refused(null))
  await server.as(ann).call(ops.endSilence, { conversation: id, member: bo.id })
  await server.as(ann).call(ops.endSilence, { conversation: id, member: bo.id })
  await say(server, bo, id, '谢谢')
  await mute(server, ann, id, bo, null)
  await server.as(ann).call(ops.setAdmin, { conversation: id, member: bo.id, admin: true })
  await say(server, bo, id, '管理员说话')
  expect((await server.as(bo).call(ops.getConversation, { conversation: id })).membership.silenced).toBeNull()
  await mute(server, ann, id, cy, null)
  await server.as(ann).call(ops.transferOwnership, { conversation: id, to: cy.id })
  await say(server, cy, id, '群主说话')
})

test('nobody acts on themselves or the owner, admins not on each other, members on nobody', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, di, eve] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const id = await group(server, ann, [bo, cy, di])
  for (const admin of [bo, cy])
    await server.as(ann).call(ops.setAdmin, { conversation: id, member: admin.id, admin: true })
  const notAllowed = { code: 'not_allowed' }
  for (const [by, on] of [
    [bo, ann],
    [bo, cy],
    [bo, bo],
    [ann, ann],
    [di, bo],
    [di, di],
  ] as const) {
    await expect(mute(server, by, id, on, 600)).rejects.toMatchObject(notAllowed)
    await expect(ban(server, by, id, on)).rejects.toMatchObject(notAllowed)
  }
  // Whoever runs the group is never muted; the owner takes the role first.
  await expect(mute(server, ann, id, bo, 600)).rejects.toMatchObject(notAllowed)
  await expect(server.as(di).call(ops.listBanned, { conversation: id, cursor: null, limit: 5 })).rejects.toMatchObject(
    notAllowed,
  )
  await expect(server.as(di).call(ops.liftBan, { conversation: id, member: eve.id })).rejects.toMatchObject(notAllowed)
  await expect(server.as(di).call(ops.endSilence, { conversation: id, member: di.id })).rejects.toMatchObject(
    notAllowed,
  )
  const notFound = { code: 'not_found' }
  await expect(mute(server, eve, id, di, 600)).rejects.toMatchObject(notFound)
  await expect(ban(server, eve, id, di)).rejects.toMatchObject(notFound)
  await expect(mute(server, ann, id, eve, 600)).rejects.toMatchObject(notFound)
  const direct = await server.as(ann).call(ops.openDirect, { with: di.id })
  await expect(mute(server, ann, direct.conversation.id, di, 600)).rejects.toMatchObject(notAllowed)
  await ban(server, ann, id, bo)
  await ban(server, cy, id, di)
})

test('who is banned is out at once and comes back by no link, request or member; those who run the group see and lift it', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo, cy, di] = [await server.member(), await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  await server.as(ann).call(ops.setAdmin, { conversation: id, member: bo.id, admin: true })
  const link = await open(server, ann, id)
  const asking = await open(server, ann, id, true)
  await server.as(di).call(ops.joinByLink, asking)
  const [asked] = (await server.as(ann).call(ops.listGroupJoinRequests, { conversation: id })).items
  // Opened before, and used after.
  await server.as(di).call(ops.getGroupLink, link)
  await ban(server, ann, id, cy)
  server.clock.set(at('08:01'))
  await ban(server, bo, id, di)
  await ban(server, ann, id, di)

  await expect(say(server, cy, id, '怎么了')).rejects.toMatchObject({ code: 'not_found' })
  expect((await events(server, ann, id)).at(-1)).toBe('removed')
  for (const one of [cy, di])
    for (const way of [link, asking]) {
      await expect(server.as(one).call(ops.getGroupLink, way)).rejects.toMatchObject({ code: 'banned' })
      await expect(server.as(one).call(ops.joinByLink, way)).rejects.toMatchObject({ code: 'banned' })
    }
  await expect(
    server.as(ann).call(ops.decideGroupJoinRequest, { conversation: id, request: asked?.id ?? '', accept: true }),
  ).rejects.toMatchObject({ code: 'not_found' })
  const list = async (cursor: string | null, limit: number) =>
    server.as(bo).call(ops.listBanned, { conversation: id, cursor, limit })
  const first = await list(null, 1)
  expect(first.items).toEqual([{ member: di.id, by: bo.id, at: at('08:01') }])
  expect((await list(first.next, 1)).items).toEqual([{ member: cy.id, by: ann.id, at: at('08:00') }])
  // A member does not undo it; those who run the group do, by adding or by lifting.
  await server.as(ann).call(ops.setAdmin, { conversation: id, member: bo.id, admin: false })
  await expect(server.as(bo).call(ops.addMembers, { conversation: id, members: [cy.id] })).rejects.toMatchObject({
    code: 'member_banned',
    data: { members: [cy.id] },
  })
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [cy.id] })
  await say(server, cy, id, '我会注意')
  await server.as(ann).call(ops.liftBan, { conversation: id, member: di.id })
  await expect(server.as(ann).call(ops.liftBan, { conversation: id, member: di.id })).rejects.toMatchObject({
    code: 'not_found',
  })
  await server.as(di).call(ops.joinByLink, link)
  expect((await server.as(ann).call(ops.listBanned, { conversation: id, cursor: null, limit: 5 })).items).toEqual([])
})

test('a ban and an invitation at once end in one of them; whoever leaves the company is on no list', async () => {
  await using server = await startTestServer()
  const [boss, ann, bo, cy] = [
    await server.member({ role: 'owner' }),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const id = await group(server, ann, [bo])
  const link = await open(server, ann, id)
  for (let n = 0; n < 5; n++) {
    const [banned] = await Promise.allSettled([
      ban(server, ann, id, cy),
      n % 2 === 0
        ? server.as(cy).call(ops.joinByLink, link)
        : server.as(bo).call(ops.addMembers, { conversation: id, members: [cy.id] }),
    ])
    // Told to try again, it is: an answer that was given holds.
    if (banned.status === 'rejected') await ban(server, ann, id, cy)
    const { items } = await server.as(ann).call(ops.listMembers, { conversation: id, cursor: null, limit: 10 })
    expect(items.map((member) => member.id)).not.toContain(cy.id)
    await server.as(ann).call(ops.liftBan, { conversation: id, member: cy.id })
  }
  await ban(server, ann, id, cy)
  await server.as(boss).call(removeMember, { member: cy.id })
  await server.app.kernel.jobs.runDue()
  expect((await server.as(ann).call(ops.listBanned, { conversation: id, cursor: null, limit: 5 })).items).toEqual([])
})
