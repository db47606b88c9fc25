import * as ops from '@heyi/contract/identity'
import * as operator from '@heyi/contract/operator'
import { expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/server.js'

const now = '2030-01-01T00:00:00.000Z'
const zone = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' } as const

/** Calls as whoever keeps the installation. */
function operatorOf(server: TestServer) {
  const token = 'operator-token-of-this-test'
  server.app.identity.setOperatorToken(token)
  return server.as({ id: '', tenantId: '', personId: '', sessionId: '', name: '', account: '', token })
}

const redeem = (server: TestServer, url: string) =>
  server
    .as(null)
    .call(ops.redeemLink, { token: url.split('/').at(-1) ?? '', password: 'right horse', device: 'x', via: 'token' })
const signIn = (server: TestServer, login: string) =>
  server.as(null).call(ops.signIn, { login, password: 'right horse', device: 'x', via: 'token', keep: false })

test('the operator makes companies, lists them page by page, and sees nothing inside', async () => {
  await using server = await startTestServer({ now })
  const by = operatorOf(server)
  const make = (name: string, ownerAccount: string) =>
    by.call(operator.createTenant, { ...zone, name, ownerName: '顾南乔', ownerAccount })
  const { tenant, link } = await make('甲', 'gunanqiao')
  expect(tenant).toMatchObject({ name: '甲', state: 'active', members: 1 })
  expect(await redeem(server, link?.url ?? '')).toMatchObject({ tenant: { name: '甲' } })
  server.clock.pass(1)
  // The same person in a second company has a password already.
  expect((await make('乙', 'gunanqiao')).link).toBe(null)
  await expect(make('丙', 'x')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(
    by.call(operator.createTenant, { ...zone, timeZone: 'Mars', name: '丙', ownerName: 'x', ownerAccount: 'xx' }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  const first = await by.call(operator.listTenants, { cursor: null, limit: 1 })
  const second = await by.call(operator.listTenants, { cursor: first.next, limit: 1 })
  expect([first, second].map(({ items }) => items[0]?.name)).toEqual(['甲', '乙'])
  expect(second.next).toBe(null)
  await expect(by.call(ops.getMe, {})).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(by.call(ops.listAudit, { cursor: null, limit: 9 })).rejects.toMatchObject({ code: 'not_allowed' })
  const owner = await server.member({ role: 'owner' })
  await expect(server.as(owner).call(operator.listTenants, { cursor: null, limit: 9 })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await expect(server.as(null).call(operator.listTenants, { cursor: null, limit: 9 })).rejects.toMatchObject({
    code: 'unauthenticated',
  })
})

test('an admin is made without a browser: the company too, or one more owner', async () => {
  await using server = await startTestServer({ now })
  const by = operatorOf(server)
  const make = (account: string, over = {}) =>
    by.call(operator.createAdmin, { ...zone, tenant: null, name: '顾南乔', account, ...over })
  const first = await redeem(server, (await make('gunanqiao', { company: '栖岸家居' })).url)
  expect(first.tenant.name).toBe('栖岸家居')
  expect(await server.app.identity.setupToken()).toBe(null)
  await expect(make('gunanqiao')).rejects.toMatchObject({ code: 'login_taken' })
  const second = await redeem(server, (await make('tangyiming')).url)
  expect(second.tenant.id).toBe(first.tenant.id)
  await by.call(operator.createTenant, { ...zone, name: '乙', ownerName: 'x', ownerAccount: 'another' })
  await expect(make('third')).rejects.toMatchObject({ code: 'already_set_up' })
  await redeem(server, (await make('third', { tenant: first.tenant.id })).url)
  await expect(make('fourth', { tenant: 'ten_00000000000000000000' })).rejects.toMatchObject({ code: 'not_found' })
})

test('the operator resets a password: it is written down, and other sessions end', async () => {
  await using server = await startTestServer({ now })
  const by = operatorOf(server)
  const link = await by.call(operator.createAdmin, { ...zone, tenant: null, name: '顾南乔', account: 'gunanqiao' })
  const before = await redeem(server, link.url)
  const { url } = await by.call(operator.resetPassword, { login: 'GuNanQiao' })
  await expect(by.call(operator.resetPassword, { login: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
  const after = await redeem(server, url)
  expect(await server.app.identity.authenticate(before.token ?? '', '')).toBe(null)
  const me = { id: '', tenantId: '', personId: '', sessionId: '', name: '', account: '', token: after.token ?? '' }
  const { items } = await server.as(me).call(ops.listAudit, { cursor: null, limit: 9 })
  expect(items.filter(({ action }) => action === 'identity.passwordLinkCreated')).toMatchObject([
    { actor: null, actorName: 'operator' },
  ])
})

test('a suspended company signs everybody out and keeps everything', async () => {
  await using server = await startTestServer({ now })
  const by = operatorOf(server)
  const link = await by.call(operator.createAdmin, { ...zone, tenant: null, name: '顾南乔', account: 'gunanqiao' })
  const { tenant, token } = await redeem(server, link.url)
  const set = (state: 'active' | 'suspended') => by.call(operator.setTenantState, { tenant: tenant.id, state })
  expect(await set('suspended')).toMatchObject({ state: 'suspended' })
  expect(await server.app.identity.authenticate(token ?? '', '')).toBe(null)
  await expect(signIn(server, 'gunanqiao')).rejects.toMatchObject({ code: 'tenant_suspended' })
  await set('active')
  expect(await signIn(server, 'gunanqiao')).toMatchObject({ tenant })
  // Suspending ended the session for good.
  expect(await server.app.identity.authenticate(token ?? '', '')).toBe(null)
})
