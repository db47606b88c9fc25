import * as ops from '@heyi/contract/directory'
import * as identity from '@heyi/contract/identity'
import { pull } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { people } from '../../../test/people.js'
import { startTestServer, type TestMember } from '../../../test/server.js'
import { until } from '../../../test/until.js'

const now = '2030-01-01T00:00:00.000Z'
const refusal = (code: string) => ({ code })
const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? ''
const names = (items: { name: string }[]) => items.map(({ name }) => name)

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
