import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, environment, folderAsSeenBy, spawnFailure } from './cluster.js'
import { codeOf, pidIsTaken, postgresProcesses } from './processes.js'
import type { Address } from './socket.js'

export type Log = (level: 'info' | 'warn' | 'error', text: string, data?: object) => void

/** One run of the server, from its start to its end. */
export interface Postmaster {
  readonly pid: number
  /** Resolves when it takes connections; rejects with one sentence if it ends before. */
  readonly ready: Promise<void>
  /** Resolves when it has ended, with the reason and its last lines. Never rejects. */
  readonly ended: Promise<{ reason: string; lines: string[] }>
  /** Asks it to stop, without waiting. */
  interrupt(): void
  /** Ends sessions, writes everything to disk and ends; harder after `fastStopMs`. Resolves when it has ended. */
  stop(): Promise<void>
}

const fastStopMs = 10_000
/** A postmaster told to quit kills its children after 5 s itself. */
const quitMs = 6_000
const keptLogLines = 40

const settings = {
  fsync: 'on',
  full_page_writes: 'on', // on the command line, where no configuration file can override them
  // Memory: small at rest. Pages of shared_buffers count when first used.
  shared_buffers: '64MB',
  huge_pages: 'off',
  maintenance_work_mem: '32MB',
  max_connections: '100',
  io_method: 'sync',
  max_logical_replication_workers: '0', // four processes fewer
  // Containers give /dev/shm 64 MB, and parallel queries are what fills it.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  // Bounds both the disk used and the log to replay after a crash.
  max_wal_size: '512MB',
  checkpoint_timeout: '5min',
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  unix_socket_permissions: '0700',
  // The server's own events. Not failed statements: callers hear of those, and their text is people's messages.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  logging_collector: 'off',
  log_destination: 'stderr',
}

export function launch(cluster: Cluster, address: Address, log: Log): Postmaster {
  const program = cluster.binaries.program('postgres')
  const child = spawnPostmaster(program, cluster, address)
  const lastLines: string[] = []
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = spawnFailure(program, error)
  })
  const ready = new Promise<void>((resolve) => {
    if (!child.stderr) return
    createInterface({ input: child.stderr }).on('line', (line) => {
      lastLines.push(line)
      if (lastLines.length > keptLogLines) lastLines.shift()
      if (line.endsWith('database system is ready to accept connections')) resolve()
      // The postmaster recovers from a lost child by itself, but the operator should know.
      if (/PANIC: |was terminated by /.test(line)) log('error', 'PostgreSQL reports a crash.', { line })
    })
  })
  const ended = new Promise<{ reason: string; lines: string[] }>((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message, lines: [] }))
    child.once('exit', async (code, signal) => {
      // Its last words come after its end, but a child that lives on would keep the pipe open.
      await Promise.race([new Promise((done) => child.once('close', done)), sleep(200)])
      // A missing file is told without a level.
      const words = lastLines
        .findLast((line) => /FATAL: |PANIC: |^postgres: /.test(line))
        ?.replace(/^.*?(FATAL|PANIC|postgres):\s+/, '')
      resolve({
        reason: `it ended with ${signal ?? `exit code ${code}`}${words ? `: ${words}` : ''}`,
        lines: lastLines,
      })
    })
  })
  const failed = ended.then(({ reason, lines }) => {
    throw failure ?? new Error(`PostgreSQL did not start, ${reason}.`, { cause: lines.join('\n') })
  })
  return {
    pid: child.pid ?? 0,
    ready: Promise.race([ready, failed]),
    ended,
    interrupt: () => void child.kill('SIGINT'),
    stop: () => stop(child, cluster, ended),
  }
}

function spawnPostmaster(program: string, cluster: Cluster, { host, port }: Address): ChildProcess {
  const { folder, owner } = cluster
  const byTcp = process.platform === 'win32'
  // As with folderAsSeenBy: another user inherits the open folder instead of finding its way there.
  const inherits = owner !== undefined && process.platform === 'linux'
  const socketFolder = byTcp ? '' : inherits ? '/proc/self/fd/3' : `"${host.replaceAll('"', '""')}"`
  const all = {
    ...settings,
    cluster_name: cluster.name,
    port: String(port),
    listen_addresses: byTcp ? host : '',
    unix_socket_directories: socketFolder,
  }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const inherited = inherits ? openSync(host, 'r') : undefined
  try {
    return spawn(program, ['-D', folderAsSeenBy(owner, folder), ...args], {
      cwd: folder,
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe', ...(inherited === undefined ? [] : [inherited])],
      // In a session of its own Ctrl-C reaches only us, and we stop it when our own work is done.
      detached: !byTcp,
      windowsHide: true,
      ...owner,
    })
  } finally {
    if (inherited !== undefined) closeSync(inherited)
  }
}

async function stop(child: ChildProcess, cluster: Cluster, ended: Promise<unknown>): Promise<void> {
  const within = (ms: number) => {
    const timer = new AbortController()
    return Promise.race([
      ended.then(() => true),
      sleep(ms, false, { signal: timer.signal }).catch(() => false),
    ]).finally(() => timer.abort())
  }
  if (process.platform === 'win32') {
    spawn(cluster.binaries.program('pg_ctl'), ['stop', '-D', cluster.folder, '-m', 'fast'], { stdio: 'ignore' }).once(
      'error',
      () => child.kill(),
    )
  } else child.kill('SIGINT')
  if (await within(fastStopMs)) return
  child.kill('SIGQUIT')
  if (await within(quitMs)) return
  child.kill('SIGKILL')
  for (const pid of postgresProcesses(cluster.name)) signal(pid, 'SIGKILL')
  await ended
}

/**
 * Ends what an earlier run has left: the orphan of a Heyi that was killed is stopped cleanly, not adopted, for only of
 * a child do we learn that it died, and it would run with the settings of another version. Children whose postmaster
 * was killed are killed, too. The caller holds the lock of the data folder, so nobody else's server is meant.
 */
export async function endLeftovers(cluster: Cluster, log: Log): Promise<void> {
  const pidFile = join(cluster.folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return // the last run has ended by itself
  const recorded = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const left = () => postgresProcesses(cluster.name)
  if (left().includes(recorded)) {
    log('warn', 'Stopping the PostgreSQL that an earlier Heyi has left behind.', { pid: recorded })
    signal(recorded, 'SIGINT')
    if (!(await noneWithin(fastStopMs, left))) signal(recorded, 'SIGQUIT')
    if (left().length > 0) await noneWithin(quitMs, left)
  }
  for (const pid of left()) signal(pid, 'SIGKILL')
  if (!(await noneWithin(quitMs, left)))
    throw new Error(`Processes of an earlier PostgreSQL will not end: ${left().join(', ')}.`)
  // The number now is another program's. PostgreSQL would take that for a running server and refuse to start.
  if (recorded > 0 && pidIsTaken(recorded)) rmSync(pidFile, { force: true })
}

async function noneWithin(ms: number, left: () => number[]): Promise<boolean> {
  for (const until = Date.now() + ms; left().length > 0; await sleep(10)) if (Date.now() > until) return false
  return true
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}
