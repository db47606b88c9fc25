import type { Invitation } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'

/** Pinyin readings of each character of a text, the likeliest first; anything but a Chinese character stands for itself. */
export type Read = (text: string) => string[][]

export interface Word {
  word: string
  weight: number
}

const maxWordChars = 64
const maxParts = 12
const maxAlternatives = 8

/** Compared without case, width, and the dots and dashes that people put into names. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[·•‧・'’]/g, '')
    .trim()

const foldPhone = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[ -]/g, '')
    .replace(/^(\+|00)86(?=\d{5})/, '')

interface Unit {
  text: string
  readings: string[]
}

/** A name cut into what it is built of: single Chinese characters, and words of other scripts. */
function units(name: string, read: Read): Unit[] {
  const text = fold(name)
  const readings = read(text)
  const found: Unit[] = []
  let joining = false
  for (const [index, char] of [...text].entries()) {
    const isHan = /\p{Script=Han}/u.test(char)
    const last = found.at(-1)
    if (isHan) found.push({ text: char, readings: (readings[index] ?? [char]).map(fold) })
    else if (!/[\p{L}\p{N}]/u.test(char)) joining = false
    else if (joining && last) {
      last.text += char
      last.readings = [last.text]
    } else found.push({ text: char, readings: [char] })
    joining = !isHan && /[\p{L}\p{N}]/u.test(char)
  }
  return found
}

/** Ways to read a name aloud: the likeliest, then each with one syllable read otherwise (单 shan, dan, chan). */
function pronunciations(all: Unit[]): string[][] {
  const first = all.map((unit) => unit.readings[0] ?? unit.text)
  const others = all.flatMap((unit, at) => unit.readings.slice(1).map((reading) => first.with(at, reading)))
  return [first, ...others].slice(0, maxAlternatives)
}

interface Weights {
  text: number
  pinyin: number
  initials: number
}

/** Words of a name and of each of its ends, so that 知夏, zhixia and zx find 林知夏; the whole name counts a little more. */
function nameWords(name: string, read: Read, weights: Weights): Word[] {
  const all = units(name, read)
  const starts = [...all.keys()].slice(0, maxParts)
  const ends = (parts: string[], weight: number) =>
    starts.map((at) => ({ word: parts.slice(at).join(''), weight: at === 0 ? weight + 5 : weight }))
  const initials = (parts: string[]) =>
    ends(
      parts.map((part) => [...part][0] ?? ''),
      weights.initials,
    ).filter(({ word }) => word.length > 1)
  const spoken = pronunciations(all).flatMap((parts) => [...ends(parts, weights.pinyin), ...initials(parts)])
  return [
    ...ends(
      all.map((unit) => unit.text),
      weights.text,
    ),
    ...spoken,
  ]
}

export interface Searchable {
  name: string
  alias: string
  account: string | null
  phone: string
  email: string
}

/** Everything that finds somebody. */
export function memberWords(who: Searchable, read: Read): Word[] {
  const phone = foldPhone(who.phone)
  return distinct([
    ...nameWords(who.name, read, { text: 95, pinyin: 75, initials: 55 }),
    ...nameWords(who.alias, read, { text: 90, pinyin: 70, initials: 50 }),
    { word: fold(who.account ?? ''), weight: 75 },
    { word: phone, weight: 65 },
    { word: phone.length > 4 ? phone.slice(-4) : '', weight: 60 },
    { word: fold(who.email), weight: 45 },
  ])
}

/** Everything that finds a department, and through it the people in it. */
export const departmentWords = (name: string, read: Read): Word[] =>
  distinct(nameWords(name, read, { text: 90, pinyin: 70, initials: 50 }))

function distinct(words: Word[]): Word[] {
  const best = new Map<string, number>()
  for (const { word, weight } of words) {
    const cut = [...word].slice(0, maxWordChars).join('')
    if (cut !== '') best.set(cut, Math.max(weight, best.get(cut) ?? 0))
  }
  return [...best].map(([word, weight]) => ({ word, weight }))
}

/** A phone number of which the ends may be seen: `190 **** 0003`; of a short one nothing. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').slice(-11)
  return digits.length < 8 ? '****' : `${digits.slice(0, 3)} **** ${digits.slice(-4)}`
}

/** The first leaders of these departments, top first; nobody twice, and not the member themself. */
export function reportingLine(path: readonly { leaders: readonly string[] }[], member: string): string[] {
  const line = path.flatMap(({ leaders }) => leaders.slice(0, 1))
  return [...new Set(line)].filter((leader) => leader !== member)
}

/** What the list of people is sorted by: pinyin, then the name itself for those who sound alike. */
export function sortKey(name: string, read: Read): string {
  const spoken = units(name, read).map((unit) => unit.readings[0] ?? unit.text)
  return `${spoken.join(' ')} ${fold(name)}`
}

const maxQueryParts = 6

/** The parts of a query, all of which must match; a phone number is one part however it is spaced. */
export function queryParts(text: string): string[] {
  const folded = fold(text)
  if (/^\+?[\d -]{5,}$/.test(folded)) return [foldPhone(folded)]
  const parts = folded.split(/\s+/).filter(Boolean)
  return [...new Set(parts)].slice(0, maxQueryParts)
}

/** Above every word that begins with the part, in the order of bytes. */
export const rangeEnd = (part: string): string => `${part}\u{10ffff}`

/** Whether a department would stand under itself. `parents` leads from each department to the one above. */
export function isCycle(
  department: string,
  parent: string | null,
  parents: ReadonlyMap<string, string | null>,
): boolean {
  for (let at = parent; at !== null; at = parents.get(at) ?? null) if (at === department) return true
  return false
}

export interface InvitationFacts {
  uses: number
  maxUses: number
  expiresAt: string
  revokedAt: string | null
}

/** @param now ISO 8601 in UTC */
export function invitationState(facts: InvitationFacts, now: string): Invitation['state'] {
  if (facts.revokedAt !== null) return 'revoked'
  if (facts.uses >= facts.maxUses) return 'used_up'
  return facts.expiresAt <= now ? 'expired' : 'open'
}

/** Whose these logins are, for somebody about to be added. */
export type Owner = { new: true } | { person: string } | { taken: string }

/**
 * Somebody new, the one person who has these logins already, or a clash: an account that is free beside a phone of
 * somebody else means two people.
 *
 * @param logins folded
 * @param owners person by login, of those that are somebody’s
 */
export function ownerOf(logins: { value: string; kind: string }[], owners: ReadonlyMap<string, string>): Owner {
  const known = logins.filter(({ value }) => owners.has(value))
  const [first] = known
  if (!first) return { new: true }
  const person = owners.get(first.value) ?? ''
  const other = known.find(({ value }) => owners.get(value) !== person)
  if (other) return { taken: other.value }
  const account = logins.find(({ kind }) => kind === 'account')
  return account && !owners.has(account.value) ? { taken: first.value } : { person }
}

/** How many of these changes fit into one transaction: at least one, then while feeds and changes stay in bounds. */
export function fitting<T extends { feeds: string[] }>(changes: readonly T[]): T[] {
  const feeds = new Set<string>()
  let count = 0
  const fits = changes.findIndex((change, index) => {
    for (const feed of change.feeds) feeds.add(feed)
    count += change.feeds.length
    return index > 0 && (feeds.size > limits.emitFeeds - 10 || count > limits.transactionChanges - 100)
  })
  return changes.slice(0, fits === -1 ? changes.length : fits)
}
