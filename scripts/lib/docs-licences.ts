import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../apps/server/src/paths.js'
import { generated, table } from './docs-text.js'

interface LockEntry {
  version: string
  license?: string
  dev?: boolean
  link?: boolean
}

/** What a package says elsewhere than in its package.json. */
const saidElsewhere: Record<string, string> = {
  'combine-errors': 'MIT',
}

/** Parts of a licence expression that we may ship; the page says on which terms. */
const allowed = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'BlueOak-1.0.0',
    'Unlicense',
    'CC0-1.0',
  ],
  ...['Python-2.0', 'Zlib', 'PostgreSQL', 'MPL-2.0', 'OFL-1.1'],
])
/** LGPL is allowed in this one family, where it is a shared library that can be replaced. */
const mayBeLgpl = /^@img\/sharp/

/** `docs/licences.md`, from the lockfile. @throws if a package's licence is unknown or not one we may ship */
export function text(): string {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>
  }
  const shipped = Object.entries(packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
    .map(([path, { version, license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      return { name, version, license: license ?? saidElsewhere[name] ?? ofSibling(name, packages) }
    })
  const refused = shipped.filter(({ name, license }) => !isAllowed(name, license))
  if (refused.length > 0)
    throw new Error(
      `These licences may not be shipped: ${refused.map(({ name, license }) => `${name} (${license})`).join(', ')}.`,
    )
  const groups = new Map<string, typeof shipped>()
  for (const one of shipped) groups.set(one.license, [...(groups.get(one.license) ?? []), one])
  const sections = [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([license, list]) => {
      const rows = [...new Map(list.map(({ name, version }) => [`${name} ${version}`, [name, version]])).entries()]
      return `## ${license}\n\n${table(
        ['Package', 'Version'],
        rows.sort(([a], [b]) => compare(a, b)).map(([, row]) => row),
      )}`
    })
  return `# Licences of what we ship

${generated('licences')}

The npm packages that the program and its clients are made of, with what those need, on every platform. Tools that only
build and test are not among them. GPL and AGPL do not occur: the check that keeps this page current refuses them. LGPL
occurs in one place, libvips, which is a shared library beside sharp and can be replaced by another build of it.

Components that come inside these packages (PostgreSQL and its libraries, libvips and its libraries, the Inter typeface)
are named in [NOTICE](../NOTICE).

${sections.join('\n\n')}
`
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A platform's package that was written into the lockfile by hand has the licence of the others of its family. */
function ofSibling(name: string, packages: Record<string, LockEntry>): string {
  const family = name.replace(/-(darwin|linux|linuxmusl|win32|windows|android|freebsd|wasm32).*$/, '')
  const sibling = Object.entries(packages).find(
    ([path, { license }]) => license && path.includes(`node_modules/${family}-`),
  )
  return sibling?.[1].license ?? 'unknown'
}

function isAllowed(name: string, license: string): boolean {
  const choices = license.replace(/[()]/g, '').split(/\s+OR\s+/)
  return choices.some((choice) =>
    choice.split(/\s+AND\s+/).every((part) => allowed.has(part) || (/^LGPL/.test(part) && mayBeLgpl.test(name))),
  )
}
