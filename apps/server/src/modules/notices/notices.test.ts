import * as directory from '@heyi/contract/directory'
import { signUrls } from '@heyi/contract/files'
import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/notices'
import * as tell from '@heyi/contract/notifications'
import * as rest from '@heyi/contract/rest'
import { expect, test } from 'vitest'
import { startPushService } from '../../../test/push-service.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { writeTransaction } from '../../kernel/write.js'
import { createEntries } from '../directory/entries.js'

// In the past: the outbox is kept an hour by the clock of the test, and written by the database's own.
const at = (time: string) => `2024-01-08T${time}:00.000Z`
const everyone = { everyone: true, departments: [], roles: [] }
const plain = {
  title: '关于国庆后考勤恢复的说明',
  text: '十月九日起恢复正常考勤。\n请提前安排行程。',
  files: [],
  audience: everyone,
  mustRead: false,
  commentsOn: true,
  publishAt: null,
}
const first = { cursor: null, limit: 50 }

const current = async (server: TestServer, by: TestMember) =>
  (await server.as(by).call(ops.listNotices, { box: 'current', ...first })).items.map(({ id }) => id)
const summary = (server: TestServer, by: TestMember) => server.as(by).call(ops.getNoticeSummary, {})

async function put(server: TestServer, by: TestMember, member: TestMember, departments: string[]): Promise<void> {
  const { version } = (await server.as(by).call(directory.getMember, { member: member.id })).member
  await server.as(by).call(directory.updateMember, { member: member.id, version, departments })
}

const department = (server: TestServer, by: TestMember, name: string, parent: string | null = null) =>
  server.as(by).call(directory.createDepartment, { name, parent })

test('a notice is for whom it names: everybody, departments with those below, roles; and follows people as they move', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [boss, ann, bo, cy] = [
    await server.member({ role: 'owner' }),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const sales = await department(server, boss, '销售部')
  const east = await department(server, boss, '华东区', sales.id)
  const works = await department(server, boss, '生产部')
  await put(server, boss, ann, [east.id])
  await put(server, boss, bo, [works.id])
  const post = async (audience: typeof everyone | object) =>
    (
      await server
        .as(boss)
        .call(ops.createNotice, { ...plain, audience: { ...everyone, everyone: false, ...audience } })
    ).id
  await expect(post({})).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(post({ departments: [`dep_${'0'.repeat(20)}`] })).rejects.toMatchObject({ code: 'not_found' })
  const forAll = await post({ everyone: true })
  server.clock.pass(1)
  const forSales = await post({ departments: [sales.id] })
  server.clock.pass(1)
  const forHeads = await post({ roles: ['owner', 'admin'] })
  expect(await current(server, ann)).toEqual([forSales, forAll])
  expect(await current(server, bo)).toEqual([forAll])
  expect(await current(server, boss)).toEqual([forHeads, forAll])
  await expect(server.as(bo).call(ops.getNotice, { id: forSales })).rejects.toMatchObject({ code: 'not_found' })
  await expect(server.as(bo).call(ops.readNotice, { id: forSales, confirm: true })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await summary(server, ann)).toMatchObject({ unread: 2, latest: { id: forSales }, mayPost: false })
  // Whoever wrote it is not told of it.
  expect(await summary(server, boss)).toMatchObject({ unread: 0, mayPost: true })
  await server.as(ann).call(ops.readNotice, { id: forSales, confirm: false })
  expect(await summary(server, ann)).toMatchObject({ unread: 1 })

  // Who moves there is asked too; who leaves sees it no more.
  await put(server, boss, bo, [sales.id])
  await put(server, boss, ann, [])
  expect(await current(server, bo)).toEqual([forSales, forAll])
  expect(await summary(server, bo)).toMatchObject({ unread: 2 })
  await expect(server.as(ann).call(ops.getNotice, { id: forSales })).rejects.toMatchObject({ code: 'not_found' })
  expect(await server.as(boss).call(ops.getNoticeStatistics, { id: forSales })).toEqual({
    asked: 1,
    read: 0,
    confirmed: 0,
  })

  // Who comes to the company later finds it, and is not asked.
  server.clock.pass(60)
  const newcomer = await server.member()
  expect(await current(server, newcomer)).toEqual([forAll])
  expect(await server.as(newcomer).call(ops.getNotice, { id: forAll })).toMatchObject({ asked: false, readAt: null })
  expect(await summary(server, newcomer)).toMatchObject({ unread: 0, toConfirm: 0 })
  expect(await server.as(boss).call(ops.getNoticeStatistics, { id: forAll })).toEqual({
    asked: 3,
    read: 0,
    confirmed: 0,
  })
  expect(await current(server, cy)).toEqual([forAll])
})

test('those whom an admin names may post; their own are theirs to manage, and nobody else’s', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  await expect(server.as(ann).call(ops.createNotice, plain)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(ann).call(ops.setNoticePublishers, { members: [ann.id] })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await server.as(boss).call(ops.setNoticePublishers, { members: [ann.id] })
  expect(await summary(server, ann)).toMatchObject({ mayPost: true })
  const hers = await server.as(ann).call(ops.createNotice, plain)
  server.clock.pass(1)
  const bosss = await server.as(boss).call(ops.createNotice, { ...plain, title: '湖畔楼四层茶水间改造完成' })
  const managed = async (by: TestMember) =>
    (await server.as(by).call(ops.listNotices, { box: 'managed', ...first })).items.map(({ id }) => id)
  expect(await managed(ann)).toEqual([hers.id])
  expect(await managed(boss)).toEqual([bosss.id, hers.id])
  expect(await managed(bo)).toEqual([])
  await expect(server.as(ann).call(ops.withdrawNotice, { id: bosss.id })).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(bo).call(ops.getNoticeStatistics, { id: hers.id })).rejects.toMatchObject({
    code: 'not_allowed',
  })

  // Changed after it was published: seen, and only where that may be changed.
  server.clock.pass(60)
  const update = (of: object) => server.as(ann).call(ops.updateNotice, { id: hers.id, version: hers.version, ...of })
  await expect(update({ mustRead: true })).rejects.toMatchObject({ code: 'notice_fixed' })
  const changed = await update({ title: '考勤恢复（更新）' })
  expect(changed).toMatchObject({ title: '考勤恢复（更新）', editedAt: server.clock.now(), version: 2 })
  await expect(update({ title: '又改' })).rejects.toMatchObject({ code: 'version_conflict' })
  await server.as(ann).call(ops.archiveNotice, { id: hers.id, archived: true })
  expect(await current(server, bo)).toEqual([bosss.id])
  const aside = await server.as(bo).call(ops.listNotices, { box: 'archived', ...first })
  expect(aside.items).toMatchObject([{ id: hers.id }])
  expect(await summary(server, bo)).toMatchObject({ unread: 1 })
  await server.as(boss).call(ops.withdrawNotice, { id: hers.id })
  await expect(server.as(bo).call(ops.getNotice, { id: hers.id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await server.as(ann).call(ops.getNotice, { id: hers.id })).toMatchObject({ state: 'withdrawn' })
  await server.as(boss).call(ops.setNoticePublishers, { members: [] })
  await expect(server.as(ann).call(ops.createNotice, plain)).rejects.toMatchObject({ code: 'not_allowed' })
})

test('who has read and confirmed is counted by department, listed in pages, exported, and the rest is reminded now and then', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const boss = await server.member({ role: 'owner', name: '=顾总' })
  const people: TestMember[] = []
  for (let n = 0; n < 6; n++) people.push(await server.member({ name: n === 0 ? '=1+1' : `同事${n}` }))
  const [ann, bo] = people as [TestMember, TestMember]
  const sales = await department(server, boss, '销售部')
  const east = await department(server, boss, '华东区', sales.id)
  for (const member of people.slice(0, 4)) await put(server, boss, member, [east.id])
  const { id } = await server.as(boss).call(ops.createNotice, { ...plain, mustRead: true })
  const asBoss = server.as(boss)
  server.clock.pass(60)
  const readAt = server.clock.now()
  expect(await server.as(ann).call(ops.readNotice, { id, confirm: false })).toEqual({ readAt, confirmedAt: null })
  server.clock.pass(60)
  const confirmedAt = server.clock.now()
  for (let times = 0; times < 2; times++)
    expect(await server.as(ann).call(ops.readNotice, { id, confirm: true })).toEqual({ readAt, confirmedAt })
  await server.as(bo).call(ops.readNotice, { id, confirm: false })
  expect(await summary(server, ann)).toMatchObject({ unread: 0, toConfirm: 0 })
  expect(await summary(server, bo)).toMatchObject({ unread: 0, toConfirm: 1 })
  expect(await asBoss.call(ops.getNoticeStatistics, { id })).toEqual({ asked: 6, read: 2, confirmed: 1 })
  const page = await asBoss.call(ops.listNoticeDepartments, { id, cursor: null, limit: 1 })
  expect(page.items).toEqual([{ department: east.id, path: ['销售部', '华东区'], asked: 4, read: 2, confirmed: 1 }])
  const next = await asBoss.call(ops.listNoticeDepartments, { id, cursor: page.next, limit: 1 })
  expect(next).toEqual({ items: [{ department: null, path: [], asked: 2, read: 0, confirmed: 0 }], next: null })
  const listed = async (which: 'read' | 'unread' | 'confirmed' | 'unconfirmed') => {
    const found: string[] = []
    for (let cursor: string | null = null; ; ) {
      const part: { items: { member: string }[]; next: string | null } = await asBoss.call(ops.listNoticeReaders, {
        id,
        which,
        cursor,
        limit: 2,
      })
      found.push(...part.items.map(({ member }) => member))
      cursor = part.next
      if (cursor === null) return found
    }
  }
  expect(await listed('read')).toEqual([ann.id, bo.id])
  expect(await listed('confirmed')).toEqual([ann.id])
  expect(await listed('unread')).toEqual(
    people
      .slice(2)
      .map((member) => member.id)
      .sort(),
  )
  expect(await listed('unconfirmed')).toEqual(
    people
      .slice(1)
      .map((member) => member.id)
      .sort(),
  )

  const file = await asBoss.call(ops.exportNoticeStatistics, { id })
  expect(file).toMatchObject({ name: '关于国庆后考勤恢复的说明.csv', rows: 6 })
  const signed = await asBoss.call(signUrls, { items: [{ file: file.file, via: null, variant: 'original' }] })
  const csv = await (await fetch(new URL(signed.items[0]?.url ?? '', server.url))).text()
  expect(csv).toContain('"姓名","部门","阅读时间","确认时间"\r\n')
  // Nothing of what people call themselves is a formula.
  expect(csv).toContain(`"'=1+1","华东区","2024-01-08 09:01:00","2024-01-08 09:02:00"\r\n`)
  await expect(server.as(ann).call(ops.exportNoticeStatistics, { id })).rejects.toMatchObject({ code: 'not_allowed' })

  using device = await server.as(bo).socket()
  await server.as(people[2] as TestMember).call(rest.setRest, { until: at('09:00') })
  expect(await asBoss.call(ops.remindNotice, { id })).toEqual({ reminded: 4, resting: 1 })
  const told = await until(() => device.others.find(({ reminded }) => reminded !== undefined))
  expect(told).toEqual({ signal: 'notices', reminded: { id, title: plain.title } })
  await expect(asBoss.call(ops.remindNotice, { id })).rejects.toMatchObject({ code: 'reminded_lately' })
  for (let n = 1; n < limits.noticeRemindersPerDay; n++) {
    server.clock.pass(limits.remindSeconds + 1)
    await asBoss.call(ops.remindNotice, { id })
  }
  server.clock.pass(limits.remindSeconds + 1)
  await expect(asBoss.call(ops.remindNotice, { id })).rejects.toMatchObject({ code: 'reminded_often' })
  server.clock.pass(24 * 3600)
  await asBoss.call(ops.remindNotice, { id })
})

test('a notice waits for its time through restarts and is published once; what changed meanwhile is not published early', async () => {
  await using server = await startTestServer({ now: at('01:00'), env: { HEYI_CALL_INSIDE: 'on' } })
  await using push = await startPushService()
  const [boss, ann] = [await server.member({ role: 'owner' }), await server.member()]
  await server.as(ann).call(tell.subscribePush, push.browser(ann.id).subscription)
  const plan = (publishAt: string) => server.as(boss).call(ops.createNotice, { ...plain, publishAt })
  await expect(plan(at('00:59'))).rejects.toMatchObject({ code: 'time_not_allowed' })
  const due = await plan(at('02:00'))
  const later = await plan(at('02:00'))
  const gone = await plan(at('02:00'))
  expect(due).toMatchObject({ state: 'scheduled', publishAt: at('02:00') })
  await server.as(boss).call(ops.updateNotice, { id: later.id, version: later.version, publishAt: at('03:00') })
  await server.as(boss).call(ops.withdrawNotice, { id: gone.id })
  expect(await current(server, ann)).toEqual([])
  await expect(server.as(ann).call(ops.getNotice, { id: due.id })).rejects.toMatchObject({ code: 'not_found' })
  await using other = await startTestServer({ now: at('02:01'), beside: server })
  server.clock.set(at('02:01'))
  // Both, for either may be at it already.
  const runDue = () => Promise.all([server, other].map((copy) => copy.app.kernel.jobs.runDue()))
  await runDue()
  expect(await current(server, ann)).toEqual([due.id])
  await runDue()
  const ledger = async () =>
    (await server.as(ann).call(tell.listLedger, { cursor: null, limit: 50 })).items.filter(
      ({ reason }) => reason === 'notice',
    )
  expect(await ledger()).toHaveLength(1)
  const now = await server.as(boss).call(ops.getNotice, { id: later.id })
  server.clock.pass(1)
  await server.as(boss).call(ops.publishNotice, { id: later.id, version: now.version })
  expect(await current(server, ann)).toEqual([later.id, due.id])
  server.clock.set(at('03:01'))
  await runDue()
  expect(await ledger()).toHaveLength(2)
})

test('who rests hears of a new notice when they are back, unless they know it by then', async () => {
  await using server = await startTestServer({ now: at('01:00'), env: { HEYI_CALL_INSIDE: 'on' } })
  await using push = await startPushService()
  const [boss, ann] = [await server.member({ role: 'owner' }), await server.member()]
  await server.as(ann).call(tell.subscribePush, push.browser(ann.id).subscription)
  await server.as(ann).call(rest.setRest, { until: at('02:00') })
  const known = await server.as(boss).call(ops.createNotice, plain)
  server.clock.pass(1)
  const news = await server.as(boss).call(ops.createNotice, { ...plain, title: '第四季度培训报名' })
  await server.app.kernel.jobs.runDue()
  const ledger = async () => (await server.as(ann).call(tell.listLedger, { cursor: null, limit: 50 })).items
  expect(await ledger()).toMatchObject([{ state: 'held' }, { state: 'held' }])
  await server.as(ann).call(ops.readNotice, { id: known.id, confirm: false })
  server.clock.set(at('02:01'))
  await server.app.kernel.jobs.runDue()
  await until(async () => (await ledger()).some(({ reason }) => reason === 'notice'))
  const told = await ledger()
  expect(told.filter(({ reason }) => reason === 'notice')).toHaveLength(1)
  expect(told.filter(({ state }) => state === 'dropped')).toMatchObject([{ failure: 'already_read' }])
  expect(await summary(server, ann)).toMatchObject({ unread: 1, latest: { id: news.id } })
})

test('files are read by whom the notice is for; comments are said, taken away, and closed', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  const sales = await department(server, boss, '销售部')
  await put(server, boss, ann, [sales.id])
  const upload = (owner: TestMember, name: string) =>
    server.app.kernel.db
      .transaction()
      .execute((tx) => server.app.files.store(tx, owner.tenantId, owner.id, { name, bytes: Buffer.from(name) }))
  const [file, another, others] = [
    await upload(boss, '考勤制度.txt'),
    await upload(boss, '附表.txt'),
    await upload(bo, '别人的.txt'),
  ]
  const audience = { everyone: false, departments: [sales.id], roles: [] }
  const create = (files: string[]) => server.as(boss).call(ops.createNotice, { ...plain, audience, files })
  await expect(create([others])).rejects.toMatchObject({ code: 'not_found' })
  const made = await create([file])
  expect(made.files).toMatchObject([{ file, name: '考勤制度.txt' }])
  const { id } = made
  const urls = async (by: TestMember, of: string) =>
    (await server.as(by).call(signUrls, { items: [{ file: of, via: { notice: id }, variant: 'original' }] })).items
      .length
  expect(await urls(ann, file)).toBe(1)
  expect(await urls(bo, file)).toBe(0)
  expect(await urls(ann, another)).toBe(0)
  await server.as(boss).call(ops.updateNotice, { id, version: made.version, files: [another] })
  expect(await urls(ann, file)).toBe(0)
  expect(await urls(ann, another)).toBe(1)

  const say = (by: TestMember, text: string) => server.as(by).call(ops.addNoticeComment, { id, text })
  await expect(say(bo, '看不到')).rejects.toMatchObject({ code: 'not_found' })
  const hers = await say(ann, '请问附表在哪里？')
  server.clock.pass(1)
  const his = await say(boss, '已补上')
  const said = await server.as(ann).call(ops.listNoticeComments, { id, ...first })
  expect(said.items).toMatchObject([
    { text: '请问附表在哪里？', mayDelete: true },
    { text: '已补上', mayDelete: false },
  ])
  const remove = (by: TestMember, comment: string) => server.as(by).call(ops.deleteNoticeComment, { id, comment })
  await expect(remove(ann, his.id)).rejects.toMatchObject({ code: 'not_allowed' })
  await remove(ann, hers.id)
  expect(await server.as(boss).call(ops.getNotice, { id })).toMatchObject({ comments: 1 })
  await server.as(boss).call(ops.updateNotice, { id, version: 2, commentsOn: false })
  await expect(say(ann, '再问一句')).rejects.toMatchObject({ code: 'comments_closed' })
})

test('an audience of 10,000 is counted, listed and read without anybody having a row before', {
  timeout: 300_000,
}, async () => {
  await using server = await startTestServer()
  const boss = await server.member({ role: 'owner' })
  const { kernel, identity } = server.app
  const top = await department(server, boss, '全公司')
  const parts: string[] = []
  for (let n = 0; n < 20; n++) parts.push((await department(server, boss, `第 ${n} 部`, top.id)).id)
  const members: string[] = []
  while (members.length < 10_000) {
    const from = members.length
    const entries = Array.from({ length: 2_000 }, (_, i) => ({
      name: `同事${from + i}`,
      account: `colleague${from + i}`,
      departments: [parts[i % 20] ?? ''],
    }))
    const made = await writeTransaction(kernel, async (db, changes) => {
      const persons = await identity.createPersons(db, entries)
      return createEntries(
        { kernel, identity, avatarChecks: [], imported: [] },
        { db, changes },
        boss.tenantId,
        entries.map((entry, i) => ({ ...entry, personId: persons[i] ?? '', role: 'member', state: 'active' })),
      )
    })
    members.push(...made)
  }
  const audience = { everyone: false, departments: [top.id], roles: [] }
  const { id } = await server.as(boss).call(ops.createNotice, { ...plain, audience, mustRead: true })
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const began = performance.now()
    return [await work(), performance.now() - began]
  }
  const [counts, countMs] = await timed(() => server.as(boss).call(ops.getNoticeStatistics, { id }))
  expect(counts).toEqual({ asked: 10_000, read: 0, confirmed: 0 })
  const [byPart, partMs] = await timed(() => server.as(boss).call(ops.listNoticeDepartments, { id, ...first }))
  expect(byPart.items).toHaveLength(20)
  const [missing] = await timed(() =>
    server.as(boss).call(ops.listNoticeReaders, { id, which: 'unconfirmed', cursor: null, limit: 200 }),
  )
  expect(missing.items).toHaveLength(200)
  // Tens of milliseconds on an idle machine; what is caught here is a query for each of them.
  expect(countMs).toBeLessThan(2_000)
  expect(partMs).toBeLessThan(2_000)
  expect(await server.as(boss).call(ops.remindNotice, { id })).toEqual({ reminded: 10_000, resting: 0 })
})
