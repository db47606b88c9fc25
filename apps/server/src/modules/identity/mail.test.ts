import * as directory from '@heyi/contract/directory'
import * as ops from '@heyi/contract/identity'
import { expect, test } from 'vitest'
import { startMailbox } from '../../../test/mailbox.js'
import { startTestServer, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'

const now = '2030-01-01T00:00:00.000Z'

async function member(server: TestServer, state: 'active' | 'disabled' = 'active') {
  const admin = await server.member({ role: 'admin' })
  const entry = { name: '林知夏', account: `lin${state}`, email: `${state}@example.com` }
  const { member: added, link } = await server.as(admin).call(directory.addMember, entry)
  const token = link?.split('/').at(-1) ?? ''
  await server.as(null).call(ops.redeemLink, { token, password: 'right horse', device: 'x', via: 'token' })
  if (state === 'disabled') await server.as(admin).call(directory.disableMember, { member: added.id })
  return entry
}

test('a forgotten password is chosen anew by a mailed link; nobody learns who has an account', async () => {
  await using mailbox = await startMailbox()
  await using server = await startTestServer({
    now,
    env: { SMTP_URL: mailbox.url, SMTP_FROM: 'Heyi <heyi@example.com>' },
  })
  const [{ account, email }, disabled] = [await member(server), await member(server, 'disabled')]
  const nobody = server.as(null)
  expect(await nobody.call(ops.getInstallation, {})).toMatchObject({ mail: true })
  for (const login of ['stranger', disabled.account, account])
    expect(await nobody.call(ops.requestPasswordLink, { login })).toEqual({})
  await until(() => mailbox.letters.length > 0)
  expect(mailbox.letters).toEqual([{ to: email, text: expect.stringContaining('测试公司') }])
  const token = /\/link\/([\w-]+)/.exec(mailbox.letters[0]?.text ?? '')?.[1] ?? ''
  // The letter leaves a moment before the link is committed.
  const shown = await until(() => nobody.call(ops.getLink, { token }).catch(() => undefined))
  expect(shown).toMatchObject({ name: '林知夏', first: false })
  await nobody.call(ops.redeemLink, { token, password: 'another horse', device: 'x', via: 'token' })
  await nobody.call(ops.signIn, { login: email, password: 'another horse', device: 'x', via: 'token', keep: false })

  // Three mails to one login, then it has to wait; so has a login that nobody has.
  for (const login of [account, 'stranger']) {
    for (let i = 0; i < 2; i++) await nobody.call(ops.requestPasswordLink, { login })
    await expect(nobody.call(ops.requestPasswordLink, { login })).rejects.toMatchObject({ code: 'sign_in_throttled' })
  }
  await until(() => mailbox.letters.length === 3)
  const last = /\/link\/([\w-]+)/.exec(mailbox.letters[2]?.text ?? '')?.[1] ?? ''
  server.clock.pass(3600)
  await expect(nobody.call(ops.getLink, { token: last })).rejects.toMatchObject({ code: 'link_invalid' })
})

test('without a mail server it says so', async () => {
  await using server = await startTestServer({ now })
  await expect(server.as(null).call(ops.requestPasswordLink, { login: 'anybody' })).rejects.toMatchObject({
    code: 'unavailable',
  })
})
