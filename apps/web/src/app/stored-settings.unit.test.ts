import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clampListWidth, listWidths, readDeviceSettings } from './stored-settings'

test('what was stored is read as far as it makes sense', () => {
  const standard = readDeviceSettings(null)
  expect(standard).toEqual({ listWidth: null, notify: false, notifyContent: true, notifySound: true })
  expect(readDeviceSettings('{')).toEqual(standard)
  expect(readDeviceSettings('[1]')).toEqual(standard)
  expect(readDeviceSettings('{"listWidth":9000,"notify":true,"notifySound":"no"}')).toEqual({
    ...standard,
    listWidth: 360,
    notify: true,
  })
})

test('law: whatever is stored, the list is as wide as it may be', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const listWidth = readDeviceSettings(text).listWidth ?? listWidths.standard
      expect(listWidth).toBeGreaterThanOrEqual(listWidths.min)
      expect(listWidth).toBeLessThanOrEqual(listWidths.max)
    }),
  )
  expect(clampListWidth(Number.NaN)).toBe(280)
})
