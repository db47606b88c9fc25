/**
 * `npm run build`: bundles the server and the command line with esbuild, copies migrations, builds the web
 * client with Vite. All of it is made in `.heyi-build/` and moved to `dist/` at the end; the stamp comes last, so an
 * interrupted build is made again at the next start.
 *
 *   dist/server/main.mjs         exports main(argv); lazily imported chunks and the operator's entry-*.mjs lie beside it
 *   dist/cli/main.mjs            exports main(argv)
 *   dist/migrations/MODULE/      from apps/server/src/.../MODULE/migrations/*.sql
 *   dist/web/                    the web client
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { externals } from './lib/externals.mjs'
import { prepare } from './lib/prepare.mjs'
import { at } from './lib/root.mjs'
import { duration } from './lib/run.mjs'
import { filesBelow, sourceHash } from './lib/sources.mjs'

const parts = ['server', 'cli', 'web', 'migrations']
const server = 'apps/server/src'

// CommonJS packages bundled into ES modules still call require and read __dirname.
const banner = `import { createRequire as heyiRequire } from 'node:module'
import { fileURLToPath as heyiPath } from 'node:url'
const require = heyiRequire(import.meta.url), __filename = heyiPath(import.meta.url), __dirname = heyiPath(new URL('.', import.meta.url))
`

if (process.argv.includes('--prepared')) await buildAll()
else await prepare({ build: 'always' })

async function buildAll() {
  // Before the build, so that what is saved while it runs is built at the next start.
  const hash = sourceHash()
  for (const part of parts) rmSync(at('.heyi-build', part), { recursive: true, force: true })
  rmSync(at('dist', '.stamp'), { force: true })
  await Promise.all([
    timed('server', () => bundle('server', [[`${server}/main.ts`, 'main'], ...operatorEntries()])),
    timed('command line', () => bundle('cli', [['apps/cli/src/main.ts', 'main']])),
    timed('web', buildWeb),
    copyMigrations(),
  ])
  mkdirSync(at('dist'), { recursive: true })
  for (const part of parts) {
    rmSync(at('dist', part), { recursive: true, force: true })
    if (existsSync(at('.heyi-build', part))) renameSync(at('.heyi-build', part), at('dist', part))
  }
  writeFileSync(at('dist', '.stamp'), `${hash}\n`)
}

async function timed(what, work) {
  const startedMs = Date.now()
  const said = await work()
  console.log(`${what}: ${said ?? duration(Date.now() - startedMs)}`)
}

/** Programs that are started as processes or threads of their own: `operator/bench/entry-load.ts` → `entry-load.mjs`. */
function operatorEntries() {
  return filesBelow(server)
    .filter((path) => /\/(operator|modules)\/[^/]+\/entry-[^/]+\.ts$/.test(path))
    .map((path) => [path, basename(path, '.ts')])
}

/** @param entries pairs of a source file and the name of what is made of it */
async function bundle(part, entries) {
  const [missing] = entries.find(([source]) => !existsSync(at(source))) ?? []
  if (missing) return `skipped, ${missing} is not there`
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: at(),
    entryPoints: entries.map(([source, out]) => ({ in: source, out })),
    outdir: `.heyi-build/${part}`,
    outExtension: { '.js': '.mjs' },
    // Chunks beside the entries: new URL('../migrations/', import.meta.url) is right from every one of them.
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    sourcesContent: false,
    banner: { js: banner },
    external: externals,
    logLevel: 'warning',
  })
}

async function buildWeb() {
  // Whoever starts the build, such as a test, may say otherwise; React would then be that for development.
  process.env.NODE_ENV = 'production'
  if (!existsSync(at('apps/web/index.html'))) return 'skipped, apps/web/index.html is not there'
  const { build } = await import('vite')
  await build({
    root: at('apps/web'),
    logLevel: 'warn',
    build: { outDir: at('.heyi-build/web'), emptyOutDir: true },
  })
}

/** Copies `apps/server/src/.../MODULE/PART/FILE` to `PART/MODULE/FILE`: the module's name says whose it is. */
async function copyMigrations() {
  for (const path of filesBelow(server)) {
    const [, module, name] = /\/([^/]+)\/migrations\/(.+\.sql)$/.exec(path) ?? []
    if (name) cpSync(at(path), at('.heyi-build', 'migrations', module, name), { recursive: true })
  }
}
