import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { writeTransaction } from '../../kernel/write.js'
import { createEntries } from '../directory/entries.js'

const chunk = 2_000

/** Colleagues with a profile and no device. */
async function colleagues(server: TestServer, admin: TestMember, count: number): Promise<string[]> {
  const { kernel, identity } = server.app
  const ids: string[] = []
  while (ids.length < count) {
    const from = ids.length
    const entries = Array.from({ length: Math.min(chunk, count - from) }, (_, i) => ({
      name: `同事${from + i}`,
      account: `colleague${from + i}`,
    }))
    const made = await writeTransaction(kernel, async (db, changes) => {
      const persons = await identity.createPersons(db, entries)
      return createEntries(
        { kernel, identity, avatarChecks: [], imported: [] },
        { db, changes },
        admin.tenantId,
        entries.map((entry, i) => ({ ...entry, personId: persons[i] ?? '', role: 'member', state: 'active' })),
      )
    })
    ids.push(...made)
  }
  return ids
}

test('a group of 10,000 fills up, is listed whole, carries a message to its far end, and takes nobody more', {
  timeout: 300_000,
}, async () => {
  await using server = await startTestServer()
  const [owner, last, outsider] = [await server.member({ role: 'admin' }), await server.member(), await server.member()]
  const others = await colleagues(server, owner, limits.groupMembers - 2)
  const asOwner = server.as(owner)
  const { conversation } = await asOwner.call(ops.createGroup, { name: '全员群', members: [] })
  const add = (members: string[]) => asOwner.call(ops.addMembers, { conversation: conversation.id, members })
  for (let from = 0; from < others.length; from += limits.membersPerCall)
    await add(others.slice(from, from + limits.membersPerCall))
  expect(await add([last.id])).toMatchObject({ count: limits.groupMembers })

  await expect(add([outsider.id])).rejects.toMatchObject({
    code: 'too_many_members',
    data: { limit: limits.groupMembers },
  })
  await expect(server.as(outsider).call(ops.getConversation, { conversation: conversation.id })).rejects.toMatchObject({
    code: 'not_found',
  })
  const link = { conversation: conversation.id, approval: false, expiresInHours: 1 }
  const { url } = await asOwner.call(ops.createGroupLink, link)
  const token = url.split('/').at(-1) ?? ''
  await expect(server.as(outsider).call(ops.joinByLink, { token })).rejects.toMatchObject({ code: 'too_many_members' })
  // Somebody who is in it already takes no place.
  expect(await add([last.id])).toMatchObject({ count: limits.groupMembers })

  const listed: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: { id: string }[]; next: string | null } = await server
      .as(last)
      .call(ops.listMembers, { conversation: conversation.id, cursor, limit: limits.pageSize })
    listed.push(...page.items.map(({ id }) => id))
    cursor = page.next
    if (cursor === null) break
  }
  expect(listed[0]).toBe(owner.id)
  expect(new Set(listed)).toEqual(new Set([owner.id, last.id, ...others]))
  expect(listed).toHaveLength(limits.groupMembers)

  using socket = await server.as(last).socket()
  await socket.call(sync.heads, { mark: null })
  const sent = await asOwner.call(ops.sendMessage, {
    conversation: conversation.id,
    key: 'to-everybody',
    message: { kind: 'text', text: '明天放假' },
  })
  expect(await socket.frame((f) => f.feed === conversation.id && f.rev === sent.rev)).toMatchObject({
    changes: [{ kind: 'message', object: { sender: owner.id, body: { text: '明天放假' } } }],
  })

  await asOwner.call(ops.removeMembers, { conversation: conversation.id, members: [last.id] })
  expect(await add([outsider.id])).toMatchObject({ count: limits.groupMembers })
})
