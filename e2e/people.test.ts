import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson } from './browser.js'
import { type Program, startProgram } from './program.js'

/** The sample company’s people, as one of its members finds them. */

const dataDir = mkdtempSync(join(tmpdir(), 'heyi-people-'))
let browser: Browser
let program: Program
beforeAll(async () => {
  browser = await openBrowser()
  program = await startProgram(dataDir, { args: ['--demo'] })
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

for (const variant of [
  { width: 1440, height: 900 },
  { width: 390, height: 844, phone: true },
])
  test(`colleagues are found by tree, department, talk and group at ${variant.width} px`, async () => {
    const person = await openPerson(browser, variant)
    const { page } = person
    const people = () => page.goto(`${program.url}/people`)
    try {
      await page.goto(`${program.url}/signin`)
      await page.getByRole('button', { name: /林知夏/ }).click()
      await page.getByText('秋季新品上市项目组').first().waitFor()

      await people()
      await page.getByRole('link', { name: '我的部门 · 产品规划' }).click()
      await page.getByRole('heading', { name: '产品规划' }).waitFor()
      await page.getByRole('heading', { name: '部门负责人' }).waitFor()
      // The path leads up.
      await page.getByRole('navigation', { name: '上级部门' }).getByRole('link', { name: '产品中心' }).click()
      await page.getByRole('heading', { name: '产品中心' }).waitFor()

      await people()
      await page.getByRole('button', { name: '展开产品中心' }).click()
      await page.getByRole('link', { name: /品牌设计部/ }).click()
      await page.getByRole('link', { name: /陈屿/ }).first().click()
      const main = page.getByRole('main')
      await main.getByText('190 **** 0009').waitFor()
      await main.getByRole('button', { name: '查看' }).click()
      await main.getByText('190-0000-0009').waitFor()
      await main.getByRole('link', { name: /沈若溪/ }).waitFor()

      // A group with this colleague, and nobody else yet.
      await main.getByRole('button', { name: '发起群聊' }).click()
      await page.getByRole('dialog').getByRole('button', { name: /2 人/ }).click()
      await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()

      await people()
      await page.getByRole('link', { name: /最近联系/ }).click()
      await page.getByRole('link', { name: /陈屿/ }).first().waitFor()
      await people()
      await page.getByRole('link', { name: /我的群聊/ }).click()
      await page.getByRole('link', { name: /秋季新品上市项目组/ }).click()
      await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()
      expect(person.complaints).toEqual([])
      expect(person.strays).toEqual([])
    } finally {
      await person.context.close()
    }
  })
