import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { expect, test } from 'vitest'
import { checkServer, type Query, type ServerFacts, type ServerKind } from './check.js'
import { startEmbeddedPostgres } from './embedded.js'
import { chooseOwner } from './owner.js'

/** Where Debian puts PostgreSQL 15. */
const old = '/usr/lib/postgresql/15/bin'

test('the embedded server is fit; databases of another encoding or without Unicode are refused', async () => {
  using folder = temporaryFolder()
  await using server = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined })
  const facts = await check(server.url(), 'embedded')
  expect(facts).toEqual({ version: expect.any(Number), timeline: 1, warnings: [] })
  expect(Math.floor(facts.version / 10_000)).toBe(server.majorVersion)

  const missing = 'upper case of é or word characters such as 明 or trigrams of Chinese'
  const cases: [options: string, refusal: string | undefined][] = [
    ["locale 'C.UTF-8' locale_provider builtin builtin_locale 'C.UTF-8'", undefined],
    ["locale 'C.UTF-8' locale_provider icu icu_locale 'und'", undefined],
    [
      "locale 'C'",
      `The database "d" has the character type C, which does not know ${missing}: create it anew with LOCALE 'C.UTF-8' (TEMPLATE template0).`,
    ],
    [
      "locale 'C' encoding 'LATIN1'",
      `The database "d" is encoded as LATIN1: create it anew with ENCODING 'UTF8' (TEMPLATE template0).`,
    ],
    ["locale 'C' encoding 'SQL_ASCII'", 'The database "d" is encoded as SQL_ASCII'],
    // These know letters themselves, but trigrams ask the C library.
    ["locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'", 'which does not know trigrams of Chinese'],
    ["locale 'C' locale_provider icu icu_locale 'und'", 'which does not know trigrams of Chinese'],
  ]
  for (const [options, refusal] of cases) {
    await run(server.url(), `create database d template template0 ${options}`)
    const answer = check(server.url('d'), 'outside')
    if (refusal) await expect(answer, options).rejects.toThrow(refusal)
    else await expect(answer, options).resolves.toMatchObject({ warnings: [] })
    await run(server.url(), 'drop database d')
  }
})

test('any role may ask, and a server that is too old is named', async () => {
  using folder = temporaryFolder()
  await using server = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined })
  await run(server.url(), "create role plain login password 'p'")
  const url = server.url().replace(/\/\/.*@/, '//plain:p@')
  await expect(check(url, 'outside')).resolves.toMatchObject({ timeline: 1 })
  await withQuery(url, async (query) => {
    // There is no server of this version to ask, so only its answer is made up.
    const aged: Query = async (text) => ({
      rows: (await query(text)).rows.map((row) => ({ ...row, version: '140019', version_text: '14.19' })),
    })
    await expect(checkServer(aged, 'outside', () => undefined)).rejects.toThrow(
      /^The database server is PostgreSQL 14\.19, but Heyi needs version 15 or newer\.$/,
    )
  })
})

test('PostgreSQL 15 is fit; without fsync it is refused if ours and warned of if not', async ({ skip }) => {
  skip(!existsSync(old), `PostgreSQL 15 is not in ${old}`)
  using folder = temporaryFolder()
  await using server = await startOld(folder.path)
  const text = 'The database server runs with fsync off, so a power loss can destroy its data: switch it on.'
  expect(await check(server.url, 'outside')).toEqual({ version: expect.any(Number), timeline: 1, warnings: [text] })
  await expect(check(server.url, 'embedded')).rejects.toThrow(text)
  await run(server.url, "create database d template template0 locale 'POSIX'")
  // The C library calls it C.
  await expect(check(server.url.replace('/postgres?', '/d?'), 'outside')).rejects.toThrow(
    'has the character type C, which',
  )
})

async function check(url: string, kind: ServerKind): Promise<ServerFacts & { warnings: string[] }> {
  const warnings: string[] = []
  return withQuery(url, async (query) => ({
    ...(await checkServer(query, kind, (text) => warnings.push(text))),
    warnings,
  }))
}

async function run(url: string, text: string): Promise<void> {
  await withQuery(url, (query) => query(text))
}

async function withQuery<T>(url: string, use: (query: Query) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await use((text) => client.query(text))
  } finally {
    await client.end()
  }
}

/** A PostgreSQL 15 of this machine that trusts everyone and does not wait for the disk. */
async function startOld(dataDir: string): Promise<AsyncDisposable & { url: string }> {
  const [folder, owner] = [join(dataDir, 'old'), chooseOwner('/nonexistent')]
  chmodSync(dataDir, 0o755)
  mkdirSync(folder, { mode: 0o700 })
  if (owner) chownSync(folder, owner.uid, owner.gid)
  execFileSync(
    join(old, 'initdb'),
    ['-D', folder, '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust', '-U', 'heyi', '-N'],
    { ...owner, stdio: 'ignore' },
  )
  const child: ChildProcess = spawn(
    join(old, 'postgres'),
    ['-D', folder, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    {
      ...owner,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { LC_ALL: 'C' },
    },
  )
  const ended = once(child, 'exit')
  if (child.stderr) {
    const lines = createInterface({ input: child.stderr })
    await new Promise<void>((resolve) => lines.on('line', (line) => line.includes('ready to accept') && resolve()))
  }
  return {
    url: `postgres://heyi@/postgres?host=${encodeURIComponent(folder)}&port=5432`,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGINT')
      await ended
    },
  }
}

function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'heyi-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
