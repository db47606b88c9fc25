import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../paths.js'

/** Server side and load side get a core each where the platform can pin processes. */
export const serverCore = 0
export const loadCore = 1
export const pinned =
  process.platform === 'linux' &&
  availableParallelism() > 1 &&
  ['/usr/bin/taskset', '/bin/taskset'].some((path) => existsSync(path))

export interface Running extends AsyncDisposable {
  child: ChildProcess
  /** Of the program: `taskset` replaces itself by it. */
  pid: number
  /** Resolves with the line of standard output that matches. */
  line(match: RegExp): Promise<string>
  /** All of standard output, once the process has ended well. */
  result(): Promise<string>
}

/** Starts a built program of ours (`dist/server/<entry>.mjs`) on a core. */
export function start(entry: string, args: string[], core: number, env: NodeJS.ProcessEnv = {}): Running {
  const file = join(projectRoot, 'dist', 'server', `${entry}.mjs`)
  // As `npm start` does: with room to start with, old space is not collected every other second under little load.
  return run(process.execPath, ['--initial-heap-size=128', file, ...args], core, env)
}

export function run(command: string, args: string[], core: number, env: NodeJS.ProcessEnv = {}): Running {
  const [program, words] = pinned ? ['taskset', ['-c', String(core), command, ...args]] : [command, args]
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data
    child.emit('heard')
  })
  child.stderr.on('data', (data: Buffer) => {
    errors = (errors + data).slice(-4_000)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const failed = () => new Error(`${args.join(' ')} ended early: ${errors || out}`)
  return {
    child,
    pid: child.pid ?? 0,
    line: (match) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = out.split('\n').find((line) => match.test(line))
          if (found !== undefined) resolve(found)
        }
        child.on('heard', look)
        void ended.then(() => reject(failed()))
        look()
      }),
    result: async () => {
      if ((await ended) !== 0) throw failed()
      return out
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

/** The share of the server’s core that was busy while `work` ran; 1 where that cannot be told. */
export async function withBusyCore<T>(work: () => Promise<T>): Promise<{ result: T; busy: number }> {
  const before = coreTimes()
  const result = await work()
  const after = coreTimes()
  if (!before || !after) return { result, busy: 1 }
  return { result, busy: 1 - (after.idle - before.idle) / (after.all - before.all) }
}

function coreTimes(): { idle: number; all: number } | null {
  if (!pinned) return null
  const line = readFileSync('/proc/stat', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`cpu${serverCore} `))
  const times = line?.split(/\s+/).slice(1).map(Number)
  if (!times) return null
  // The guest columns are in the user columns already; idle and iowait are the rest.
  return { idle: (times[3] ?? 0) + (times[4] ?? 0), all: times.slice(0, 8).reduce((sum, one) => sum + one, 0) }
}

/** Proportional memory of these processes in bytes: what is shared is counted once over all who share it. */
export function memoryOf(pids: number[]): number {
  let bytes = 0
  for (const pid of pids) {
    const rollup = `/proc/${pid}/smaps_rollup`
    const kB = existsSync(rollup) ? /^Pss:\s+(\d+)/m.exec(readFileSync(rollup, 'utf8'))?.[1] : undefined
    bytes += Number(kB ?? 0) * 1024
  }
  return bytes
}

/** A process and everything it started, directly or not. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const stat = existsSync(`/proc/${name}/stat`) ? readFileSync(`/proc/${name}/stat`, 'utf8') : ''
    const parent = /\) \S (\d+)/.exec(stat)?.[1]
    if (parent) parents.set(Number(name), Number(parent))
  }
  const isOf = (one: number): boolean => one === pid || (parents.has(one) && isOf(parents.get(one) ?? 0))
  return [...parents.keys()].filter(isOf)
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
