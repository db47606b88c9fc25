import { expect, test } from 'vitest'
import { createMemoryStore } from './memory-store.js'
import { keepReply, sendReplies } from './told-replies.js'

const member = 'mem_00000000000000000001'
const reply = { conversation: 'con_00000000000000000001', root: null, text: '三点见' }

/** What a server answers to each operation; undefined is no answer at all. */
type Answers = Record<string, { status: number; body: unknown } | undefined>
const me = { status: 200, body: { member } }
const taken = { status: 200, body: { seq: 1, rev: 1, sentAt: '2030-01-01T00:00:00.000Z' } }
const refusal = (status: number, code: string) => ({ status, body: { error: { code } } })

function network(answers: Answers) {
  const asked: { name: string; input: Record<string, unknown> }[] = []
  const answer = async (url: string, init: RequestInit) => {
    const name = url.replace('/api/', '')
    asked.push({ name, input: JSON.parse(String(init.body)) as Record<string, unknown> })
    const found = answers[name]
    if (!found) throw new TypeError('Failed to fetch')
    return Response.json(found.body, { status: found.status })
  }
  return { http: { base: '', fetch: answer as unknown as typeof fetch }, asked }
}
const sent = (asked: ReturnType<typeof network>['asked']) => asked.filter(({ name }) => name.endsWith('sendMessage'))

test('an answer is kept before it is sent, and goes under one key however often it is tried', async () => {
  const store = createMemoryStore()
  await keepReply(store, reply, 1)
  await keepReply(store, { ...reply, root: 7, text: '带上样板' }, 2)
  const answers: Answers = { 'identity.getMe': me }
  const { http, asked } = network(answers)
  expect(await sendReplies(http, store, member)).toMatchObject([{ state: 'waiting', reply }])
  answers['messaging.sendMessage'] = refusal(503, 'unavailable')
  expect(await sendReplies(http, store, member)).toMatchObject([{ state: 'waiting' }])
  expect(await store.sends()).toHaveLength(2)
  answers['messaging.sendMessage'] = taken
  expect((await sendReplies(http, store, member)).map(({ state }) => state)).toEqual(['sent', 'sent'])
  expect(await store.sends()).toEqual([])
  const inputs = sent(asked).map(({ input }) => input)
  expect(inputs.map(({ message }) => (message as { text: string }).text)).toEqual([
    '三点见',
    '三点见',
    '三点见',
    '带上样板',
  ])
  expect(new Set(inputs.slice(0, 3).map(({ key }) => key)).size).toBe(1)
  expect(inputs.map(({ root }) => root)).toEqual([undefined, undefined, undefined, 7])
})

test('what is refused lies there as failed, for the program to give back', async () => {
  const store = createMemoryStore()
  await keepReply(store, reply, 1)
  await keepReply(store, { ...reply, text: '很'.repeat(20_001) }, 2)
  const { http, asked } = network({ 'identity.getMe': me, 'messaging.sendMessage': refusal(403, 'muted') })
  expect(await sendReplies(http, store, member)).toMatchObject([
    { state: 'refused', code: 'muted' },
    { state: 'refused', code: 'invalid_input' },
  ])
  expect(await store.sends()).toMatchObject([
    { state: 'failed', error: { code: 'muted' } },
    { state: 'failed', error: { code: 'invalid_input' } },
  ])
  expect(sent(asked)).toHaveLength(1)
  expect(await sendReplies(http, store, member)).toEqual([])
})

test('nothing goes out, and nothing stays, for whoever is not signed in here as the one who was told', async () => {
  for (const answer of [refusal(401, 'unauthenticated'), { status: 200, body: { member: 'mem_of_another' } }]) {
    const store = createMemoryStore()
    await keepReply(store, reply, 1)
    const { http, asked } = network({ 'identity.getMe': answer, 'messaging.sendMessage': taken })
    expect(await sendReplies(http, store, member)).toMatchObject([{ state: 'stranger', reply }])
    expect(sent(asked)).toEqual([])
    expect(await store.sends()).toEqual([])
  }
})
