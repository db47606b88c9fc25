import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export type IdPrefix =
  | 'ten'
  | 'per'
  | 'mem'
  | 'ctc'
  | 'dep'
  | 'con'
  | 'fil'
  | 'ses'
  | 'inv'
  | 'joi'
  | 'lnk'
  | 'job'
  | 'aud'

/**
 * A new id: a prefix that names its kind, nine characters of the time and eleven of chance (55 bits), in base 32
 * without i, l, o and u, so that ids sort by the time they were made.
 */
export function newId(prefix: IdPrefix, nowMs: number): string {
  let time = ''
  for (let n = nowMs, i = 0; i < 9; i++, n = Math.floor(n / 32)) time = alphabet[n % 32] + time
  let chance = ''
  for (const byte of randomBytes(11)) chance += alphabet[byte & 31]
  return `${prefix}_${time}${chance}`
}

/** A secret for links and sessions: 256 bits in URL-safe letters. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
