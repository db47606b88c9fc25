import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loudness } from './recorder'

test('every step is within bounds, the loudest is at the top, silence is flat', () => {
  const samples = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 64, maxLength: 500 })
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 64 }), (sound, steps) => {
      const bars = loudness(sound, steps)
      expect(bars).toHaveLength(steps)
      expect(bars.every((bar) => Number.isInteger(bar) && bar >= 0 && bar <= 31)).toBe(true)
      if (sound.slice(0, 64).some((one) => Math.abs(one) > 0.01) && steps <= 8) expect(Math.max(...bars)).toBe(31)
    }),
  )
  expect(loudness(new Float32Array(100), 4)).toEqual([0, 0, 0, 0])
  expect(loudness([0, 0, 0.5, -0.5, 1, -1], 3)).toEqual([0, 16, 31])
})
