import type { ErrorCode } from '@heyi/contract/errors'
import { expect, test } from 'vitest'
import { ManualEnvironment, tick } from '../test/environment.js'
import { CallError, ConnectionError } from './call-error.js'
import { createMemoryStore } from './memory-store.js'
import { Queue, type QueuePorts } from './queue.js'

/** A queue whose server is the test: each call waits to be answered or refused. */
function start(store = createMemoryStore(), tab = 'tab1', gone: string[] = []) {
  const environment = new ManualEnvironment()
  const calls: {
    key: string
    conversation: string
    text: string
    answer(rev: number): void
    fail(error: Error): void
  }[] = []
  const state = { online: true, reached: 0, answered: [] as number[] }
  const call = (_name: string, input: { key: string; conversation: string; message: { text: string } }) =>
    new Promise((resolve, reject) => {
      const { key, conversation, message } = input
      const answer = (rev: number) => resolve({ seq: rev, rev, sentAt: '' })
      calls.push({ key, conversation, text: message.text, answer, fail: reject })
    })
  const queue = new Queue({
    environment,
    store,
    call: call as unknown as QueuePorts['call'],
    me: 'mem_me',
    tab,
    isOnline: () => state.online,
    leads: () => true,
    goneAmong: async (tabs) => tabs.filter((other) => gone.includes(other)),
    messages: () => [],
    hasReached: (_conversation, rev) => state.reached >= rev,
    onChanged: () => undefined,
    onAnswered: (_conversation, rev) => state.answered.push(rev),
  })
  const send = (text: string, conversation = 'con_1') => queue.add(conversation, { kind: 'text', text }, null)
  const texts = () => calls.map((one) => one.text)
  return { environment, store, queue, calls, state, send, texts }
}
const refusal = (code: ErrorCode) => new CallError(code)

test('sends go in order, one in flight per conversation, and are stored before they are promised', async () => {
  const { queue, calls, send, store, texts } = start()
  const keys = await Promise.all([send('one'), send('two'), send('other', 'con_2')])
  expect((await store.sends()).map(({ key }) => key)).toEqual(keys)
  await tick()
  expect(texts()).toEqual(['one', 'other'])
  calls[0]?.answer(5)
  await tick()
  expect(texts()).toEqual(['one', 'other', 'two'])
  expect(queue.pending('con_1').map(({ state }) => state)).toEqual(['sending', 'sending'])
  expect((await store.sends()).map(({ key }) => key)).toEqual([keys[1], keys[2]])
})

test('an answered send is shown until its feed has come that far', async () => {
  const { queue, calls, send, state } = start()
  await send('one')
  calls[0]?.answer(5)
  await tick()
  expect(state.answered).toEqual([5])
  expect(queue.pending('con_1')).toHaveLength(1)
  state.reached = 5
  queue.settle('con_1')
  expect(queue.pending('con_1')).toHaveLength(0)
})

test('a lost connection and a busy server repeat the send under its key; the next one waits', async () => {
  const { environment, queue, calls, send, state, texts } = start()
  await send('one')
  await send('two')
  state.online = false
  calls[0]?.fail(new ConnectionError('lost'))
  await tick()
  expect(queue.pending('con_1').map((item) => item.state)).toEqual(['queued', 'queued'])
  state.online = true
  queue.connected()
  calls[1]?.fail(refusal('busy'))
  await tick()
  await environment.pass(10_000)
  calls[2]?.fail(refusal('rate_limited'))
  await tick()
  await environment.pass(10_000)
  calls[3]?.answer(3)
  await tick()
  expect(texts()).toEqual(['one', 'one', 'one', 'one', 'two'])
  expect(new Set(calls.slice(0, 4).map(({ key }) => key)).size).toBe(1)
})

test('a refusal fails the send for good, lets the next one go, and can be retried under the same key or discarded', async () => {
  const { queue, calls, send, store, texts } = start()
  const key = await send('one')
  await send('two')
  calls[0]?.fail(refusal('muted'))
  await tick()
  expect(queue.pending('con_1')[0]).toMatchObject({ key, state: 'failed', error: { code: 'muted' } })
  expect(texts()).toEqual(['one', 'two'])
  calls[1]?.answer(2)
  await tick()
  expect(await store.sends()).toMatchObject([{ key, state: 'failed' }])
  await queue.retry(key)
  expect(calls[2]).toMatchObject({ key, text: 'one' })
  calls[2]?.fail(refusal('conversation_closed'))
  await tick()
  await queue.discard(key)
  expect(await store.sends()).toEqual([])
})

test('a restart sends what is left; what another tab left is adopted when that tab is gone, not before', async () => {
  const before = start()
  before.state.online = false
  await before.send('one')
  const alive = start(before.store, 'tab2')
  await alive.queue.adopt()
  expect(alive.texts()).toEqual([])
  const gone = ['tab1']
  const after = start(before.store, 'tab3', gone)
  await after.send('later')
  after.calls[0]?.answer(1)
  await after.queue.adopt()
  await tick()
  expect(after.texts()).toEqual(['later', 'one'])
  expect((await after.store.sends()).map(({ tab }) => tab)).toEqual(['tab3'])
})

test('a store that fails does not stop sending', async () => {
  const broken = { ...createMemoryStore(), saveOwn: () => Promise.reject(new Error('quota')) }
  const { send, texts } = start(broken)
  await send('one')
  expect(texts()).toEqual(['one'])
})
