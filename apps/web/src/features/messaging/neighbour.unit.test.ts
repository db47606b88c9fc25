import type { InboxEntry } from '@heyi/client'
import { expect, test } from 'vitest'
import { neighbour, nextUnread } from './neighbour'

const entry = (id: string, unread = 0, muted = false, mentioned = false) =>
  ({ id, unread, mentioned, membership: { muted } }) as InboxEntry

test('beside the open chat, and no further than the ends', () => {
  const list = ['a', 'b', 'c'].map((id) => entry(id))
  expect(neighbour(list, 'b', 1)).toBe('c')
  expect(neighbour(list, 'b', -1)).toBe('a')
  expect(neighbour(list, 'c', 1)).toBeNull()
  expect(neighbour(list, 'a', -1)).toBeNull()
  expect(neighbour(list, null, 1)).toBe('a')
  expect(neighbour(list, 'gone', -1)).toBe('c')
  expect(neighbour([], null, 1)).toBeNull()
})

test('the next unread goes round, and passes over muted ones unless they name me', () => {
  const list = [entry('a', 2), entry('b'), entry('c', 9, true), entry('d', 1, true, true), entry('e', 3)]
  expect(nextUnread(list, 'a', 1)).toBe('d')
  expect(nextUnread(list, 'd', 1)).toBe('e')
  expect(nextUnread(list, 'e', 1)).toBe('a')
  expect(nextUnread(list, 'a', -1)).toBe('e')
  expect(nextUnread(list, null, 1)).toBe('a')
  expect(nextUnread(list, null, -1)).toBe('e')
  expect(nextUnread([entry('a', 1)], 'a', 1)).toBeNull()
  expect(nextUnread([], null, 1)).toBeNull()
})
