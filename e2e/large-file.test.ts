import { createCipheriv, createHash } from 'node:crypto'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { layCable } from './cable.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

/** A file goes on where the connection broke, also after the page was loaded again, and arrives byte by byte. */

const mib = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'heyi-large-'))
const sample = withSampleCompany()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bytes that nothing can shorten, the same for a seed on every machine: the key stream of AES-CTR. */
function* bytesOf(seed: string, size: number): Generator<Buffer> {
  const cipher = createCipheriv('aes-128-ctr', createHash('md5').update(seed).digest(), Buffer.alloc(16))
  const nothing = Buffer.alloc(mib)
  for (let left = size; left > 0; left -= mib) yield cipher.update(nothing.subarray(0, Math.min(mib, left)))
}

async function makeFile(name: string, size: number): Promise<{ path: string; digest: string }> {
  const path = join(folder, name)
  const hash = createHash('sha256')
  const pieces = function* () {
    for (const piece of bytesOf(name, size)) {
      hash.update(piece)
      yield piece
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path))
  return { path, digest: hash.digest('hex') }
}

async function sendFile({ page }: Person, path: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '发送文件' }).click()
  await (await choosing).setFiles(path)
  await page.getByRole('button', { name: '发送 1 个' }).click()
}

/** The digest of what the receiver downloads. */
async function received({ page, context }: Person, name: string): Promise<string> {
  const link = page.getByRole('log', { name: /^(消息记录|Messages)$/ }).getByRole('link', { name: `下载 ${name}` })
  await link.waitFor({ timeout: 150_000 })
  const address = new URL((await link.getAttribute('href')) ?? '', page.url())
  const cookie = (await context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ')
  const answer = await fetch(address, { headers: { cookie } })
  if (!answer.ok || !answer.body) throw new Error(`the download was answered with ${answer.status}`)
  const hash = createHash('sha256')
  for await (const piece of answer.body) hash.update(piece)
  return hash.digest('hex')
}

const isAway = ({ page }: Person) => page.getByText('网络断开了，恢复后继续').waitFor()

test('a file of 300 MB, broken twice, goes on where it was and arrives whole', async () => {
  const size = 300 * mib
  const file = await makeFile('样品视频.bin', size)
  const cable = await layCable(sample.program.url)
  const ann = await openPerson(sample.browser)
  const bo = await openPerson(sample.browser)
  try {
    await enterAs(ann, cable.url, '林知夏')
    await enterAs(bo, sample.program.url, '陈屿')
    await meet(ann, bo, '陈屿')
    const before = cable.sentBytes()

    const first = cable.pullAfter(100 * mib)
    await sendFile(ann, file.path)
    await first
    await isAway(ann)
    const second = cable.pullAfter(100 * mib)
    cable.plugIn()
    await second
    await isAway(ann)

    // Too large for the browser to keep: the page says so after a new load, and takes the same file up again.
    cable.plugIn()
    await ann.page.reload()
    await ann.page.getByText('请重新选择同一个文件').waitFor()
    const choosing = ann.page.waitForEvent('filechooser')
    await ann.page.getByRole('button', { name: '重新选择 样品视频.bin' }).click()
    await (await choosing).setFiles(file.path)
    expect(await received(bo, '样品视频.bin')).toBe(file.digest)
    // Each break costs a piece at most, not the beginning.
    expect(cable.sentBytes() - before).toBeLessThan(size + 40 * mib)
    for (const { complaints } of [ann, bo]) expect(complaints).toEqual([])
  } finally {
    await ann.context.close()
    await bo.context.close()
    await cable.close()
  }
})

test('a file that the browser kept goes on by itself after the page was loaded again', async () => {
  const file = await makeFile('图纸.bin', 24 * mib)
  const cable = await layCable(sample.program.url)
  const ann = await openPerson(sample.browser)
  const bo = await openPerson(sample.browser)
  try {
    await enterAs(ann, cable.url, '林知夏')
    await enterAs(bo, sample.program.url, '陈屿')
    await meet(ann, bo, '陈屿')
    const pulled = cable.pullAfter(12 * mib)
    await sendFile(ann, file.path)
    await pulled
    await isAway(ann)
    cable.plugIn()
    await ann.page.reload()
    expect(await received(bo, '图纸.bin')).toBe(file.digest)
    for (const { complaints } of [ann, bo]) expect(complaints).toEqual([])
  } finally {
    await ann.context.close()
    await bo.context.close()
    await cable.close()
  }
})
