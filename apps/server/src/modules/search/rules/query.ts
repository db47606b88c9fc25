import { fold, foldWithPlaces } from './fold.js'
import { gramsFor, kindOf } from './grams.js'

const mostTerms = 10
const mostRanges = 50

/** Something that a text must contain. */
export interface Term {
  folded: string
  /** A single letter or digit counts only where a word begins: anywhere it would be in every text. */
  atWord: boolean
}

/** From and to, in UTF-16 units of the original. */
export type Range = [from: number, to: number]

/** Words that must all be there, in any order; what stands in quotes stays together. */
export function readTerms(text: string): Term[] {
  const found = [...text.matchAll(/["“”„「『]([^"“”„「」『』]+)["“”」』]|(\S+)/gu)].map(
    ([, phrase, word]) => phrase ?? word ?? '',
  )
  const folded = found.map((part) => fold(part.replace(/^["“”„「『]|["“”」』]$/gu, ''))).filter((part) => part !== '')
  return [...new Set(folded)].slice(0, mostTerms).map((part) => ({ folded: part, atWord: isLetter(part) }))
}

const isLetter = (folded: string): boolean => [...folded].length === 1 && kindOf(folded.codePointAt(0) ?? 0) === 'word'

/** Numbers that every text with all these terms has in the index; empty means that the index cannot help. */
export const gramsOfTerms = (terms: readonly Term[]): number[] => [
  ...new Set(terms.flatMap(({ folded }) => gramsFor(folded))),
]

/** Whether a folded text has all of them. */
export const hasTerms = (folded: string, terms: readonly Term[]): boolean =>
  terms.every((term) => placeOf(folded, term, 0) >= 0)

function placeOf(folded: string, { folded: wanted, atWord }: Term, from: number): number {
  for (let at = folded.indexOf(wanted, from); at >= 0; at = folded.indexOf(wanted, at + 1))
    if (!atWord || at === 0 || kindOf(folded.charCodeAt(at - 1)) !== 'word') return at
  return -1
}

/** Where the terms stand in an original text, joined where they touch; null unless all of them are in it. */
export function findTerms(text: string, terms: readonly Term[]): Range[] | null {
  const { text: folded, starts, ends } = foldWithPlaces(text)
  const found: Range[] = []
  for (const term of terms) {
    let at = placeOf(folded, term, 0)
    if (at < 0) return null
    while (at >= 0 && found.length < mostRanges) {
      const last = at + term.folded.length - 1
      found.push([starts[at] ?? 0, ends[last] ?? text.length])
      at = placeOf(folded, term, last + 1)
    }
  }
  return joined(found)
}

function joined(ranges: Range[]): Range[] {
  const out: Range[] = []
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

const before = 24
const snippetChars = 160

/** The part of a text around the first place found, on one line, with the places in it. */
export function snippetOf(text: string, ranges: readonly Range[]): { text: string; ranges: Range[] } {
  const first = ranges[0]?.[0] ?? 0
  const [from, to] = cut(text, first > snippetChars / 2 ? first - before : 0)
  const head = from > 0 ? '…' : ''
  const shift = head.length - from
  return {
    text: `${head}${text.slice(from, to).replace(/\s/gu, ' ')}${to < text.length ? '…' : ''}`,
    ranges: ranges.flatMap(([start, end]): Range[] =>
      start >= to || end <= from ? [] : [[Math.max(start, from) + shift, Math.min(end, to) + shift]],
    ),
  }
}

/** Never through the middle of a character of two units. */
function cut(text: string, wanted: number): [number, number] {
  const inPair = (at: number) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00
  const from = inPair(wanted) ? wanted - 1 : wanted
  const to = Math.min(text.length, from + snippetChars)
  return [from, inPair(to) ? to - 1 : to]
}

/** For LIKE: texts that contain this. */
export const likePattern = ({ folded }: Term): string => `%${folded.replace(/[\\%_]/g, '\\$&')}%`
