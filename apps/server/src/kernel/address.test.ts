import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientReader, isFromHere } from './address.js'

interface From {
  peer: string
  local?: string
  host?: string
  headers?: Record<string, string | string[]>
}

function request({ peer, local = '192.168.1.5', host = 'chat.example.com', headers = {} }: From): IncomingMessage {
  const whole = { socket: { remoteAddress: peer, localAddress: local }, headers: { host, ...headers } }
  return whole as unknown as IncomingMessage
}

const read = (trusted: string | null, from: From, encrypted = false) => clientReader(trusted)(request(from), encrypted)
const forged = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'localhost' }

test('without a trusted proxy nobody is believed about where they come from', () => {
  expect(read(null, { peer: '203.0.113.9', headers: forged })).toEqual({
    address: '203.0.113.9',
    host: 'chat.example.com',
    secure: false,
    loopback: false,
  })
  expect(read('10.0.0.1', { peer: '203.0.113.9', headers: forged })).toEqual({
    address: '203.0.113.9',
    host: 'chat.example.com',
    secure: false,
    loopback: false,
  })
})

test('loopback is only a program here that asks for a loopback name, and no proxy', () => {
  expect(read(null, { peer: '127.0.0.1', host: 'localhost:7300' }).loopback).toBe(true)
  expect(read(null, { peer: '::1', host: '[::1]:7300' }).loopback).toBe(true)
  expect(read(null, { peer: '::ffff:127.0.0.1', host: '127.0.0.1:7300' })).toMatchObject({
    address: '127.0.0.1',
    loopback: true,
  })
  // A page elsewhere whose name was pointed to 127.0.0.1, a proxy here, and the network.
  expect(read(null, { peer: '127.0.0.1', host: 'evil.example' }).loopback).toBe(false)
  expect(read(null, { peer: '127.0.0.1', host: 'localhost.evil.example' }).loopback).toBe(false)
  expect(
    read(null, { peer: '127.0.0.1', host: 'localhost', headers: { 'x-forwarded-for': '203.0.113.9' } }).loopback,
  ).toBe(false)
  expect(read(null, { peer: '203.0.113.9', host: 'localhost' }).loopback).toBe(false)
  expect(read('127.0.0.1', { peer: '127.0.0.1', host: 'localhost' }).loopback).toBe(false)
})

test('a trusted proxy tells address, name and encryption; without its headers the request is its own', () => {
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'chat.example.com',
  }
  expect(read('10.0.0.1', { peer: '10.0.0.1', host: 'inner', headers })).toEqual({
    address: '203.0.113.9',
    host: 'chat.example.com',
    secure: true,
    loopback: false,
  })
  expect(read('10.0.0.1', { peer: '::ffff:10.0.0.1', host: 'inner', headers })).toMatchObject({
    address: '203.0.113.9',
    secure: true,
  })
  expect(read('10.0.0.1', { peer: '10.0.0.1', host: 'inner' })).toEqual({
    address: '10.0.0.1',
    host: 'inner',
    secure: false,
    loopback: false,
  })
  expect(read('10.0.0.1', { peer: '10.0.0.1' }, true).secure).toBe(true)
})

test('of a chain, what stands before the first hop that nobody vouches for is not believed', () => {
  const chain = (value: string | string[]) =>
    read('10.0.0.0/8, 192.0.2.7', { peer: '10.0.0.1', headers: { 'x-forwarded-for': value } }).address
  expect(chain('127.0.0.1, 203.0.113.9')).toBe('203.0.113.9')
  expect(chain('1.1.1.1, 203.0.113.9, 192.0.2.7, 10.4.4.4')).toBe('203.0.113.9')
  expect(chain(['1.1.1.1', '203.0.113.9, 10.4.4.4'])).toBe('203.0.113.9')
  expect(chain('10.9.9.9, 10.4.4.4')).toBe('10.0.0.1')
  expect(chain('')).toBe('10.0.0.1')
})

test('proto and host are the ones of the nearest proxy', () => {
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https, http',
    'x-forwarded-host': 'forged.example, chat.example.com',
  }
  expect(read('10.0.0.1', { peer: '10.0.0.1', headers })).toMatchObject({ secure: false, host: 'chat.example.com' })
})

test('networks and addresses of both families', () => {
  const headers = { 'x-forwarded-for': '2001:db8::9' }
  const trusted = '10.0.0.0/8, fd00::/8, ::1'
  expect(read(trusted, { peer: 'fd00::17', headers }).address).toBe('2001:db8::9')
  expect(read(trusted, { peer: '::1', headers }).address).toBe('2001:db8::9')
  expect(read(trusted, { peer: 'fe00::17', headers }).address).toBe('fe00::17')
  expect(read(trusted, { peer: '11.0.0.1', headers }).address).toBe('11.0.0.1')
  expect(read(trusted, { peer: 'fe80::1%eth0', headers }).address).toBe('fe80::1%eth0')
})

test('a setting that names neither address nor network is refused by name', () => {
  for (const wrong of [
    'proxy.example.com',
    '10.0.0.0/33',
    '10.0.0.0/x',
    'fd00::/129',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/9',
  ])
    expect(() => clientReader(wrong), wrong).toThrow(
      `HEYI_TRUST_PROXY must list addresses or networks, and “${wrong}” is neither`,
    )
  expect(() => clientReader(' 10.0.0.1 ,, fd00::/8 ')).not.toThrow()
})

test('plain HTTP beside HTTPS is for this machine', () => {
  const here = (from: From) => isFromHere(request(from))
  expect(here({ peer: '127.0.0.1', local: '127.0.0.1', host: 'localhost:7300' })).toBe(true)
  expect(here({ peer: '192.168.1.5', host: '192.168.1.5:7300' })).toBe(true)
  expect(here({ peer: '::ffff:192.168.1.5', local: '::ffff:192.168.1.5', host: '192.168.1.5:7300' })).toBe(true)
  expect(here({ peer: 'fd00::2', local: 'fd00::2', host: '[fd00::2]:7300' })).toBe(true)
  // A browser here is better off with HTTPS, except where plain HTTP is a secure context too.
  const browser = { 'upgrade-insecure-requests': '1' }
  expect(here({ peer: '192.168.1.5', host: '192.168.1.5:7300', headers: browser })).toBe(false)
  expect(here({ peer: '127.0.0.1', local: '127.0.0.1', host: 'localhost:7300', headers: browser })).toBe(true)
  expect(here({ peer: '192.168.1.9', host: '192.168.1.5:7300' })).toBe(false)
  expect(here({ peer: '192.168.1.9', host: 'localhost:7300' })).toBe(false)
  // A tunnel or a container’s gateway makes others look like this machine, but not the name they asked for.
  expect(here({ peer: '127.0.0.1', local: '127.0.0.1', host: 'chat.example.com' })).toBe(false)
  expect(
    here({ peer: '127.0.0.1', local: '127.0.0.1', host: 'localhost', headers: { 'x-forwarded-for': '192.168.1.9' } }),
  ).toBe(false)
  expect(here({ peer: '', local: '', host: '' })).toBe(false)
})
