import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/notifications'
import { expect, test } from 'vitest'
import { startMailbox } from '../../../test/mailbox.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { sql } from '../../kernel/db.js'

// In the past, as the other tests of notifications.
const now = '2024-01-08T02:00:00.000Z'
const hour = 3_600

async function withMail(server: TestServer, member: TestMember, address: string): Promise<void> {
  await sql`insert into login (value, kind, person_id) values (${address}, 'email', ${member.personId})`.execute(
    server.app.kernel.db,
  )
}

/** The hours go by one after the other, and in each the digest is looked after. */
async function pass(server: TestServer, hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed++) {
    server.clock.pass(hour)
    while ((await server.app.kernel.jobs.runDue()) > 0);
  }
}

test('the long absent get one mail a day about what became old, and none twice about the same', async () => {
  await using mailbox = await startMailbox()
  const env = { SMTP_URL: mailbox.url, SMTP_FROM: 'Heyi <heyi@example.com>' }
  await using server = await startTestServer({ now, env })
  const [ann, bo, cy, dan] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  for (const [name, member] of Object.entries({ bo, cy, dan })) await withMail(server, member, `${name}@example.com`)
  await server.as(cy).call(ops.updateNotificationSettings, { digest: false })
  const settings = await server.as(bo).call(ops.getNotificationSettings, {})
  expect(settings).toMatchObject({ mail: 'bo@example.com', digest: true })
  let serial = 0
  const say = async (to: TestMember, text: string) => {
    const { conversation } = await server.as(ann).call(messaging.openDirect, { with: to.id })
    const message = { kind: 'text' as const, text }
    await server
      .as(ann)
      .call(messaging.sendMessage, { conversation: conversation.id, key: `digest-${++serial}`, message })
    return conversation.id
  }
  await say(bo, '方案在这里')
  await say(bo, '尽快看看')
  await say(cy, '方案在这里')
  const muted = await say(dan, '方案在这里')
  await server.as(dan).call(messaging.updateMembership, { conversation: muted, muted: true })

  await pass(server, 20)
  expect(mailbox.letters).toEqual([])
  await pass(server, 8)
  await until(() => mailbox.letters.length > 0)
  expect(mailbox.letters.map(({ to }) => to)).toEqual(['bo@example.com'])
  expect(mailbox.letters[0]?.text).toContain('2 条未读消息，来自 1 个会话')
  expect(mailbox.letters[0]?.text).not.toContain('方案在这里')
  // Nothing new: no further mail, however long it lies there.
  await pass(server, 60)
  expect(mailbox.letters).toHaveLength(1)
  // Something new, and old enough.
  await say(bo, '还在等')
  await pass(server, 30)
  await until(() => mailbox.letters.length === 2)
  expect(mailbox.letters[1]?.text).toContain('1 条未读消息')
  const { items } = await server.as(bo).call(ops.listLedger, { cursor: null, limit: 10 })
  expect(items.map(({ reason, channel, target }) => [reason, channel, target])).toEqual([
    ['digest', 'mail', 'bo@example.com'],
    ['digest', 'mail', 'bo@example.com'],
  ])
}, 60_000)
