import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { environment, openCluster, superuser } from '../../kernel/postgres/cluster.js'
import { startEmbeddedPostgres } from '../../kernel/postgres/embedded.js'
import { answered, freePort, type Workplace } from './peers-processes.js'

/** The PostgreSQL behind a peer. */
export interface PeerStore {
  connection: { host: string; port: number; user: string; password: string; database: string }
  /** Messages in the archive. */
  archived(): Promise<number>
}

export const password = 'pw'
const database = 'ejabberd'

/**
 * Starts the peer’s own PostgreSQL: the product’s programs with the product’s settings, on the server’s core. Only it
 * listens on TCP, for the peer is another user and may not open the product’s socket.
 *
 * @param users accounts u0 to u`users - 1`, all with `password`
 */
export async function startPeerStore(workplace: Workplace, schema: string, users: number): Promise<PeerStore> {
  const dataDir = join(workplace.path, 'store')
  mkdirSync(dataDir, { mode: 0o711 })
  const settings = await fill(dataDir, readFileSync(schema, 'utf8'), users)
  const { binaries, folder, owner, password } = await openCluster(dataDir)
  const connection = { host: '127.0.0.1', port: await freePort(), user: superuser, password, database }
  const all = { ...settings, listen_addresses: connection.host, port: connection.port, unix_socket_directories: '' }
  const running = workplace.start({
    command: binaries.program('postgres'),
    args: ['-D', folder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: environment(),
    owner,
    stopSignal: 'SIGINT',
  })
  const ask = async (query: string): Promise<Record<string, string>> => {
    const client = new pg.Client(connection)
    // While PostgreSQL starts it closes connections after taking them, which the rejected call tells as well.
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query(query).finally(() => client.end())
    return rows[0]
  }
  const { fsync } = await answered(running, () => ask('show fsync'))
  if (fsync !== 'on') throw new Error('The peer’s PostgreSQL runs without fsync, so nothing can be compared.')
  return { connection, archived: async () => Number((await ask('select count(*) from archive')).count) }
}

/** Makes database, tables and accounts, and tells the settings the product gives its PostgreSQL. */
async function fill(dataDir: string, schema: string, users: number): Promise<Record<string, string>> {
  await using embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  const within = async <T>(name: string, work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client({ ...embedded.connection, database: name })
    await client.connect()
    return work(client).finally(() => client.end())
  }
  await within('postgres', (client) => client.query(`create database ${database} template template0`))
  return await within(database, async (client) => {
    await client.query(schema)
    await client.query(
      `insert into users (username, password, serverkey, salt, iterationcount) select 'u' || n, $1, '', '', 0 from generate_series(0, $2::int - 1) n`,
      [password, users],
    )
    const { rows } = await client.query<{ name: string; value: string }>(
      `select name, current_setting(name) as value from pg_settings where source = 'command line'`,
    )
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  })
}
