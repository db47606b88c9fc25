import { isDeepStrictEqual } from 'node:util'
import * as directory from '@heyi/contract/directory'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { outboxSettled } from '../../../test/outbox.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { sql } from '../../kernel/db.js'
import { writeTransaction } from '../../kernel/write.js'
import { createEntries } from '../directory/entries.js'
import { findFacts } from './department-store.js'

const now = '2024-01-08T01:00:00.000Z'

async function department(server: TestServer, admin: TestMember, name: string, parent: string | null = null) {
  return (await server.as(admin).call(directory.createDepartment, { parent, name })).id
}

async function place(server: TestServer, admin: TestMember, member: TestMember, departments: string[]) {
  const { member: entry } = await server.as(admin).call(directory.getMember, { member: member.id })
  await server.as(admin).call(directory.updateMember, { member: member.id, version: entry.version, departments })
}

async function lead(server: TestServer, admin: TestMember, id: string, leaders: string[]) {
  const { department: entry } = await server.as(admin).call(directory.getDepartment, { department: id })
  await server.as(admin).call(directory.updateDepartment, { department: id, version: entry.version, leaders })
}

const switchOn = (server: TestServer, by: TestMember, of: string, below = true) =>
  server.as(by).call(ops.setDepartmentGroup, { department: of, on: true, below })

/** Until the readers and jobs of this copy have brought the group to these people. */
async function follows(server: TestServer, admin: TestMember, of: string, members: TestMember[]) {
  const { db, outbox, jobs } = server.app.kernel
  await outboxSettled(db)
  const wanted = members.map(({ id }) => id).sort()
  const [by] = members
  await until(async () => {
    await outbox.readAll()
    await jobs.runDue()
    const { group } = await server.as(by ?? admin).call(ops.getDepartmentGroup, { department: of })
    if (!by || !group?.joined) return !by && group?.count === 0
    const page = { conversation: group.conversation, cursor: null, limit: 200 }
    const { items } = await server.as(by).call(ops.listMembers, page)
    return isDeepStrictEqual(items.map(({ id }) => id).sort(), wanted)
  })
}

async function lines(server: TestServer, as: TestMember, conversation: string) {
  const { messages } = await server.as(as).call(ops.listMessages, { conversation, before: 1_000_000, limit: 50 })
  return messages.flatMap(({ object }) => (object.kind === 'system' && object.body ? [object.body] : []))
}

test('the group of a department follows it: who comes, moves, is disabled or leaves, and what it is called', async () => {
  await using server = await startTestServer({ now })
  const boss = await server.member({ role: 'owner' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const [dee, eve] = [await server.member(), await server.member()]
  const sales = await department(server, boss, '销售部')
  const east = await department(server, boss, '华东组', sales)
  await place(server, boss, ann, [sales])
  await place(server, boss, bo, [east])
  await expect(switchOn(server, ann, sales)).rejects.toMatchObject({ code: 'not_allowed' })
  const made = await switchOn(server, boss, sales)
  expect(made).toMatchObject({ mayManage: true, group: { name: '销售部', below: true, count: 2, joined: false } })
  const conversation = made.group?.conversation ?? ''
  // Once more changes nothing.
  expect(await switchOn(server, boss, sales)).toEqual(made)
  await follows(server, boss, sales, [ann, bo])
  expect(await lines(server, ann, conversation)).toEqual([{ event: 'department_on' }])
  expect((await server.as(ann).call(ops.getConversation, { conversation })).conversation).toMatchObject({
    department: sales,
    owner: null,
  })

  await place(server, boss, cy, [east])
  await place(server, boss, bo, [])
  await follows(server, boss, sales, [ann, cy])
  await place(server, boss, dee, [sales])
  await follows(server, boss, sales, [ann, cy, dee])
  await server.as(boss).call(directory.disableMember, { member: dee.id })
  await follows(server, boss, sales, [ann, cy])
  await sql`update person set password_hash = 'some' where id = ${dee.personId}`.execute(server.app.kernel.db)
  await server.as(boss).call(directory.enableMember, { member: dee.id })
  await follows(server, boss, sales, [ann, cy, dee])
  await place(server, boss, dee, [])
  await follows(server, boss, sales, [ann, cy])
  await place(server, boss, eve, [sales, east])
  await follows(server, boss, sales, [ann, cy, eve])
  await server.as(boss).call(directory.removeMember, { member: eve.id })
  await follows(server, boss, sales, [ann, cy])
  const told = (await lines(server, ann, conversation)).map(({ event, count }) => [event, count])
  expect(told.filter(([event]) => event === 'department_joined')).toEqual([
    ['department_joined', 1],
    ['department_joined', 1],
    ['department_joined', 1],
    ['department_joined', 1],
  ])

  // Without those below; the departments move, too.
  await switchOn(server, boss, sales, false)
  await follows(server, boss, sales, [ann])
  await switchOn(server, boss, sales, true)
  await follows(server, boss, sales, [ann, cy])
  const north = await department(server, boss, '北区')
  const entry = (await server.as(boss).call(directory.getDepartment, { department: east })).department
  const moved = await server
    .as(boss)
    .call(directory.updateDepartment, { department: east, version: entry.version, parent: north })
  await follows(server, boss, sales, [ann])
  await server
    .as(boss)
    .call(directory.updateDepartment, { department: east, version: moved.version, parent: sales, name: '江浙沪' })
  await follows(server, boss, sales, [ann, cy])

  // Its name and its owner are the department’s, until it gets a name of its own.
  const rename = async (name: string) => {
    const { department: at } = await server.as(boss).call(directory.getDepartment, { department: sales })
    await server.as(boss).call(directory.updateDepartment, { department: sales, version: at.version, name })
  }
  const shown = async () => (await server.as(ann).call(ops.getConversation, { conversation })).conversation
  const becomes = (facts: Partial<{ name: string; owner: string | null }>) =>
    until(async () => {
      await server.app.kernel.outbox.readAll()
      await server.app.kernel.jobs.runDue()
      const at = await shown()
      return Object.entries(facts).every(([key, value]) => at[key as 'name' | 'owner'] === value)
    })
  await rename('营销部')
  await becomes({ name: '营销部' })
  await lead(server, boss, sales, [cy.id, ann.id])
  await becomes({ owner: cy.id })
  await lead(server, boss, sales, [ann.id])
  await becomes({ owner: ann.id })
  expect((await server.as(cy).call(ops.getConversation, { conversation })).membership.role).toBe('member')
  await server.as(cy).call(ops.updateGroup, { conversation, name: '营销一家人' })
  await rename('市场部')
  await lead(server, boss, sales, [cy.id])
  await becomes({ owner: cy.id, name: '营销一家人' })
})

test('nobody is put in or out of it by hand; switched off it is an ordinary group of whoever leads it', async () => {
  await using server = await startTestServer({ now })
  const boss = await server.member({ role: 'owner' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const sales = await department(server, boss, '销售部')
  await place(server, boss, ann, [sales])
  await place(server, boss, bo, [sales])
  await lead(server, boss, sales, [ann.id])
  // Whoever leads it may do this, too.
  const made = await switchOn(server, ann, sales)
  const conversation = made.group?.conversation ?? ''
  expect(made.group).toMatchObject({ count: 2, joined: true })
  const automatic = { code: 'group_automatic' }
  const asAnn = server.as(ann)
  await expect(asAnn.call(ops.addMembers, { conversation, members: [cy.id] })).rejects.toMatchObject(automatic)
  await expect(asAnn.call(ops.removeMembers, { conversation, members: [bo.id] })).rejects.toMatchObject(automatic)
  await expect(asAnn.call(ops.transferOwnership, { conversation, to: bo.id })).rejects.toMatchObject(automatic)
  await expect(asAnn.call(ops.banMember, { conversation, member: bo.id })).rejects.toMatchObject(automatic)
  await expect(asAnn.call(ops.dissolveGroup, { conversation })).rejects.toMatchObject(automatic)
  await expect(server.as(bo).call(ops.leaveConversation, { conversation })).rejects.toMatchObject(automatic)
  await expect(
    asAnn.call(ops.createGroupLink, { conversation, approval: false, expiresInHours: 1 }),
  ).rejects.toMatchObject(automatic)
  await expect(
    server.as(bo).call(ops.setDepartmentGroup, { department: sales, on: false, below: true }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  const off = await asAnn.call(ops.setDepartmentGroup, { department: sales, on: false, below: true })
  expect(off).toEqual({ group: null, mayManage: true })
  const { conversation: ordinary } = await asAnn.call(ops.getConversation, { conversation })
  expect(ordinary).toMatchObject({ department: null, owner: ann.id, dissolved: false })
  expect((await lines(server, bo, conversation)).at(-1)).toEqual({ event: 'department_off' })
  await asAnn.call(ops.addMembers, { conversation, members: [cy.id] })
  await server.as(bo).call(ops.leaveConversation, { conversation })

  // Nobody leads this one: it is whose who switched it off, though they were not in it.
  const east = await department(server, boss, '华东组')
  await place(server, boss, bo, [east])
  const other = (await switchOn(server, boss, east)).group?.conversation ?? ''
  await server.as(boss).call(ops.setDepartmentGroup, { department: east, on: false, below: true })
  expect((await server.as(boss).call(ops.getConversation, { conversation: other })).membership.role).toBe('owner')
  // It may have one again: another.
  expect((await switchOn(server, boss, east)).group?.conversation).not.toBe(other)
})

test('a department that is deleted takes its group along', async () => {
  await using server = await startTestServer({ now })
  const boss = await server.member({ role: 'owner' })
  const ann = await server.member()
  const sales = await department(server, boss, '销售部')
  await place(server, boss, ann, [sales])
  const conversation = (await switchOn(server, boss, sales)).group?.conversation ?? ''
  await place(server, boss, ann, [])
  await server.as(boss).call(directory.deleteDepartment, { department: sales })
  const { db, outbox, jobs } = server.app.kernel
  await outboxSettled(db)
  await until(async () => {
    await outbox.readAll()
    await jobs.runDue()
    return (await findFacts(db, boss.tenantId, conversation))?.dissolved
  })
  await expect(server.as(ann).call(ops.getConversation, { conversation })).rejects.toMatchObject({ code: 'not_found' })
  await expect(server.as(boss).call(ops.getDepartmentGroup, { department: sales })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('hundreds come in bites, also with two copies at work and a job that runs again: each once, told in one line', async () => {
  await using server = await startTestServer({ now, checkAnswers: false })
  const boss = await server.member({ role: 'owner' })
  const ann = await server.member()
  const sales = await department(server, boss, '销售部')
  await place(server, boss, ann, [sales])
  const conversation = (await switchOn(server, boss, sales)).group?.conversation ?? ''
  await server.as(boss).call(directory.addMember, { name: '旁人', account: 'somebody' })
  await using other = await startTestServer({ now, beside: server, checkAnswers: false })
  const { kernel, identity } = server.app
  const entries = Array.from({ length: 250 }, (_, i) => ({ name: `同事${i}`, account: `colleague${i}` }))
  await writeTransaction(kernel, async (db, changes) => {
    const persons = await identity.createPersons(db, entries)
    await createEntries(
      { kernel, identity, avatarChecks: [], imported: [] },
      { db, changes },
      boss.tenantId,
      entries.map((entry, i) => ({
        ...entry,
        personId: persons[i] ?? '',
        role: 'member',
        state: 'active',
        departments: [sales],
      })),
    )
  })
  // Heard twice over: once as it is, once because the department was renamed.
  await lead(server, boss, sales, [ann.id])
  await outboxSettled(kernel.db)
  await until(async () => {
    await Promise.all([kernel.outbox.readAll(), other.app.kernel.outbox.readAll()])
    await Promise.all([kernel.jobs.runDue(), other.app.kernel.jobs.runDue()])
    const { group } = await server.as(boss).call(ops.getDepartmentGroup, { department: sales })
    return group?.count === 251
  })
  await until(async () => (await kernel.jobs.runDue()) + (await other.app.kernel.jobs.runDue()) === 0)
  const told = (await lines(server, ann, conversation)).filter(({ event }) => event === 'department_joined')
  expect(told).toMatchObject([{ count: 250 }])
  expect(told[0]?.principals).toHaveLength(10)
})

test('a group welcomes those who join: in one line for all who come within a minute, however they come', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo, cy, dee] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const made = await server.as(ann).call(ops.createGroup, { name: '项目组', members: [bo.id] })
  const conversation = made.conversation.id
  const set = (by: TestMember, text: string) => server.as(by).call(ops.setWelcome, { conversation, text })
  await expect(set(bo, '欢迎')).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(set(dee, '欢迎')).rejects.toMatchObject({ code: 'not_found' })
  expect(await set(ann, ' 欢迎 {name}，先看群公告 ')).toMatchObject({ welcome: '欢迎 {name}，先看群公告' })
  const welcomes = async () => {
    await server.app.kernel.jobs.runDue()
    return (await lines(server, ann, conversation)).filter(({ event }) => event === 'welcome')
  }
  await server.as(ann).call(ops.addMembers, { conversation, members: [cy.id] })
  const first = { text: '欢迎 {name}，先看群公告', principals: [cy.id], count: 1 }
  expect(await welcomes()).toMatchObject([first])
  // Within the minute nothing is said; at its end all who came are welcomed at once, but not who left again.
  const { url } = await server.as(ann).call(ops.createGroupLink, { conversation, approval: false, expiresInHours: 1 })
  await server.as(dee).call(ops.joinByLink, { token: url.split('/').at(-1) ?? '' })
  await server.as(bo).call(ops.leaveConversation, { conversation })
  await server.as(ann).call(ops.addMembers, { conversation, members: [bo.id] })
  await server.as(cy).call(ops.leaveConversation, { conversation })
  await server.as(ann).call(ops.addMembers, { conversation, members: [cy.id] })
  await server.as(cy).call(ops.leaveConversation, { conversation })
  expect(await welcomes()).toHaveLength(1)
  server.clock.pass(61)
  expect(await welcomes()).toMatchObject([first, { principals: [dee.id, bo.id], count: 2 }])
  expect(await set(ann, '')).toMatchObject({ welcome: null })
  await server.as(ann).call(ops.addMembers, { conversation, members: [cy.id] })
  server.clock.pass(61)
  expect(await welcomes()).toHaveLength(2)
})

test('in the group of a department without a head, who manages the company stands in for an owner, until it has one', async () => {
  await using server = await startTestServer({ now })
  const boss = await server.member({ role: 'owner' })
  const admin = await server.member({ role: 'admin' })
  const [ann, bo] = [await server.member(), await server.member()]
  const sales = await department(server, boss, '销售部')
  for (const one of [admin, ann, bo]) await place(server, boss, one, [sales])
  const conversation = (await switchOn(server, boss, sales)).group?.conversation ?? ''
  await follows(server, boss, sales, [admin, ann, bo])
  const notice = (by: TestMember, text: string) => server.as(by).call(ops.setGroupNotice, { conversation, text })
  let saidSerial = 0
  const said = async (by: TestMember) =>
    (
      await server.as(by).call(ops.sendMessage, {
        conversation,
        key: `standing-${++saidSerial}`,
        message: { kind: 'text', text: '大家好' },
      })
    ).seq
  // A role in the company opens no conversation.
  await expect(notice(boss, '周会')).rejects.toMatchObject({ code: 'not_found' })
  await expect(notice(ann, '周会')).rejects.toMatchObject({ code: 'not_allowed' })
  expect(await notice(admin, '周会')).toMatchObject({ notice: { text: '周会', by: admin.id }, owner: null })
  await server.as(admin).call(ops.setWelcome, { conversation, text: '欢迎' })
  await server.as(admin).call(ops.pinMessage, { conversation, seq: await said(ann), pinned: true })
  await server.as(admin).call(ops.recallMessage, { conversation, seq: await said(bo) })
  await server.as(admin).call(ops.silenceMember, { conversation, member: bo.id, seconds: 60 })
  await expect(said(bo)).rejects.toMatchObject({ code: 'silenced' })
  await server.as(admin).call(ops.setAdmin, { conversation, member: ann.id, admin: true })
  await notice(ann, '周会改到周三')
  // What nobody does in the group of a department, they do not either.
  for (const refused of [
    () => server.as(admin).call(ops.leaveConversation, { conversation }),
    () => server.as(admin).call(ops.dissolveGroup, { conversation }),
    () => server.as(admin).call(ops.transferOwnership, { conversation, to: bo.id }),
  ])
    await expect(refused()).rejects.toMatchObject({ code: 'group_automatic' })

  // The role as it is at that moment, and only as long as nobody leads.
  await server.as(boss).call(directory.setRole, { member: admin.id, role: 'member' })
  await expect(notice(admin, '不行')).rejects.toMatchObject({ code: 'not_allowed' })
  await server.as(boss).call(directory.setRole, { member: admin.id, role: 'admin' })
  await notice(admin, '周会取消')
  await lead(server, boss, sales, [bo.id])
  const { db, outbox, jobs } = server.app.kernel
  await outboxSettled(db)
  await until(async () => {
    await outbox.readAll()
    await jobs.runDue()
    return (await server.as(bo).call(ops.getConversation, { conversation })).conversation.owner === bo.id
  })
  await expect(notice(admin, '不再')).rejects.toMatchObject({ code: 'not_allowed' })
  await notice(bo, '我来')
})
