/** What the switcher looks among. Typed first, these signs choose one. */
const scopes = ['all', 'people', 'groups', 'commands'] as const
type Scope = (typeof scopes)[number]
const signs: Record<Scope, string> = { all: '', people: '@', groups: '#', commands: '>' }

export interface Query {
  scope: Scope
  text: string
}

/** The sign and the words of what was typed; full-width signs, as Chinese input methods give them, count as well. */
export function readQuery(typed: string): Query {
  const plain = typed.normalize('NFKC').trimStart()
  const scope = scopes.find((name) => name !== 'all' && plain.startsWith(signs[name])) ?? 'all'
  return { scope, text: plain.slice(signs[scope].length).trim() }
}

/** The same words among the next scope, or the one before. */
export function turnScope(typed: string, step: 1 | -1): string {
  const { scope, text } = readQuery(typed)
  const next = scopes[(scopes.indexOf(scope) + step + scopes.length) % scopes.length] ?? 'all'
  return signs[next] + text
}

export interface Candidate {
  kind: 'conversation' | 'person' | 'command'
  id: string
  title: string
  /** The second line. */
  under: string
  /** Found all the same: aliases, departments. Shown in place of the second line where they are why it was found. */
  words: string
  /** When it was last of use, ISO 8601; the later wins between equals. */
  at: string
  /** The member of a conversation of two, so that the same person is not offered twice. */
  person: string | null
  group: boolean
}

/** From and to, in UTF-16 units. */
export type Range = readonly [from: number, to: number]
export interface Found extends Candidate {
  rank: number
  marks: { title: Range[]; under: Range[] }
}

/** The smaller the better. */
const ranks = { exact: 0, start: 1, word: 2, inside: 3, initials: 4, innerInitials: 5, words: 6, under: 7, server: 8 }

/** Lower case where that keeps the length, so that places in it are places in the text. */
const fold = (text: string): string =>
  Array.from(text, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join('')

const han = /\p{Script=Han}/u

/** The first Chinese character of each letter in the order of pinyin, as the browser's own collation has it. */
const firsts = [...'吖八嚓咑妸发旮哈丌咔垃呣拏喔妑七呥仨他屲夕丫帀']
const letters = 'abcdefghjklmnopqrstwxyz'
const byPinyin = new Intl.Collator('zh-CN-u-co-pinyin')

function initialOf(char: string): string {
  let letter = ''
  for (const [index, first] of firsts.entries()) if (byPinyin.compare(char, first) >= 0) letter = letters[index] ?? ''
  return letter
}

/** The initials of a title, each with the place of the character that it stands for. */
export function initialsOf(title: string): { letters: string; ranges: Range[] } {
  const ranges: Range[] = []
  let found = ''
  let place = 0
  let before = ''
  for (const char of title) {
    const isStart = /[\p{L}\p{N}]/u.test(char) && (!/[\p{L}\p{N}]/u.test(before) || han.test(before))
    const letter = han.test(char) ? initialOf(char) : isStart || /\d/.test(char) ? fold(char) : ''
    if (letter) {
      found += letter
      ranges.push([place, place + char.length])
    }
    place += char.length
    before = char
  }
  return { letters: found, ranges }
}

const isWordStart = (text: string, at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') || han.test(text[at] ?? '')

interface Hit {
  rank: number
  title?: Range[]
  under?: Range[]
  words?: Range[]
}

/** How one word is found in a candidate; null where it is not. */
function hit(word: string, { title, under, words }: Candidate): Hit | null {
  const folded = fold(title)
  const at = folded.indexOf(word)
  if (at >= 0) {
    const rank =
      folded === word ? ranks.exact : at === 0 ? ranks.start : isWordStart(folded, at) ? ranks.word : ranks.inside
    return { rank, title: [[at, at + word.length]] }
  }
  if (/^[a-z0-9]+$/.test(word)) {
    const initials = initialsOf(title)
    const from = initials.letters.indexOf(word)
    if (from >= 0)
      return {
        rank: from === 0 ? ranks.initials : ranks.innerInitials,
        title: initials.ranges.slice(from, from + word.length),
      }
  }
  const inWords = fold(words).indexOf(word)
  if (inWords >= 0 && isWordStart(fold(words), inWords))
    return { rank: ranks.words, words: [[inWords, inWords + word.length]] }
  const inUnder = fold(under).indexOf(word)
  return inUnder >= 0 ? { rank: ranks.under, under: [[inUnder, inUnder + word.length]] } : null
}

/** Neighbouring and overlapping ranges as one, in order. */
function joined(all: Range[]): Range[] {
  const out: [number, number][] = []
  for (const [from, to] of [...all].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

/** A candidate with how well it fits and which parts of it do: all words must be found. Null where one is not. */
export function find(text: string, candidate: Candidate): Found | null {
  const whole = fold(text)
  const direct = hit(whole, candidate)
  const hits = direct ? [direct] : whole.split(/\s+/).map((word) => hit(word, candidate))
  if (hits.some((one) => one === null)) return null
  const all = hits.filter((one) => one !== null)
  const inWords = joined(all.flatMap(({ words }) => words ?? []))
  // The words of a command are English, whatever the interface speaks.
  const byWords = inWords.length > 0 && candidate.kind !== 'command'
  return {
    ...candidate,
    under: byWords ? candidate.words : candidate.under,
    rank: Math.max(...all.map(({ rank }) => rank)),
    marks: {
      title: joined(all.flatMap(({ title }) => title ?? [])),
      under: byWords ? inWords : joined(all.flatMap(({ under }) => under ?? [])),
    },
  }
}

const unmarked = (candidate: Candidate): Found => ({
  ...candidate,
  rank: ranks.server,
  marks: { title: [], under: [] },
})

/** Those that fit, best first; between equals the one used last, then the order given. */
export function rank(text: string, candidates: readonly Candidate[]): Found[] {
  return candidates
    .flatMap((candidate) => find(text, candidate) ?? [])
    .sort((a, b) => a.rank - b.rank || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

export interface Section {
  name: 'recent' | 'conversations' | 'people' | 'commands'
  items: Found[]
}

export interface Sources {
  conversations: readonly Candidate[]
  /** What the directory answered, in its order; it also knows whole pinyin and telephone numbers. */
  people: readonly Candidate[]
  commands: readonly Candidate[]
  /** The conversation on screen, which nobody needs to go to. */
  current: string | null
}

/** How many of each are shown among all; of one scope alone, more. */
const most = { recent: 8, conversations: 6, people: 6, commands: 5, alone: 30 }

/**
 * The sections for a query. People come after conversations, as they arrive later: what stands first does not change
 * under a finger on Enter. Commands lead only where they fit better than any conversation.
 */
export function sectionsFor({ scope, text }: Query, sources: Sources): Section[] {
  const of = (name: Section['name'], items: Found[], limit: number): Section => ({ name, items: items.slice(0, limit) })
  const limit = (name: keyof typeof most) => (scope === 'all' ? most[name] : most.alone)
  const within = sources.conversations.filter(
    ({ group, person }) => scope === 'all' || (scope === 'groups' ? group : person !== null),
  )
  const sections: Section[] = []
  if (text === '') {
    if (scope !== 'commands') {
      const recent = within.filter(({ id }) => id !== sources.current).sort((a, b) => (a.at < b.at ? 1 : -1))
      sections.push(of('recent', recent.map(unmarked), limit('recent')))
    }
    if (scope === 'commands' || scope === 'all')
      sections.push(of('commands', sources.commands.map(unmarked), limit('commands')))
    return sections.filter(({ items }) => items.length > 0)
  }
  const conversations = scope === 'commands' ? [] : rank(text, within).slice(0, limit('conversations'))
  const commands = scope === 'all' || scope === 'commands' ? rank(text, sources.commands) : []
  const met = new Set(conversations.flatMap(({ person }) => person ?? []))
  const people = (scope === 'all' || scope === 'people' ? sources.people : [])
    .filter(({ person }) => !met.has(person ?? ''))
    .map((candidate) => find(text, candidate) ?? unmarked(candidate))
  sections.push(of('conversations', conversations, most.alone), of('people', people, limit('people')))
  const last = of('commands', commands, limit('commands'))
  const leads = (last.items[0]?.rank ?? ranks.server) < (conversations[0]?.rank ?? ranks.words)
  return (leads ? [last, ...sections] : [...sections, last]).filter(({ items }) => items.length > 0)
}

/** The same with one more command behind those that were found, else as a section of its own at the end. */
export function withLast(sections: readonly Section[], item: Found): Section[] {
  const commands = sections.some(({ name }) => name === 'commands')
  if (!commands) return [...sections, { name: 'commands', items: [item] }]
  return sections.map((one) => (one.name === 'commands' ? { ...one, items: [...one.items, item] } : one))
}
