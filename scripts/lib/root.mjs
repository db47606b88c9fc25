import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone, or of the unpacked bundle. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** A path below the root. */
export const at = (...parts) => join(root, ...parts)

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** What `npm run bundle` left at the root: `{ version, platform, arch }`; undefined in a clone. */
export function bundleMark() {
  const path = at('bundle.json')
  return existsSync(path) ? readJson(path) : undefined
}
