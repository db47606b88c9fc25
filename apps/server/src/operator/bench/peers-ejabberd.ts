import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { giveTo } from '../../kernel/postgres/owner.js'
import type { EjabberdPackage } from './peers-install.js'
import { answered, freePort, type Workplace } from './peers-processes.js'
import { type PeerStore, startPeerStore } from './peers-store.js'

export interface Ejabberd {
  /** Takes XMPP clients on 127.0.0.1. */
  port: number
  store: PeerStore
  /** Resolves when it has nothing left to do: 500 members who leave a room are told of each other first. */
  settled(): Promise<void>
}

export const xmppDomain = 'localhost'
export const roomDomain = 'conference.localhost'
const clockTicksPerSecond = 100
const settledShare = 0.05
const settledWithinMs = 30_000

/**
 * Starts ejabberd with its PostgreSQL, both on the server’s core and on the loopback address only. Without a node name
 * Erlang needs neither its port mapper nor a cookie.
 */
export async function startEjabberd(workplace: Workplace, found: EjabberdPackage, users: number): Promise<Ejabberd> {
  // Its user and PostgreSQL’s pass through; what is theirs lies in folders of their own.
  chmodSync(workplace.path, 0o711)
  const store = await startPeerStore(workplace, found.schema, users)
  const port = await freePort()
  const home = join(workplace.path, 'ejabberd')
  const config = join(home, 'ejabberd.yml')
  const log = join(home, 'ejabberd.log')
  mkdirSync(home, { mode: 0o700 })
  writeFileSync(config, configOf(port, store))
  if (found.owner) giveTo(found.owner, home)
  const running = workplace.start({
    command: 'erl',
    args: [
      '+P',
      '250000',
      '+Q',
      '20000',
      '-noinput',
      '-mnesia',
      'dir',
      JSON.stringify(join(home, 'db')),
      '-s',
      'ejabberd',
    ],
    env: {
      HOME: home,
      EJABBERD_CONFIG_PATH: config,
      EJABBERD_LOG_PATH: log,
      ERL_LIBS: found.libraries,
      ERL_CRASH_DUMP_BYTES: '0',
    },
    owner: found.owner,
    stopSignal: 'SIGTERM',
  })
  await answered(running, () => reach(port)).catch((cause: unknown) => {
    throw new Error(`ejabberd did not start. Its log ends with:\n${readFileSync(log, 'utf8').slice(-2_000)}`, { cause })
  })
  return { port, store, settled: () => settled(running.pid) }
}

/** Sensible defaults: archive in PostgreSQL, no rate limits, no TLS, passwords as they are so that PLAIN is cheap. */
const configOf = (port: number, { connection }: PeerStore) => `
hosts: [${xmppDomain}]
loglevel: 2
log_rotate_count: 0
certfiles: []
listen:
  - port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    max_stanza_size: 262144
    shaper: none
    access: all
    backlog: 4096
auth_method: [sql]
auth_password_format: plain
disable_sasl_mechanisms: ["digest-md5", "X-OAUTH2", "SCRAM-SHA-1"]
sql_type: pgsql
sql_server: "${connection.host}"
sql_port: ${connection.port}
sql_database: "${connection.database}"
sql_username: "${connection.user}"
sql_password: "${connection.password}"
sql_pool_size: 10
shaper_rules:
  max_user_sessions: 10
modules:
  mod_disco: {}
  mod_roster: { db_type: mnesia }
  mod_stream_mgmt: {}
  mod_mam:
    db_type: sql
    default: always
    assume_mam_usage: true
    clear_archive_on_room_destroy: false
  mod_muc:
    host: ${roomDomain}
    access: all
    access_create: all
    max_users: 10000
    max_user_conferences: 1000
    default_room_options:
      mam: true
      max_users: 10000
`

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(void socket.destroy()))
    socket.once('error', reject)
  })
}

async function settled(pid: number): Promise<void> {
  const everyMs = 500
  const enough = (everyMs / 1000) * clockTicksPerSecond * settledShare
  for (let until = Date.now() + settledWithinMs, before = ticksOf(pid); Date.now() < until; ) {
    await wait(everyMs)
    const now = ticksOf(pid)
    if (now - before <= enough) return
    before = now
  }
}

/** Processor time of the process in clock ticks, from proc_pid_stat(5), fields 14 and 15. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return Number(fields[14 - 3]) + Number(fields[15 - 3])
}
