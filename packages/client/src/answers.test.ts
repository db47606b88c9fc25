import type { MyAnswer } from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { ManualEnvironment } from '../test/environment.js'
import { Answers } from './answers.js'
import { CallError, ConnectionError } from './call-error.js'

const none = (seq: number): MyAnswer => ({ seq, options: [], line: null, emojis: [] })
const chose = (seq: number, ...options: number[]): MyAnswer => ({ seq, options, line: null, emojis: [] })

/** A server that answers when the test says so. */
function heldBy() {
  const environment = new ManualEnvironment()
  const calls: { name: string; input: { seqs?: number[]; options?: number[] } }[] = []
  const waiting: { answer(value?: unknown): void; refuse(error: Error): void }[] = []
  const answers = new Answers({
    environment,
    call: (name, input) => {
      calls.push({ name, input: input as { seqs?: number[]; options?: number[] } })
      return new Promise((resolve, reject) =>
        waiting.push({ answer: (value) => resolve(value as never), refuse: reject }),
      )
    },
    isOnline: () => true,
    onChanged: () => undefined,
  })
  /** The oldest call that waits. */
  const next = () => {
    const call = waiting.shift()
    if (!call) throw new Error('nothing was asked')
    return call
  }
  return { answers, environment, calls, next }
}

test('what a screen shows is asked for in one call, and again later where no answer came', async () => {
  const { answers, environment, calls, next } = heldBy()
  expect([answers.get('con_1', 4), answers.get('con_1', 5)]).toEqual([null, null])
  await environment.pass(20)
  expect(calls.map(({ input }) => input.seqs)).toEqual([[4, 5]])
  next().refuse(new ConnectionError())
  await environment.pass(0)
  expect(answers.get('con_1', 4)).toBeNull()
  await environment.pass(5_000)
  next().answer({ items: [chose(4, 1), none(5)] })
  await environment.pass(0)
  expect([answers.get('con_1', 4), answers.get('con_1', 5)]).toEqual([chose(4, 1), none(5)])
  expect(calls).toHaveLength(2)
})

test('a vote shows at once, is taken back where it is refused, and votes go one after the other', async () => {
  const { answers, environment, calls, next } = heldBy()
  answers.get('con_1', 4)
  await environment.pass(20)
  next().answer({ items: [none(4)] })
  await environment.pass(0)
  const first = answers.vote('con_1', 4, [0])
  const second = answers.vote('con_1', 4, [1])
  expect(answers.get('con_1', 4)).toEqual(chose(4, 1))
  await environment.pass(0)
  expect(calls.slice(1).map(({ input }) => input.options)).toEqual([[0]])
  next().answer({})
  await first
  await environment.pass(0)
  expect(calls.slice(1).map(({ input }) => input.options)).toEqual([[0], [1]])
  const refused = expect(second).rejects.toThrow('closed')
  next().refuse(new CallError('closed' as never))
  await refused
  expect(answers.get('con_1', 4)).toEqual(chose(4, 0))
})

test('an answer that was asked for before a vote does not hide the vote', async () => {
  const { answers, environment, next } = heldBy()
  answers.get('con_1', 4)
  await environment.pass(20)
  next().answer({ items: [none(4)] })
  await environment.pass(0)
  answers.connected()
  await environment.pass(20)
  const asked = next()
  const voted = answers.vote('con_1', 4, [2])
  await environment.pass(0)
  asked.answer({ items: [none(4)] })
  next().answer({})
  await voted
  expect(answers.get('con_1', 4)).toEqual(chose(4, 2))
  answers.heard({ signal: 'answer', feed: 'con_1', seq: 4, options: [1], line: null })
  expect(answers.get('con_1', 4)).toEqual(chose(4, 1))
})

test('my emojis follow what I do on any device, also while they are asked for', async () => {
  const { answers, environment, calls, next } = heldBy()
  const mine = (...emojis: string[]): MyAnswer => ({ ...none(4), emojis })
  const reacted = (emoji: string, on: boolean) =>
    answers.reacted({ signal: 'reaction', feed: 'con_1', seq: 4, emoji, on })
  reacted('👍', true)
  expect(calls).toEqual([])
  answers.get('con_1', 4)
  await environment.pass(20)
  reacted('🎉', true)
  next().answer({ items: [mine('👍')] })
  await environment.pass(20)
  expect(calls).toHaveLength(2)
  next().answer({ items: [mine('👍', '🎉')] })
  await environment.pass(0)
  reacted('👍', false)
  reacted('✅', true)
  expect(answers.get('con_1', 4)).toEqual(mine('🎉', '✅'))
  answers.heard({ signal: 'answer', feed: 'con_1', seq: 4, options: [1], line: null })
  expect(answers.get('con_1', 4)).toEqual({ ...mine('🎉', '✅'), options: [1] })
  await environment.pass(10_000)
  expect(calls).toHaveLength(2)
})
