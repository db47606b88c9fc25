import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chooseMembership,
  foldLogin,
  loginThrottle,
  type Membership,
  mayManage,
  requireGoodPassword,
  throttle,
} from './rules.js'

test('logins are compared without case, width, spaces and China’s prefix', () => {
  expect(foldLogin(' LinZhiXia ')).toEqual({ value: 'linzhixia', kind: 'account' })
  expect(foldLogin('Ａnn＠Example.COM')).toEqual({ value: 'ann@example.com', kind: 'email' })
  for (const phone of ['19000000001', '190-0000-0001', '190 0000 0001', '+86 190 0000 0001', '008619000000001'])
    expect(foldLogin(phone)).toEqual({ value: '19000000001', kind: 'phone' })
  expect(foldLogin('+44 20 7946 0000')).toEqual({ value: '+442079460000', kind: 'phone' })
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(foldLogin(foldLogin(text).value).value).toBe(foldLogin(text).value)
    }),
  )
})

test('a password is long enough and is no login', () => {
  const weak =
    (password: string, logins: string[] = []) =>
    () =>
      requireGoodPassword(password, logins)
  expect(weak('1234567')).toThrow('password_weak')
  expect(weak('LinZhiXia', ['linzhixia'])).toThrow('password_weak')
  expect(weak('190-0000-0001', ['19000000001'])).toThrow('password_weak')
  expect(weak('八个字的密码也可以', ['linzhixia'])).not.toThrow()
})

test('five tries are free, then waits double up to a quarter of an hour, and a day of silence forgets', () => {
  const start = Date.parse('2030-01-01T00:00:00.000Z')
  const after = (failures: number, ms: number) =>
    throttle({ failures, lastAt: new Date(start).toISOString() }, start + ms, loginThrottle)
  expect(throttle(undefined, start, loginThrottle)).toEqual({ failures: 0, waitSeconds: 0 })
  expect(after(4, 0).waitSeconds).toBe(0)
  expect([5, 6, 7, 11, 12, 40].map((n) => after(n, 0).waitSeconds)).toEqual([10, 20, 40, 640, 900, 900])
  expect(after(5, 9_001).waitSeconds).toBe(1)
  expect(after(5, 10_000).waitSeconds).toBe(0)
  expect(after(40, loginThrottle.forgetMs)).toEqual({ failures: 0, waitSeconds: 0 })
})

const membership = (n: number, over: Partial<Membership> = {}): Membership => ({
  tenantId: `ten_${n}`,
  tenantName: '',
  tenantState: 'active',
  memberId: `mem_${n}`,
  state: 'active',
  lastUsedAt: null,
  ...over,
})

test('people go on where they were last, else in the first company that lets them in', () => {
  const [a, b] = [membership(1), membership(2, { lastUsedAt: '2030-01-01T00:00:00.000Z' })]
  expect(chooseMembership([a, b])).toBe(b)
  expect(chooseMembership([a, b], 'ten_1')).toBe(a)
  expect(chooseMembership([a, { ...b, state: 'disabled' }])).toBe(a)
  expect(() => chooseMembership([{ ...a, tenantState: 'suspended' }])).toThrow('tenant_suspended')
  expect(() => chooseMembership([{ ...a, state: 'disabled' }])).toThrow('account_disabled')
  expect(() => chooseMembership([])).toThrow('account_disabled')
})

test('owners manage everybody, admins everybody but owners, members nobody', () => {
  const roles = ['owner', 'admin', 'member'] as const
  expect(roles.map((actor) => roles.map((target) => mayManage(actor, target)))).toEqual([
    [true, true, true],
    [false, true, true],
    [false, false, false],
  ])
})
