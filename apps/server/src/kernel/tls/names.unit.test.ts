import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSettings } from '../settings.js'
import { decodeNameConstraints, encodeNameConstraints, permits } from './name-constraints.js'
import { namesOf, publicUrlOf, readMachine } from './names.js'

const machine = { hostname: 'Office-PC.corp.example', addresses: ['192.168.1.5', 'fd00::2'] }

test('a certificate is for the machine’s name, its .local name, its addresses, loopback, and the public host', () => {
  expect(namesOf(machine, 'https://chat.example.com:8443/')).toEqual({
    dns: ['localhost', 'office-pc.corp.example', 'office-pc.local', 'chat.example.com'],
    addresses: ['127.0.0.1', '::1', '192.168.1.5', 'fd00::2'],
  })
  expect(namesOf({ hostname: '张三的电脑', addresses: [] }, 'https://[2001:db8::1]')).toEqual({
    dns: ['localhost'],
    addresses: ['127.0.0.1', '::1', '2001:db8::1'],
  })
})

test('people are told the public address, else the best one it listens on', () => {
  const at = (env: Record<string, string>, port = 7300, secure = true) =>
    publicUrlOf(readSettings(env), secure, port, () => machine)
  expect(at({})).toBe('https://localhost:7300')
  expect(at({}, 7300, false)).toBe('http://localhost:7300')
  expect(at({ HEYI_HOST: '0.0.0.0' })).toBe('https://192.168.1.5:7300')
  expect(at({ HEYI_HOST: '0.0.0.0' }, 443)).toBe('https://192.168.1.5')
  expect(at({ HEYI_HOST: '::' })).toBe('https://192.168.1.5:7300')
  expect(at({ HEYI_HOST: 'fd00::2' })).toBe('https://[fd00::2]:7300')
  expect(at({ HEYI_HOST: '10.0.0.1' })).toBe('https://10.0.0.1:7300')
  expect(at({ HEYI_HOST: '0.0.0.0', HEYI_PUBLIC_URL: 'https://chat.example.com/' })).toBe('https://chat.example.com')
  expect(publicUrlOf(readSettings({ HEYI_HOST: '0.0.0.0' }), true, 7300, () => ({ hostname: '', addresses: [] }))).toBe(
    'https://localhost:7300',
  )
})

test('this machine’s addresses are neither loopback nor link-local', () => {
  for (const address of readMachine().addresses) expect(address).not.toMatch(/^(127\.|::1$|fe80:)/i)
})

test('name constraints are read as they were written, whatever their length', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,60}$/)
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 30 }),
      (names) => void expect(decodeNameConstraints(encodeNameConstraints(names))).toEqual(names),
    ),
  )
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      (bytes) => void expect(decodeNameConstraints(bytes)).toBeInstanceOf(Array),
    ),
  )
})

test('a name permits itself and what is below it', () => {
  expect(permits(['local', 'box'], 'box')).toBe(true)
  expect(permits(['local', 'box'], 'box.local')).toBe(true)
  expect(permits(['local', 'box'], 'notbox')).toBe(false)
  expect(permits(['local', 'box'], 'local.example.com')).toBe(false)
})
