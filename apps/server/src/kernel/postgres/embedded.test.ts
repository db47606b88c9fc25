import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded.js'
import { chooseOwner, giveTo } from './owner.js'
import { isRunning, postgresProcesses } from './processes.js'

const isRoot = process.geteuid?.() === 0
const needsRoot = 'only root can run programs as another user'
/** `nobody`, as the ordinary user of these tests. */
const ordinary = 65534
const patience = { timeout: 15_000, interval: 10 }

test('a first start makes a database, a warm start keeps its rows, and a stop leaves no process', async () => {
  using folder = temporaryFolder()
  const first = await start(folder.path)
  await query(first.url(), 'create table note (text text)', "insert into note values ('明天')")
  expect(await query(first.url('postgres'), 'select current_database()')).toEqual([{ current_database: 'postgres' }])
  expect(
    await query(
      first.url(),
      'select current_database() d, current_setting($$server_encoding$$) e, current_setting($$fsync$$) f, current_setting($$listen_addresses$$) l',
    ),
  ).toEqual([{ d: 'heyi', e: 'UTF8', f: 'on', l: '' }])
  expect(first.pids()).toContain(first.postmasterPid)
  expect(first.pids().length).toBeGreaterThan(2)
  expect(statSync(join(folder.path, 'postgres')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder.path, 'postgres.password'))).toMatchObject({ uid: process.geteuid?.(), mode: 0o100600 })
  expect(first.connection.password).toBe(readFileSync(join(folder.path, 'postgres.password'), 'utf8'))
  await expect(query(first.url().replace(first.connection.password, 'guess'), 'select 1')).rejects.toThrow('password')
  await Promise.all([first.stop(), first.stop()])
  expect(first.pids()).toEqual([])
  expect(existsSync(join(folder.path, 'postgres/postmaster.pid'))).toBe(false)

  await using second = await start(folder.path)
  expect(await query(second.url(), 'select text from note')).toEqual([{ text: '明天' }])
  const client = new pg.Client({ ...second.connection, database: 'heyi' })
  await client.connect()
  await client.end()
  expect(readdirSync(folder.path).sort()).toEqual(['postgres', 'postgres.password', 'run'])
})

test('killed with all its children under load it serves again, with every acknowledged row', async () => {
  using folder = temporaryFolder()
  const told: string[] = []
  await using server = await start(folder.path, { onDown: (why) => told.push(why), onUp: () => told.push('up') })
  await query(server.url(), 'create table note (n int primary key)')
  const client = new pg.Client(server.url())
  client.on('error', () => undefined) // its connection is about to be cut
  await client.connect()
  let acknowledged = 0
  const load = (async () => {
    for (let n = 1; ; n++) {
      await client.query('insert into note values ($1)', [n])
      acknowledged = n
    }
  })()
  const broken = expect(load).rejects.toThrow()
  await vi.waitUntil(() => acknowledged > 100, patience)
  const [before, killedAt] = [server.postmasterPid, performance.now()]
  for (const pid of server.pids()) process.kill(pid, 'SIGKILL')
  await broken
  await vi.waitUntil(() => told.includes('up'), patience)
  expect(performance.now() - killedAt).toBeLessThan(3_000)
  expect(told).toEqual([expect.stringContaining('SIGKILL'), 'up'])
  expect(server.postmasterPid).not.toBe(before)
  const [{ count }] = (await query(server.url(), `select count(*)::int from note where n <= ${acknowledged}`)) as [
    { count: number },
  ]
  expect(count).toBe(acknowledged)
})

test('a killed postmaster whose child is still busy is replaced', async () => {
  using folder = temporaryFolder()
  let ups = 0
  await using server = await start(folder.path, { onUp: () => ups++ })
  const busy = expect(
    query(server.url(), 'select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b'),
  ).rejects.toThrow()
  await vi.waitUntil(
    async () =>
      (
        await query(
          server.url(),
          "select 1 from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()",
        )
      ).length > 0,
    patience,
  )
  process.kill(server.postmasterPid, 'SIGKILL')
  await busy
  await vi.waitUntil(() => ups === 1, patience)
  expect(await query(server.url(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('it tries again until it can start, and a stop does not wait for that', async () => {
  using folder = temporaryFolder()
  const [control, away] = [join(folder.path, 'postgres/global/pg_control'), join(folder.path, 'pg_control')]
  const lines: string[] = []
  let ups = 0
  const server = await start(folder.path, { log: (_level, text) => lines.push(text), onUp: () => ups++ })
  const failures = () => lines.filter((line) => line.includes('cannot be started')).length
  renameSync(control, away)
  for (const pid of server.pids()) process.kill(pid, 'SIGKILL')
  await vi.waitUntil(() => failures() >= 2, patience)
  renameSync(away, control)
  await vi.waitUntil(() => ups === 1, patience)
  expect(await query(server.url(), 'select 1 as one')).toEqual([{ one: 1 }])

  renameSync(control, away)
  for (const pid of server.pids()) process.kill(pid, 'SIGKILL')
  await vi.waitUntil(() => failures() >= 4, patience)
  const stoppedAt = performance.now()
  await server.stop()
  expect(performance.now() - stoppedAt).toBeLessThan(1_000)
  expect(server.pids()).toEqual([])
})

test('the orphan of a killed Heyi is stopped and its rows are there', async () => {
  using folder = temporaryFolder()
  const other = await startElsewhere(folder.path)
  await query(other.url, 'create table note (n int)', 'insert into note values (7)')
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  expect(isRunning(other.postmasterPid)).toBe(true)
  const lines: string[] = []
  await using server = await start(folder.path, { log: (_level, text) => lines.push(text) })
  expect(lines).toEqual(['Stopping the PostgreSQL that an earlier Heyi has left behind.'])
  expect(isRunning(other.postmasterPid)).toBe(false)
  expect(await query(server.url(), 'select n from note')).toEqual([{ n: 7 }])
})

test('a Heyi that simply exits takes its database with it', async () => {
  using folder = temporaryFolder()
  const other = await startElsewhere(folder.path)
  other.child.stdin?.write('exit\n')
  await once(other.child, 'exit')
  await vi.waitUntil(() => !isRunning(other.postmasterPid), patience)
  expect(existsSync(join(folder.path, 'postgres/postmaster.pid'))).toBe(false)
})

test('a pid file whose number is now another program of the same user does not bar the start', async () => {
  using folder = temporaryFolder()
  await (await start(folder.path)).stop()
  const { uid, gid } = statSync(join(folder.path, 'postgres'))
  const bystander = spawn('sleep', ['100'], { uid, gid })
  await once(bystander, 'spawn')
  for (const [name, lines] of [
    ['postgres/postmaster.pid', 7],
    ['run/.s.PGSQL.5432.lock', 4],
  ] as const) {
    writeFileSync(join(folder.path, name), `${bystander.pid}\n${'/x\n'.repeat(lines)}`)
    chownSync(join(folder.path, name), uid, gid)
  }
  await using server = await start(folder.path)
  expect(await query(server.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
  bystander.kill()
})

test.each([
  ['spaces, quotes and commas', `a b/it's "x", y`],
  ['Chinese', '合一 数据/库'],
  ['a very long path', Array(8).fill('long-folder-name-of-thirty-two-c').join('/')],
])('a data folder with %s', async (_what, name) => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, name)
  mkdirSync(dataDir, { recursive: true })
  const server = await start(dataDir)
  await query(server.url(), 'create table note (n int)')
  const socketFolder = server.connection.host
  await server.stop()
  expect(existsSync(socketFolder)).toBe(socketFolder === join(dataDir, 'run'))
  await using again = await start(dataDir)
  expect(await query(again.url(), 'select n from note')).toEqual([])
})

test('the temporary socket folder of a killed Heyi is used again', async () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'x'.repeat(120))
  mkdirSync(dataDir)
  const other = await startElsewhere(dataDir)
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  await using server = await start(dataDir)
  expect(server.url()).toBe(other.url)
})

test('an ordinary user needs no help, and root later runs the database as that user', async ({ skip }) => {
  skip(!isRoot, needsRoot)
  using folder = temporaryFolder()
  chmodSync(folder.path, 0o755)
  const dataDir = join(folder.path, 'data')
  mkdirSync(dataDir)
  chownSync(dataDir, ordinary, ordinary)
  const other = await startElsewhere(dataDir, ordinary)
  await query(other.url, 'create table note (n int)')
  expect(statSync(`/proc/${other.postmasterPid}`).uid).toBe(ordinary)
  other.child.stdin?.end()
  await once(other.child, 'exit')
  expect(isRunning(other.postmasterPid)).toBe(false)
  await using server = await start(dataDir)
  expect(statSync(`/proc/${server.postmasterPid}`).uid).toBe(ordinary)
  expect(await query(server.url(), 'select n from note')).toEqual([])
})

test('below a folder that only root may enter it runs as another user', async ({ skip }) => {
  skip(!isRoot, needsRoot)
  using folder = temporaryFolder('/root')
  chmodSync(folder.path, 0o700)
  const before = await start(folder.path)
  await query(before.url(), 'create table note (n int)')
  const { uid } = statSync(`/proc/${before.postmasterPid}`)
  expect(uid).not.toBe(0)
  expect(uid).toBe(chooseOwner('/nonexistent')?.uid)
  await before.stop()
  // What a backup restored by root looks like.
  giveTo({ uid: 0, gid: 0 }, join(folder.path, 'postgres'))
  await using server = await start(folder.path)
  expect(statSync(`/proc/${server.postmasterPid}`).uid).toBe(uid)
  expect(await query(server.url(), 'select n from note')).toEqual([])
})

test('a user whose database it is not is told so', async ({ skip }) => {
  skip(!isRoot, needsRoot)
  using folder = temporaryFolder()
  await (await start(folder.path)).stop()
  chmodSync(folder.path, 0o755)
  const { uid } = statSync(join(folder.path, 'postgres'))
  await expect(startElsewhere(folder.path, ordinary)).rejects.toThrow(
    `The database in ${folder.path}/postgres belongs to user ${uid}, but Heyi runs as user 65534: start it as root or as user ${uid}.`,
  )
})

test('what makes a database unusable is said in one sentence, and nothing is left running', async () => {
  using folder = temporaryFolder()
  const server = await start(folder.path)
  const name = /heyi-[0-9a-f]{12}/.exec(readFileSync(`/proc/${server.postmasterPid}/cmdline`, 'utf8'))?.[0] ?? ''
  await server.stop()
  const password = join(folder.path, 'postgres.password')
  const kept = readFileSync(password)
  writeFileSync(password, 'another')
  await expect(start(folder.path)).rejects.toThrow('The database refuses the password in the file postgres.password')
  expect(postgresProcesses(name)).toEqual([])
  rmSync(password)
  await expect(start(folder.path)).rejects.toThrow(`The file ${password} is missing`)
  writeFileSync(password, kept)
  const control = join(folder.path, 'postgres/global/pg_control')
  renameSync(control, `${control}.away`)
  await expect(start(folder.path)).rejects.toThrow(/^PostgreSQL did not start, it ended with exit code \d: .*\.$/)
  renameSync(`${control}.away`, control)
  writeFileSync(join(folder.path, 'postgres/PG_VERSION'), '99\n')
  await expect(start(folder.path)).rejects.toThrow('was made by PostgreSQL 99, but this Heyi brings PostgreSQL 18')
})

test('a first start that was cut short is begun anew', async () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, 'postgres.new-cutshort/base'), { recursive: true })
  writeFileSync(join(folder.path, 'postgres.password'), 'kept')
  await using server = await start(folder.path)
  expect(server.connection.password).toBe('kept')
  expect(await query(server.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(join(folder.path, 'postgres.new-cutshort'))).toBe(false)
})

function start(dataDir: string, more: Partial<EmbeddedPostgresOptions> = {}) {
  return startEmbeddedPostgres({ dataDir, log: () => undefined, ...more })
}

/** The rows of the last statement, on a connection of its own. */
async function query(url: string, ...statements: string[]): Promise<object[]> {
  const client = new pg.Client(url)
  client.on('error', () => undefined) // an idle connection may be cut by a test; a query under way rejects by itself
  await client.connect()
  try {
    let rows: object[] = []
    for (const text of statements) rows = (await client.query<object>(text)).rows
    return rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Another Heyi: it serves until its input ends (a clean stop) or says `exit` (an end without one). */
async function startElsewhere(
  dataDir: string,
  uid?: number,
): Promise<{ child: ChildProcess; url: string; postmasterPid: number }> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)})
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined })
    console.log(JSON.stringify({ url: server.url(), postmasterPid: server.postmasterPid }))
    process.stdin.on('data', () => process.exit()).on('end', () => server.stop())`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH, TSX_DISABLE_CACHE: '1' },
    stdio: 'pipe',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as { url: string; postmasterPid: number }) }
  }
  throw new Error(complaint)
}

/** Removed when it goes out of scope. mkdtemp makes it 0700, so as root the database's user never reaches it by its path. */
function temporaryFolder(parent = tmpdir()): Disposable & { path: string } {
  const path = mkdtempSync(join(realpathSync(parent), 'heyi-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
