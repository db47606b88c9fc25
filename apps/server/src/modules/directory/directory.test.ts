import * as ops from '@heyi/contract/directory'
import * as identity from '@heyi/contract/identity'
import { pull, watch } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { sql } from '../../kernel/db.js'
import { writeTransaction } from '../../kernel/write.js'

const now = '2030-01-01T00:00:00.000Z'

/** An owner, an admin and a member of one company, and an owner of another. */
async function people(server: TestServer) {
  const [mine, theirs] = [await server.tenant('甲'), await server.tenant('乙')]
  const [owner, admin, plain, stranger] = [
    await server.member({ tenant: mine, role: 'owner', name: '顾南乔' }),
    await server.member({ tenant: mine, role: 'admin', name: '唐一鸣' }),
    await server.member({ tenant: mine, name: '程小满' }),
    await server.member({ tenant: theirs, role: 'owner', name: '外人' }),
  ]
  return { owner, admin, plain, stranger }
}

const refusal = (code: string) => ({ code })
const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? ''
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

test('a member is added with a link, changed, and found by everything that names them', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain, stranger } = await people(server)
  const by = server.as(admin)
  const product = await by.call(ops.createDepartment, { parent: null, name: '产品中心' })
  const design = await by.call(ops.createDepartment, { parent: product.id, name: '品牌设计部' })
  const entry = {
    name: '林知夏',
    account: 'linzhixia',
    alias: '夏夏',
    phone: '190-0000-0003',
    email: 'lzx@qian.example',
    departments: [design.id],
  }
  await expect(server.as(plain).call(ops.addMember, entry)).rejects.toMatchObject(refusal('not_allowed'))
  await expect(
    by.call(ops.addMember, { ...entry, departments: [product.id, 'dep_00000000000000000000'] }),
  ).rejects.toMatchObject(refusal('not_found'))
  await expect(by.call(ops.addMember, { name: '无' })).rejects.toMatchObject(refusal('invalid_input'))
  const { member, link } = await by.call(ops.addMember, entry)
  expect(link).toMatch(/\/link\/[\w-]{43}$/)
  await expect(by.call(ops.addMember, entry)).rejects.toMatchObject(refusal('already_member'))
  await expect(
    by.call(ops.addMember, { name: '李', account: 'other', phone: '+86 190 0000 0003' }),
  ).rejects.toMatchObject(refusal('login_taken'))

  const find = async (text: string, as: TestMember = plain) =>
    names((await server.as(as).call(ops.searchDirectory, { text, limit: 9 })).people)
  const finding = [
    '林知',
    '知夏',
    'linzhi',
    'zhixia',
    'lzx',
    '夏夏',
    'xiaxia',
    '190 0000 0003',
    '0003',
    'lzx@',
    '品牌',
    'ppsj',
    '林 设计部',
  ]
  for (const text of finding) expect([text, await find(text)]).toEqual([text, ['林知夏']])
  expect([await find('王'), await find('linzhixia', stranger)]).toEqual([[], []])
  expect((await server.as(plain).call(ops.searchDirectory, { text: 'sheji', limit: 9 })).departments).toMatchObject([
    { name: '品牌设计部', memberCount: 1 },
  ])

  const full = await server.as(plain).call(ops.getMember, { member: member.id })
  expect(full).toMatchObject({
    member: { account: 'linzhixia', state: 'invited' },
    departments: [{ path: ['产品中心', '品牌设计部'] }],
    reporting: [],
  })
  expect(await server.as(plain).call(ops.getDepartment, { department: design.id })).toMatchObject({
    department: { name: '品牌设计部', memberCount: 1 },
    path: [
      { id: product.id, name: '产品中心' },
      { id: design.id, name: '品牌设计部' },
    ],
  })
  await expect(server.as(stranger).call(ops.getMember, { member: member.id })).rejects.toMatchObject(
    refusal('not_found'),
  )
  // The number is whole only to admins and to whoever asks for it, which is written down.
  expect(full).toMatchObject({ member: { phone: '190 **** 0003' }, phoneMasked: true })
  expect(await by.call(ops.getMember, { member: member.id })).toMatchObject({
    member: { phone: '190-0000-0003' },
    phoneMasked: false,
  })
  expect(await server.as(plain).call(ops.viewPhone, { member: member.id })).toEqual({ phone: '190-0000-0003' })
  const { items: audit } = await by.call(identity.listAudit, { cursor: null, limit: 9 })
  expect(audit).toContainEqual(expect.objectContaining({ action: 'directory.phoneViewed', subject: member.id }))
  const update = (as: TestMember, version: number) =>
    server
      .as(as)
      .call(ops.updateMember, { member: member.id, version, name: '单翊', phone: '19000000009', departments: [] })
  await expect(update(plain, member.version)).rejects.toMatchObject(refusal('not_allowed'))
  await expect(update(stranger, member.version)).rejects.toMatchObject(refusal('not_found'))
  await expect(update(admin, 9)).rejects.toMatchObject(refusal('version_conflict'))
  expect(await update(admin, member.version)).toMatchObject({
    name: '单翊',
    departments: [],
    version: member.version + 1,
  })
  expect([await find('shanyi'), await find('林知夏'), await find('0009'), await find('品牌')]).toEqual([
    ['单翊'],
    [],
    ['单翊'],
    [],
  ])

  const redeem = { token: tokenOf(link), password: 'right horse', device: 'x', via: 'token' } as const
  await server.as(null).call(identity.redeemLink, redeem)
  const signIn = (login: string) =>
    server.as(null).call(identity.signIn, { login, password: 'right horse', device: 'x', via: 'token', keep: false })
  expect(await signIn('190 0000 0009')).toMatchObject({ member: member.id })
  await expect(signIn('190 0000 0003')).rejects.toMatchObject(refusal('sign_in_failed'))

  const change = (says: object) =>
    server.as(admin).call(ops.updateMember, { member: member.id, version: member.version + 1, ...says })
  await expect(change({ phone: '- - -' })).rejects.toMatchObject(refusal('invalid_input'))
  expect(await change({ phone: null })).toMatchObject({ phone: '', name: '单翊' })
  expect(await find('0009')).toEqual([])
  await expect(signIn('190 0000 0009')).rejects.toMatchObject(refusal('sign_in_failed'))
  expect(await signIn('linzhixia')).toMatchObject({ member: member.id })
})

test('nobody is left without anything to sign in with', async () => {
  await using server = await startTestServer()
  const admin = await server.member({ role: 'admin' })
  const { member } = await server.as(admin).call(ops.addMember, { name: '周放', phone: '19000000021' })
  const change = { member: member.id, version: member.version }
  await expect(server.as(admin).call(ops.updateMember, { ...change, phone: null })).rejects.toMatchObject(
    refusal('invalid_input'),
  )
  expect(
    await server.as(admin).call(ops.updateMember, { ...change, phone: null, email: 'zhou@example.com' }),
  ).toMatchObject({ phone: '', email: 'zhou@example.com' })
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

test('roles and states: who may change them, whose sessions end, and a company keeps an owner', async () => {
  await using server = await startTestServer({ now })
  const { owner, admin, plain, stranger } = await people(server)
  const role = (as: TestMember, member: TestMember, to: 'owner' | 'admin' | 'member') =>
    server.as(as).call(ops.setRole, { member: member.id, role: to })
  await expect(role(admin, plain, 'admin')).rejects.toMatchObject(refusal('not_allowed'))
  await expect(role(stranger, plain, 'admin')).rejects.toMatchObject(refusal('not_found'))
  await expect(role(owner, owner, 'admin')).rejects.toMatchObject(refusal('last_owner'))
  for (const op of [ops.disableMember, ops.removeMember]) {
    await expect(server.as(owner).call(op, { member: owner.id })).rejects.toMatchObject(refusal('last_owner'))
    await expect(server.as(admin).call(op, { member: owner.id })).rejects.toMatchObject(refusal('not_allowed'))
    await expect(server.as(stranger).call(op, { member: plain.id })).rejects.toMatchObject(refusal('not_found'))
  }
  expect(await role(owner, admin, 'member')).toMatchObject({ role: 'member' })
  await expect(server.as(admin).call(ops.createDepartment, { parent: null, name: 'x' })).rejects.toMatchObject(
    refusal('not_allowed'),
  )

  const socket = await server.as(plain).socket()
  expect(await server.as(owner).call(ops.disableMember, { member: plain.id })).toMatchObject({ state: 'disabled' })
  await until(() => socket.closed === 4001)
  await expect(server.as(plain).call(identity.getMe, {})).rejects.toMatchObject(refusal('unauthenticated'))
  // Somebody who never had a password is invited again.
  expect(await server.as(owner).call(ops.enableMember, { member: plain.id })).toMatchObject({ state: 'invited' })
  await server.as(owner).call(ops.removeMember, { member: plain.id })
  await expect(server.as(owner).call(ops.getMember, { member: plain.id })).rejects.toMatchObject(refusal('not_found'))
  expect((await server.as(owner).call(ops.listProfiles, { ids: [plain.id, stranger.id] })).items).toMatchObject([
    { name: '程小满', state: 'removed' },
  ])
})

test('a demotion counts on a socket that was open before it', async () => {
  await using server = await startTestServer({ now })
  const { owner, admin } = await people(server)
  const socket = await server.as(admin).socket()
  await socket.call(ops.createDepartment, { parent: null, name: '一' })
  await server.as(owner).call(ops.setRole, { member: admin.id, role: 'member' })
  await expect(socket.call(ops.createDepartment, { parent: null, name: '二' })).rejects.toMatchObject(
    refusal('not_allowed'),
  )
})

test('of two owners who leave at the same moment, one stays', async () => {
  await using server = await startTestServer({ now })
  const tenant = await server.tenant()
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await server.member({ tenant, role: 'owner' }), await server.member({ tenant, role: 'owner' })]
    const acts = [
      server.as(a).call(ops.setRole, { member: a.id, role: 'member' }),
      server.as(b).call(round % 2 ? ops.removeMember : ops.disableMember, { member: b.id }),
    ]
    const codes = (await Promise.allSettled(acts)).map((act) => (act.status === 'rejected' ? act.reason.code : 'ok'))
    const first = round === 0
    expect(codes.filter((code) => code === 'ok').length).toBe(first ? 1 : 2)
    if (first) expect(codes).toContain('last_owner')
    // An owner is left over from the first round; it lets the others go.
  }
})

test('an import adds everybody or nobody', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain } = await people(server)
  const by = server.as(admin)
  const table = (lines: string) => `姓名,账号,手机,部门,职务\n${lines}`
  const good = table(
    '林知夏,linzhixia,190 0000 0004,产品中心/产品规划,负责人\n陈屿,chenyu,,产品中心/品牌设计部；产品中心,"视觉, 高级"\n',
  )
  const load = (csv: string, dryRun = false) => by.call(ops.importMembers, { csv, dryRun })
  await expect(server.as(plain).call(ops.importMembers, { csv: good, dryRun: true })).rejects.toMatchObject(
    refusal('not_allowed'),
  )
  expect(await load(good, true)).toMatchObject({
    added: 2,
    departmentsAdded: 3,
    members: [{ line: 2, id: null, link: null }, { line: 3 }],
  })
  const top = () => by.call(ops.listDepartments, { parent: null, cursor: null, limit: 9 })
  expect((await top()).items).toEqual([])

  const twice = load(table('甲,same,,,\n乙,SAME,,,\n丙,1bad,,,\n'))
  await expect(twice).rejects.toMatchObject({ code: 'csv_invalid', data: { line: 4, reason: 'account_invalid' } })
  await expect(load(table('甲,same,,,\n乙,SAME,,,\n'))).rejects.toMatchObject({
    data: { errors: [{ line: 3, reason: 'login_repeated' }] },
  })
  const taken = load(table(`新,new1,,新部门,\n旧,${plain.account},,,\n`))
  await expect(taken).rejects.toMatchObject({ code: 'csv_invalid', data: { line: 3, reason: 'already_member' } })
  expect((await top()).items).toEqual([])
  await by.call(ops.addMember, { name: '新', account: 'new1' })

  const done = await load(good)
  expect(done).toMatchObject({ added: 2, departmentsAdded: 3, members: [{ name: '林知夏' }, { name: '陈屿' }] })
  expect((await top()).items).toMatchObject([{ name: '产品中心', childCount: 2, memberCount: 1 }])
  const { people: found } = await by.call(ops.searchDirectory, { text: 'cy 品牌', limit: 9 })
  expect(found).toMatchObject([{ name: '陈屿', position: '视觉, 高级', department: '品牌设计部', state: 'invited' }])
  const token = tokenOf(done.members[1]?.link ?? null)
  const signedIn = await server
    .as(null)
    .call(identity.redeemLink, { token, password: 'right horse', device: 'x', via: 'token' })
  expect(signedIn.member).toBe(done.members[1]?.id)
})

test('an invitation lets as many in as it says, until it is revoked or over', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain, stranger } = await people(server)
  const by = server.as(admin)
  const { id: department } = await by.call(ops.createDepartment, { parent: null, name: '市场部' })
  const invite = (over = {}) =>
    by.call(ops.createInvitation, { department, approval: false, maxUses: 2, expiresInHours: 2, ...over })
  await expect(
    server.as(plain).call(ops.createInvitation, { department, approval: false, maxUses: 1, expiresInHours: 1 }),
  ).rejects.toMatchObject(refusal('not_allowed'))
  await expect(
    server.as(stranger).call(ops.createInvitation, { department, approval: false, maxUses: 1, expiresInHours: 1 }),
  ).rejects.toMatchObject(refusal('not_found'))
  const invitation = await invite()
  const nobody = server.as(null)
  const shown = { tenant: '甲', invitedBy: '唐一鸣', department: '市场部', approval: false }
  expect(await nobody.call(ops.getInvitation, { token: tokenOf(invitation.url) })).toEqual(shown)
  await expect(nobody.call(ops.getInvitation, { token: 'x'.repeat(43) })).rejects.toMatchObject(
    refusal('invitation_invalid'),
  )

  const accept = (account: string, url = invitation.url) =>
    nobody.call(ops.acceptInvitation, {
      token: tokenOf(url),
      name: '新人',
      account,
      password: 'right horse',
      device: 'x',
      via: 'token',
    })
  await expect(accept(plain.account)).rejects.toMatchObject({ code: 'login_taken', data: { login: plain.account } })
  const weak = nobody.call(ops.acceptInvitation, {
    token: tokenOf(invitation.url),
    name: '新人',
    account: 'weak',
    password: 'short',
    device: 'x',
    via: 'token',
  })
  await expect(weak).rejects.toMatchObject(refusal('password_weak'))
  const three = await Promise.allSettled(['anna', 'bo', 'cara'].map((account) => accept(account)))
  expect(three.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(three.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal('invitation_invalid') })
  const { items } = await by.call(ops.listDepartmentMembers, { department, cursor: null, limit: 9 })
  expect(items).toMatchObject([
    { name: '新人', state: 'active' },
    { name: '新人', state: 'active' },
  ])

  const [revoked, late] = [await invite(), await invite()]
  await expect(server.as(stranger).call(ops.revokeInvitation, { invitation: revoked.id })).rejects.toMatchObject(
    refusal('not_found'),
  )
  await by.call(ops.revokeInvitation, { invitation: revoked.id })
  await expect(accept('dora', revoked.url)).rejects.toMatchObject(refusal('invitation_invalid'))
  server.clock.pass(2 * 3600)
  await expect(accept('dora', late.url)).rejects.toMatchObject(refusal('invitation_invalid'))
  const listed = await by.call(ops.listInvitations, { cursor: null, limit: 9 })
  expect(listed.items.map(({ state }) => state).sort()).toEqual(['expired', 'revoked', 'used_up'])
})

test('with approval people wait: they cannot sign in, then are let in, or forgotten', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain, stranger } = await people(server)
  const by = server.as(admin)
  const { url } = await by.call(ops.createInvitation, {
    department: null,
    approval: true,
    maxUses: 9,
    expiresInHours: 2,
  })
  const nobody = server.as(null)
  const accept = (account: string) =>
    nobody.call(ops.acceptInvitation, {
      token: tokenOf(url),
      name: account,
      account,
      password: 'right horse',
      phone: '190 0000 0031',
      device: 'x',
      via: 'token',
    })
  expect(await accept('anna')).toEqual({ waiting: true, signedIn: null })
  const signIn = (login: string) =>
    nobody.call(identity.signIn, { login, password: 'right horse', device: 'x', via: 'token', keep: false })
  await expect(signIn('anna')).rejects.toMatchObject({ code: 'account_disabled', data: { waiting: true } })

  const requests = async (as = admin) =>
    (await server.as(as).call(ops.listJoinRequests, { cursor: null, limit: 9 })).items
  const [anna] = await requests()
  expect(anna).toMatchObject({ name: 'anna', login: 'anna' })
  const decide = (as: TestMember, request: string, accepted: boolean) =>
    server.as(as).call(ops.decideJoinRequest, { request, accept: accepted })
  await expect(decide(plain, anna?.id ?? '', true)).rejects.toMatchObject(refusal('not_allowed'))
  await expect(decide(stranger, anna?.id ?? '', true)).rejects.toMatchObject(refusal('not_found'))
  await decide(admin, anna?.id ?? '', true)
  await expect(decide(admin, anna?.id ?? '', false)).rejects.toMatchObject(refusal('not_found'))
  expect(await signIn('anna')).toMatchObject({ tenant: { name: '甲' } })
  expect((await by.call(ops.searchDirectory, { text: '0031', limit: 9 })).people).toMatchObject([
    { name: 'anna', state: 'active' },
  ])

  const refused = await nobody.call(ops.acceptInvitation, {
    token: tokenOf(url),
    name: 'bo',
    account: 'bo',
    password: 'right horse',
    device: 'x',
    via: 'token',
  })
  expect(refused.waiting).toBe(true)
  await decide(admin, (await requests())[0]?.id ?? '', false)
  await expect(signIn('bo')).rejects.toMatchObject(refusal('sign_in_failed'))
  await nobody.call(ops.acceptInvitation, {
    token: tokenOf(url),
    name: 'bo',
    account: 'bo',
    password: 'right horse',
    device: 'x',
    via: 'token',
  })

  expect(await server.as(stranger).call(ops.joinTenant, { token: tokenOf(url) })).toEqual({ waiting: true })
  expect(await server.as(stranger).call(ops.joinTenant, { token: tokenOf(url) })).toEqual({ waiting: true })
  expect(await requests()).toHaveLength(2)
  await decide(admin, (await requests())[1]?.id ?? '', false)
  await server.as(stranger).call(identity.getMe, {})
})

test('somebody in two companies switches, and each shows only its own', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain, stranger } = await people(server)
  server.clock.pass(1)
  const { url } = await server
    .as(admin)
    .call(ops.createInvitation, { department: null, approval: false, maxUses: 9, expiresInHours: 2 })
  await expect(server.as(plain).call(ops.joinTenant, { token: tokenOf(url) })).rejects.toMatchObject(
    refusal('already_member'),
  )
  expect(await server.as(stranger).call(ops.joinTenant, { token: tokenOf(url) })).toEqual({ waiting: false })
  await expect(server.as(stranger).call(ops.joinTenant, { token: tokenOf(url) })).rejects.toMatchObject(
    refusal('already_member'),
  )
  const me = await server.as(stranger).call(identity.getMe, {})
  expect(names(me.tenants)).toEqual(['乙', '甲'])
  const find = async () =>
    (await server.as(stranger).call(ops.searchDirectory, { text: '程小满', limit: 9 })).people.length
  await server.as(admin).call(ops.updateMember, { member: plain.id, version: 1, alias: '小满' })
  const there = me.tenants[1]?.tenant ?? ''
  const socket = await server.as(stranger).socket()
  expect(await find()).toBe(0)
  expect(await server.as(stranger).call(identity.switchTenant, { tenant: there })).toMatchObject({
    tenant: { name: '甲' },
    role: 'member',
  })
  await until(() => socket.closed === 4002)
  expect([await find(), (await server.as(stranger).call(identity.getMe, {})).tenant.name]).toEqual([1, '甲'])
  await expect(server.as(plain).call(identity.switchTenant, { tenant: stranger.tenantId })).rejects.toMatchObject(
    refusal('not_found'),
  )
  await expect(server.as(stranger).call(ops.getMember, { member: stranger.id })).rejects.toMatchObject(
    refusal('not_found'),
  )

  // Removed here, the person goes on there.
  await server.as(admin).call(ops.removeMember, { member: (await server.as(stranger).call(identity.getMe, {})).member })
  await expect(server.as(stranger).call(identity.getMe, {})).rejects.toMatchObject(refusal('unauthenticated'))
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

test('my own settings, the company’s name and my department’s reach my member feed', async () => {
  await using server = await startTestServer({ now })
  const { admin, plain } = await people(server)
  const by = server.as(admin)
  const team = await by.call(ops.createDepartment, { parent: null, name: '旧名' })
  await by.call(ops.updateMember, { member: plain.id, version: 1, departments: [team.id] })
  const socket = await server.as(plain).socket()
  await socket.call(pull, { feeds: [{ feed: plain.id, rev: null, view: null, floor: 0, take: 0 }] })
  const chosen = { theme: 'dark', density: 'compact', messages: 'left' } as const
  const me = await server.as(plain).call(ops.updateMe, { alias: '小满', preferences: chosen })
  expect(me).toMatchObject({
    profile: { alias: '小满' },
    preferences: { ...chosen, enterSends: true, locale: null },
  })
  expect(await server.as(plain).call(ops.updateMe, { preferences: { locale: 'en' } })).toMatchObject({
    preferences: { ...chosen, locale: 'en' },
  })
  await expect(server.as(plain).call(ops.updateMe, { preferences: { timeZone: 'Mars/Base' } })).rejects.toMatchObject(
    refusal('invalid_input'),
  )
  await expect(server.as(plain).call(ops.updateTenant, { name: '新' })).rejects.toMatchObject(refusal('not_allowed'))
  expect(await by.call(ops.updateTenant, { name: '新公司' })).toMatchObject({ name: '新公司' })
  await by.call(ops.updateDepartment, { department: team.id, version: 1, name: '新名' })
  const latest = () =>
    socket.frames
      .flatMap(({ feed, changes }) => (feed === plain.id ? (changes ?? []) : []))
      .findLast(({ kind }) => kind === 'me')?.object
  await until(() => JSON.stringify(latest() ?? null).includes('新公司') && JSON.stringify(latest()).includes('新名'))
})

test('5,000 people in one import are searched and listed', async () => {
  await using server = await startTestServer({ now })
  const { admin } = await people(server)
  const by = server.as(admin)
  const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
  const given = [...'知夏予安若溪一诺星河南乔可忆皓宇敏雅青舟']
  const name = (i: number) => `${surnames[i % 20]}${given[Math.floor(i / 20) % 20]}${given[Math.floor(i / 400) % 20]}`
  const lines = Array.from(
    { length: 5_000 },
    (_, i) => `${name(i)},user${i},1900${String(i).padStart(7, '0')},集团/中心${i % 10}/小组${i % 50}`,
  )
  const done = await by.call(ops.importMembers, { csv: `姓名,账号,手机,部门\n${lines.join('\n')}`, dryRun: false })
  expect([done.added, done.departmentsAdded]).toEqual([5_000, 61])
  const find = async (text: string) => names((await by.call(ops.searchDirectory, { text, limit: 50 })).people)
  expect(await find('user4999')).toEqual([name(4999)])
  expect(await find('4999')).toEqual([name(4999)])
  expect(await find('林知夏')).toEqual(await find('林知夏 小组'))
  expect((await find('lin')).length).toBe(50)
  expect((await find('王 小组20')).every((found) => found.startsWith('王'))).toBe(true)
})

test('a company is deleted with everything of it, and nothing of another', async () => {
  await using server = await startTestServer({ now })
  const { owner, admin, plain, stranger } = await people(server)
  const by = server.as(admin)
  const team = await by.call(ops.createDepartment, { parent: null, name: '队' })
  await by.call(ops.addMember, { name: '林知夏', account: 'linzhixia', departments: [team.id] })
  const { url } = await by.call(ops.createInvitation, {
    department: null,
    approval: true,
    maxUses: 9,
    expiresInHours: 2,
  })
  await server.as(null).call(ops.acceptInvitation, {
    token: tokenOf(url),
    name: '候',
    account: 'waits',
    password: 'right horse',
    device: 'x',
    via: 'token',
  })
  const { db } = server.app.kernel
  await writeTransaction(server.app.kernel, (tx, changes) =>
    server.app.identity.setMemberState({ db: tx, changes }, owner.tenantId, plain.id, 'removed'),
  )
  server.app.identity.setOperatorToken('operator-token-of-this-test')
  const operator = server.as({ ...owner, token: 'operator-token-of-this-test' })
  const { deleteTenant, listTenants, setTenantState } = await import('@heyi/contract/operator')
  const tenant = owner.tenantId
  await expect(server.as(owner).call(deleteTenant, { tenant, name: '甲' })).rejects.toMatchObject(
    refusal('not_allowed'),
  )
  await expect(operator.call(deleteTenant, { tenant, name: '甲' })).rejects.toMatchObject(refusal('not_allowed'))
  await operator.call(setTenantState, { tenant, state: 'suspended' })
  await expect(operator.call(deleteTenant, { tenant, name: '乙' })).rejects.toMatchObject(refusal('invalid_input'))
  await operator.call(deleteTenant, { tenant, name: '甲' })
  await until(async () => (await operator.call(listTenants, { cursor: null, limit: 9 })).items.length === 1)
  const left = await sql<{ login: string }>`select value as login from login order by value`.execute(db)
  expect(left.rows).toEqual([{ login: stranger.account }])
  const tables = await sql<{
    table: string
  }>`select table_name as table from information_schema.columns where column_name = 'tenant_id' and table_schema = 'public'`.execute(
    db,
  )
  for (const { table } of tables.rows) {
    const found = await sql`select 1 from ${sql.table(table)} where tenant_id = ${tenant} limit 1`.execute(db)
    expect([table, found.rows.length]).toEqual([table, 0])
  }
  await server.as(stranger).call(identity.getMe, {})
})
