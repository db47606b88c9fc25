import type { SearchGroup } from '@heyi/contract/search'

/** What is looked for, as the address says it, so that going back brings the same results. */
export interface Asked {
  text: string
  group: SearchGroup
  from: string | null
  in: string | null
  kind: Kind | null
  time: Preset | null
  /** Days chosen by hand, `2030-01-31`; both count. */
  since: string | null
  until: string | null
}

export const groups = [
  'all',
  'messages',
  'people',
  'conversations',
  'files',
  'notices',
  'todos',
] as const satisfies readonly SearchGroup[]
export const kinds = ['text', 'image', 'file', 'link'] as const
type Kind = (typeof kinds)[number]
export const presets = ['today', 'week', 'month', 'year'] as const
type Preset = (typeof presets)[number]

const daysOf: Record<Preset, number> = { today: 0, week: 7, month: 30, year: 365 }
const dayMs = 86_400_000
const one = <T extends string>(all: readonly T[], value: string | null): T | null =>
  all.find((other) => other === value) ?? null
const dayOf = (value: string | null): string | null => (/^\d{4}-\d{2}-\d{2}$/.test(value ?? '') ? value : null)

export function readAsked(params: URLSearchParams): Asked {
  return {
    text: params.get('q') ?? '',
    group: one(groups, params.get('group')) ?? 'all',
    from: params.get('from'),
    in: params.get('in'),
    kind: one(kinds, params.get('kind')),
    time: one(presets, params.get('time')),
    since: dayOf(params.get('since')),
    until: dayOf(params.get('until')),
  }
}

/** The address’s part after `?`; what is not asked for is left out. */
export function writeAsked(asked: Asked, at: number | null = null): string {
  const { text, group, ...filters } = asked
  const params = new URLSearchParams()
  if (text) params.set('q', text)
  if (group !== 'all') params.set('group', group)
  for (const [name, value] of Object.entries(filters)) if (value !== null) params.set(name, value)
  if (at !== null) params.set('at', String(at))
  return params.size > 0 ? `?${params}` : ''
}

export const withoutFilters = ({ text, group }: Asked): Asked => ({
  text,
  group,
  from: null,
  in: null,
  kind: null,
  time: null,
  since: null,
  until: null,
})

export const isFiltered = (asked: Asked): boolean =>
  [asked.from, asked.in, asked.kind, asked.time, asked.since, asked.until].some((value) => value !== null)

/** What the server is asked. Days are those of this device; `now` in milliseconds. */
export function filtersOf({ from, in: within, kind, time, since, until }: Asked, now: number) {
  const startOf = (day: string, plus: number) => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
    return new Date(year, month - 1, date + plus).toISOString()
  }
  const midnight = new Date(now)
  midnight.setHours(0, 0, 0, 0)
  return {
    from,
    in: within,
    kind,
    after: time ? new Date(midnight.getTime() - daysOf[time] * dayMs).toISOString() : since ? startOf(since, 0) : null,
    before: !time && until ? startOf(until, 1) : null,
  }
}
