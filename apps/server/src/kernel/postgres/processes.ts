import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** The system's short name of a failure (`ENOENT`, or PostgreSQL's SQLSTATE); undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Whether the number is taken, be it by another user's process or by one that has ended and was not yet buried. */
export function pidIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true
    if (codeOf(error) === 'ESRCH') return false
    throw error
  }
}

/** Whether a process of this number lives; a zombie does not. */
export function isRunning(pid: number): boolean {
  return pidIsTaken(pid) && procStat(pid)?.state !== 'Z'
}

/**
 * A word that no two processes of the same number share, because it holds the moment the process started; undefined
 * where the system does not tell (Windows, a hidden /proc).
 */
export function processBirth(pid: number): string | undefined {
  if (process.platform === 'darwin') return textOf('ps', ['-o', 'lstart=', '-p', String(pid)])
  const ticks = procStat(pid)?.startTicks
  // Ticks count from boot, so the boot is part of the moment.
  return ticks && `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
}

/**
 * Every PostgreSQL process whose `cluster_name` is `name`: postmaster and children, ours or orphaned.
 *
 * It reads command lines, which any user may see. The working folder would say as much, but root in a container may
 * not look at that of another user's process. On Windows the answer is always empty.
 */
export function postgresProcesses(name: string): number[] {
  return (
    commandLines()
      // A child calls itself "postgres: NAME: checkpointer" and shows the postmaster's line until it does.
      .filter(({ command }) => command.startsWith(`postgres: ${name}:`) || command.includes(`cluster_name=${name}`))
      .filter(({ command }) => /^(postgres: |[^\0]*\/postgres\b)/.test(command))
      .map(({ pid }) => pid)
  )
}

function commandLines(): { pid: number; command: string }[] {
  if (process.platform === 'win32') return []
  if (process.platform === 'darwin') {
    const lines = (textOf('ps', ['-axww', '-o', 'pid=,command=']) ?? '').split('\n')
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }))
  }
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  return pids.map((pid) => ({ pid: Number(pid), command: procFile(`${pid}/cmdline`) ?? '' }))
}

function procStat(pid: number): { state: string; startTicks: string } | undefined {
  // proc_pid_stat(5): the second field is a name in brackets that may hold anything; 3 is the state, 22 the start.
  const fields = procFile(`${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')
  const [state, startTicks] = [fields?.[0], fields?.[22 - 3]]
  return state && startTicks ? { state, startTicks } : undefined
}

function procFile(name: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readFileSync(`/proc/${name}`, 'utf8')
  } catch (error) {
    // The process ended while we looked, or is not ours to see.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}

function textOf(command: string, args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }).trim() || undefined
  } catch (error) {
    // ps ends with 1 when no such process exists.
    if (error instanceof Error && 'status' in error) return undefined
    throw error
  }
}
