import { spawn } from 'node:child_process'
import { root } from './root.mjs'

const keptLines = 200
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in the clone and resolves when it has ended, whatever its exit code. A signal to us goes on to it, so
 * that stopping us in the middle leaves nothing running behind.
 *
 * @param options.show true: its output goes to our terminal; else the last 200 lines come back as `tail`
 * @param options.onLine hears each line that is not shown
 * @returns `{ code, stoppedBy, tail, ms }`; code is 1 when a signal ended it, `stoppedBy` the signal we were sent
 */
export function run(command, args, { show = false, onLine, env = process.env, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const startedMs = Date.now()
    const child = spawn(command, args, { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    const lines = []
    const keep = (line) => {
      onLine?.(line)
      lines.push(line)
      if (lines.length > keptLines) lines.shift()
    }
    for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, keep)
    let stoppedBy
    const pass = (signal) => {
      stoppedBy = signal
      child.kill(signal)
    }
    for (const name of stopSignals) process.on(name, pass)
    const done = () => {
      for (const name of stopSignals) process.off(name, pass)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('close', (code) => {
      done()
      resolve({ code: code ?? 1, stoppedBy, tail: lines, ms: Date.now() - startedMs })
    })
  })
}

function eachLine(stream, keep) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/)
    rest = parts.pop() ?? ''
    parts.forEach(keep)
  })
  stream.once('end', () => {
    if (rest) keep(rest)
  })
}

/** `0.8 s`, `12 s`, `3 min 5 s`. */
export function duration(ms) {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
