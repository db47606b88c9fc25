import { resolve } from 'node:path'
import type { Settings } from '../kernel/settings.js'
import type { Progress } from './backup-format.js'
import { findRunning } from './reach.js'
import { type Restored, restoreBackup } from './restore.js'
import { holdCopiesLock, openGround } from './runtime.js'
import { version, writeStamp } from './version.js'

/**
 * Restores into the installation of these settings, which nobody else may use meanwhile. The folder is no demo
 * afterwards: one-click sign-ins are for made-up people only.
 */
export async function restoreInto(settings: Settings, file: string, progress: Progress): Promise<Restored> {
  const running = await findRunning(resolve(settings.HEYI_DATA))
  if (running) throw new Error(`Heyi runs on this data folder (process ${running.pid}): stop it, then restore.`)
  await using ground = await openGround(settings)
  const alone = await holdCopiesLock({ ...ground, settings: { ...settings, NATS_URL: null } })
  try {
    const restored = await restoreBackup(ground, file, progress)
    writeStamp(ground.dataDir, { version })
    return restored
  } finally {
    await alone.release()
  }
}
