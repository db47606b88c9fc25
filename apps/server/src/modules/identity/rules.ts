import type { Role } from '@heyi/contract/identity'
import { limits } from '@heyi/contract/limits'
import { fail } from '../../kernel/errors.js'

export type LoginKind = 'account' | 'phone' | 'email'
export interface Login {
  value: string
  kind: LoginKind
}

/**
 * What somebody typed, as it is kept and compared: without case, full-width letters as plain ones, a phone without
 * spaces and dashes and without China’s own prefix.
 */
export function foldLogin(text: string): Login {
  const value = text.normalize('NFKC').trim().toLowerCase()
  if (value.includes('@')) return { value, kind: 'email' }
  const digits = value.replace(/[ -]/g, '')
  if (/^\+?\d{5,20}$/.test(digits)) return { value: digits.replace(/^(\+|00)86(?=\d{5})/, ''), kind: 'phone' }
  return { value, kind: 'account' }
}

/** @throws AppError `password_weak` for a password that is short or the same as something its owner signs in with */
export function requireGoodPassword(password: string, logins: readonly string[]): void {
  const short = [...password].length < limits.passwordMinChars
  if (short || logins.includes(foldLogin(password).value)) throw fail('password_weak', { min: limits.passwordMinChars })
}

/** After how many failures waiting begins, and after which silence they are forgotten. */
export interface Throttle {
  free: number
  forgetMs: number
}
export const loginThrottle: Throttle = { free: 5, forgetMs: 24 * 3600_000 }
/** Many people may share an address. */
export const addressThrottle: Throttle = { free: 50, forgetMs: 3600_000 }
/** Mails with a password link to one login. */
export const mailThrottle: Throttle = { free: 3, forgetMs: 3600_000 }

const firstWaitSeconds = 10
const longestWaitSeconds = 15 * 60

export interface Failures {
  failures: number
  lastAt: string
}

/** The failures that still count, and for how many seconds another try is refused: 10, 20, 40 … up to 15 minutes. */
export function throttle(
  before: Failures | undefined,
  nowMs: number,
  { free, forgetMs }: Throttle,
): { failures: number; waitSeconds: number } {
  if (!before) return { failures: 0, waitSeconds: 0 }
  const lastMs = Date.parse(before.lastAt)
  if (nowMs - lastMs >= forgetMs) return { failures: 0, waitSeconds: 0 }
  const { failures } = before
  const wait = failures < free ? 0 : Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures - free))
  return { failures, waitSeconds: Math.max(0, Math.ceil((lastMs + wait * 1000 - nowMs) / 1000)) }
}

export interface Membership {
  tenantId: string
  tenantName: string
  tenantState: 'active' | 'suspended' | 'deleting'
  memberId: string
  state: 'invited' | 'active' | 'disabled' | 'removed'
  lastUsedAt: string | null
}

const isOpen = (m: Membership): boolean => m.state === 'active' && m.tenantState === 'active'

/**
 * Where somebody continues after signing in: where they were last, else the first they joined.
 *
 * @param memberships in order of joining
 * @throws AppError `tenant_suspended` or `account_disabled` where none is open; the latter with `waiting: true` for
 *   somebody who has no company yet, because nobody has let them in
 */
export function chooseMembership(memberships: readonly Membership[], preferred?: string | null): Membership {
  const open = memberships.filter(isOpen)
  const last = open.reduce<Membership | undefined>(
    (best, m) => ((m.lastUsedAt ?? '') > (best?.lastUsedAt ?? '') ? m : best),
    undefined,
  )
  const chosen = open.find((m) => m.tenantId === preferred) ?? last ?? open[0]
  if (chosen) return chosen
  if (memberships.some((m) => m.state === 'active')) throw fail('tenant_suspended')
  throw fail('account_disabled', memberships.length === 0 ? { waiting: true } : undefined)
}

/** Owners may do anything to anybody; admins do nothing to owners, or one could become the other. */
export const mayManage = (actor: Role, target: Role): boolean =>
  actor === 'owner' || (actor === 'admin' && target !== 'owner')

const hourMs = 3600_000
const dayMs = 24 * hourMs

/** Sessions last half a year where the device is one’s own, else a day. */
export const sessionMs = (keep: boolean): number => (keep ? 180 * dayMs : dayMs)
export const adminLinkMs = 72 * hourMs
export const mailLinkMs = hourMs
/** A session’s “last seen” is written at most this often. */
export const seenEveryMs = 60_000
/** Ended sessions and links are kept this long, so that the last company used is known. */
export const keepEndedMs = 30 * dayMs
