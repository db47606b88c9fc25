import type { Members } from '@heyi/contract/messaging'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualEnvironment } from '../test/environment.js'
import { knownNickname, type NicknameCard, Nicknames } from './nicknames.js'

test('what a device says of a nickname is what the server has, whatever it heard and asked before', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f']
  const most = 3
  const change = fc.record({
    id: fc.constantFrom(...people),
    nickname: fc.option(fc.constantFrom('甲', '乙', '丙'), { nil: null }),
    /** Whether the device asks about somebody after this change. */
    asks: fc.option(fc.constantFrom(...people), { nil: null }),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
      const truth = new Map<string, { nickname: string | null; rev: number }>()
      const cards = new Map<string, NicknameCard>()
      for (const [i, { id, nickname, asks }] of changes.entries()) {
        const rev = i + 1
        truth.set(id, { nickname, rev })
        if (asks) cards.set(asks, { nickname: truth.get(asks)?.nickname ?? null, rev })
      }
      const recent = [...truth]
        .map(([id, one]) => ({ id, ...one }))
        .sort((a, b) => b.rev - a.rev)
        .slice(0, most)
      for (const id of people) {
        const known = knownNickname(recent, cards.get(id), id, most)
        if (known !== undefined) expect(known).toBe(truth.get(id)?.nickname ?? null)
        // It asks only where there are more than the object carries.
        else expect(truth.size).toBeGreaterThanOrEqual(most)
      }
    }),
  )
})

test('a screen asks once for all it shows, and only in a group with many nicknames', async () => {
  const environment = new ManualEnvironment()
  const asked: unknown[] = []
  let nicknames: Members['nicknames'] = [{ id: 'mem_a', nickname: '小安', rev: 4 }]
  let drawn = 0
  const held = new Nicknames({
    environment,
    call: async (_name, input) => {
      asked.push(input)
      return { rev: 40, items: [{ id: 'mem_b', nickname: '老白' }] } as never
    },
    members: () => ({ count: 500, first: [], waiting: 0, nicknames }),
    view: () => 'v',
    onChanged: () => drawn++,
  })
  expect(held.get('con_1', 'mem_a')).toBe('小安')
  expect(held.get('con_1', 'mem_b')).toBeNull()
  await environment.pass(100)
  expect(asked).toEqual([])
  nicknames = Array.from({ length: 20 }, (_, i) => ({ id: `mem_${i}`, nickname: `${i}`, rev: 40 - i }))
  expect([held.get('con_1', 'mem_b'), held.get('con_1', 'mem_c'), held.get('con_1', 'mem_3')]).toEqual([
    null,
    null,
    '3',
  ])
  await environment.pass(100)
  expect(asked).toEqual([{ conversation: 'con_1', members: ['mem_b', 'mem_c'] }])
  expect(drawn).toBe(1)
  expect([held.get('con_1', 'mem_b'), held.get('con_1', 'mem_c')]).toEqual(['老白', null])
  // Another change is carried by the object, and nobody asks again.
  nicknames = [{ id: 'mem_b', nickname: '大白', rev: 41 }, ...nicknames.slice(0, 19)]
  expect([held.get('con_1', 'mem_b'), held.get('con_1', 'mem_c')]).toEqual(['大白', null])
  await environment.pass(100)
  expect(asked).toHaveLength(1)
})
