import { expect, test } from 'vitest'
import { newId } from './ids.js'

test('ids sort as they were made, within a millisecond too, and are never the same', () => {
  const made = [1_000, 1_000, 1_001].flatMap((ms) => Array.from({ length: 5_000 }, () => newId('con', ms)))
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  expect(made.every((id) => /^con_[0-9a-hjkmnp-tv-z]{20}$/.test(id))).toBe(true)
})
