import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'

// Numbers of ours stay far under 2^53, and instants travel as ISO 8601 text everywhere.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())

/** Tables are typed where they are read: each store names the row of its own query. */
export type Db = Kysely<unknown>
export type Tx = Transaction<unknown>
/** Either: for reads that do not care. */
export type Queryable = Db | Tx

export interface Database {
  db: Db
  pool: pg.Pool
  /** Settings with which anything else may open a connection of its own. */
  connection: pg.ClientConfig
  close(): Promise<void>
}

/** Opens the pool. Every connection speaks UTC and gives up on a statement after `statementTimeoutMs`. */
export function openDatabase(
  connection: pg.ClientConfig,
  options: { poolSize: number; onError: (error: Error) => void },
): Database {
  const config: pg.PoolConfig = {
    ...connection,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options: '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000',
  }
  const pool = new pg.Pool(config)
  pool.on('error', options.onError)
  // The pool hears only idle connections; one that dies between two statements of a transaction would end the program.
  pool.on('connect', (client) => client.on('error', options.onError))
  return {
    db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    connection: { ...connection, options: '-c timezone=UTC -c statement_timeout=30000' },
    close: () => pool.end(),
  }
}

/** A connection of its own beside the pool, for what must not wait for a free one. @throws if the server cannot be reached */
export async function openConnection(
  connection: pg.ClientConfig,
  onLost: (client: pg.Client, error?: Error) => void,
): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 })
  client.on('error', (error) => onLost(client, error))
  client.on('end', () => onLost(client))
  await client.connect()
  return client
}

/** All rows of a query. */
export async function rows<R>(on: Queryable, query: RawBuilder<R>): Promise<R[]> {
  return (await query.execute(on)).rows
}

/** The first row of a query, undefined if there is none. */
export async function row<R>(on: Queryable, query: RawBuilder<R>): Promise<R | undefined> {
  return (await query.execute(on)).rows[0]
}

/** How many rows a statement changed. */
export async function changed(on: Queryable, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(on)).numAffectedRows ?? 0n)
}

/** A transaction in which every statement sees the same moment. */
export function snapshot<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}

export { type RawBuilder, sql }
