import { kindOf } from './grams.js'
import { simplifiedOf } from './simplified.js'

/** A text as it is compared, and for each of its UTF-16 units where in the original that comes from and ends. */
export interface Folded {
  text: string
  starts: number[]
  ends: number[]
}

const slow = new Map<string, string>()
const mostRemembered = 10_000

/**
 * One character beyond ASCII and plain Chinese: its compatible form (full width, ligatures), without accents, in lower
 * case, simplified. Invisible ones are nothing. Voiced kana stay voiced.
 */
function foldChar(char: string): string {
  const known = slow.get(char)
  if (known !== undefined) return known
  const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(char)
  const plain = kana ? char.normalize('NFKC') : char.normalize('NFKD').replace(/\p{M}/gu, '')
  let folded = ''
  for (const part of plain.toLowerCase().normalize(kana ? 'NFC' : 'NFKD')) {
    if (/[\p{Cf}\p{Cc}\p{M}]/u.test(part) && !kana) continue
    else if (/\s/u.test(part)) folded += ' '
    else if (/\p{Pd}/u.test(part)) folded += '-'
    else if (/[“”„«»「」『』]/u.test(part)) folded += '"'
    else if (/[‘’]/u.test(part)) folded += "'"
    else if (part.length === 1) folded += simplified(part.charCodeAt(0))
    else folded += part
  }
  if (slow.size < mostRemembered) slow.set(char, folded)
  return folded
}

const simplified = (code: number): string => String.fromCharCode(simplifiedOf.get(code) ?? code)

const isPlainHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff

/** What the character that begins with this code unit folds to: ' ' for any white space. */
function foldAt(text: string, at: number, code: number): string {
  if (code <= 0x20 || code === 0x7f) return ' '
  if (code < 0x80) return code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : text.charAt(at)
  return isPlainHan(code) ? simplified(code) : foldChar(String.fromCodePoint(text.codePointAt(at) ?? code))
}

const isPair = (text: string, at: number, code: number): boolean =>
  code >= 0xd800 && code <= 0xdbff && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00

/**
 * The text without case, accents, width and script variant. White space runs together, and is gone at the ends and beside
 * Chinese, where some people put it and others do not (订单 PO-7, 订单PO-7). Texts that fold alike are the same to a
 * search. The result has no line breaks.
 */
export function fold(text: string): string {
  let out = ''
  let space = false
  let wide = true
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const part = foldAt(text, at, code)
    if (isPair(text, at, code)) at++
    if (part === '') continue
    if (part === ' ') {
      space = true
      continue
    }
    const opens = isWide(part, 0)
    if (space && !wide && !opens) out += ' '
    space = false
    out += part
    wide = part.length === 1 ? opens : isWide(part, part.length - (isLow(part, part.length - 1) ? 2 : 1))
  }
  return out
}

const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00
const isWide = (text: string, at: number): boolean => kindOf(text.codePointAt(at) ?? 0) === 'wide'

/** The same with the places of the original, for marking what was found; slower. */
export function foldWithPlaces(text: string): Folded {
  let out = ''
  const starts: number[] = []
  const ends: number[] = []
  let spaceAt = -1
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    const end = at + (isPair(text, at, code) ? 2 : 1)
    const part = foldAt(text, at, code)
    if (part === ' ') spaceAt = at
    else if (part === '') {
      // An accent of its own belongs to the letter before it.
      if (ends.length > 0) ends[ends.length - 1] = end
    } else {
      const last = out.length - (isLow(out, out.length - 1) ? 2 : 1)
      if (spaceAt >= 0 && out !== '' && !isWide(out, last) && !isWide(part, 0)) {
        out += ' '
        starts.push(spaceAt)
        ends.push(at)
      }
      spaceAt = -1
      for (let i = 0; i < part.length; i++) {
        starts.push(at)
        ends.push(end)
      }
      out += part
    }
    at = end
  }
  return { text: out, starts, ends }
}
