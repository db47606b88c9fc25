import * as directory from '@heyi/contract/directory'
import * as ops from '@heyi/contract/identity'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember } from '../../../test/server.js'
import { until } from '../../../test/until.js'

const now = '2030-01-01T00:00:00.000Z'
const wizard = {
  company: '栖岸家居',
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  name: '顾南乔',
  account: 'gunanqiao',
  password: 'right horse',
  sampleData: false,
  device: 'test',
  via: 'token',
} as const
const device = { device: 'test', via: 'token', keep: false } as const

type Server = Awaited<ReturnType<typeof startTestServer>>

/** A company made by the wizard, and callers of its people. */
async function company(server: Server) {
  const token = (await server.app.identity.setupToken()) ?? ''
  const signedIn = await server.as(null).call(ops.setUp, { ...wizard, token })
  return { signedIn, token, owner: server.as(holder(signedIn)) }
}

const holder = (signedIn: ops.SignedIn): TestMember => ({
  id: signedIn.member,
  tenantId: signedIn.tenant.id,
  personId: '',
  sessionId: signedIn.session,
  name: '',
  account: '',
  token: signedIn.token ?? '',
})

const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? ''

test('the wizard opens with the printed token, once; then its owner signs in and out', async () => {
  await using server = await startTestServer({ now })
  const nobody = server.as(null)
  expect(await nobody.call(ops.getInstallation, {})).toMatchObject({ setUp: false, name: null, mail: false })
  const wrong = nobody.call(ops.setUp, { ...wizard, token: 'x'.repeat(43) })
  await expect(wrong).rejects.toMatchObject({ code: 'setup_token_invalid' })
  const token = (await server.app.identity.setupToken()) ?? ''
  const weak = nobody.call(ops.setUp, { ...wizard, token, password: 'gunanqiao' })
  await expect(weak).rejects.toMatchObject({ code: 'password_weak' })
  const both = [1, 2].map(() => nobody.call(ops.setUp, { ...wizard, token }))
  const ended = await Promise.allSettled(both)
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already_set_up' } })
  expect(await server.app.identity.setupToken()).toBe(null)
  expect(await nobody.call(ops.getInstallation, {})).toMatchObject({ setUp: true, name: '栖岸家居' })

  const login = { ...device, login: 'GuNanQiao', password: wizard.password }
  const signedIn = await nobody.call(ops.signIn, login)
  const owner = server.as(holder(signedIn))
  expect(await owner.call(ops.getMe, {})).toMatchObject({
    role: 'owner',
    member: signedIn.member,
    tenants: [{ name: '栖岸家居' }],
  })
  await owner.call(ops.signOut, {})
  await expect(owner.call(ops.getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(await server.app.identity.authenticate(signedIn.token ?? '', '127.0.0.1')).toBe(null)
})

test('a browser gets a cookie and no token; a day or half a year', async () => {
  await using server = await startTestServer({ now })
  await company(server)
  const signIn = (keep: boolean) =>
    fetch(`${server.url}/api/identity.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'gunanqiao', password: wizard.password, device: 'browser', via: 'cookie', keep }),
    })
  const response = await signIn(true)
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^heyi_session=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(await response.json()).toMatchObject({ token: null })
  expect((await signIn(false)).headers.get('set-cookie')).not.toMatch(/Max-Age/)

  const token = /=([\w-]+)/.exec(cookie)?.[1] ?? ''
  server.clock.pass(179 * 86_400)
  expect(await server.app.identity.authenticate(token, '127.0.0.1')).toMatchObject({ kind: 'member', role: 'owner' })
  server.clock.pass(2 * 86_400)
  expect(await server.app.identity.authenticate(token, '127.0.0.1')).toBe(null)
})

test('wrong passwords and unknown accounts look the same, wait alike, and are written down', async () => {
  await using server = await startTestServer({ now })
  const { owner, signedIn } = await company(server)
  const signIn = (login: string, password: string) => server.as(null).call(ops.signIn, { ...device, login, password })
  for (const login of ['gunanqiao', 'nobody'])
    for (let i = 0; i < 5; i++)
      await expect(signIn(login, 'wrong horse')).rejects.toMatchObject({ code: 'sign_in_failed', data: undefined })
  for (const login of ['gunanqiao', 'nobody'])
    await expect(signIn(login, wizard.password)).rejects.toMatchObject({
      code: 'sign_in_throttled',
      data: { seconds: 10 },
    })
  server.clock.pass(10)
  expect(await signIn('gunanqiao', wizard.password)).toMatchObject({ member: signedIn.member })
  for (let i = 0; i < 5; i++)
    await expect(signIn('gunanqiao', 'wrong horse')).rejects.toMatchObject({ code: 'sign_in_failed' })

  const { items } = await owner.call(ops.listAudit, { cursor: null, limit: 200 })
  const count = (action: string) => items.filter((item) => item.action === action).length
  expect([count('identity.signInFailed'), count('identity.signedIn'), count('identity.tenantCreated')]).toEqual([
    10, 1, 1,
  ])
  expect(items.find(({ action }) => action === 'identity.signInFailed')).toMatchObject({
    subject: signedIn.member,
    actor: null,
  })
})

test('tries at the same moment are counted one by one', async () => {
  await using server = await startTestServer({ now })
  await company(server)
  const tries = Array.from({ length: 12 }, () =>
    server.as(null).call(ops.signIn, { ...device, login: 'gunanqiao', password: 'wrong horse' }),
  )
  const codes = (await Promise.allSettled(tries)).map((t) => (t.status === 'rejected' ? t.reason.code : 'ok'))
  expect(codes.filter((code) => code === 'sign_in_failed')).toHaveLength(5)
  expect(codes.filter((code) => code === 'sign_in_throttled')).toHaveLength(7)
})

test('many logins from one address have to wait, too', async () => {
  await using server = await startTestServer({ now })
  await company(server)
  const signIn = (login: string, password: string) => server.as(null).call(ops.signIn, { ...device, login, password })
  for (let i = 0; i < 50; i++) await signIn(`guess${i}`, 'wrong horse').catch(() => undefined)
  await expect(signIn('gunanqiao', wizard.password)).rejects.toMatchObject({ code: 'sign_in_throttled' })
  server.clock.pass(3600)
  await signIn('gunanqiao', wizard.password)
})

test('devices are listed and revoked, and open sockets close', async () => {
  await using server = await startTestServer({ now })
  const { owner } = await company(server)
  const stranger = server.as(await server.member({ tenant: await server.tenant('别家') }))
  const other = await server
    .as(null)
    .call(ops.signIn, { ...device, login: 'gunanqiao', password: wizard.password, device: 'phone' })
  const socket = await server.as(holder(other)).socket()
  const { items } = await owner.call(ops.listDevices, {})
  expect(items.map((d) => [d.device, d.current])).toEqual(
    expect.arrayContaining([
      ['phone', false],
      ['test', true],
    ]),
  )
  await expect(stranger.call(ops.revokeDevice, { session: other.session })).rejects.toMatchObject({ code: 'not_found' })
  await owner.call(ops.revokeDevice, { session: other.session })
  await until(() => socket.closed === 4001)
  expect(await server.app.identity.authenticate(other.token ?? '', '')).toBe(null)
  expect((await owner.call(ops.listDevices, {})).items).toHaveLength(1)
})

test('a new password ends the other sessions, and needs the old one', async () => {
  await using server = await startTestServer({ now })
  const { owner } = await company(server)
  const other = await server.as(null).call(ops.signIn, { ...device, login: 'gunanqiao', password: wizard.password })
  const change = (current: string, next: string) => owner.call(ops.changePassword, { current, next })
  await expect(change('wrong horse', 'another horse')).rejects.toMatchObject({ code: 'password_wrong' })
  await expect(change(wizard.password, 'short')).rejects.toMatchObject({ code: 'password_weak' })
  await change(wizard.password, 'another horse')
  // A repeat of the same change.
  await change(wizard.password, 'another horse')
  await expect(server.as(holder(other)).call(ops.getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' })
  await owner.call(ops.getMe, {})
  const signIn = (password: string) => server.as(null).call(ops.signIn, { ...device, login: 'gunanqiao', password })
  await expect(signIn(wizard.password)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await signIn('another horse')
  for (let i = 0; i < 5; i++)
    await expect(change('wrong horse', 'third horse')).rejects.toMatchObject({ code: 'password_wrong' })
  await expect(change('another horse', 'third horse')).rejects.toMatchObject({ code: 'sign_in_throttled' })
})

test('a link works once, for three days, and only the newest', async () => {
  await using server = await startTestServer({ now })
  const { owner } = await company(server)
  const nobody = server.as(null)
  const { member, link } = await owner.call(directory.addMember, { name: '林知夏', account: 'linzhixia' })
  expect(member.state).toBe('invited')
  const newer = await owner.call(ops.createPasswordLink, { member: member.id })
  await expect(nobody.call(ops.getLink, { token: tokenOf(link) })).rejects.toMatchObject({ code: 'link_invalid' })
  const token = tokenOf(newer.url)
  const shown = { name: '林知夏', login: 'linzhixia', tenant: '栖岸家居', first: true }
  expect(await nobody.call(ops.getLink, { token })).toEqual(shown)
  const redeem = (password: string) => nobody.call(ops.redeemLink, { token, password, device: 'test', via: 'token' })
  await expect(redeem('linzhixia')).rejects.toMatchObject({ code: 'password_weak' })
  const signedIn = await redeem('right horse')
  await expect(redeem('right horse')).rejects.toMatchObject({ code: 'link_invalid' })
  const { member: active } = await owner.call(directory.getMember, { member: member.id })
  expect(active.state).toBe('active')

  const reset = tokenOf((await owner.call(ops.createPasswordLink, { member: member.id })).url)
  const body = { token: reset, password: 'another horse', device: 'test', via: 'token' } as const
  await nobody.call(ops.redeemLink, body)
  await expect(server.as(holder(signedIn)).call(ops.getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' })
  const late = tokenOf((await owner.call(ops.createPasswordLink, { member: member.id })).url)
  server.clock.pass(72 * 3600)
  await expect(nobody.call(ops.getLink, { token: late })).rejects.toMatchObject({ code: 'link_invalid' })
})

test('an admin makes no links for owners, nor for people of another company, too', async () => {
  await using server = await startTestServer({ now })
  const [mine, theirs] = [await server.tenant('甲'), await server.tenant('乙')]
  const [owner, admin, plain, stranger] = [
    await server.member({ tenant: mine, role: 'owner' }),
    await server.member({ tenant: mine, role: 'admin' }),
    await server.member({ tenant: mine }),
    await server.member({ tenant: theirs, role: 'owner' }),
  ]
  const link = (as: TestMember, member: TestMember) => server.as(as).call(ops.createPasswordLink, { member: member.id })
  expect(await link(admin, plain)).toMatchObject({ expiresAt: '2030-01-04T00:00:00.000Z' })
  await expect(link(admin, owner)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(link(plain, plain)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(link(stranger, plain)).rejects.toMatchObject({ code: 'not_found' })
  await link(owner, owner)
  const { url } = await server
    .as(admin)
    .call(directory.createInvitation, { department: null, approval: false, maxUses: 9, expiresInHours: 1 })
  await server.as(stranger).call(directory.joinTenant, { token: tokenOf(url) })
  const { people } = await server.as(owner).call(directory.searchDirectory, { text: stranger.account, limit: 5 })
  const joined = { ...stranger, id: people[0]?.id ?? '' }
  await expect(link(owner, joined)).rejects.toMatchObject({ code: 'not_allowed' })
})

test('disabled and suspended are told only after the right password', async () => {
  await using server = await startTestServer({ now })
  const { owner, signedIn } = await company(server)
  server.app.identity.setOperatorToken('operator-token-of-this-test')
  const operator = server.as({ ...holder(signedIn), token: 'operator-token-of-this-test' })
  const { member, link } = await owner.call(directory.addMember, { name: '林知夏', account: 'linzhixia' })
  const nobody = server.as(null)
  await nobody.call(ops.redeemLink, { token: tokenOf(link), password: 'right horse', device: 'test', via: 'token' })
  await owner.call(directory.disableMember, { member: member.id })
  const signIn = (login: string, password = 'right horse') => nobody.call(ops.signIn, { ...device, login, password })
  await expect(signIn('linzhixia', 'wrong horse')).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(signIn('linzhixia')).rejects.toMatchObject({ code: 'account_disabled' })
  await owner.call(directory.enableMember, { member: member.id })
  await signIn('linzhixia')
  const { setTenantState } = await import('@heyi/contract/operator')
  await operator.call(setTenantState, { tenant: signedIn.tenant.id, state: 'suspended' })
  await expect(owner.call(ops.getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(signIn('linzhixia', 'wrong horse')).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(signIn('linzhixia')).rejects.toMatchObject({ code: 'tenant_suspended' })
  await operator.call(setTenantState, { tenant: signedIn.tenant.id, state: 'active' })
  await signIn('linzhixia')
})

test('one click only in a demo’s sample company, and only from this machine', async () => {
  await using server = await startTestServer({ now, env: { HEYI_TRUST_PROXY: '127.0.0.1' } })
  const token = (await server.app.identity.setupToken()) ?? ''
  const { member } = await server.as(null).call(ops.setUp, { ...wizard, token, sampleData: true })
  const input = { member, device: 'test', via: 'token' } as const
  await expect(server.as(null).call(ops.signInDemo, input)).rejects.toMatchObject({ code: 'loopback_only' })
  server.app.identity.setDemo([{ member, name: '顾南乔', position: '总经理' }])
  // The trusted proxy in front makes it not loopback any more.
  await expect(server.as(null).call(ops.signInDemo, input)).rejects.toMatchObject({ code: 'loopback_only' })
  expect(await server.as(null).call(ops.getInstallation, {})).toMatchObject({ sample: true, demoSignIns: [] })
  await using local = await startTestServer({ now, beside: server })
  await expect(local.as(null).call(ops.signInDemo, input)).rejects.toMatchObject({ code: 'loopback_only' })
  local.app.identity.setDemo([{ member, name: '顾南乔', position: '总经理' }])
  expect(await local.as(null).call(ops.getInstallation, {})).toMatchObject({ demoSignIns: [{ member }] })
  expect(await local.as(null).call(ops.signInDemo, input)).toMatchObject({ member })
})

test('the audit log is for admins of the company, page by page', async () => {
  await using server = await startTestServer({ now })
  const { owner } = await company(server)
  const outsider = server.as(await server.member({ role: 'owner', tenant: await server.tenant('别家') }))
  for (let i = 0; i < 5; i++) {
    server.clock.pass(1)
    await owner.call(directory.createDepartment, { parent: null, name: `部门 ${i}` })
  }
  const first = await owner.call(ops.listAudit, { cursor: null, limit: 2 })
  const second = await owner.call(ops.listAudit, { cursor: first.next, limit: 200 })
  expect([first.items.length, second.items.length, second.next]).toEqual([2, 4, null])
  expect(first.items[0]).toMatchObject({
    action: 'directory.departmentCreated',
    actorName: '顾南乔',
    data: { name: '部门 4' },
  })
  expect((await outsider.call(ops.listAudit, { cursor: null, limit: 9 })).items).toEqual([])
})
