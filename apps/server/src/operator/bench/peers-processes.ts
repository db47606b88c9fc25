import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Owner } from '../../kernel/postgres/owner.js'
import { closing } from './harness.js'
import { type Running, run, serverCore } from './processes.js'
import { tempFolder } from './product.js'

/** A folder and the processes that live in it. */
export interface Workplace {
  path: string
  /** Starts a program on the server’s core, as this user if we are root. It is ended with the workplace. */
  start(program: Program): Running
}

interface Program {
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  owner: Owner | undefined
  /** What asks it to end in order. */
  stopSignal: NodeJS.Signals
}

const patienceMs = 15_000

/** Whatever happens in `work`, a signal to us included, its processes and its folder are gone afterwards. */
export function withWorkplace<T>(work: (workplace: Workplace) => Promise<T>): Promise<T> {
  const { path, remove } = tempFolder()
  const started: { running: Running; stopSignal: NodeJS.Signals }[] = []
  const start = ({ command, args, env, owner, stopSignal }: Program) => {
    const inFolder = ['-C', path, ...(owner ? asUser(owner) : []), command, ...args]
    const running = run('env', inFolder, serverCore, env)
    started.push({ running, stopSignal })
    return running
  }
  const close = async () => {
    // The last first: a database would wait for those who use it.
    for (const { running, stopSignal } of started.reverse()) await end(running, stopSignal)
    remove()
  }
  return closing(close, () => work({ path, start }))
}

const asUser = ({ uid, gid }: Owner) => ['setpriv', '--reuid', String(uid), '--regid', String(gid), '--clear-groups']

async function end(running: Running, stopSignal: NodeJS.Signals): Promise<void> {
  running.child.kill(stopSignal)
  const timer = setTimeout(() => running.child.kill('SIGKILL'), patienceMs)
  // Its own SIGTERM is the same wish again.
  await running[Symbol.asyncDispose]()
  clearTimeout(timer)
}

/** Resolves with what `attempt` returns once it does not throw any more; rejects when the process ends before. */
export async function answered<T>(running: Running, attempt: () => Promise<T>): Promise<T> {
  let ended: unknown
  running.result().catch((error: unknown) => {
    ended = error
  })
  for (const until = Date.now() + patienceMs * 2; ; await wait(50)) {
    try {
      return await attempt()
    } catch (error) {
      if (ended) throw ended
      if (Date.now() > until) throw error
    }
  }
}

/** A port of the loopback address that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (!address || typeof address === 'string') throw new Error('The system named no free port.')
  return address.port
}
