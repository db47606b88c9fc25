import {
  activityAt,
  type Day,
  dayOf,
  instantOf,
  isWorkday,
  minuteAt,
  minuteOf,
  storyEnd,
  weekdayOf,
  workdayBefore,
} from './calendar.js'
import { calledName, getPerson, type PersonKey } from './company.js'
import { type ConversationKey, conversations } from './conversations.js'
import { getMedia } from './media.js'
import { chance, hashOf } from './random.js'
import { type Ending, endings } from './scenarios/endings.js'
import { scenarios } from './scenarios/index.js'
import { type Run, type Said, tell } from './script.js'
import { fillSlot, type When } from './slots.js'

type SampleMention = {
  person: PersonKey | 'all'
  /** Where “@name” begins in the text, and how long it is, in UTF-16 units. */
  start: number
  length: number
}

export type SampleMessage = {
  conversation: ConversationKey
  sender: PersonKey
  /** ISO 8601 in UTC; grows strictly within a conversation. */
  at: string
  kind: 'text' | 'image' | 'file'
  text?: string
  mentions?: SampleMention[]
  /** A key of `media`, for an image or a file. */
  media?: string
  /** Place of the quoted message among the messages of this conversation, from 0. */
  quote?: number
  recalled?: true
}

const storyDays = 60

type Frame = { end: number; launch: Day }
type Placed = { run: Run; startMs: number; stretch: number; ending: boolean }

/**
 * Everything the sample company has said in the sixty days before `now`, in order of time. It depends on nothing but
 * `now`, and nothing is later than that.
 *
 * @param now ISO 8601
 */
export function sampleMessages(now: string): SampleMessage[] {
  const end = storyEnd(Date.parse(now))
  const frame = { end, launch: launchDay(end) }
  const all = conversations.flatMap(({ key }) => render(key, place(key, frame), frame))
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The launch day of the story told at `now`, `YYYY-MM-DD`; the texts speak of it. */
export function sampleLaunchOn(now: string): string {
  return new Date(instantOf(launchDay(storyEnd(Date.parse(now))), 12 * 60)).toISOString().slice(0, 10)
}

/** New products arrive on a Friday, a week and a half or so after the story's end. */
function launchDay(end: number): Day {
  let launch = dayOf(end) + 9
  while (weekdayOf(launch) !== 5) launch++
  return launch
}

/** When each dialogue of a conversation begins. Dialogues never overlap, and those of one day follow each other in it. */
function place(key: ConversationKey, frame: Frame): Placed[] {
  const closing = endings
    .filter(({ scenario }) => scenario.in.includes(key))
    .map((ending) => placeEnding(ending, frame))
  const limit = Math.min(frame.end, ...closing.map(({ startMs }) => startMs - 10 * 60_000))

  const days = workdays(frame.end)
  const byDay = new Map<Day, { run: Run; wish: number }[]>()
  for (const { run, at } of wishes(key)) {
    const position = at * days.length
    let day = days[Math.min(Math.floor(position), days.length - 1)] ?? dayOf(frame.end)
    // A day that has hardly begun, or is over for this conversation, has no room: what was meant for it was said before.
    while (activityOf(day, limit) < 90) day = workdayBefore(day)
    const room = activityOf(day, limit)
    const { around } = run.scenario
    const wish = around === undefined ? (position % 1) * room : activityAt(around + (position % 1) * 15)
    byDay.set(day, [...(byDay.get(day) ?? []), { run, wish }])
  }
  const usual = [...byDay].flatMap(([day, runs]) => fitIntoDay(day, runs, activityOf(day, limit)))
  return [...usual, ...closing].sort((a, b) => a.startMs - b.startMs)
}

function placeEnding({ scenario, daysBefore, minutesBefore }: Ending, { end }: Frame): Placed {
  const run = tell(scenario, 0)
  let day = dayOf(end)
  for (let i = 0; i < daysBefore; i++) day = workdayBefore(day)
  const last = daysBefore === 0 ? end : instantOf(day, 18 * 60)
  return { run, startMs: last - (minutesBefore + length(run)) * 60_000, stretch: 1, ending: true }
}

/** All runs in this conversation, each with its place in the sixty days from 0 to 1; runs of one scenario lie apart. */
function wishes(key: ConversationKey): { run: Run; at: number }[] {
  return scenarios.flatMap((scenario) => {
    const numbers = scenario.in.flatMap((place, number) => (place === key ? [number] : []))
    const [from, to] = scenario.period
    return numbers.map((number) => {
      const luck = chance(`${scenario.key}/${number}/when`).next()
      return { run: tell(scenario, number), at: from + ((number + luck) / scenario.in.length) * (to - from) * 0.9999 }
    })
  })
}

function workdays(end: number): Day[] {
  const last = dayOf(end)
  return Array.from({ length: storyDays }, (_, back) => last - (storyDays - 1 - back)).filter(isWorkday)
}

/** Busy minutes of a day that lie before `limit`. */
function activityOf(day: Day, limit: number): number {
  const lastDay = dayOf(limit)
  if (day < lastDay) return activityAt(18 * 60 + 40)
  return day > lastDay ? 0 : activityAt(minuteOf(limit))
}

const length = (run: Run) => run.said.reduce((sum, { gap }) => sum + gap, 0)

/** As near as can be to where each wishes to begin, one after the other, a little faster where the day is too full. */
function fitIntoDay(day: Day, runs: { run: Run; wish: number }[], room: number): Placed[] {
  const breather = 4
  const inOrder = runs.toSorted((a, b) => a.wish - b.wish)
  const needed = inOrder.reduce((sum, { run }) => sum + length(run) + breather, 0)
  const stretch = Math.min(1, (room * 0.95) / needed)
  let free = 0
  let still = needed * stretch
  return inOrder.map(({ run, wish }) => {
    const begin = Math.max(free, Math.min(wish, room - still))
    const takes = (length(run) + breather) * stretch
    free = begin + takes
    still -= takes
    return { run, startMs: instantOf(day, minuteAt(begin)), stretch, ending: false }
  })
}

function render(key: ConversationKey, placed: Placed[], frame: Frame): SampleMessage[] {
  const messages: SampleMessage[] = []
  let lastMs = 0
  for (const { run, startMs, stretch, ending } of placed) {
    const first = messages.length
    const day = dayOf(startMs)
    const when = { day, minute: minuteOf(startMs), launch: frame.launch, endMinute: minuteOf(frame.end) }
    let activity = activityAt(when.minute)
    let elapsed = 0
    for (const said of run.said) {
      activity += said.gap * stretch
      elapsed += said.gap
      // Endings are told by the clock; everything else slows down over lunch and towards the evening.
      const wanted = ending
        ? startMs + elapsed * 60_000 + secondsOf(run, said) * 1_000
        : instantOf(day, minuteAt(activity))
      const atMs = Math.max(Math.floor(wanted), lastMs + 1_000)
      lastMs = atMs
      messages.push({
        conversation: key,
        sender: said.sender,
        at: new Date(atMs).toISOString(),
        ...bodyOf(said, run, when),
        ...(said.quotes !== undefined && { quote: first + said.quotes }),
        ...(said.recalled && { recalled: true as const }),
      })
    }
  }
  return messages
}

function bodyOf(said: Said, run: Run, when: When): Pick<SampleMessage, 'kind' | 'text' | 'mentions' | 'media'> {
  if (said.text.startsWith('!')) {
    const media = getMedia(said.text.slice(1))
    return { kind: media.kind, media: media.key }
  }
  const mentions: SampleMention[] = []
  let text = ''
  for (const piece of said.text.split(/(@?\{[^}]+\})/)) {
    const slot = /^(@?)\{([^}]+)\}$/.exec(piece)
    if (!slot) {
      text += piece
      continue
    }
    const [, at, name = ''] = slot
    const filled = at ? `@${mentionName(name, run)}` : wordsFor(name, run, when)
    if (at)
      mentions.push({ person: name === 'all' ? 'all' : castOf(name, run), start: text.length, length: filled.length })
    text += filled
  }
  return { kind: 'text', text, ...(mentions.length > 0 && { mentions }) }
}

/** Seconds past the minute in an ending; its last line is exactly where the story stops. */
function secondsOf(run: Run, said: Said): number {
  return said === run.said.at(-1) ? 0 : hashOf(`${run.scenario.key}/${run.said.indexOf(said)}`) % 50
}

function mentionName(name: string, run: Run): string {
  if (name === 'all') return run.conversation === 'overseas' ? 'all' : '所有人'
  return getPerson(castOf(name, run)).name
}

function castOf(name: string, run: Run): PersonKey {
  const key = run.people.get(name)
  if (key === undefined) throw new Error(`sample: ${run.scenario.key} mentions ${name}, who is not in it`)
  return key
}

function wordsFor(name: string, run: Run, when: When): string {
  const key = run.people.get(name)
  if (key !== undefined) return calledName(key)
  const words = fillSlot(name, { key: run.scenario.key, number: run.number }, when)
  if (words === undefined) throw new Error(`sample: ${run.scenario.key} has an unknown slot {${name}}`)
  return words
}
