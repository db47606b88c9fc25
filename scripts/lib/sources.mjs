import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { at, readJson } from './root.mjs'

/** The folders of the npm workspaces, relative to the root: `apps/server`, `packages/contract`, … */
function workspaces() {
  return readJson(at('package.json')).workspaces.flatMap((pattern) => {
    const parent = pattern.replace(/\/\*$/, '')
    if (parent === pattern) return [pattern]
    if (!existsSync(at(parent))) return []
    return readdirSync(at(parent))
      .sort()
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(at(folder, 'package.json')))
  })
}

/** Changes when what `npm ci` would install changes. */
export function installHash() {
  const files = ['package.json', 'package-lock.json', ...workspaces().map((folder) => `${folder}/package.json`)]
  return hashOf(files, `${process.platform}-${process.arch}`)
}

/** Changes when what the build would make changes. Contents, not times: a checkout or a `touch` must not rebuild. */
export function sourceHash() {
  const sources = workspaces().flatMap((folder) => filesBelow(folder, new Set(['node_modules', 'dist', 'test'])))
  return hashOf(
    ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/lib/externals.mjs', ...sources],
    '',
  )
}

/** The files of a folder and all below it, relative to the root, without tests and without folders of the names given. */
export function filesBelow(folder, ignored = new Set()) {
  if (!existsSync(at(folder))) return []
  return readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ignored.has(entry.name) ? [] : filesBelow(path, ignored)
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path]
  })
}

function hashOf(paths, salt) {
  const hash = createHash('sha256').update(salt)
  for (const path of [...paths].sort()) {
    const file = at(path)
    // The length goes in too, so that moving bytes from one file to the next shows.
    if (existsSync(file)) {
      const bytes = readFileSync(file)
      hash.update(`\0${path}\0${bytes.length}\0`).update(bytes)
    }
  }
  return hash.digest('hex')
}
