import { expect, test } from 'vitest'
import { createLeaseLeadership } from './leader.js'

/** The part of a `localStorage` that tabs share. */
function createShelf() {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

test('without Web Locks one tab at a time holds the lease; a silent one loses it and counts as gone', async () => {
  const shelf = createShelf()
  let now = 1_000_000
  const open = () => createLeaseLeadership('mem_1', shelf, () => now)
  const nothing = () => undefined
  const [first, second, third] = [open(), open(), open()]
  expect(await first.lead(nothing)).toBe(true)
  expect(await second.lead(nothing)).toBe(false)
  expect(await second.goneAmong([first.tab, 'unheard-of'])).toEqual(['unheard-of'])
  now += 200_000
  expect(await third.lead(nothing)).toBe(true)
  expect(await third.goneAmong([first.tab])).toEqual([first.tab])
  third.release()
  const fourth = open()
  expect(await fourth.lead(nothing)).toBe(true)
  for (const tab of [first, second, fourth]) tab.release()
})
