import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone, or of an unpacked bundle. */
export const root = ((): string => {
  const here = dirname(fileURLToPath(import.meta.url))
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'scripts', 'heyi.mjs'))) return folder
  throw new Error('The folder of Heyi was moved apart: scripts/heyi.mjs is missing.')
})()
