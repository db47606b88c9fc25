import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

const list = async (server: TestServer, by: TestMember, box: 'received' | 'sent') =>
  (await server.as(by).call(ops.listThanks, { box, cursor: null, limit: 50 })).items

test('a card stands in its chat and in the lists of who gave and got it; taken back it is gone from all', async () => {
  await using server = await startTestServer({ now: '2024-01-08T01:00:00.000Z' })
  const [ann, bo, cy, eve] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const made = await server.as(ann).call(ops.createGroup, { name: '样品', members: [bo.id, cy.id] })
  const conversation = made.conversation.id
  const thank = (by: TestMember, to: TestMember[], requestId?: string) =>
    server
      .as(by)
      .call(
        ops.sendThanks,
        { conversation, to: to.map(({ id }) => id), text: ' 样品赶出来了，辛苦！ ', design: 'bloom' },
        requestId === undefined ? {} : { requestId },
      )
  const sent = await thank(ann, [bo, cy], 'the-same-card')
  // The same request once more is the same card.
  expect(await thank(ann, [bo, cy], 'the-same-card')).toEqual(sent)
  const { messages } = await server.as(bo).call(ops.getMessages, { conversation, seqs: [sent.seq] })
  const body = { to: [bo.id, cy.id], text: '样品赶出来了，辛苦！', design: 'bloom' }
  expect(messages[0]?.object).toMatchObject({ kind: 'thanks', sender: ann.id, body })
  const card = { conversation, seq: sent.seq, sender: ann.id, ...body }
  expect(await list(server, ann, 'sent')).toMatchObject([card])
  for (const by of [bo, cy]) expect(await list(server, by, 'received')).toMatchObject([card])
  expect(await list(server, ann, 'received')).toEqual([])
  expect(await list(server, eve, 'received')).toEqual([])
  // Not oneself, not whoever is not here, not by whoever is not here.
  await expect(thank(ann, [ann])).rejects.toMatchObject({ code: 'not_found' })
  await expect(thank(ann, [bo, eve])).rejects.toMatchObject({ code: 'not_found' })
  await expect(thank(eve, [ann])).rejects.toMatchObject({ code: 'not_found' })

  // Sent on, it is its words.
  const direct = (await server.as(bo).call(ops.openDirect, { with: eve.id })).conversation.id
  for (const merged of [false, true])
    await server.as(bo).call(ops.forwardMessages, { from: conversation, seqs: [sent.seq], to: [direct], merged })
  const there = (await server.as(eve).call(ops.listMessages, { conversation: direct, before: 1_000, limit: 5 }))
    .messages
  expect(there.map(({ object }) => object)).toMatchObject([
    { kind: 'text', body: { text: body.text } },
    { kind: 'record', body: { first: [{ kind: 'text', text: body.text }] } },
  ])
  await server.as(bo).call(ops.addFavourites, { conversation, seqs: [sent.seq] })
  const kept = await server.as(bo).call(ops.listFavourites, { text: '', tag: null, cursor: null, limit: 5 })
  expect(kept.items).toMatchObject([{ item: { kind: 'text', body: { text: body.text } } }])

  await server.as(ann).call(ops.recallMessage, { conversation, seq: sent.seq })
  expect(await list(server, ann, 'sent')).toEqual([])
  expect(await list(server, bo, 'received')).toEqual([])
  await server.as(ann).call(ops.dissolveGroup, { conversation })
  await expect(thank(ann, [bo])).rejects.toMatchObject({ code: 'conversation_closed' })
})

test('cards are bounded for a day and listed in pages', async () => {
  await using server = await startTestServer({ now: '2024-01-08T01:00:00.000Z', checkAnswers: false })
  const [ann, bo] = [await server.member(), await server.member()]
  const conversation = (await server.as(ann).call(ops.openDirect, { with: bo.id })).conversation.id
  const thank = (n: number) =>
    server.as(ann).call(ops.sendThanks, { conversation, to: [bo.id], text: `谢谢 ${n}`, design: 'star' })
  for (let n = 0; n < limits.thanksPerDay; n++) {
    server.clock.pass(1)
    await thank(n)
  }
  await expect(thank(99)).rejects.toMatchObject({ code: 'too_many_thanks', data: { limit: limits.thanksPerDay } })
  server.clock.pass(24 * 3600)
  await thank(100)
  const seen: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: { text: string }[]; next: string | null } = await server
      .as(bo)
      .call(ops.listThanks, { box: 'received', cursor, limit: 7 })
    seen.push(...page.items.map(({ text }) => text))
    cursor = page.next
    if (cursor === null) break
  }
  expect(seen).toEqual([
    '谢谢 100',
    ...Array.from({ length: limits.thanksPerDay }, (_, n) => `谢谢 ${limits.thanksPerDay - 1 - n}`),
  ])
  await expect(
    server.as(bo).call(ops.listThanks, { box: 'received', cursor: 'yesterday', limit: 7 }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
})
