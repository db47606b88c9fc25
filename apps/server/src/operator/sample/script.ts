/**
 * The small language the dialogues under `scenarios/` are written in. One line is one message:
 *
 *     A: 早上好                     A says it; A…E are people chosen from the conversation, other words are person keys
 *     A #ask: 几点开会？             … and the message can be quoted as “ask”
 *     B >ask: 十点                  B answers with that message quoted
 *     A ~: 发错了                   … and takes it back
 *     ?C: 收到                      said in some runs only
 *     A: !sofa-evening             sends the image or file of that key (media.ts)
 *     ..                           a pause of some minutes;    +7 a pause of exactly seven
 *
 * In a text `[one|two|three]` is what the first, second and third run say, `{product}` a slot (slots.ts), `{B}` what B is
 * called, `@{B}` a mention of B and `@{all}` one of everybody.
 */
import { getPerson, type PersonKey } from './company.js'
import { type ConversationKey, getConversation } from './conversations.js'
import { type Chance, chance } from './random.js'

export type Scenario = {
  key: string
  /** Where it happens; one run for each entry, so a conversation may stand here twice. */
  in: ConversationKey[]
  lines: Line[]
  /** Who may be chosen for a letter; anybody of the conversation otherwise. */
  cast: Record<string, PersonKey[]>
  /** When in the sixty days it may happen, from 0 (the beginning) to 1 (now). */
  period: [from: number, to: number]
  /** Local minutes of the day around which it begins; undefined: at any time of work. */
  around: number | undefined
}

type Line =
  | { pause: [leastMinutes: number, mostMinutes: number] }
  | {
      who: string
      label: string | undefined
      quotes: string | undefined
      recalled: boolean
      sometimes: boolean
      text: string
    }

export type ScenarioOptions = { cast?: Record<string, string>; period?: [number, number]; around?: number }

/** A dialogue with the places where it happens, separated by blanks. */
export function scene(key: string, places: string, script: string, options: ScenarioOptions = {}): Scenario {
  const cast = Object.fromEntries(Object.entries(options.cast ?? {}).map(([letter, keys]) => [letter, keys.split(' ')]))
  return {
    key,
    in: places.split(' '),
    lines: script
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => parseLine(key, line)),
    cast,
    // The first day belongs to the openings, which say so with a period of their own.
    period: options.period ?? [0.025, 1],
    around: options.around,
  }
}

/** Many short dialogues of the same place and cast, with an empty line between them. */
export function chats(key: string, places: string, scripts: string, options: ScenarioOptions = {}): Scenario[] {
  return scripts.split(/\n\s*\n/).map((script, index) => scene(`${key}-${index + 1}`, places, script, options))
}

function parseLine(key: string, line: string): Line {
  if (line === '..') return { pause: [8, 35] }
  const exact = /^\+(\d+)$/.exec(line)
  if (exact) return { pause: [Number(exact[1]), Number(exact[1])] }
  const parts = /^(\?)?([a-zA-Z0-9]+)((?: [#>][a-z0-9]+| ~)*): (.+)$/.exec(line)
  if (!parts) throw new Error(`sample: ${key} has a line that cannot be read: ${line}`)
  const [, question, who = '', marks = '', text = ''] = parts
  return {
    who,
    label: /#([a-z0-9]+)/.exec(marks)?.[1],
    quotes: />([a-z0-9]+)/.exec(marks)?.[1],
    recalled: marks.includes('~'),
    sometimes: question === '?',
    text,
  }
}

export type Said = {
  sender: PersonKey
  /** Choices made, slots still open. */
  text: string
  recalled: boolean
  /** Which line of this run it quotes. */
  quotes: number | undefined
  /** Minutes of activity since the line before. */
  gap: number
}

export type Run = {
  scenario: Scenario
  conversation: ConversationKey
  number: number
  people: Map<string, PersonKey>
  said: Said[]
}

/** One telling of a scenario: who speaks, which lines are said, in which of their wordings, with which pauses. */
export function tell(scenario: Scenario, number: number): Run {
  const conversation = scenario.in[number]
  if (conversation === undefined) throw new Error(`sample: ${scenario.key} has no run ${number}`)
  const luck = chance(`${scenario.key}/${number}`)
  const people = castRoles(scenario, conversation, luck)
  const said: Said[] = []
  const labels = new Map<string, number>()
  let gap = 0
  for (const line of scenario.lines) {
    if ('pause' in line) {
      gap += luck.between(...line.pause)
      continue
    }
    const skipped = line.sometimes && luck.next() < 0.25
    if (skipped || (line.quotes !== undefined && !labels.has(line.quotes))) continue
    const sender = people.get(line.who)
    if (sender === undefined) throw new Error(`sample: ${scenario.key} has nobody to be ${line.who}`)
    if (line.label) labels.set(line.label, said.length)
    const sameSender = said.at(-1)?.sender === sender
    said.push({
      sender,
      text: choose(line.text, number),
      recalled: line.recalled,
      quotes: line.quotes === undefined ? undefined : labels.get(line.quotes),
      // A pause that was written down replaces the usual one: the endings are told to the minute.
      gap: said.length === 0 ? 0 : gap > 0 ? gap : 0.2 + luck.next() ** 2 * (sameSender ? 1.2 : 4),
    })
    gap = 0
  }
  return { scenario, conversation, number, people, said }
}

/** Run 0 takes the first wording of every choice, run 1 the second, so that questions and answers stay together. */
function choose(text: string, turn: number): string {
  return text.replace(/\[([^\]]*\|[^\]]*)\]/g, (_, wordings: string) => {
    const all = wordings.split('|')
    return all[turn % all.length] ?? ''
  })
}

const letter = /^[A-E]$/

function castRoles(scenario: Scenario, conversation: ConversationKey, luck: Chance): Map<string, PersonKey> {
  const { members } = getConversation(conversation)
  const people = new Map<string, PersonKey>()
  const names = scenario.lines.flatMap((line) => ('who' in line ? [line.who, ...mentioned(line.text)] : []))
  for (const name of names) {
    if (letter.test(name)) continue
    if (!members.includes(name)) throw new Error(`sample: ${scenario.key} needs ${name} in ${conversation}`)
    people.set(name, name)
  }
  for (const role of [...new Set(names.filter((name) => letter.test(name)))].sort()) {
    const taken = new Set(people.values())
    const free = (scenario.cast[role] ?? members.filter((key) => mayChat(key, conversation))).filter(
      (key) => members.includes(key) && !taken.has(key),
    )
    if (free.length === 0) throw new Error(`sample: ${scenario.key} has nobody left for ${role} in ${conversation}`)
    people.set(role, luck.pick(free))
  }
  return people
}

/** Letters stand for ordinary colleagues: not for the two at the top, nor for those who write no Chinese. */
function mayChat(key: PersonKey, conversation: ConversationKey): boolean {
  if (key === 'gunanqiao' || key === 'ouyangming') return false
  return conversation === 'overseas' || getPerson(key).locale === 'zh-CN'
}

function mentioned(text: string): string[] {
  return [...text.matchAll(/@\{([a-zA-Z0-9]+)\}/g)].map((match) => match[1] ?? '').filter((name) => name !== 'all')
}
