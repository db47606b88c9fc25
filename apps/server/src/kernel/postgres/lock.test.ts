import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lockDataFolder } from './lock.js'

const isRoot = process.geteuid?.() === 0
const held = (pid: number | undefined, folder: string) =>
  `Another Heyi (process ${pid}) is already using the data folder ${folder}.`

test("a data folder is one Heyi's until it is released", () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'new/data')
  const lock = lockDataFolder(dataDir)
  expect(lock.dataDir).toBe(dataDir)
  expect(() => lockDataFolder(dataDir)).toThrow(held(process.pid, dataDir))
  lock.release()
  lock.release()
  expect(readdirSync(dataDir)).toEqual([])
  using again = lockDataFolder(dataDir)
  lock.release() // no longer its to give
  expect(() => lockDataFolder(dataDir)).toThrow(held(process.pid, again.dataDir))
})

test('another process is refused while the first lives, and takes over when it was killed', async () => {
  using folder = temporaryFolder()
  const [other] = await contend(folder.path, 1)
  expect(other?.answer).toBe('locked')
  expect(() => lockDataFolder(folder.path)).toThrow(held(other?.child.pid, folder.path))
  other?.child.kill('SIGKILL')
  await other?.ended
  using _lock = lockDataFolder(folder.path)
  expect(readdirSync(folder.path)).toEqual(['heyi.lock'])
})

test('a lock whose number now is another program, or that a power loss has emptied, is taken over', () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'heyi.lock')
  lockDataFolder(folder.path)
  const mine = readFileSync(file, 'utf8')
  for (const content of [mine.replace(/\d+","nonce/, '1","nonce'), '', '{"pid":']) {
    expect(content).not.toBe(mine)
    writeFileSync(file, content)
    lockDataFolder(folder.path)
    expect(() => lockDataFolder(folder.path)).toThrow(held(process.pid, folder.path))
  }
})

test('of many starters exactly one takes over a dead lock, even if another died while taking it over', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'heyi.lock')
  // A dead lock, and the dead guard of one who was killed while replacing it.
  lockDataFolder(folder.path)
  const dead = readFileSync(file, 'utf8').replace(/^\{"pid":\d+/, '{"pid":4194305')
  writeFileSync(file, dead)
  writeFileSync(
    `${file}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`,
    `${dead.slice(0, -1)},"guard":1}`,
  )

  const starters = await contend(folder.path, 4)
  const winners = starters.filter(({ answer }) => answer === 'locked')
  expect(winners).toHaveLength(1)
  for (const { answer } of starters) expect(['locked', held(winners[0]?.child.pid, folder.path)]).toContain(answer)
  for (const { child, ended } of starters) {
    child.kill('SIGKILL')
    await ended
  }
  expect(readdirSync(folder.path)).toEqual(['heyi.lock'])
})

test('takers of a lock that dies again and again never hold it together', async () => {
  using folder = temporaryFolder()
  const [counter, file, turns] = [join(folder.path, 'counter'), join(folder.path, 'heyi.lock'), 200]
  writeFileSync(counter, '0')
  // Counting in two steps loses a count whenever two are inside; leaving a dead lock makes the next one take it over.
  const takers = Array.from({ length: 3 }, (_, n) =>
    run(`
    for (let left = ${turns}; left > 0; ) {
      try { lockDataFolder(${JSON.stringify(folder.path)}) }
      catch (error) { if (error.message.startsWith('Another Heyi')) continue; throw error }
      left--
      writeFileSync(${JSON.stringify(counter)}, String(Number(readFileSync(${JSON.stringify(counter)}, 'utf8')) + 1))
      writeFileSync('${file}-${n}', '{"pid":4194305,"nonce":"' + Math.random() + '"}')
      renameSync('${file}-${n}', '${file}')
    }`),
  )
  for (const { child, ended } of takers) {
    child.stdin.end()
    expect(await ended).toEqual([0, null])
  }
  expect(readFileSync(counter, 'utf8')).toBe(String(3 * turns))
  expect(readdirSync(folder.path).sort()).toEqual(['counter', 'heyi.lock'])
})

test('a folder one may not write to is named', async ({ skip }) => {
  skip(!isRoot, 'only root can run programs as another user')
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'data')
  const [starter] = await contend(dataDir, 1, 65534)
  expect(starter?.answer).toBe(
    `The data folder ${dataDir} cannot be used (EACCES): give a folder this user may write to.`,
  )
  await starter?.ended
  expect(existsSync(dataDir)).toBe(false)
})

/** Processes that try to lock the folder at the same moment, and hold it if they get it; each with what it was told. */
async function contend(dataDir: string, count: number, uid?: number) {
  const program = `
    console.log('here')
    process.stdin.once('data', () => {
      try { lockDataFolder(${JSON.stringify(dataDir)}); console.log('locked') }
      catch (error) { console.log(error.message) }
    })`
  const starters = Array.from({ length: count }, () => {
    const { child, ended } = run(program, uid)
    return { child, ended, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
  })
  for (const { lines } of starters) await lines.next()
  for (const { child } of starters) child.stdin.write('go\n')
  return Promise.all(
    starters.map(async ({ child, ended, lines }) => {
      const answer = String((await lines.next()).value)
      if (answer !== 'locked') child.stdin.end()
      return { child, ended, answer }
    }),
  )
}

function run(program: string, uid?: number) {
  const imports = `
    const { lockDataFolder } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)})
    const { readFileSync, renameSync, writeFileSync } = await import('node:fs')`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', imports + program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH, TSX_DISABLE_CACHE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  return { child, ended: once(child, 'exit') }
}

function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'heyi-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
