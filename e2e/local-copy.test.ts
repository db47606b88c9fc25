import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { say } from './composer.js'
import { invite, join, password, setUp, talk } from './core-journey.js'
import { type Program, startProgram } from './program.js'

let browser: Browser
let program: Program
let dataDir: string
beforeAll(async () => {
  dataDir = mkdtempSync(joinPath(tmpdir(), 'heyi-copy-'))
  program = await startProgram(dataDir)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The texts of messages in this profile’s IndexedDB; null where there is no database of a member at all. */
function keptIn({ page }: Person): Promise<string[] | null> {
  return page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('heyi-mem_'))
    if (!found?.name) return null
    const opening = indexedDB.open(found.name)
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    if (!db.objectStoreNames.contains('messages')) return []
    const all = db.transaction('messages').objectStore('messages').getAll()
    return new Promise<string[]>((resolve, reject) => {
      all.onsuccess = () => {
        db.close()
        resolve(all.result.flatMap(({ object }) => (object.body?.text ? [object.body.text] : [])))
      }
      all.onerror = () => reject(all.error)
    })
  })
}

async function signIn({ page }: Person, account: string): Promise<void> {
  await page.goto(program.url)
  await page.getByLabel('账号、手机号或邮箱').fill(account)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

const signedOut = ({ page }: Person) => page.getByRole('button', { name: '登录', exact: true }).waitFor()

test('a device keeps what it read, until it is revoked or its member disabled; then nothing is shown or kept', async () => {
  const ann = await openPerson(browser)
  const bo = await openPerson(browser)
  const phone = await openPerson(browser)
  await setUp(ann, program)
  await join(bo, await invite(ann))
  await talk(ann, bo)

  // An answer shows what it answers.
  const last = bo.page.getByRole('article').filter({ hasText: '崩溃之前的最后一句' })
  await last.hover()
  await last.getByRole('button', { name: '回复', exact: true }).click()
  await say(bo, '收到，没有崩溃')
  await ann.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByRole('button', { name: '林知夏：崩溃之前的最后一句' })
    .waitFor()

  await signIn(phone, 'chenyu')
  await phone.page.getByText('收到，没有崩溃').first().click()
  await phone.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('你好，我是陈屿')
    .waitFor()
  await expect.poll(() => keptIn(phone)).toContain('收到，没有崩溃')

  // Away while it is revoked: at its next contact nothing is shown before the copy is gone.
  const shown: string[] = []
  await phone.page.exposeFunction('heyiSaw', (text: string) => shown.push(text))
  await phone.page.goto('about:blank')
  await bo.page.goto(`${program.url}/settings/devices`)
  await bo.page.getByRole('button', { name: '退出该设备' }).click()
  await bo.page.getByRole('alertdialog').getByRole('button', { name: '退出该设备' }).click()
  await expect.poll(() => bo.page.getByRole('button', { name: '退出该设备' }).count()).toBe(0)
  await phone.page.addInitScript(() =>
    new MutationObserver(() => {
      if (document.body?.textContent?.includes('陈屿'))
        (window as unknown as { heyiSaw(text: string): void }).heyiSaw(document.body.textContent ?? '')
    }).observe(document, { childList: true, subtree: true, characterData: true }),
  )
  await phone.page.goto(`${program.url}/chat`)
  await signedOut(phone)
  expect(shown).toEqual([])
  expect((await keptIn(phone)) ?? []).toEqual([])

  // Disabled while it is open: the screen goes within seconds.
  await bo.page.goto(`${program.url}/chat`)
  await bo.page.getByText('收到，没有崩溃').first().waitFor()
  await ann.page.goto(`${program.url}/people`)
  await ann.page.getByRole('searchbox').first().fill('chenyu')
  await ann.page
    .getByRole('button', { name: /陈屿/ })
    .or(ann.page.getByRole('link', { name: /陈屿/ }))
    .first()
    .click()
  await ann.page.locator('[aria-haspopup=menu]', { hasText: '管理' }).click()
  await ann.page.getByRole('menuitem', { name: '停用账号' }).click()
  await ann.page.getByRole('alertdialog').getByRole('button', { name: '停用账号' }).click()
  await signedOut(bo)
  expect(await bo.page.getByText('收到，没有崩溃').count()).toBe(0)
  expect((await keptIn(bo)) ?? []).toEqual([])
  for (const { complaints } of [ann, bo, phone]) expect(complaints).toEqual([])
})
