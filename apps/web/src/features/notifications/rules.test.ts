import type { InboxEntry } from '@heyi/client'
import { expect, test } from 'vitest'
import { seenIn, toTell } from './rules'

interface Given {
  seq: number
  unread?: number
  muted?: boolean
  sender?: string
  kind?: string
  state?: string
  named?: string
}
const entry = (
  id: string,
  { seq, unread = 1, muted = false, sender = 'bo', kind = 'text', state = 'sent', named = '' }: Given,
) =>
  ({
    id,
    unread,
    membership: { muted },
    last: { rev: seq, object: { seq, sender, kind, state, body: { mentions: named ? [{ principal: named }] : [] } } },
  }) as InboxEntry

const seen = seenIn([entry('a', { seq: 5 })])
const told = (given: Given, onScreen: string | null = null) =>
  toTell([entry('a', given)], seen, 'me', onScreen).length > 0

test('told is what is new, unread, of somebody else and not muted, once', () => {
  expect(told({ seq: 6 })).toBe(true)
  expect(told({ seq: 5 })).toBe(false)
  expect(told({ seq: 6, unread: 0 })).toBe(false)
  expect(told({ seq: 6, muted: true })).toBe(false)
  expect(told({ seq: 6, muted: true, named: 'me' })).toBe(true)
  expect(told({ seq: 6, muted: true, named: 'bo' })).toBe(false)
  expect(told({ seq: 6, sender: 'me' })).toBe(false)
  expect(told({ seq: 6, kind: 'system' })).toBe(false)
  expect(told({ seq: 6, state: 'recalled' })).toBe(false)
})

test('nothing is told of the chat on screen, and everything of a chat that is new', () => {
  expect(told({ seq: 6 }, 'a')).toBe(false)
  expect(told({ seq: 6 }, 'b')).toBe(true)
  expect(toTell([entry('new', { seq: 1 })], seen, 'me', 'a').map(({ id }) => id)).toEqual(['new'])
  expect(toTell([{ ...entry('empty', { seq: 1 }), last: null }], seen, 'me', null)).toEqual([])
})
