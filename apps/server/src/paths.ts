import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const built = !existsSync(join(here, 'paths.ts'))

/** The folder of the whole project, or of an unpacked bundle: the one that holds `scripts/`. */
export const projectRoot = ((): string => {
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'scripts', 'start.mjs'))) return folder
  throw new Error('The folder of Heyi was moved apart: scripts/start.mjs is missing.')
})()

/** Where migrations are: copied by the build, else beside the modules that own them. */
export const migrationsRoot = built ? join(projectRoot, 'dist', 'migrations') : here
export const webRoot = join(projectRoot, 'dist', 'web')
