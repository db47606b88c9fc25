import { removeMember } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

async function group(server: TestServer, owner: TestMember, others: TestMember[] = []) {
  const { conversation } = await server
    .as(owner)
    .call(ops.createGroup, { name: '读书会', members: others.map((m) => m.id) })
  return conversation.id
}

async function link(server: TestServer, by: TestMember, conversation: string, approval = false, expiresInHours = 168) {
  const made = await server.as(by).call(ops.createGroupLink, { conversation, approval, expiresInHours })
  return { ...made, token: made.url.split('/').at(-1) ?? '' }
}

const nobodys = 'x'.repeat(43)

test('a colleague sees where a link leads, joins, and a line tells it; once is enough', async () => {
  await using server = await startTestServer()
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann)
  const { token, url } = await link(server, ann, id)
  expect(url).toMatch(/\/group\/join\/[\w-]{43}$/)
  expect(await server.as(bo).call(ops.getGroupLink, { token })).toMatchObject({
    conversation: id,
    name: '读书会',
    count: 1,
    invitedBy: ann.id,
    approval: false,
    state: 'open',
  })
  expect(await server.as(bo).call(ops.joinByLink, { token })).toEqual({ conversation: id, waiting: false })
  expect(await server.as(bo).call(ops.joinByLink, { token })).toEqual({ conversation: id, waiting: false })
  expect((await server.as(bo).call(ops.getGroupLink, { token })).state).toBe('joined')
  const { messages } = await server.as(bo).call(ops.listMessages, { conversation: id, before: 1_000, limit: 50 })
  expect(messages.map((m) => m.object)).toMatchObject([
    { kind: 'system', sender: bo.id, body: { event: 'joined_by_link', principals: [ann.id] } },
  ])
})

test('a link is nothing to other companies, and ends by time, by being revoked, with its maker and with the group', async () => {
  await using server = await startTestServer({ now: '2030-01-01T09:00:00.000Z' })
  const elsewhere = await server.tenant('另一家')
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const outsider = await server.member({ tenant: elsewhere })
  const id = await group(server, ann, [cy])
  const { token, id: linkId } = await link(server, ann, id, false, 24)
  const look = (by: TestMember | null, of: string) => server.as(by).call(ops.getGroupLink, { token: of })
  const join = (by: TestMember | null, of: string) => server.as(by).call(ops.joinByLink, { token: of })
  for (const open of [look, join]) {
    await expect(open(outsider, token)).rejects.toMatchObject({ code: 'not_found' })
    await expect(open(bo, nobodys)).rejects.toMatchObject({ code: 'not_found' })
    await expect(open(null, token)).rejects.toMatchObject({ code: 'unauthenticated' })
  }
  await expect(server.as(cy).call(ops.revokeGroupLink, { conversation: id, link: linkId })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(server.as(bo).call(ops.revokeGroupLink, { conversation: id, link: linkId })).rejects.toMatchObject({
    code: 'not_found',
  })
  await server.as(ann).call(ops.revokeGroupLink, { conversation: id, link: linkId })
  await expect(server.as(bo).call(ops.joinByLink, { token })).rejects.toMatchObject({ code: 'link_invalid' })
  expect((await server.as(ann).call(ops.listGroupLinks, { conversation: id })).items).toEqual([])

  const short = await link(server, ann, id, false, 1)
  server.clock.pass(3_601)
  await expect(server.as(bo).call(ops.getGroupLink, { token: short.token })).rejects.toMatchObject({
    code: 'link_invalid',
  })

  const handed = await link(server, ann, id)
  await server.as(ann).call(ops.transferOwnership, { conversation: id, to: cy.id })
  // Its maker is an ordinary member now, who may make none here.
  await expect(server.as(bo).call(ops.joinByLink, { token: handed.token })).rejects.toMatchObject({
    code: 'link_invalid',
  })
  const last = await link(server, cy, id)
  await server.as(cy).call(ops.dissolveGroup, { conversation: id })
  await expect(server.as(bo).call(ops.joinByLink, { token: last.token })).rejects.toMatchObject({
    code: 'conversation_closed',
  })
  await expect(link(server, cy, id)).rejects.toMatchObject({ code: 'conversation_closed' })
})

test('members make links where the group lets them, and see and revoke their own', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  await expect(link(server, bo, id)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(bo).call(ops.updateGroup, { conversation: id, memberLinks: true })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  expect(await server.as(ann).call(ops.updateGroup, { conversation: id, memberLinks: true })).toMatchObject({
    memberLinks: true,
  })
  const own = await link(server, bo, id)
  const other = await link(server, ann, id)
  const seen = async (by: TestMember) =>
    (await server.as(by).call(ops.listGroupLinks, { conversation: id })).items.map((one) => one.id)
  expect(await seen(bo)).toEqual([own.id])
  expect(await seen(ann)).toEqual([other.id, own.id])
  // What a member made ends when the group lets them no more.
  await server.as(ann).call(ops.updateGroup, { conversation: id, memberLinks: false })
  await expect(server.as(cy).call(ops.joinByLink, { token: own.token })).rejects.toMatchObject({ code: 'link_invalid' })
  await server.as(bo).call(ops.revokeGroupLink, { conversation: id, link: own.id })
  await server.as(ann).call(ops.updateGroup, { conversation: id, memberLinks: true })
  await expect(server.as(cy).call(ops.joinByLink, { token: own.token })).rejects.toMatchObject({ code: 'link_invalid' })
})

test('with approval people wait until the owner or an admin decides; who waits is counted in the members object', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, di] = [await server.member(), await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const { token } = await link(server, ann, id, true)
  for (const asker of [cy, di, cy])
    expect(await server.as(asker).call(ops.joinByLink, { token })).toEqual({ conversation: id, waiting: true })
  expect((await server.as(cy).call(ops.getGroupLink, { token })).state).toBe('waiting')
  await expect(server.as(cy).call(ops.getConversation, { conversation: id })).rejects.toMatchObject({
    code: 'not_found',
  })
  const waiting = async () => (await server.as(bo).call(ops.getConversation, { conversation: id })).members.waiting
  expect(await waiting()).toBe(2)
  await expect(server.as(bo).call(ops.listGroupJoinRequests, { conversation: id })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  const { items } = await server.as(ann).call(ops.listGroupJoinRequests, { conversation: id })
  expect(items.map((r) => [r.member, r.invitedBy])).toEqual([
    [cy.id, ann.id],
    [di.id, ann.id],
  ])
  const decide = (by: TestMember, request: string | undefined, accept: boolean) =>
    server.as(by).call(ops.decideGroupJoinRequest, { conversation: id, request: request ?? '', accept })
  await expect(decide(bo, items[0]?.id, true)).rejects.toMatchObject({ code: 'not_allowed' })
  await decide(ann, items[0]?.id, true)
  await expect(decide(ann, items[0]?.id, true)).rejects.toMatchObject({ code: 'not_found' })
  await server.as(ann).call(ops.setAdmin, { conversation: id, member: bo.id, admin: true })
  await decide(bo, items[1]?.id, false)
  expect(await waiting()).toBe(0)
  expect((await server.as(cy).call(ops.getConversation, { conversation: id })).members.count).toBe(3)
  expect((await server.as(di).call(ops.getGroupLink, { token })).state).toBe('open')
  // Whoever is added by hand asks no longer.
  await server.as(di).call(ops.joinByLink, { token })
  await server.as(bo).call(ops.addMembers, { conversation: id, members: [di.id] })
  expect(await waiting()).toBe(0)
})

test('open links and people who wait have their bounds', { timeout: 120_000 }, async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const ann = await server.member()
  const id = await group(server, ann)
  const { token } = await link(server, ann, id, true)
  for (let n = 1; n < limits.groupLinks; n++) await link(server, ann, id)
  await expect(link(server, ann, id)).rejects.toMatchObject({
    code: 'too_many_links',
    data: { limit: limits.groupLinks },
  })
  const late = await server.member()
  // One after the other: asked at once, some would be told “busy”, which is not what is looked at here.
  for (let n = 0; n < limits.groupJoinRequests; n++)
    await server.as(await server.member()).call(ops.joinByLink, { token })
  await expect(server.as(late).call(ops.joinByLink, { token })).rejects.toMatchObject({
    code: 'too_many_join_requests',
  })
  const { items } = await server.as(ann).call(ops.listGroupJoinRequests, { conversation: id })
  expect(items).toHaveLength(limits.groupJoinRequests)
})

test('two who join while all are muted may read and not write; somebody who leaves the company asks no longer', async () => {
  await using server = await startTestServer()
  const [boss, ann, bo, cy] = [
    await server.member({ role: 'owner' }),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const id = await group(server, ann)
  await server.as(ann).call(ops.updateGroup, { conversation: id, muteAll: true })
  await server.as(bo).call(ops.joinByLink, { token: (await link(server, ann, id)).token })
  await expect(
    server
      .as(bo)
      .call(ops.sendMessage, { conversation: id, key: 'muted-newcomer', message: { kind: 'text', text: '大家好' } }),
  ).rejects.toMatchObject({ code: 'muted' })
  await server.as(cy).call(ops.joinByLink, { token: (await link(server, ann, id, true)).token })
  await server.as(boss).call(removeMember, { member: cy.id })
  await server.app.kernel.jobs.runDue()
  const { members } = await server.as(ann).call(ops.getConversation, { conversation: id })
  expect(members).toMatchObject({ count: 2, waiting: 0 })
})
