import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Blobs } from './blobs.js'
import { Slots } from './slots.js'

let folder: string
let blobs: Blobs
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'heyi-blobs-')), 'blobs')
  blobs = new Blobs(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const temporary = () => readdir(join(folder, 'tmp'))
const list = async () => {
  const found = []
  for await (const blob of blobs.listBlobs()) found.push(blob)
  return found
}

test('bytes are kept once under their digest and read back as they were', async () => {
  const bytes = randomBytes(700_001)
  const digest = digestOf(bytes)
  expect(await list()).toEqual([])
  expect(await blobs.writeBlob(Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]))).toEqual({
    digest,
    size: 700_001,
  })
  expect(await blobs.writeBlob([bytes])).toEqual({ digest, size: 700_001 })
  expect(await readdir(join(folder, digest.slice(0, 2)))).toEqual([digest.slice(2)])
  expect(await buffer(blobs.readBlob(digest))).toEqual(bytes)
  expect(await list()).toEqual([{ digest, size: 700_001 }])
  expect(await temporary()).toEqual([])
  await blobs.remove(digest)
  await blobs.remove(digest)
  expect(await list()).toEqual([])
})

test('nothing at all is a blob too', async () => {
  const digest = digestOf(new Uint8Array())
  expect(await blobs.writeBlob([])).toEqual({ digest, size: 0 })
  expect(await buffer(blobs.readBlob(digest))).toEqual(Buffer.alloc(0))
})

test('what breaks on the way leaves nothing behind', async () => {
  const broken = async function* () {
    yield randomBytes(1000)
    throw new Error('the sender went away')
  }
  await expect(blobs.writeBlob(broken())).rejects.toThrow('the sender went away')
  expect(await temporary()).toEqual([])
  expect(await list()).toEqual([])
})

test('the same content stored by many at once is one whole blob', async () => {
  const bytes = randomBytes(300_000)
  await Promise.all(Array.from({ length: 8 }, () => blobs.writeBlob([bytes])))
  expect(await list()).toEqual([{ digest: digestOf(bytes), size: 300_000 }])
  expect(await buffer(blobs.readBlob(digestOf(bytes)))).toEqual(bytes)
  expect(await temporary()).toEqual([])
})

test('placing may be repeated, and discarding what was placed takes nothing away', async () => {
  const staged = await blobs.stage([Buffer.from('once')])
  expect(await list()).toEqual([])
  await blobs.place(staged)
  await blobs.place(staged)
  await blobs.discard(staged)
  expect(await list()).toEqual([{ digest: staged.digest, size: 4 }])
})

test('bytes cut short by a crash are replaced by whole ones', async () => {
  const staged = await blobs.stage([Buffer.from('whole content')])
  await blobs.place(staged)
  await writeFile(join(folder, staged.digest.slice(0, 2), staged.digest.slice(2)), 'whole')
  await blobs.writeBlob([Buffer.from('whole content')])
  expect(String(await buffer(blobs.readBlob(staged.digest)))).toBe('whole content')
})

test('what a dead program had staged goes when it is old; what is staged here stays', async () => {
  const mine = await blobs.stage([Buffer.from('mine')])
  const other = new Blobs(folder)
  const [old, young] = [await other.stage([Buffer.from('old')]), await other.stage([Buffer.from('young')])]
  for (const { path } of [mine, old]) await utimes(path, new Date(0), new Date(1_000))
  await blobs.removeStale(2_000)
  expect((await temporary()).sort()).toEqual([mine, young].map(({ path }) => basename(path)).sort())
})

test('a name that is no digest never becomes a path', () => {
  expect(() => blobs.readBlob('../../../etc/passwd')).toThrow('no SHA-256')
})

test('slots let few run, keep some waiting, refuse the rest, and say when they are idle', async () => {
  const slots = new Slots(2, 1)
  const ends: (() => void)[] = []
  const work = () => slots.run(() => new Promise<void>((resolve) => ends.push(resolve)))
  const running = [work(), work(), work()]
  await expect(work()).rejects.toThrow('busy')
  expect(ends.length).toBe(2)
  let idle = false
  const whenIdle = slots.idle().then(() => {
    idle = true
  })
  ends[0]?.()
  await running[0]
  await vi.waitFor(() => expect(ends.length).toBe(3))
  expect(idle).toBe(false)
  ends[1]?.()
  ends[2]?.()
  await Promise.all([...running, whenIdle])
  await expect(slots.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  await slots.idle()
})
