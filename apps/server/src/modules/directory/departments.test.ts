import * as ops from '@heyi/contract/directory'
import { pull, watch } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { people } from '../../../test/people.js'
import { startTestServer } from '../../../test/server.js'
import { sql } from '../../kernel/db.js'

const now = '2030-01-01T00:00:00.000Z'
const refusal = (code: string) => ({ code })
const names = (items: { name: string }[]) => items.map(({ name }) => name)

test('departments: made, listed in order, moved, led and deleted, by admins only', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain, stranger } = await people(server)
  const by = server.as(admin)
  const make = (name: string, parent: string | null = null) => by.call(ops.createDepartment, { parent, name })
  const [product, market] = [await make('产品中心'), await make('市场部')]
  const design = await make('品牌设计部', product.id)
  const below = await make('影像', design.id)
  await expect(server.as(plain).call(ops.createDepartment, { parent: null, name: 'x' })).rejects.toMatchObject(
    refusal('not_allowed'),
  )
  await expect(server.as(stranger).call(ops.createDepartment, { parent: product.id, name: 'x' })).rejects.toMatchObject(
    refusal('not_found'),
  )

  const top = (limit: number, cursor: string | null = null) =>
    server.as(plain).call(ops.listDepartments, { parent: null, cursor, limit })
  const first = await top(1)
  expect([names(first.items), names((await top(1, first.next)).items), (await top(2)).next]).toEqual([
    ['产品中心'],
    ['市场部'],
    null,
  ])
  expect(first.items[0]).toMatchObject({ childCount: 1, memberCount: 0 })
  await expect(
    server.as(stranger).call(ops.listDepartments, { parent: product.id, cursor: null, limit: 9 }),
  ).rejects.toMatchObject(refusal('not_found'))

  const move = (department: string, version: number, parent: string) =>
    by.call(ops.updateDepartment, { department, version, parent })
  await expect(move(product.id, 1, below.id)).rejects.toMatchObject(refusal('department_cycle'))
  await expect(move(design.id, 7, market.id)).rejects.toMatchObject({ code: 'version_conflict', data: { version: 1 } })
  await expect(
    by.call(ops.updateDepartment, { department: design.id, version: 1, leaders: [stranger.id] }),
  ).rejects.toMatchObject(refusal('not_found'))
  expect(await move(design.id, 1, market.id)).toMatchObject({ parent: market.id, version: 2 })
  expect((await top(9)).items.map(({ childCount }) => childCount)).toEqual([0, 1])

  const remove = (department: string) => by.call(ops.deleteDepartment, { department })
  await expect(remove(market.id)).rejects.toMatchObject(refusal('department_not_empty'))
  await expect(server.as(stranger).call(ops.deleteDepartment, { department: product.id })).rejects.toMatchObject(
    refusal('not_found'),
  )
  await remove(product.id)
  expect(names((await top(9)).items)).toEqual(['市场部'])
})

test('the tree counts everybody below a department once', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain } = await people(server)
  const by = server.as(admin)
  const make = (name: string, parent: string | null = null) => by.call(ops.createDepartment, { parent, name })
  const [product, market] = [await make('产品中心'), await make('市场部')]
  const [design, planning] = [await make('品牌设计部', product.id), await make('产品规划', product.id)]
  const film = await make('影像', design.id)
  const add = async (account: string, ...departments: string[]) =>
    (await by.call(ops.addMember, { name: account, account, departments })).member
  await add('chen', design.id)
  // In two departments below one, and in one of them beside the one above.
  const both = await add('both', film.id, planning.id, market.id)
  await add('head', product.id, film.id)
  const tree = async (parent: string | null) => {
    const { items } = await server.as(plain).call(ops.listDepartments, { parent, cursor: null, limit: 9 })
    return Object.fromEntries(items.map(({ name, memberCount, totalCount }) => [name, [memberCount, totalCount]]))
  }
  expect(await tree(null)).toEqual({ 产品中心: [1, 3], 市场部: [1, 1] })
  expect(await tree(product.id)).toEqual({ 品牌设计部: [1, 3], 产品规划: [1, 1] })
  await by.call(ops.updateDepartment, { department: design.id, version: 1, parent: market.id })
  expect(await tree(null)).toEqual({ 产品中心: [1, 2], 市场部: [1, 3] })
  await by.call(ops.removeMember, { member: both.id })
  expect(await tree(null)).toEqual({ 产品中心: [1, 1], 市场部: [0, 2] })
})

test('the totals of a large company are kept for some seconds', async () => {
  await using server = await startTestServer({ now })
  const { admin } = await people(server)
  const by = server.as(admin)
  const top = await by.call(ops.createDepartment, { parent: null, name: '集团' })
  const below = await by.call(ops.createDepartment, { parent: top.id, name: '中心' })
  const seat = (first: number, last: number) =>
    sql`insert into department_member (tenant_id, department_id, member_id, main, sort_key)
      select ${admin.tenantId}, ${below.id}, 'mem_' || i, true, '' from generate_series(${first}::int, ${last}::int) i`.execute(
      server.app.kernel.db,
    )
  const total = async () =>
    (await by.call(ops.listDepartments, { parent: null, cursor: null, limit: 9 })).items[0]?.totalCount
  await seat(1, 9_998)
  expect(await total()).toBe(9_998)
  await seat(9_999, 10_000)
  expect(await total()).toBe(10_000)
  await seat(10_001, 10_003)
  expect(await total()).toBe(10_000)
  server.clock.pass(3600)
  expect(await total()).toBe(10_003)
})

test('two moves at once never close a circle', async () => {
  await using server = await startTestServer({ now })
  const { admin } = await people(server)
  const by = server.as(admin)
  const [a, b] = [
    await by.call(ops.createDepartment, { parent: null, name: 'A' }),
    await by.call(ops.createDepartment, { parent: null, name: 'B' }),
  ]
  const moves = [
    by.call(ops.updateDepartment, { department: a.id, version: 1, parent: b.id }),
    by.call(ops.updateDepartment, { department: b.id, version: 1, parent: a.id }),
  ]
  const ended = await Promise.allSettled(moves)
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal('department_cycle') })
})

test('people of a department: leaders first, then by sound, page by page', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain } = await people(server)
  const by = server.as(admin)
  const team = await by.call(ops.createDepartment, { parent: null, name: '团队' })
  const add = async (name: string, account: string) =>
    (await by.call(ops.addMember, { name, account, departments: [team.id] })).member
  const added = [
    await add('周予安', 'zhou'),
    await add('陈宇', 'chen'),
    await add('Anna', 'anna'),
    await add('单翊', 'shan'),
  ]
  const leaders = [added[3]?.id ?? '', plain.id, added[0]?.id ?? '']
  await by.call(ops.updateDepartment, { department: team.id, version: 1, leaders })
  const list = async (limit: number) => {
    const found: string[] = []
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page: { items: ops.Profile[]; next: string | null } = await server
        .as(plain)
        .call(ops.listDepartmentMembers, { department: team.id, cursor, limit })
      found.push(...names(page.items))
      cursor = page.next
    }
    return found
  }
  for (const limit of [1, 2, 3, 9]) expect(await list(limit)).toEqual(['单翊', '周予安', 'Anna', '陈宇'])
  const { items } = await by.call(ops.listDepartmentMembers, { department: null, cursor: null, limit: 9 })
  expect(names(items).sort()).toEqual(['唐一鸣', '程小满', '顾南乔'])
  await by.call(ops.removeMember, { member: leaders[0] ?? '' })
  expect(await list(9)).toEqual(['周予安', 'Anna', '陈宇'])
})

test('who watches a department hears of everything in it, and is told who left', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain, stranger } = await people(server)
  const by = server.as(admin)
  const [top, other] = [
    await by.call(ops.createDepartment, { parent: null, name: '上' }),
    await by.call(ops.createDepartment, { parent: null, name: '旁' }),
  ]
  const team = await by.call(ops.createDepartment, { parent: top.id, name: '队' })
  const [socket, outside] = [await server.as(plain).socket(), await server.as(stranger).socket()]
  expect(await socket.call(watch, { feeds: [top.id, team.id] })).toEqual({ feeds: [top.id, team.id] })
  expect(await outside.call(watch, { feeds: [top.id, team.id] })).toEqual({ feeds: [] })
  const { member } = await by.call(ops.addMember, { name: '林知夏', account: 'linzhixia', departments: [team.id] })
  const added = await socket.frame(
    ({ feed, changes }) => feed === team.id && changes?.some(({ kind }) => kind === 'departmentMember') === true,
  )
  expect(added.changes).toMatchObject([
    { kind: 'department', id: team.id, object: { memberCount: 1 } },
    { kind: 'departmentMember', id: member.id, object: { name: '林知夏', department: '队' } },
  ])
  await socket.frame(({ feed, changes }) => feed === top.id && changes?.[0]?.id === team.id)

  await by.call(ops.updateMember, { member: member.id, version: 1, departments: [other.id] })
  const left = await socket.frame(
    ({ feed, changes }) => feed === team.id && changes?.some(({ removed }) => removed) === true,
  )
  expect(left.changes).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ id: member.id, removed: true })]),
  )
  await by.call(ops.updateDepartment, { department: team.id, version: 1, parent: null })
  await socket.frame(
    ({ feed, changes }) => feed === top.id && changes?.some(({ id, removed }) => id === team.id && removed) === true,
  )
  // A pull tells the same story to whoever was away.
  const request = { feed: other.id, rev: null, view: null, floor: 0, take: 0 }
  const { feeds } = await server.as(plain).call(pull, { feeds: [request] })
  expect(feeds[0]).toMatchObject({
    changes: [
      { kind: 'department', object: { memberCount: 1 } },
      { id: member.id, object: { department: '旁' } },
    ],
  })
  expect((await server.as(stranger).call(pull, { feeds: [request] })).feeds).toEqual([{ feed: other.id, gone: true }])
})
