import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../paths.js'

/** The version of this program, from the project’s package.json. */
export const version: string = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).version

const stampName = 'heyi.json'

export interface Stamp {
  /** The newest version that wrote this folder. */
  version: string
  /** Made by the demo: one-click sign-ins exist, on loopback only. */
  demo?: true
}

export function readStamp(dataDir: string): Stamp | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, stampName), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`The file ${join(dataDir, stampName)} cannot be read; is this a data folder of Heyi?`, {
      cause: error,
    })
  }
}

export function writeStamp(dataDir: string, stamp: Stamp): void {
  writeFileSync(join(dataDir, stampName), `${JSON.stringify(stamp)}\n`)
}

/**
 * Compares two versions of the form 1.2.3 (pre-release parts do not count).
 * @returns negative where `a` is older
 */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((v) => v.split('-')[0]?.split('.').map(Number) ?? [])
  for (let i = 0; i < 3; i++) if ((x?.[i] ?? 0) !== (y?.[i] ?? 0)) return (x?.[i] ?? 0) - (y?.[i] ?? 0)
  return 0
}

/** @throws Error with one sentence if the folder was written by a newer program */
export function requireFolderNotNewer(dataDir: string, stamp: Stamp | null): void {
  if (stamp && compareVersions(stamp.version, version) > 0)
    throw new Error(
      `The data folder ${dataDir} was written by Heyi ${stamp.version} and this is Heyi ${version}: start that version, or restore a backup.`,
    )
}
