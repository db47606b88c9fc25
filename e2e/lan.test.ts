import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { invite, join, setUp, talk } from './core-journey.js'
import { type Program, startProgram } from './program.js'

/** As from another machine: under this machine's own address on its network, where a browser trusts nothing by itself. */
const address = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address

let dataDir: string
let program: Program | undefined

beforeEach(() => {
  dataDir = mkdtempSync(joinPath(tmpdir(), 'heyi-lan-'))
})
afterEach(async () => {
  await program?.stop()
  program = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

/** The SHA-256 of the server's public key, after the server has proved it to a client that trusts the authority only. */
function pinOf(url: string, authority: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((done, failed) => {
    const socket = connect({ host: hostname.replace(/[[\]]/g, ''), port: Number(port), ca: authority }, () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' })
      socket.destroy()
      done(
        createHash('sha256')
          .update(key ?? '')
          .digest('base64'),
      )
    })
    socket.on('error', failed)
  })
}

async function chat(ann: Person, bo: Person, from: Program): Promise<void> {
  await setUp(ann, from)
  const link = await invite(ann)
  expect(link.startsWith(`${from.url}/`), `${link} is at ${from.url}`).toBe(true)
  await join(bo, link)
  await talk(ann, bo)
  for (const { strays, complaints } of [ann, bo]) {
    expect(strays).toEqual([])
    expect(complaints).toEqual([])
  }
}

const secure = ({ page }: Person) => page.evaluate(() => window.isSecureContext)
const notice = ({ page }: Person) => page.getByRole('complementary', { name: '此地址未使用 HTTPS。' })

test.skipIf(!address)(
  'on the network: HTTPS with our own authority, which a plain page hands out; two people chat',
  async () => {
    program = await startProgram(dataDir, { args: ['--lan'] })
    const { url } = program
    const port = new URL(url).port
    expect(url).toMatch(/^https:\/\/(?!localhost|127\.)/)
    const authority = readFileSync(joinPath(dataDir, 'tls', 'authority.crt'), 'utf8')
    const { fingerprint256 } = new X509Certificate(authority)
    expect(program.output()).toContain(fingerprint256)
    const plain = `http://${address}:${port}`

    await using stranger = await openBrowser()
    const newPage = async () => (await openPerson(stranger)).page
    await expect((await newPage()).goto(url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
    await expect((await newPage()).goto(`${plain}/chat`), 'sent to HTTPS').rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
    const page = await newPage()
    await page.goto(`${plain}/trust`)
    await page.getByRole('heading', { name: '信任这台合一服务器' }).waitFor()
    expect(((await page.locator('.print').textContent()) ?? '').replace(/\s/g, '')).toBe(
      fingerprint256.replaceAll(':', ''),
    )
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: /heyi-authority\.crt/ }).click()
    expect(readFileSync(await (await download).path(), 'utf8')).toBe(authority)

    await using browser = await openBrowser([`--ignore-certificate-errors-spki-list=${await pinOf(url, authority)}`])
    const ann = await openPerson(browser)
    const bo = await openPerson(browser)
    await chat(ann, bo, program)
    expect(await secure(ann)).toBe(true)
    expect(await notice(ann).count()).toBe(0)
  },
)

test.skipIf(!address)(
  'on the network without HTTPS: two people chat all the same, and are told what needs it',
  async () => {
    program = await startProgram(dataDir, { args: ['--lan'], env: { HEYI_TLS: 'off' } })
    expect(program.url).toMatch(/^http:\/\/(?!localhost|127\.)/)
    await using browser = await openBrowser()
    const ann = await openPerson(browser)
    const bo = await openPerson(browser)
    await chat(ann, bo, program)
    expect(await secure(ann)).toBe(false)
    await notice(ann).waitFor()
    await expect.poll(() => notice(ann).textContent()).toContain('系统通知、录音、摄像头')
  },
)
