import type { Page } from 'playwright-core'

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  /** Microseconds on the clock, and on the processor. */
  dur?: number
  tdur?: number
  args?: { name?: string }
}

export interface Tasks {
  count: number
  /** The longest task of the page's thread, in milliseconds of the processor; this is what is judged. */
  longestMs: number
  /** The same on the clock: on a machine that others use, too, their work is in it. */
  longestWallMs: number
  /** What most of the longest task was. */
  inside: string
}

/** The tasks of the page's main thread while `work` runs. */
export async function traceTasks(page: Page, work: () => Promise<void>): Promise<Tasks> {
  const browser = page.context().browser()
  if (!browser) throw new Error('the page has no browser')
  const categories = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'v8', '__metadata']
  await browser.startTracing(page, { categories })
  let trace: Buffer
  try {
    await work()
  } finally {
    trace = await browser.stopTracing()
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const mains = traceEvents.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
  const tasksOf = ({ pid, tid }: TraceEvent) =>
    traceEvents.filter(
      (event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid && event.ph === 'X',
    )
  const [tasks = []] = mains.map(tasksOf).sort((a, b) => sum(b) - sum(a))
  const [longest] = [...tasks].sort((a, b) => cpu(b) - cpu(a))
  return {
    count: tasks.length,
    longestMs: cpu(longest) / 1000,
    longestWallMs: tasks.reduce((most, { dur = 0 }) => Math.max(most, dur), 0) / 1000,
    inside: longest ? insideOf(longest, traceEvents) : '',
  }
}

const cpu = (event: TraceEvent | undefined) => event?.tdur ?? event?.dur ?? 0
const sum = (events: TraceEvent[]) => events.reduce((total, event) => total + cpu(event), 0)

function insideOf(task: TraceEvent, events: TraceEvent[]): string {
  const times = new Map<string, number>()
  for (const event of events) {
    if (event.pid !== task.pid || event.tid !== task.tid || event.ph !== 'X' || event.name === 'RunTask') continue
    if (event.ts < task.ts || event.ts > task.ts + (task.dur ?? 0)) continue
    times.set(event.name, (times.get(event.name) ?? 0) + cpu(event))
  }
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([name, time]) => `${name} ${(time / 1000).toFixed(0)}`)
    .join(', ')
}
