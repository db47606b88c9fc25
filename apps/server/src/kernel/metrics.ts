import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const justNowMs = 250

/** What `/metrics` tells, in Prometheus’ text format. No name of a person, company or conversation is in it. */
export class Metrics {
  readonly registry = new Registry()
  readonly #operations = new Histogram({
    name: 'heyi_operation_seconds',
    help: 'Time to answer an operation.',
    labelNames: ['operation', 'code'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers: [this.registry],
  })
  readonly #messages = new Counter({
    name: 'heyi_messages_total',
    help: 'Messages made durable.',
    registers: [this.registry],
  })
  readonly #batches = new Counter({
    name: 'heyi_message_batches_total',
    help: 'Commits that made them durable.',
    registers: [this.registry],
  })

  #before = { messages: 0, batches: 0, ms: justNowMs }
  #now = { messages: 0, batches: 0 }
  #since = performance.now()

  /** By operation and code: finding a histogram’s series by its labels costs more than counting in it. */
  readonly #series = new Map<string, Histogram.Internal<'operation' | 'code'>>()

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  operation(name: string, code: string, ms: number): void {
    const key = `${name} ${code}`
    const series = this.#series.get(key) ?? this.#operations.labels(name, code)
    this.#series.set(key, series)
    series.observe(ms / 1000)
  }

  batch(messages: number): void {
    this.#messages.inc(messages)
    this.#batches.inc()
    this.#roll()
    this.#now.messages += messages
    this.#now.batches++
  }

  /** How many messages were made durable a second just now, and in how large commits: how hard the lanes work. */
  sending(): { perSecond: number; perBatch: number } {
    this.#roll()
    const { messages, batches, ms } = this.#before
    return { perSecond: (messages * 1_000) / ms, perBatch: batches === 0 ? 0 : messages / batches }
  }

  #roll(): void {
    const passed = performance.now() - this.#since
    if (passed < justNowMs) return
    this.#before = { ...this.#now, ms: passed }
    this.#now = { messages: 0, batches: 0 }
    this.#since = performance.now()
  }

  counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] })
  }

  /** A value read when it is asked for. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read())
      },
    })
  }
}
