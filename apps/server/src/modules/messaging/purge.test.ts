import * as files from '@heyi/contract/files'
import { listAudit } from '@heyi/contract/identity'
import * as ops from '@heyi/contract/messaging'
import { search } from '@heyi/contract/search'
import * as sync from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { people } from '../../../test/people.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { rows, sql } from '../../kernel/db.js'

const at = (day: string) => `2030-01-${day}T08:00:00.000Z`
let serial = 0
const key = () => `key-${process.pid}-${++serial}`

const policy = (server: TestServer, by: TestMember, purgeAfterDays: number | null) =>
  server.as(by).call(ops.setDissolvePolicy, { purgeAfterDays })
const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (
    await server
      .as(owner)
      .call(ops.createGroup, { name: '项目组', members: members.map(({ id }) => id), historyVisible: true })
  ).conversation.id
const say = async (server: TestServer, by: TestMember, conversation: string, text: string, root?: number) =>
  (
    await server.as(by).call(ops.sendMessage, {
      conversation,
      key: key(),
      message: { kind: 'text', text },
      ...(root !== undefined && { root }),
    })
  ).seq
const log = async (server: TestServer, by: TestMember, conversation: string) =>
  (await server.as(by).call(ops.listMessages, { conversation, before: 1e6, limit: 200 })).messages.map(({ object }) =>
    object.kind === 'system' ? object.body : object.kind === 'text' ? object.body?.text : object.kind,
  )
const runDue = (server: TestServer) => server.app.kernel.jobs.runDue()
const dissolve = (server: TestServer, by: TestMember, conversation: string) =>
  server.as(by).call(ops.dissolveGroup, { conversation })
const find = async (server: TestServer, by: TestMember, text: string) =>
  (await server.as(by).call(search, { text, group: 'messages', limit: 10 })).messages.items.map((one) => one.text)

/** How many rows of these tables speak of the conversation. */
async function left(server: TestServer, conversation: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of [
    'message',
    'message_edit',
    'reaction',
    'message_tally',
    'message_record',
    'receipt',
    'receipt_tap',
    'thread',
    'thread_follow',
    'conversation_pin',
    'group_notice',
    'poll',
    'poll_vote',
    'relay_line',
    'hidden_message',
    'draft',
    'played',
    'search_block',
    'search_tail',
    'search_file',
  ]) {
    const [found] = await rows(
      server.app.kernel.db,
      sql<{
        count: number
      }>`select count(*)::int as count from ${sql.table(table)} where conversation_id = ${conversation}`,
    )
    if (found && found.count > 0) counts[table] = found.count
  }
  return counts
}

/** The audit log’s actions, the newest first. */
const audited = async (server: TestServer, by: TestMember) =>
  (await server.as(by).call(listAudit, { cursor: null, limit: 50 })).items.filter(({ action }) =>
    action.startsWith('messaging.'),
  )

async function storedFile(server: TestServer, owner: TestMember): Promise<string> {
  const { kernel, files: door } = server.app
  return kernel.db
    .transaction()
    .execute((tx) => door.store(tx, owner.tenantId, owner.id, { name: '方案.txt', bytes: Buffer.from('三页绝密') }))
}

test('only admins say what becomes of the history, and it is noted', async () => {
  await using server = await startTestServer()
  const { owner, admin, plain, stranger } = await people(server)
  expect(await server.as(plain).call(ops.getDissolvePolicy, {})).toEqual({ purgeAfterDays: null })
  await expect(policy(server, plain, 30)).rejects.toMatchObject({ code: 'not_allowed' })
  expect(await policy(server, admin, 30)).toEqual({ purgeAfterDays: 30 })
  expect(await server.as(plain).call(ops.getDissolvePolicy, {})).toEqual({ purgeAfterDays: 30 })
  expect(await server.as(stranger).call(ops.getDissolvePolicy, {})).toEqual({ purgeAfterDays: null })
  for (const days of [-1, 3651, 1.5])
    await expect(policy(server, admin, days)).rejects.toMatchObject({ code: 'invalid_input' })
  await policy(server, owner, null)
  expect(await audited(server, owner)).toMatchObject([
    { action: 'messaging.dissolvePolicySet', data: { purgeAfterDays: null } },
    { action: 'messaging.dissolvePolicySet', data: { purgeAfterDays: 30 } },
  ])
})

test('the history is kept where the company keeps it, whatever it says later', async () => {
  await using server = await startTestServer({ now: at('01') })
  const { owner, plain } = await people(server)
  const id = await group(server, owner, [plain])
  await say(server, plain, id, '留着')
  await dissolve(server, owner, id)
  await policy(server, owner, 0)
  server.clock.set(at('20'))
  await runDue(server)
  expect(await log(server, plain, id)).toEqual([
    { event: 'created', count: 1, principals: [plain.id] },
    '留着',
    { event: 'dissolved' },
  ])
  const { conversation } = await server.as(plain).call(ops.getConversation, { conversation: id })
  expect(conversation).toMatchObject({ dissolved: true, purgeAt: null, purged: false })
})

test('after its days everything of the history goes, and a line stays; favourites and forwards stay', async () => {
  await using server = await startTestServer({ now: at('01') })
  const { owner, admin, plain } = await people(server)
  await policy(server, owner, 7)
  const id = await group(server, owner, [admin, plain])
  const other = await group(server, plain, [])
  const as = (member: TestMember) => server.as(member)
  const root = await say(server, plain, id, '绝密的第一句')
  await say(server, admin, id, '话题里的回复', root)
  const edited = await say(server, plain, id, '原来的话')
  await as(plain).call(ops.editMessage, { conversation: id, seq: edited, text: '改过的话' })
  await as(admin).call(ops.react, { conversation: id, seq: edited, emoji: '👍', on: true })
  const { seq: asked } = await as(owner).call(ops.sendMessage, {
    conversation: id,
    key: key(),
    message: { kind: 'text', text: '请回执' },
    receipt: 'tap',
  })
  await as(plain).call(ops.confirmReceipt, { conversation: id, seq: asked })
  const file = await storedFile(server, plain)
  const { seq: carrying } = await as(plain).call(ops.sendMessage, {
    conversation: id,
    key: key(),
    message: { kind: 'file', file },
  })
  const answered = async (message: object, answer: (at: { conversation: string; seq: number }) => Promise<unknown>) => {
    const { seq } = await as(plain).call(ops.sendMessage, { conversation: id, key: key(), message } as never)
    await answer({ conversation: id, seq })
  }
  const poll = { kind: 'poll', question: '去哪儿？', options: ['山', '海'], multiple: false, anonymous: false }
  await answered({ ...poll, endsAt: null }, (at) => as(admin).call(ops.vote, { ...at, options: [0] }))
  await answered({ kind: 'relay', title: '报名', example: '', endsAt: null }, (at) =>
    as(admin).call(ops.writeRelayLine, { ...at, text: '一位' }),
  )
  await as(owner).call(ops.pinMessage, { conversation: id, seq: root, pinned: true })
  await as(owner).call(ops.setGroupNotice, { conversation: id, text: '周四开会' })
  await as(plain).call(ops.saveDraft, { conversation: id, text: '没说完', quote: null })
  await as(plain).call(ops.hideMessages, { conversation: id, seqs: [edited] })
  await as(plain).call(ops.forwardMessages, { from: id, seqs: [root, edited], to: [id], merged: true })
  await as(plain).call(ops.addFavourites, { conversation: id, seqs: [root, carrying] })
  await as(admin).call(ops.addFavourites, { conversation: id, seqs: [root] })
  await as(plain).call(ops.forwardMessages, { from: id, seqs: [root], to: [other] })
  await until(async () => (await find(server, admin, '绝密')).length > 0)
  const before = await as(plain).call(sync.pull, {
    feeds: [{ feed: id, rev: null, view: null, floor: 0, take: 20 }],
  })

  await dissolve(server, owner, id)
  expect((await log(server, plain, id)).at(-1)).toEqual({ event: 'dissolved', days: 7 })
  const { conversation } = await as(plain).call(ops.getConversation, { conversation: id })
  expect(conversation).toMatchObject({ dissolved: true, purgeAt: at('08'), purged: false })
  server.clock.set(at('07'))
  await runDue(server)
  expect(await log(server, plain, id)).toContain('改过的话')

  using device = await as(plain).socket()
  server.clock.set(at('08'))
  await runDue(server)
  const told = await device.frame((frame) => (frame.changes ?? []).some(({ kind }) => kind === 'membership'))
  expect(told.feed).toBe(plain.id)
  for (const member of [owner, admin, plain]) expect(await log(server, member, id)).toEqual([{ event: 'purged' }])
  const after = await as(plain).call(ops.getConversation, { conversation: id })
  expect(after.conversation).toMatchObject({ dissolved: true, purged: true, notice: null })
  expect(await left(server, id)).toEqual({ message: 1 })
  // A device that comes back with what it held is told to begin anew, and holds the line only.
  const [held] = before.feeds
  if (!held || 'gone' in held) throw new Error('it was there')
  const { feeds } = await as(plain).call(sync.pull, {
    feeds: [{ feed: id, rev: held.rev, view: held.view, floor: 0, take: 20 }],
  })
  expect(feeds).toMatchObject([{ reset: true }])
  expect(JSON.stringify(feeds)).not.toContain('绝密')
  // Nobody finds it, follows it, or reads its file by it.
  expect(await find(server, admin, '绝密')).toEqual([])
  expect((await as(admin).call(ops.listThreads, { unread: false, cursor: null, limit: 5 })).items).toEqual([])
  const sign = async (member: TestMember) =>
    (
      await as(member).call(files.signUrls, {
        items: [{ file, via: { conversation: id, seq: carrying }, variant: 'original' }],
      })
    ).items
  expect(await sign(admin)).toEqual([])
  // A favourite is a copy, and keeps its file; a forward is another message.
  expect(await sign(plain)).toHaveLength(1)
  const kept = await as(admin).call(ops.listFavourites, { text: '', tag: null, cursor: null, limit: 5 })
  expect(kept.items).toMatchObject([{ item: { body: { text: '绝密的第一句' } } }])
  expect(await log(server, plain, other)).toContain('绝密的第一句')
  expect(await find(server, plain, '绝密')).toEqual(['绝密的第一句'])
  const [noted] = await audited(server, owner)
  expect(noted).toMatchObject({ action: 'messaging.historyPurged', actor: null, subject: id })
  // Whoever wants the line gone too leaves; the last one out as well.
  for (const member of [plain, admin, owner]) await as(member).call(ops.leaveConversation, { conversation: id })
})

test('a purge that is killed anywhere in between goes on where it was, and is done once', async () => {
  await using server = await startTestServer({ now: at('01') })
  const { owner, admin, plain } = await people(server)
  const { db } = server.app.kernel
  await policy(server, owner, 1)
  const id = await group(server, owner, [admin, plain])
  const file = await storedFile(server, plain)
  const { seq: first } = await server
    .as(plain)
    .call(ops.sendMessage, { conversation: id, key: key(), message: { kind: 'file', file } })
  await say(server, admin, id, '说过的话', first)
  // A longer history than one bite.
  await sql`
    insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, sent_at)
    select ${plain.tenantId}, ${id}, f.rev + n, f.rev + n, ${plain.id}, 'many-' || n, 'text', '{"text":"很多话"}', ${at('01')}
    from feed f, generate_series(1, 2500) n where f.id = ${id}`.execute(db)
  await sql`update feed set rev = rev + 2500, last_seq = rev + 2500 where id = ${id}`.execute(db)
  const left = async () =>
    (
      await rows(
        db,
        sql<{ n: number }>`select count(*)::int as n from message where conversation_id = ${id} and kind <> 'system'`,
      )
    )[0]?.n
  await dissolve(server, owner, id)
  /**
   * A statement on this table fails while what is due is tried; it is healed before that is tried again. The purge comes due
   * only in here: the server looks for what is due by itself too.
   */
  const failing = async (when: string) => {
    await sql`
      create or replace function killed() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(
      db,
    )
    await sql.raw(`create trigger killed before ${when} execute function killed()`).execute(db)
    server.clock.pass(24 * 3600)
    await runDue(server)
    const [job] = await rows(db, sql<{ why: string }>`select last_error as why from job where kind = 'messaging.purge'`)
    expect(job?.why).toBe('killed')
    const table = /on (\w+)/.exec(when)?.[1] ?? ''
    await sql.raw(`drop trigger killed on ${table}`).execute(db)
  }
  // The line is written, and the run that wrote it never ends.
  await failing(`insert on job for each row when (new.kind = 'messaging.purge')`)
  // Some see the line alone, and then again.
  await failing(
    `update on membership for each row when (new.member_id = '${[owner.id, admin.id, plain.id].sort()[2]}')`,
  )
  await failing(`delete on thread_follow for each row`)
  // The second bite of messages.
  await failing(`delete on message for each row when (old.key = 'many-1500')`)
  expect(await left()).toBeGreaterThan(1000)
  expect(await left()).toBeLessThan(2500)
  for (const member of [owner, plain]) expect(await log(server, member, id)).toEqual([{ event: 'purged' }])
  await failing(`insert on audit for each row when (new.action = 'messaging.historyPurged')`)
  server.clock.pass(600)
  await runDue(server)
  await runDue(server)
  expect(await left()).toBe(0)
  for (const member of [owner, admin, plain]) expect(await log(server, member, id)).toEqual([{ event: 'purged' }])
  expect((await audited(server, owner)).map(({ action }) => action)).toEqual([
    'messaging.historyPurged',
    'messaging.dissolvePolicySet',
  ])
  const waiting = await rows(db, sql`select 1 from job where kind in ('messaging.purge', 'search.forget')`)
  expect(waiting).toEqual([])
  const [freed] = await rows(db, sql<{ at: string | null }>`select unreferenced_at as at from file where id = ${file}`)
  expect(freed?.at).not.toBeNull()
})
