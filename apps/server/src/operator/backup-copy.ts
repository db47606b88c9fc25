import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type pg from 'pg'

/**
 * PostgreSQL's COPY over node-postgres, by the same few methods of its connection that pg-copy-streams uses: a query
 * that is `submit`ted and hears what the server answers.
 */
interface CopyConnection {
  readonly stream: Duplex
  query(text: string): void
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

abstract class Copy {
  readonly finished: Promise<number>
  #resolve: (rows: number) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined
  #rows = 0
  protected failure: unknown = null

  constructor(private readonly text: string) {
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: CopyConnection): void {
    connection.query(this.text)
  }

  /** The server says `COPY 42`. */
  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(text.split(' ')[1] ?? 0)
  }

  handleReadyForQuery(): void {
    if (this.failure === null) this.#resolve(this.#rows)
    else this.#reject(this.failure)
  }

  handleError(error: unknown): void {
    // What made us stop says more than the server's word that we stopped.
    this.failure ??= error
    this.#reject(this.failure)
  }
}

/** Takes a row; a promise holds the server back until it is done. The bytes are only there during the call. */
export type TakeRow = (row: Buffer) => Promise<void> | undefined

class CopyOut extends Copy {
  constructor(
    text: string,
    private readonly take: TakeRow,
  ) {
    super(text)
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    if (this.failure !== null) return
    const busy = this.take(chunk)
    if (!busy) return
    connection.stream.pause()
    busy.then(
      () => connection.stream.resume(),
      (error: unknown) => {
        this.failure = error
        // The rest need not be sent: the connection ends, and with it the query.
        connection.stream.destroy(error instanceof Error ? error : undefined)
      },
    )
  }
}

class CopyIn extends Copy {
  constructor(
    text: string,
    private readonly chunks: AsyncIterable<Uint8Array>,
  ) {
    super(text)
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#send(connection).catch((error: unknown) => {
      this.failure ??= error
      connection.sendCopyFail('stopped')
    })
  }

  async #send(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.chunks) {
      if (this.failure !== null) return
      connection.sendCopyFromChunk(chunk)
      if (connection.stream.writableNeedDrain)
        await Promise.race([once(connection.stream, 'drain'), once(connection.stream, 'close')])
    }
    if (this.failure === null) connection.endCopyFrom()
  }
}

/** Runs `copy … to stdout` and hands each row on, in COPY's text format with its line end; resolves to how many. */
export function copyOut(client: pg.ClientBase, text: string, take: TakeRow): Promise<number> {
  return start(client, new CopyOut(text, take))
}

/** Runs `copy … from stdin` with these bytes; resolves to how many rows went in. */
export function copyIn(client: pg.ClientBase, text: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  return start(client, new CopyIn(text, chunks))
}

function start(client: pg.ClientBase, copy: Copy): Promise<number> {
  client.query(copy as unknown as pg.Submittable)
  return copy.finished
}

/** Settings under which every PostgreSQL from 15 on writes the same text for the same value, and takes its time. */
const session = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1;
  set client_encoding = 'UTF8'; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`

export async function prepareCopy(client: pg.ClientBase): Promise<void> {
  await client.query(session)
}
