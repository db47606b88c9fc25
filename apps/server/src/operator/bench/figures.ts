/** One measured figure beside its limit, as `heyi bench --json` prints it. */
export interface Figure {
  name: string
  value: number
  unit: string
  /** The same measured of the reference in the same run; null where there is none. */
  limit: number | null
  /** value / limit. */
  ratio: number | null
  /** What the ratio, else the value, should reach. */
  goal: number
  met: boolean
}

interface Goal {
  unit: string
  /** The goal is for the ratio to the limit, or for the value itself. */
  of: 'ratio' | 'value'
  better: 'higher' | 'lower'
  goal: number
  meaning: string
}

export const goals = {
  send_1to1: {
    unit: 'messages/s',
    of: 'ratio',
    better: 'higher',
    goal: 0.5,
    meaning: 'durable one-to-one messages, 50 senders x 4 in flight, to the bare group-commit skeleton',
  },
  latency_1000: {
    unit: 'ms',
    of: 'ratio',
    better: 'lower',
    goal: 3,
    meaning: 'p99 from send to receipt at 1,000 messages/s, to the skeleton',
  },
  fanout_100: {
    unit: 'deliveries/s',
    of: 'ratio',
    better: 'higher',
    goal: 0.7,
    meaning: 'group of 100 online, to ws.send of one ready buffer, one write a message',
  },
  fanout_500: {
    unit: 'deliveries/s',
    of: 'ratio',
    better: 'higher',
    goal: 0.7,
    meaning: 'group of 500 online, to the same',
  },
  fanout_2000: {
    unit: 'deliveries/s',
    of: 'ratio',
    better: 'higher',
    goal: 0.7,
    meaning: 'group of 2,000 online, to the same',
  },
  receipt_10000: {
    unit: 'ms',
    of: 'value',
    better: 'lower',
    goal: 50,
    meaning: 'how the receipt of a group of 10,000 stands, all of them having confirmed',
  },
  receipt_taps: {
    unit: 'deliveries',
    of: 'value',
    better: 'lower',
    goal: 100_000,
    meaning: 'what 10,000 people online get while all of them confirm one message within a minute',
  },
  idle_connection: {
    unit: 'bytes',
    of: 'value',
    better: 'lower',
    goal: 24 * 1024,
    meaning: 'memory for each of 5,000 idle signed-in connections',
  },
  idle_memory: {
    unit: 'bytes',
    of: 'value',
    better: 'lower',
    goal: 200 * 1024 * 1024,
    meaning: 'PSS of the program and all its database processes, nobody connected',
  },
  warm_start: {
    unit: 'ms',
    of: 'value',
    better: 'lower',
    goal: 1_500,
    meaning: 'from the start of the process to ready, folder there',
  },
  first_start: { unit: 'ms', of: 'value', better: 'lower', goal: 4_000, meaning: 'the same with an empty folder' },
  open_state: {
    unit: 'ms',
    of: 'value',
    better: 'lower',
    goal: 150,
    meaning: 'heads, 2,000 memberships and the first 100 conversations with preview and unread',
  },
  reconnect: {
    unit: 'ms',
    of: 'value',
    better: 'lower',
    goal: 150,
    meaning: 'heads and one pull of 500 messages missed in 50 of 2,000 conversations',
  },
  search_1m: {
    unit: 'ms',
    of: 'value',
    better: 'lower',
    goal: 60,
    meaning:
      'p95 of two Chinese characters among 1,000,000 messages in 2,000 conversations, of which 200 are mine, to the bare index scan',
  },
  index_rate: {
    unit: 'messages/s',
    of: 'value',
    better: 'higher',
    goal: 5_000,
    meaning: 'messages taken into the search index, when all of them are new to it',
  },
  peer_send: {
    unit: 'messages/s',
    of: 'ratio',
    better: 'higher',
    goal: 10,
    meaning: 'the same as send_1to1, to ejabberd with its archive in PostgreSQL',
  },
  peer_latency: { unit: 'ms', of: 'ratio', better: 'lower', goal: 1, meaning: 'the same as latency_1000, to ejabberd' },
  peer_fanout_500: {
    unit: 'deliveries/s',
    of: 'ratio',
    better: 'higher',
    goal: 4,
    meaning: 'the same as fanout_500, to an ejabberd room',
  },
} as const satisfies Record<string, Goal>

export type FigureName = keyof typeof goals

export function figure(name: FigureName, value: number, limit: number | null): Figure {
  const { unit, of, better, goal }: Goal = goals[name]
  const ratio = limit === null ? null : value / limit
  const judged = of === 'ratio' ? (ratio ?? Number.NaN) : value
  return {
    name,
    value: rounded(value),
    unit,
    limit: limit === null ? null : rounded(limit),
    ratio: ratio === null ? null : rounded(ratio),
    goal,
    met: better === 'higher' ? judged >= goal : judged <= goal,
  }
}

/** Three digits that mean something. */
const rounded = (value: number): number => Number(value.toPrecision(4))

export function printFigures(figures: Figure[]): string {
  const lines = figures.map(({ name, value, unit, limit, ratio, goal, met }) =>
    [
      name.padEnd(16),
      `${value.toLocaleString('en')} ${unit}`.padEnd(28),
      (limit === null ? '' : `limit ${limit.toLocaleString('en')}`).padEnd(20),
      (ratio === null ? '' : `ratio ${ratio}`).padEnd(14),
      `goal ${goal.toLocaleString('en')}`.padEnd(18),
      met ? 'met' : 'NOT MET',
    ].join(' '),
  )
  return lines.join('\n')
}
