import * as ops from '@heyi/contract/directory'
import * as identity from '@heyi/contract/identity'
import { expect, test } from 'vitest'
import { people } from '../../../test/people.js'
import { startTestServer, type TestMember } from '../../../test/server.js'

const now = '2030-01-01T00:00:00.000Z'
const refusal = (code: string) => ({ code })
const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? ''

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
