// What the index keeps of a text: pieces of one to three characters, each as a number of 32 bits. Two pieces may share a
// number; what the index finds is always compared with the text itself.

type Kind = 'wide' | 'word' | 'none'

const kinds = new Map<number, Kind>()

/** Chinese and everything written without spaces, emoji too, is `wide`; letters and digits are `word`; the rest separates. */
export function kindOf(code: number): Kind {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) ? 'word' : 'none'
  if (code >= 0x4e00 && code <= 0x9fff) return 'wide'
  let kind = kinds.get(code)
  if (kind === undefined) {
    const char = String.fromCodePoint(code)
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{S}]/u.test(char)) kind = 'wide'
    else kind = /[\p{L}\p{N}]/u.test(char) ? 'word' : 'none'
    if (kinds.size < 10_000) kinds.set(code, kind)
  }
  return kind
}

const single = 1
const pair = 2
const letter = 3
const firstLetter = 4
const letters2 = 5
const letters3 = 6
const named = 7

/** Murmur’s mixing over up to three characters. */
function gram(what: number, a: number, b = 0, c = 0): number {
  let h = Math.imul(what ^ 0x9e3779b9, 0x85ebca6b)
  for (const code of [a, b, c]) {
    h ^= Math.imul(code + 0x165667b1, 0xcc9e2d51)
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/** For something that is not a text, such as who sent a message; `what` keeps kinds of them apart. */
export function namedGram(what: string, value: string): number {
  let [a, b] = [what.length, value.length]
  for (let i = 0; i < what.length; i++) a = (Math.imul(a, 31) + what.charCodeAt(i)) | 0
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = (Math.imul(b, 31) + code) | 0
  }
  return gram(named, a, b)
}

/** Adds everything by which a folded text may be found. */
export function addGrams(folded: string, into: Set<number>): void {
  let [before, second] = [0, 0]
  let kind: Kind = 'none'
  for (let at = 0; at < folded.length; at++) {
    const code = folded.codePointAt(at) ?? 0
    if (code > 0xffff) at++
    const now = kindOf(code)
    if (now === 'wide') {
      into.add(gram(single, code))
      if (kind === 'wide') into.add(gram(pair, before, code))
    } else if (now === 'word') {
      into.add(gram(letter, code))
      if (kind !== 'word') {
        into.add(gram(firstLetter, code))
        second = 0
      } else {
        into.add(gram(letters2, before, code))
        if (second !== 0) into.add(gram(letters3, second, before, code))
        second = before
      }
    }
    before = code
    kind = now
  }
}

/** One run of characters of a kind in what is looked for. */
interface Run {
  kind: Kind
  codes: number[]
}

function runsOf(folded: string): Run[] {
  const runs: Run[] = []
  for (const char of folded) {
    const code = char.codePointAt(0) ?? 0
    const kind = kindOf(code)
    const last = runs.at(-1)
    if (last?.kind === kind) last.codes.push(code)
    else runs.push({ kind, codes: [code] })
  }
  return runs
}

/** What every text must have that contains this one; empty where it is punctuation alone. */
export function gramsFor(folded: string): number[] {
  const runs = runsOf(folded)
  return runs.flatMap(({ kind, codes }, index) => {
    if (kind === 'none') return []
    if (kind === 'wide') return wideGrams(codes)
    return wordGrams(codes, index > 0 || (runs.length === 1 && codes.length === 1))
  })
}

function wideGrams(codes: number[]): number[] {
  const [first = 0] = codes
  if (codes.length === 1) return [gram(single, first)]
  return codes.slice(1).map((code, i) => gram(pair, codes[i] ?? 0, code))
}

/** @param begins whether the run surely begins a word in any text that contains it */
function wordGrams(codes: number[], begins: boolean): number[] {
  const [first = 0, next = 0] = codes
  if (codes.length === 1) return [gram(begins ? firstLetter : letter, first)]
  if (codes.length === 2) return [gram(letters2, first, next)]
  return codes.slice(2).map((code, i) => gram(letters3, codes[i] ?? 0, codes[i + 1] ?? 0, code))
}
