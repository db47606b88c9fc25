import type { Mention } from '@heyi/contract/messaging'

export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; principal: string }

/** Only what begins with a scheme we trust, or is plainly a mail address. */
const linkPattern =
  /https?:\/\/[^\s<>"'，。；：！？、（）【】《》“”‘’]+|mailto:[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
/** A sentence's own punctuation at the end of an address is not part of it. */
const trailing = /[.,;:!?)\]}]+$/

/** Cuts a message into plain text, safe links and mentions; mentions that do not fit the text are left as text. */
export function segments(text: string, mentions: readonly Mention[] = []): Segment[] {
  const result: Segment[] = []
  let at = 0
  for (const { principal, start, length } of [...mentions].sort((a, b) => a.start - b.start)) {
    if (start < at || start + length > text.length) continue
    result.push(...linked(text.slice(at, start)))
    result.push({ kind: 'mention', text: text.slice(start, start + length), principal })
    at = start + length
  }
  result.push(...linked(text.slice(at)))
  return result
}

function linked(text: string): Segment[] {
  const result: Segment[] = []
  let at = 0
  for (const match of text.matchAll(linkPattern)) {
    const shown = match[0].replace(trailing, '')
    const href = /^(https?:|mailto:)/.test(shown) ? shown : `mailto:${shown}`
    if (!URL.canParse(href)) continue
    if (match.index > at) result.push({ kind: 'text', text: text.slice(at, match.index) })
    result.push({ kind: 'link', text: shown, href })
    at = match.index + shown.length
  }
  if (at < text.length) result.push({ kind: 'text', text: text.slice(at) })
  return result
}

export interface Nameable {
  principal: string
  name: string
}

/** Finds `@name` of those who can be mentioned; of two names that fit, the longer is meant. */
export function findMentions(text: string, people: readonly Nameable[]): Mention[] {
  const byLength = people.filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length)
  const found: Mention[] = []
  for (let start = text.indexOf('@'); start >= 0; start = text.indexOf('@', start + 1)) {
    const hit = byLength.find(({ name }) => text.startsWith(name, start + 1))
    if (hit) found.push({ principal: hit.principal, start, length: hit.name.length + 1 })
  }
  return found
}
