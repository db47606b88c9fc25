import * as ops from '@heyi/contract/directory'
import * as identity from '@heyi/contract/identity'
import { expect, test } from 'vitest'
import { people } from '../../../test/people.js'
import { startTestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { sql } from '../../kernel/db.js'
import { writeTransaction } from '../../kernel/write.js'

const now = '2030-01-01T00:00:00.000Z'
const refusal = (code: string) => ({ code })
const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? ''
const names = (items: { name: string }[]) => items.map(({ name }) => name)

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
