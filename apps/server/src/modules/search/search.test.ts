import * as directory from '@heyi/contract/directory'
import * as messaging from '@heyi/contract/messaging'
import * as notices from '@heyi/contract/notices'
import * as operator from '@heyi/contract/operator'
import * as ops from '@heyi/contract/search'
import * as todos from '@heyi/contract/todos'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { row, rows, sql } from '../../kernel/db.js'

let keys = 0
async function say(server: TestServer, who: TestMember, conversation: string, text: string): Promise<number> {
  const { seq } = await server
    .as(who)
    .call(messaging.sendMessage, { conversation, key: `search-${++keys}`, message: { kind: 'text', text } })
  return seq
}

async function group(server: TestServer, owner: TestMember, others: TestMember[], more: object = {}): Promise<string> {
  const made = await server
    .as(owner)
    .call(messaging.createGroup, { name: '群', members: others.map(({ id }) => id), ...more })
  return made.conversation.id
}

type Input = z.input<typeof ops.search.input>

async function texts(server: TestServer, who: TestMember, text: string, more: Partial<Input> = {}): Promise<string[]> {
  const { messages } = await server.as(who).call(ops.search, { text, group: 'messages', limit: 50, ...more })
  return messages.items.map((one) => one.text)
}

/** Everything said so far is in the index. */
async function indexed(server: TestServer): Promise<void> {
  await until(
    async () =>
      (
        await row(
          server.app.kernel.db,
          sql<{ left: number }>`
            select count(*) as left from feed f left join search_progress p on p.tenant_id = f.tenant_id and p.conversation_id = f.id
            where f.id like 'con_%' and f.rev > coalesce(p.rev, 0)`,
        )
      )?.left === 0,
  )
}

const within = 2_000

test('what was said is found within two seconds, the newest first, with the words marked', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const bo = await server.member()
  const conversation = await group(server, ann, [bo])
  await say(server, ann, conversation, '我家在上海东边')
  await say(server, bo, conversation, '北京下雪了')
  await say(server, bo, conversation, '下周去 上海 开会，订单PO-2024号也带上')
  await until(async () => (await texts(server, ann, '上海')).length === 2, within)
  expect(await texts(server, ann, '上海')).toEqual(['下周去 上海 开会，订单PO-2024号也带上', '我家在上海东边'])
  expect(await texts(server, ann, '上海 PO-2024')).toHaveLength(1)
  expect(await texts(server, ann, '海东')).toEqual(['我家在上海东边'])
  expect(await texts(server, ann, '东上')).toEqual([])
  const { messages } = await server.as(ann).call(ops.search, { text: '上海', group: 'all', limit: 1 })
  expect(messages.items).toMatchObject([{ conversation, sender: bo.id, kind: 'text', ranges: [[4, 6]], file: null }])
  const second = await server
    .as(ann)
    .call(ops.search, { text: '上海', group: 'messages', cursor: messages.next, limit: 1 })
  expect([second.messages.items[0]?.text, second.messages.next]).toEqual(['我家在上海东边', null])
})

test('nobody finds what they may not read: strangers, newcomers before their time, those who left or were removed', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, dee, stranger] = await Promise.all(Array.from({ length: 5 }, () => server.member()))
  if (!ann || !bo || !cy || !dee || !stranger) throw new Error('nobody')
  const elsewhere = await server.member({ tenant: await server.tenant('另一家公司') })
  const conversation = await group(server, ann, [bo, cy])
  // So many that the first ones are in a block and the last ones are not.
  for (let i = 0; i < 70; i++) await say(server, ann, conversation, `机密甲 ${i}`)
  await indexed(server)
  for (const who of [ann, bo, cy]) expect(await texts(server, who, '机密甲')).toHaveLength(50)
  for (const who of [stranger, elsewhere, dee]) {
    expect(await texts(server, who, '机密甲')).toEqual([])
    expect(await texts(server, who, '机密甲', { filters: { in: conversation } })).toEqual([])
  }
  await server.as(ann).call(messaging.addMembers, { conversation, members: [dee.id] })
  await say(server, ann, conversation, '机密甲 后来')
  await until(async () => (await texts(server, dee, '机密甲')).length === 1, within)
  expect(await texts(server, dee, '机密甲')).toEqual(['机密甲 后来'])

  await server.as(bo).call(messaging.leaveConversation, { conversation })
  expect(await texts(server, bo, '机密甲')).toEqual([])
  await server.as(ann).call(messaging.removeMembers, { conversation, members: [cy.id] })
  expect(await texts(server, cy, '机密甲')).toEqual([])
  // Who comes back finds what they may read now.
  await server.as(ann).call(messaging.addMembers, { conversation, members: [cy.id] })
  expect(await texts(server, cy, '机密甲')).toEqual([])
})

test('recalled and hidden messages are gone at once, from the answer and within two seconds from the index', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const bo = await server.member()
  const conversation = await group(server, ann, [bo])
  const early = await say(server, ann, conversation, '撤回甲 早')
  for (let i = 0; i < 66; i++) await say(server, ann, conversation, `别的 ${i}`)
  const late = await say(server, ann, conversation, '撤回甲 晚')
  await indexed(server)
  expect(await texts(server, bo, '撤回甲')).toEqual(['撤回甲 晚', '撤回甲 早'])
  await server.as(bo).call(messaging.hideMessages, { conversation, seqs: [late] })
  expect(await texts(server, bo, '撤回甲')).toEqual(['撤回甲 早'])
  expect(await texts(server, ann, '撤回甲')).toHaveLength(2)
  for (const seq of [early, late]) await server.as(ann).call(messaging.recallMessage, { conversation, seq })
  expect(await texts(server, ann, '撤回甲')).toEqual([])
  const kept = () =>
    rows(
      server.app.kernel.db,
      sql`select folded from search_block where folded like '%撤回甲%' union all select folded from search_tail where folded like '%撤回甲%'`,
    )
  await until(async () => (await kept()).length === 0, within)
  expect(await texts(server, ann, '别的', { limit: 50 })).toHaveLength(50)
})

test('an edited message is found by what it says now', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const conversation = await group(server, ann, [])
  const seq = await say(server, ann, conversation, '改之前的话')
  const next = await say(server, ann, conversation, '另一句')
  await indexed(server)
  // As an edit leaves the log: the same place, another text, a newer rev.
  const { db } = server.app.kernel
  await db.transaction().execute(async (tx) => {
    const moved = await row(
      tx,
      sql<{ rev: number }>`update feed set rev = rev + 1 where id = ${conversation} returning rev`,
    )
    await sql`update message set body = '{"text": "改之后的话"}', rev = ${moved?.rev} where conversation_id = ${conversation} and seq = ${seq}`.execute(
      tx,
    )
    await sql`insert into outbox (heads) values (${JSON.stringify([[ann.tenantId, conversation, next, moved?.rev]])}::jsonb)`.execute(
      tx,
    )
  })
  await until(async () => (await texts(server, ann, '改之后')).length === 1, within)
  expect(await texts(server, ann, '改之前')).toEqual([])
})

test('whatever is said, taken back, hidden, joined and left, a search finds exactly what may be read', {
  timeout: 120_000,
}, async () => {
  await using server = await startTestServer()
  const members = await Promise.all(Array.from({ length: 3 }, () => server.member()))
  const [owner, ...others] = members
  if (!owner) throw new Error('nobody')
  const groups = [await group(server, owner, others), await group(server, owner, others, { historyVisible: true })]
  let seed = 7
  const upTo = (n: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 8) % n
  }
  const pick = <T>(from: readonly T[]): T => from[upTo(from.length)] as T
  const words = ['甲乙', '丙丁', 'Code-7', '訂單']
  const sent: { who: TestMember; conversation: string; seq: number }[] = []
  const hidden = new Set<string>()
  const act = async (): Promise<void> => {
    const [what, conversation, who] = [upTo(20), pick(groups), pick(others)]
    const one = sent.length > 0 ? pick(sent) : null
    if (what === 0)
      return void (await server.as(owner).call(messaging.removeMembers, { conversation, members: [who.id] }))
    if (what === 1) return void (await server.as(owner).call(messaging.addMembers, { conversation, members: [who.id] }))
    if (what === 2 && one) return void (await server.as(one.who).call(messaging.recallMessage, one))
    if (what === 3 && one) {
      await server.as(who).call(messaging.hideMessages, { conversation: one.conversation, seqs: [one.seq] })
      hidden.add(`${who.id} ${one.conversation} ${one.seq}`)
      return
    }
    const speaker = pick(members)
    const text = `${pick(words)}${upTo(1_000)}${pick(words)}`
    sent.push({ who: speaker, conversation, seq: await say(server, speaker, conversation, text) })
  }
  const readable = async (who: TestMember, word: string): Promise<string[]> => {
    const found: string[] = []
    for (const conversation of groups) {
      const page = { conversation, before: 1_000_000, limit: 200 }
      const listed = await server
        .as(who)
        .call(messaging.listMessages, page)
        .catch(() => ({ messages: [] }))
      for (const { object } of listed.messages)
        if (
          object.kind === 'text' &&
          object.body?.text.includes(word) &&
          !hidden.has(`${who.id} ${conversation} ${object.seq}`)
        )
          found.push(`${conversation} ${object.seq}`)
    }
    return found.sort()
  }
  const search = async (who: TestMember, word: string): Promise<string[]> => {
    const found: string[] = []
    let cursor = null as string | null
    do {
      const input: Input = { text: word, group: 'messages', cursor, limit: 17 }
      const page: z.output<typeof ops.search.output>['messages'] = (await server.as(who).call(ops.search, input))
        .messages
      found.push(...page.items.map(({ conversation, seq }) => `${conversation} ${seq}`))
      cursor = page.next
    } while (cursor !== null)
    expect(new Set(found).size).toBe(found.length)
    return found.sort()
  }
  for (let round = 0; round < 6; round++) {
    // What is not allowed at that moment is refused, which is fine.
    for (let i = 0; i < 45; i++) await act().catch(() => undefined)
    await indexed(server)
    for (const who of members)
      for (const word of words)
        expect([round, word, await search(who, word)]).toEqual([round, word, await readable(who, word)])
  }
})

test('filters narrow it down: sender, conversation, kind and time', async () => {
  await using server = await startTestServer({ now: '2030-01-01T08:00:00.000Z' })
  const ann = await server.member()
  const bo = await server.member()
  const one = await group(server, ann, [bo])
  const two = await group(server, ann, [bo])
  await say(server, ann, one, '筛选 甲一')
  await say(server, bo, one, '筛选 乙一 https://example.com/page')
  server.clock.pass(86_400)
  await say(server, bo, two, '筛选 乙二')
  await indexed(server)
  const found = (filters: Input['filters']) => texts(server, ann, '筛选', { filters })
  expect(await found({ from: bo.id })).toEqual(['筛选 乙二', '筛选 乙一 https://example.com/page'])
  expect(await found({ in: one })).toHaveLength(2)
  expect(await found({ in: one, from: ann.id })).toEqual(['筛选 甲一'])
  expect(await found({ kind: 'link' })).toEqual(['筛选 乙一 https://example.com/page'])
  expect(await found({ kind: 'file' })).toEqual([])
  expect(await found({ after: '2030-01-02T00:00:00.000Z' })).toEqual(['筛选 乙二'])
  expect(await found({ before: '2030-01-02T00:00:00.000Z' })).toHaveLength(2)
  // However much others say of it.
  for (let i = 0; i < 300; i++) await say(server, bo, two, `筛选 ${i}`)
  await indexed(server)
  expect(await found({ from: ann.id })).toEqual(['筛选 甲一'])
  // A filter alone is a question too; nothing at all is none.
  expect(await texts(server, ann, '', { filters: { from: ann.id } })).toEqual(['筛选 甲一'])
  expect(await texts(server, ann, '')).toEqual([])
  await expect(texts(server, ann, '筛选', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_input' })
})

test('one box finds people by pinyin and initials, groups by name and by who is in them', async () => {
  await using server = await startTestServer()
  const owner = await server.member({ role: 'owner' })
  const { id: lin } = await server
    .as(owner)
    .call(directory.addMember, { name: '林知夏', account: 'zhixia' })
    .then(({ member }) => member)
  const make = (name: string, members: string[]) =>
    server
      .as(owner)
      .call(messaging.createGroup, { name, members })
      .then(({ conversation }) => conversation.id)
  const spring = await make('春季新品 Launch', [])
  const with_ = await make('随便聊聊', [lin])
  const box = (text: string) => server.as(owner).call(ops.search, { text, group: 'all', limit: 5 })
  for (const text of ['林知夏', 'linzhixia', 'lzx', '知夏']) {
    const { people, conversations } = await box(text)
    expect(people.map(({ name }) => name)).toEqual(['林知夏'])
    expect(conversations).toMatchObject([{ conversation: with_, members: [{ name: '林知夏' }] }])
  }
  expect((await box('春季 launch')).conversations).toMatchObject([
    {
      conversation: spring,
      ranges: [
        [0, 2],
        [5, 11],
      ],
      members: [],
    },
  ])
  expect((await box('春季')).people).toEqual([])
  const other = await server.member()
  expect((await server.as(other).call(ops.search, { text: '春季', group: 'all', limit: 5 })).conversations).toEqual([])
})

test('notices for me and to-dos of mine are found, by words in title and text together; nobody else’s', async () => {
  await using server = await startTestServer()
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  const find = (by: TestMember, text: string) => server.as(by).call(ops.search, { text, group: 'all', limit: 5 })
  const notice = { title: '年度體檢安排', text: '请各位在十一月内到市一医院，空腹。', files: [], mustRead: false }
  const post = (audience: object) =>
    server.as(boss).call(notices.createNotice, {
      ...notice,
      audience: { everyone: false, departments: [], roles: [], ...audience },
      commentsOn: false,
      publishAt: null,
    })
  const made = await post({ everyone: true })
  await post({ roles: ['owner'] })
  // Simplified finds traditional; one word of the title, one of the text.
  const found = (await find(ann, '体检 空腹')).notices
  expect(found).toMatchObject([{ id: made.id, title: notice.title, titleRanges: [[2, 4]] }])
  const [{ text = '', ranges = [] } = {}] = found
  expect(ranges.map(([from, to]) => text.slice(from, to))).toEqual(['空腹'])
  expect((await find(boss, '体检')).notices).toHaveLength(2)
  await server.as(boss).call(notices.withdrawNotice, { id: made.id })
  expect((await find(ann, '体检')).notices).toEqual([])

  const todo = { dueAt: null, remindAt: null, source: null }
  const mine = await server.as(ann).call(todos.createTodo, { ...todo, text: '约体检时间', assignees: [ann.id] })
  await server.as(ann).call(todos.completeTodo, { id: mine.id, done: true })
  expect((await find(ann, '体检')).todos).toMatchObject([{ id: mine.id, ranges: [[1, 3]] }])
  expect((await find(ann, '体检')).todos[0]?.doneAt).not.toBeNull()
  expect((await find(bo, '体检')).todos).toEqual([])
  // Filters speak of messages.
  const from = { text: '体检', group: 'all', limit: 5, filters: { from: boss.id } } as const
  expect(await server.as(ann).call(ops.search, from)).toMatchObject({ notices: [], todos: [] })
})

test('a database whose messages were never indexed catches up by itself, block by block', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const conversation = await group(server, ann, [])
  const { db, outbox, jobs } = server.app.kernel
  await indexed(server)
  await sql`
    insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, sent_at)
    select ${ann.tenantId}, ${conversation}, n, n, ${ann.id}, 'bulk-' || n, 'text', jsonb_build_object('text', '补录第' || n || '条'), now() - (6000 - n) * interval '1 second'
    from generate_series(1000, 6000) n`.execute(db)
  await sql`update feed set rev = 6000, last_seq = 6000 where id = ${conversation}`.execute(db)
  await sql`update generation set id = 'another'`.execute(db)
  await outbox.readAll()
  await jobs.runDue()
  await indexed(server)
  expect(await texts(server, ann, '补录', { limit: 2 })).toEqual(['补录第6000条', '补录第5999条'])
  expect(await texts(server, ann, '第1003条')).toEqual(['补录第1003条'])
  const counted = await row(
    db,
    sql<{ inBlocks: number; inTail: number }>`
      select (select sum(cardinality(places)) from search_block) as "inBlocks", (select count(*) from search_tail) as "inTail"`,
  )
  expect(Number(counted?.inBlocks) + Number(counted?.inTail)).toBe(5_001)
  const metrics = await server.app.metrics.registry.metrics()
  expect(metrics).toMatch(/^heyi_search_backlog 0$/m)
  expect(metrics).toMatch(/^heyi_search_indexed_total \d{4,}$/m)
})

test('a deleted company leaves nothing in the index', async () => {
  await using server = await startTestServer()
  const tenant = await server.tenant('要走的公司')
  const ann = await server.member({ tenant })
  const conversation = await group(server, ann, [])
  for (let i = 0; i < 70; i++) await say(server, ann, conversation, `留不下的话 ${i}`)
  await indexed(server)
  server.app.identity.setOperatorToken('operator-token-of-this-test')
  const by = server.withToken('operator-token-of-this-test')
  await by.call(operator.setTenantState, { tenant: tenant.id, state: 'suspended' })
  await by.call(operator.deleteTenant, { tenant: tenant.id, name: '要走的公司' })
  await until(async () => {
    await server.app.kernel.jobs.runDue()
    const left = await rows(
      server.app.kernel.db,
      sql`select tenant_id from search_block union all select tenant_id from search_tail union all select tenant_id from search_progress`,
    )
    return left.length === 0
  })
})

test('cards are found by what they say: polls, relay lists and their lines, places, and contacts by name', async () => {
  await using server = await startTestServer()
  const ann = await server.member({ role: 'owner' })
  const bo = await server.member()
  const { id: cy } = (await server.as(ann).call(directory.addMember, { name: '欧阳听雪', account: 'tingxue' })).member
  const conversation = await group(server, ann, [bo])
  const elsewhere = await group(server, ann, [])
  const send = async (message: unknown, to = conversation) =>
    (
      await server
        .as(ann)
        .call(messaging.sendMessage, { conversation: to, key: `search-card-${++keys}`, message } as never)
    ).seq
  const poll = { multiple: false, anonymous: false, endsAt: null }
  const seqs = {
    poll: await send({ kind: 'poll', question: '年会在哪里办？', options: ['钱塘江边', '良渚'], ...poll }),
    relay: await send({ kind: 'relay', title: '周五聚餐报名', example: '', endsAt: null }),
    location: await send({ kind: 'location', name: '杭州展厅', address: '湖畔路 86 号', latitude: 30, longitude: 120 }),
    contact: await send({ kind: 'contact', member: cy }),
  }
  await send({ kind: 'contact', member: cy }, elsewhere)
  await server.as(bo).call(messaging.writeRelayLine, { conversation, seq: seqs.relay, text: '带两瓶桂花酿' })
  const found = async (text: string, more: Partial<Input> = {}) =>
    (await server.as(bo).call(ops.search, { text, group: 'messages', limit: 50, ...more })).messages.items
  for (const [text, seq] of [
    ['年会在哪里', seqs.poll],
    ['钱塘江', seqs.poll],
    ['聚餐报名', seqs.relay],
    ['桂花酿', seqs.relay],
    ['杭州展厅', seqs.location],
    ['湖畔路', seqs.location],
    ['欧阳听雪', seqs.contact],
    ['听雪', seqs.contact],
    ['ouyang', seqs.contact],
  ] as const)
    await until(async () => (await found(text)).map((one) => one.seq).join() === String(seq), within)
  expect(await found('听雪')).toMatchObject([{ kind: 'contact', text: '欧阳听雪', ranges: [[2, 4]], conversation }])
  expect(await found('听雪', { filters: { in: conversation } })).toHaveLength(1)
  expect(await found('听雪', { filters: { from: bo.id } })).toEqual([])
  expect(await texts(server, ann, '听雪')).toEqual(['欧阳听雪', '欧阳听雪'])
  // Under the name of today; taken back, no more.
  await server.as(ann).call(messaging.recallMessage, { conversation, seq: seqs.contact })
  expect(await found('听雪')).toEqual([])
  // A line that was taken out is found no longer.
  await server.as(bo).call(messaging.writeRelayLine, { conversation, seq: seqs.relay, text: null })
  await until(async () => (await found('桂花酿')).length === 0, 5_000)
  expect(await found('聚餐报名')).toHaveLength(1)
})
