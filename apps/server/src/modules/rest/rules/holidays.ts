import type { Holiday } from '@heyi/contract/rest'
import { Temporal } from 'temporal-polyfill'
import { fail } from '../../../kernel/errors.js'

const words: Record<string, Holiday['kind']> = {
  holiday: 'holiday',
  workday: 'workday',
  放假: 'holiday',
  休: 'holiday',
  补班: 'workday',
  班: 'workday',
}
const longestDays = 60

/**
 * A calendar of days off as it is written in a file (docs/holidays.md): JSON, or CSV with the columns from, to, kind,
 * name. A later line about the same date counts.
 *
 * @throws AppError `holidays_invalid` with the line (of JSON: the place in the list) and what is wrong with it
 */
export function parseHolidays(text: string, most: number): Holiday[] {
  const plain = text.replace(/^\uFEFF/, '').trim()
  const lines = plain.startsWith('[') || plain.startsWith('{') ? fromJson(plain) : fromCsv(plain)
  const found = new Map<string, Holiday>()
  for (const { line, from, to, kind, name } of lines) {
    for (const on of datesFrom(line, from, to || from)) {
      const known = words[kind.toLowerCase()]
      if (!known) throw wrong(line, kind)
      if (name === '' || name.length > 64) throw wrong(line, 'name')
      found.set(on, { on, kind: known, name })
    }
    if (found.size > most) throw wrong(line, `> ${most}`)
  }
  if (found.size === 0) throw wrong(1, '0')
  return [...found.values()].sort((a, b) => (a.on < b.on ? -1 : 1))
}

interface Line {
  line: number
  from: string
  to: string
  kind: string
  name: string
}

const wrong = (line: number, reason: string) => fail('holidays_invalid', { line, reason: reason.slice(0, 80) })

function fromJson(text: string): Line[] {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw wrong(1, 'JSON')
  }
  const list = Array.isArray(read) ? read : (read as { days?: unknown } | null)?.days
  if (!Array.isArray(list)) throw wrong(1, 'days')
  return list.map((one: unknown, index) => {
    const line = index + 1
    if (typeof one !== 'object' || one === null) throw wrong(line, 'object')
    const part = (key: string) => {
      const value = (one as Record<string, unknown>)[key]
      return typeof value === 'string' ? value.trim() : ''
    }
    return { line, from: part('from') || part('on'), to: part('to'), kind: part('kind'), name: part('name') }
  })
}

function fromCsv(text: string): Line[] {
  const [head = '', ...rest] = text.split(/\r?\n/)
  const columns = head.split(',').map((column) => column.trim().toLowerCase())
  for (const needed of ['from', 'kind', 'name']) if (!columns.includes(needed)) throw wrong(1, needed)
  return rest.flatMap((row, index) => {
    if (row.trim() === '') return []
    const cells = row.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    const part = (column: string) => cells[columns.indexOf(column)] ?? ''
    return [{ line: index + 2, from: part('from'), to: part('to'), kind: part('kind'), name: part('name') }]
  })
}

function datesFrom(line: number, from: string, to: string): string[] {
  const first = dateOf(line, from)
  const last = dateOf(line, to)
  const days = first.until(last, { largestUnit: 'day' }).days
  if (days < 0 || days >= longestDays) throw wrong(line, `${from} – ${to}`)
  return Array.from({ length: days + 1 }, (_, ahead) => first.add({ days: ahead }).toString())
}

function dateOf(line: number, text: string): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw wrong(line, text)
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    throw wrong(line, text)
  }
}
