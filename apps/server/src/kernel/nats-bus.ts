import { randomBytes } from 'node:crypto'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import type { Bus } from './bus.js'
import { LocalBus } from './bus.js'
import type { BusFrame, Control } from './feeds/frame.js'
import type { Hint, Signal } from './feeds/hub.js'
import type { Log } from './log.js'

type Envelope = { from: string } & ({ frame: BusFrame } | { control: Control } | { signal: Signal | Hint })

/**
 * Core NATS between copies: one subject for each tenant, every copy takes all and drops what nobody there watches. A
 * copy hears itself at once and without NATS, so that a lost server delays only what crosses copies: the sweep makes
 * that good.
 */
export class NatsBus implements Bus {
  readonly #self = randomBytes(8).toString('hex')
  readonly #local = new LocalBus()
  #down: string | null = null

  private constructor(
    private readonly connection: NatsConnection,
    private readonly root: string,
    private readonly log: Log,
  ) {
    this.#listen()
    void this.#watch()
  }

  /**
   * @param installation what tells this database’s copies from others on the same NATS
   * @throws Error with one sentence if the server cannot be reached
   */
  static async open(url: string, installation: string, log: Log): Promise<NatsBus> {
    const { username, password, host } = new URL(url)
    try {
      const connection = await connect({
        servers: host,
        ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
        maxReconnectAttempts: -1,
        reconnectTimeWait: 500,
        name: 'heyi',
      })
      return new NatsBus(connection, `heyi.${installation}`, log)
    } catch (cause) {
      throw new Error(`The NATS server of NATS_URL (${host}) cannot be reached.`, { cause })
    }
  }

  publishFrame(frame: BusFrame): void {
    this.#local.publishFrame(frame)
    this.#send(frame.tenantId, { from: this.#self, frame })
  }

  publishControl(control: Control): void {
    this.#local.publishControl(control)
    this.#send('control', { from: this.#self, control })
  }

  publishSignal(signal: Signal | Hint): void {
    this.#local.publishSignal(signal)
    this.#send(signal.tenantId, { from: this.#self, signal })
  }

  onFrame(listener: (frame: BusFrame) => void): void {
    this.#local.onFrame(listener)
  }

  onControl(listener: (control: Control) => void): void {
    this.#local.onControl(listener)
  }

  onSignal(listener: (signal: Signal | Hint) => void): void {
    this.#local.onSignal(listener)
  }

  trouble(): string | null {
    return this.#down
  }

  async close(): Promise<void> {
    await this.connection.close()
  }

  #send(subject: string, envelope: Envelope): void {
    // While it is gone nothing is kept for later: other copies read the outbox.
    if (this.#down !== null || this.connection.isClosed()) return
    this.connection.publish(`${this.root}.${subject}`, JSON.stringify(envelope))
  }

  #listen(): void {
    this.connection.subscribe(`${this.root}.*`, {
      callback: (error, message) => {
        if (error) return this.log.warn({ err: error }, 'a message between copies could not be read')
        const envelope = message.json<Envelope>()
        if (envelope.from === this.#self) return
        if ('frame' in envelope) this.#local.publishFrame(envelope.frame)
        else if ('control' in envelope) this.#local.publishControl(envelope.control)
        else this.#local.publishSignal(envelope.signal)
      },
    })
  }

  async #watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect')
        this.#down = 'NATS cannot be reached; what other copies write arrives a second late'
      if (status.type === 'reconnect') this.#down = null
      if (status.type === 'disconnect' || status.type === 'reconnect')
        this.log.warn({ status: status.type }, 'the connection to NATS changed')
    }
  }
}
