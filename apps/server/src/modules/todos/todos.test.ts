import { removeMember } from '@heyi/contract/directory'
import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/todos'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

// In the past: the outbox is kept an hour by the clock of the test, and written by the database's own.
const at = (time: string) => `2024-01-08T${time}:00.000Z`
const plain = { dueAt: null, remindAt: null, source: null }

const open = async (server: TestServer, by: TestMember) =>
  (await server.as(by).call(ops.listTodos, { done: false, cursor: null, limit: 50 })).items
const done = async (server: TestServer, by: TestMember) =>
  (await server.as(by).call(ops.listTodos, { done: true, cursor: null, limit: 50 })).items

test('a to-do stands in the lists of whoever made it and whoever is to do it, until all have done it', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [ann, bo, cy, eve] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const made = await server
    .as(ann)
    .call(ops.createTodo, { ...plain, text: ' 备好样品 ', assignees: [bo.id, cy.id], dueAt: at('09:00') })
  expect(made).toMatchObject({ text: '备好样品', creator: ann.id, version: 1, doneAt: null })
  for (const member of [ann, bo, cy]) expect(await open(server, member)).toMatchObject([{ id: made.id }])
  expect(await open(server, eve)).toEqual([])
  const complete = (by: TestMember, value = true) => server.as(by).call(ops.completeTodo, { id: made.id, done: value })
  await expect(complete(eve)).rejects.toMatchObject({ code: 'not_found' })
  await expect(complete(ann)).rejects.toMatchObject({ code: 'not_allowed' })
  using device = await server.as(ann).socket()
  expect((await complete(bo)).doneAt).toBeNull()
  const told = await device.frame(({ changes = [] }) => changes.some(({ kind }) => kind === 'todo'))
  expect(told.changes).toMatchObject([
    {
      object: {
        assignees: [
          { member: bo.id, doneAt: at('01:00') },
          { member: cy.id, doneAt: null },
        ],
      },
    },
  ])
  await complete(cy)
  await device.frame(({ changes = [] }) => changes.some(({ kind, removed }) => kind === 'todo' && removed === true))
  for (const member of [ann, bo, cy]) {
    expect(await open(server, member)).toEqual([])
    expect(await done(server, member)).toMatchObject([{ id: made.id, doneAt: at('01:00') }])
  }
  // Not after all.
  await complete(cy, false)
  expect(await open(server, bo)).toMatchObject([{ id: made.id, doneAt: null }])

  // Only whoever made it changes it; who is left out no longer has it.
  const { version } = await complete(cy, false)
  const update = (by: TestMember, of: { version: number }) =>
    server.as(by).call(ops.updateTodo, { id: made.id, text: '备好两套样品', assignees: [cy.id], ...of })
  await expect(update(bo, { version })).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(update(ann, { version: 1 })).rejects.toMatchObject({ code: 'version_conflict' })
  await update(ann, { version })
  expect(await open(server, bo)).toEqual([])
  await expect(server.as(cy).call(ops.deleteTodo, { id: made.id })).rejects.toMatchObject({ code: 'not_allowed' })
  await server.as(ann).call(ops.deleteTodo, { id: made.id })
  expect(await open(server, cy)).toEqual([])
})

test('a message shows how many of its to-dos are done; nobody makes one from what they may not read', async () => {
  await using server = await startTestServer()
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const { conversation } = await server.as(ann).call(messaging.createGroup, { name: '样品', members: [bo.id] })
  const message = { kind: 'text' as const, text: '周五前备好样品' }
  const { seq } = await server
    .as(ann)
    .call(messaging.sendMessage, { conversation: conversation.id, key: 'todo-message', message })
  const source = { conversation: conversation.id, seq }
  const create = (by: TestMember, assignees: string[]) =>
    server.as(by).call(ops.createTodo, { ...plain, text: '备好样品', assignees, source })
  await expect(create(eve, [eve.id])).rejects.toMatchObject({ code: 'not_found' })
  const first = await create(bo, [bo.id])
  await create(ann, [bo.id, eve.id])
  const shown = async () =>
    (await server.as(bo).call(messaging.getMessages, { conversation: conversation.id, seqs: [seq] })).messages[0]
      ?.object
  expect(await shown()).toMatchObject({ todo: { done: 0, total: 2 } })
  await server.as(bo).call(ops.completeTodo, { id: first.id, done: true })
  expect(await shown()).toMatchObject({ todo: { done: 1, total: 2 } })
  await server.as(bo).call(ops.deleteTodo, { id: first.id })
  expect(await shown()).toMatchObject({ todo: { done: 0, total: 1 } })
})

test('a reminder comes once, at its time, also by another copy; what is done or put off is not reminded of', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const make = (text: string, remindAt: string) =>
    server.as(ann).call(ops.createTodo, { ...plain, text, assignees: [ann.id, bo.id], remindAt })
  await expect(make('昨天的事', at('00:59'))).rejects.toMatchObject({ code: 'time_not_allowed' })
  const kept = await make('打电话', at('02:00'))
  const put = await make('写周报', at('02:00'))
  const gone = await make('订会议室', at('02:00'))
  await server.as(ann).call(ops.updateTodo, { id: put.id, version: put.version, remindAt: at('03:00') })
  for (const by of [ann, bo]) await server.as(by).call(ops.completeTodo, { id: gone.id, done: true })
  await using other = await startTestServer({ now: at('02:01'), beside: server })
  server.clock.set(at('02:01'))
  // Both, for either may be at it already.
  const runDue = () => Promise.all([server, other].map((copy) => copy.app.kernel.jobs.runDue()))
  await runDue()
  const reminded = async () =>
    (await open(server, bo)).filter(({ remindedAt }) => remindedAt !== null).map(({ id }) => id)
  expect(await reminded()).toEqual([kept.id])
  server.clock.set(at('03:01'))
  await runDue()
  expect(new Set(await reminded())).toEqual(new Set([kept.id, put.id]))
})

test('lists are paged, by time; whoever leaves the company has nothing to do any more', async () => {
  await using server = await startTestServer({ now: at('01:00'), checkAnswers: false })
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  for (let n = 0; n < 12; n++) {
    // Ids are in the order in which they were made.
    server.clock.pass(0.001)
    await server.as(ann).call(ops.createTodo, {
      ...plain,
      text: `第 ${n} 件`,
      assignees: n % 2 ? [bo.id] : [ann.id, bo.id],
      dueAt: n < 10 ? at(`${String(23 - n)}:00`) : null,
    })
  }
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: { text: string }[]; next: string | null } = await server
      .as(ann)
      .call(ops.listTodos, { done: false, cursor, limit: 5 })
    seen.push(...page.items.map(({ text }) => text))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toEqual([...Array.from({ length: 10 }, (_, n) => `第 ${9 - n} 件`), '第 10 件', '第 11 件'])
  await server.as(boss).call(removeMember, { member: bo.id })
  await server.app.kernel.jobs.runDue()
  // Those that were bo’s alone are done; the others wait for ann.
  expect(await open(server, ann)).toHaveLength(6)
})
