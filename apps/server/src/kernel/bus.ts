import type { BusFrame, Control } from './feeds/frame.js'
import type { Hint, Signal } from './feeds/hub.js'

/**
 * How copies of the program hear each other. Everything on it may be lost, doubled or overtaken: what is durable is in
 * the outbox, which each copy sweeps. What a copy publishes reaches that copy too, at once.
 */
export interface Bus {
  publishFrame(frame: BusFrame): void
  publishControl(control: Control): void
  publishSignal(signal: Signal | Hint): void
  onFrame(listener: (frame: BusFrame) => void): void
  onControl(listener: (control: Control) => void): void
  onSignal(listener: (signal: Signal | Hint) => void): void
  /** Null while it works; else what is wrong, in a sentence for the readiness page. */
  trouble(): string | null
  close(): Promise<void>
}

/** The bus of a single copy: it hears itself. */
export class LocalBus implements Bus {
  readonly #frames: ((frame: BusFrame) => void)[] = []
  readonly #controls: ((control: Control) => void)[] = []
  readonly #signals: ((signal: Signal | Hint) => void)[] = []

  publishFrame(frame: BusFrame): void {
    for (const listener of this.#frames) listener(frame)
  }

  publishControl(control: Control): void {
    for (const listener of this.#controls) listener(control)
  }

  publishSignal(signal: Signal | Hint): void {
    for (const listener of this.#signals) listener(signal)
  }

  onFrame(listener: (frame: BusFrame) => void): void {
    this.#frames.push(listener)
  }

  onControl(listener: (control: Control) => void): void {
    this.#controls.push(listener)
  }

  onSignal(listener: (signal: Signal | Hint) => void): void {
    this.#signals.push(listener)
  }

  trouble(): string | null {
    return null
  }

  async close(): Promise<void> {}
}
