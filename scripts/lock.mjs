/**
 * `node scripts/lock.mjs [--check]`: completes package-lock.json after `npm install`.
 *
 * Some registries and mirrors do not have every platform's package of a tool (a darwin binary, say). `npm install` then
 * leaves it out of the lockfile without a word, and `npm ci` refuses that lockfile on every machine. What is missing is
 * an exact version the tool itself names; this writes it down, with the platform its name says, and without an integrity
 * hash, which npm fills in where it installs the package.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { at } from './lib/root.mjs'

const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony']
const processors = ['arm', 'arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x']

const file = at('package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = findMissing(lock.packages)

if (process.argv.includes('--check')) {
  for (const { name, version } of missing) console.error(`package-lock.json lacks ${name}@${version}`)
  if (missing.length > 0) console.error('npm ci would refuse it: run `node scripts/lock.mjs`.')
  process.exitCode = missing.length > 0 ? 1 : 0
} else {
  for (const one of missing) lock.packages[`node_modules/${one.name}`] = entry(one)
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${missing.length} platform packages added to package-lock.json`)
}

function findMissing(packages) {
  const found = new Map()
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!installedFor(packages, path, name)) found.set(name, { name, version, dev })
    }
  }
  return [...found.values()]
}

/** Whether `name` is found by Node's rule: beside the package, or beside one of the folders above it. */
function installedFor(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (!folder.includes('node_modules/')) return Boolean(packages[`node_modules/${name}`])
  }
}

function entry({ name, version, dev }) {
  const words = name.split(/[/-]/)
  const os = words.filter((word) => systems.includes(word))
  const cpu = words.filter((word) => processors.includes(word))
  if (os.length === 0 || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name}@${version} does not name its platform or its exact version: add it by hand`)
  }
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined
  return { version, cpu, dev, libc, optional: true, os }
}
