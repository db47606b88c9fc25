import { expect, test } from 'vitest'
import { capsOf, isCombination, keysShown, pressed, shortcuts } from './keyboard'

const plain = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const isFor = (press: Partial<typeof plain>, combination: string, mac = false, installed = false) =>
  isCombination({ ...plain, ...press }, combination, mac, installed)

test('Mod is Ctrl, on macOS ⌘, and never both', () => {
  expect(isFor({ key: 'k', ctrlKey: true }, 'Mod+K')).toBe(true)
  expect(isFor({ key: 'K', ctrlKey: true }, 'Mod+K')).toBe(true)
  expect(isFor({ key: 'k', metaKey: true }, 'Mod+K')).toBe(false)
  expect(isFor({ key: 'k', metaKey: true }, 'Mod+K', true)).toBe(true)
  expect(isFor({ key: 'k', ctrlKey: true }, 'Mod+K', true)).toBe(false)
  expect(isFor({ key: 'k', ctrlKey: true, metaKey: true }, 'Mod+K')).toBe(false)
  expect(isFor({ key: 'k', ctrlKey: true, shiftKey: true }, 'Mod+K')).toBe(false)
  expect(isFor({ key: 'k' }, 'Mod+K')).toBe(false)
})

test('with Alt, and on a keyboard of another script, the place of the key decides', () => {
  expect(isFor({ key: '˜', code: 'KeyN', altKey: true }, 'Alt+N', true)).toBe(true)
  expect(isFor({ key: '¡', code: 'Digit1', altKey: true }, 'Alt+1', true)).toBe(true)
  expect(isFor({ key: '1', code: 'Numpad1', altKey: true }, 'Alt+1')).toBe(false)
  expect(isFor({ key: 'л', code: 'KeyK', ctrlKey: true }, 'Mod+K')).toBe(true)
  // On a Dvorak keyboard the letter counts, not its place.
  expect(isFor({ key: 'k', code: 'KeyV', ctrlKey: true }, 'Mod+K')).toBe(true)
  expect(isFor({ key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }, 'Mod+/')).toBe(true)
})

test('F6 alone belongs to the browser until the application is installed', () => {
  expect(isFor({ key: 'F6', code: 'F6' }, 'App+F6')).toBe(false)
  expect(isFor({ key: 'F6', code: 'F6' }, 'App+F6', false, true)).toBe(true)
  expect(isFor({ key: 'F6', code: 'F6', altKey: true }, 'Alt+F6')).toBe(true)
  expect(isFor({ key: 'F6', code: 'F6', altKey: true }, 'App+F6', false, true)).toBe(false)
})

test('no shortcut hears a key of an input method', () => {
  const press = { ...plain, key: 'k', code: 'KeyK', ctrlKey: true, isComposing: false, keyCode: 75 } as KeyboardEvent
  expect(pressed(press, 'switcher')).toBe(0)
  expect(pressed({ ...press, isComposing: true }, 'switcher')).toBe(-1)
  expect(pressed({ ...press, keyCode: 229 }, 'switcher')).toBe(-1)
  const third = { ...press, ctrlKey: false, altKey: true, key: '4', code: 'Digit4' }
  expect(pressed(third, 'nthResult')).toBe(2)
  expect(pressed(third, 'area')).toBe(3)
})

test('no two shortcuts of one place want the same key', () => {
  const own = new Set(['send', 'newLine'])
  const taken = new Map<string, string>()
  for (const [name, { keys, where }] of Object.entries(shortcuts))
    for (const key of own.has(name) ? [] : keys) {
      expect(taken.get(`${where} ${key}`), `${key} of ${name}`).toBeUndefined()
      taken.set(`${where} ${key}`, name)
    }
})

test('the sheet shows a series as one, and the sending key that was chosen', () => {
  expect(keysShown('area', true)).toEqual(['Alt+1…8'])
  expect(keysShown('send', true)).toEqual(['Enter'])
  expect(keysShown('send', false)).toEqual(['Mod+Enter'])
  expect(keysShown('newLine', false)).toEqual(['Enter'])
  expect(keysShown('nextPane', true)).toEqual(['Alt+F6'])
  expect(capsOf('Alt+Shift+ArrowUp')).toEqual(['Alt', 'Shift', '↑'])
})
