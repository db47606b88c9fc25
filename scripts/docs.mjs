/**
 * `npm run docs [-- --check] [schema|api|settings|permissions|licences …]`: writes the pages of `docs/` that are made
 * from the code. With `--check` it writes nothing, says which are not what the code says now, and exits with 1; it then
 * also looks whether the files that docs/acceptance.md names as proof are there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tsImport } from 'tsx/esm/api'
import { at } from './lib/root.mjs'

/** Each module exports one function that answers the whole text of its file. */
const pages = {
  schema: { file: 'docs/schema.sql', from: './lib/docs-schema.ts' },
  api: { file: 'docs/api.md', from: './lib/docs-api.ts' },
  settings: { file: 'docs/settings.md', from: './lib/docs-settings.ts' },
  permissions: { file: 'docs/permissions.md', from: './lib/docs-permissions.ts' },
  licences: { file: 'docs/licences.md', from: './lib/docs-licences.ts' },
}

const check = process.argv.includes('--check')
const named = process.argv.slice(2).filter((word) => word !== '--check')
const unknown = named.filter((name) => !(name in pages))
if (unknown.length > 0) {
  console.error(`There is no page ${unknown.join(', ')}; there are ${Object.keys(pages).join(', ')}.`)
  process.exitCode = 2
} else {
  const wanted = named.length > 0 ? named : Object.keys(pages)
  const stale = []
  for (const name of wanted) if (await page(name)) stale.push(pages[name].file)
  for (const file of stale) console.error(check ? `${file} is not what the code says now.` : `${file} written`)
  if (check && stale.length > 0) console.error('Run `npm run docs` and commit what it writes.')
  const lost = check && named.length === 0 ? lostProofs() : []
  for (const path of lost) console.error(`docs/acceptance.md names ${path}, which is not there.`)
  if (check && stale.length + lost.length > 0) process.exitCode = 1
}

/** True if the file is not as it should be; without --check it is afterwards. */
async function page(name) {
  const { file, from } = pages[name]
  const { text } = await tsImport(from, import.meta.url)
  const now = await text()
  if (existsSync(at(file)) && readFileSync(at(file), 'utf8') === now) return false
  if (!check) {
    mkdirSync(at('docs'), { recursive: true })
    writeFileSync(at(file), now)
  }
  return true
}

/** Paths in the proofs of docs/acceptance.md that lead nowhere. */
function lostProofs() {
  const table = at('docs', 'acceptance.md')
  if (!existsSync(table)) return []
  const paths = [...readFileSync(table, 'utf8').matchAll(/`([\w.-]+(?:\/[\w.-]+)+)`/g)].map(([, path]) => path)
  return [...new Set(paths)].filter((path) => !existsSync(at(path)))
}
