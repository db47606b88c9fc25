import { mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const beatMs = 2_000
const deadAfterMs = 10_000
const pollMs = 200

/**
 * Runs `work` while no other process does, across processes and containers that share the folder. The lock is a folder
 * whose time its holder renews; one that has not been renewed for 10 s was left by a process that died.
 *
 * @param onWait called once if somebody else holds it
 */
export async function withLock(path, onWait, work) {
  mkdirSync(dirname(path), { recursive: true })
  for (let waits = 0; !take(path); waits++) {
    if (waits === 0) onWait()
    await delay(pollMs)
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), beatMs)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(path, { recursive: true, force: true })
  }
}

function take(path) {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (ageMs(path) > deadAfterMs) removeDead(path)
  return false
}

const ageMs = (path) => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())

function removeDead(path) {
  const aside = `${path}-${process.pid}`
  try {
    // Renaming is atomic: of several that wait, one moves the dead lock away, the others find nothing.
    renameSync(path, aside)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  rmSync(aside, { recursive: true, force: true })
}
