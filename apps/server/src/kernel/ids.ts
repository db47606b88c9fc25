import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export type IdPrefix =
  | 'ten'
  | 'per'
  | 'mem'
  | 'ctc'
  | 'dep'
  | 'con'
  | 'fav'
  | 'rem'
  | 'sch'
  | 'ntc'
  | 'ncm'
  | 'tdo'
  | 'fil'
  | 'ses'
  | 'inv'
  | 'joi'
  | 'lnk'
  | 'job'
  | 'aud'
  | 'ntf'
  | 'psh'
  | 'chn'
  | 'stk'
  | 'spk'

/** The first five letters of chance, 25 bits, of the newest id, and the millisecond it was made in. */
let newest = { ms: -1, rank: 0 }

/**
 * A new id: a prefix that names its kind, nine characters of the time and eleven of chance (54 bits), in base 32
 * without i, l, o and u. Ids sort by the time they were made; those of one process also within a millisecond.
 */
export function newId(prefix: IdPrefix, nowMs: number): string {
  const chance = randomBytes(11)
  // Half of its range is left for those that follow.
  const rank = newest.ms === nowMs ? newest.rank + 1 : chance.readUInt32BE(0) >>> 8
  newest = { ms: nowMs, rank }
  let tail = ''
  for (const byte of chance.subarray(5)) tail += alphabet[byte & 31]
  return `${prefix}_${letters(nowMs, 9)}${letters(rank, 5)}${tail}`
}

function letters(number: number, count: number): string {
  let text = ''
  for (let n = number, i = 0; i < count; i++, n = Math.floor(n / 32)) text = alphabet[n % 32] + text
  return text
}

/** A secret for links and sessions: 256 bits in URL-safe letters. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
