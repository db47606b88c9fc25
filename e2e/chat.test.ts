import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { composerOf, logOf as log, say as sayByEnter, stored } from './composer.js'
import { makePng } from './picture.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

/** Two colleagues of the sample company talk: everything one does, the other sees. */

const sample = withSampleCompany()

const row = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text }).last()
const seen = (person: Person, text: string) => row(person, text).waitFor()
const press = ({ page }: Person, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Opens the menu of a message: the right button, or a finger that stays. */
async function menuOf(person: Person, message: Locator, phone: boolean): Promise<void> {
  const said = message.locator('[data-open], span').last()
  if (!phone) return said.click({ button: 'right' })
  // Until the list has come to rest it takes no touch.
  const touch = () =>
    said.evaluate((element) => {
      const box = element.getBoundingClientRect()
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      return element.contains(document.elementFromPoint(x, y)) ? { x, y } : null
    })
  await expect.poll(touch, { timeout: 10_000 }).not.toBeNull()
  const touches = [(await touch()) ?? { x: 0, y: 0 }]
  const session = await person.context.newCDPSession(person.page)
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: touches })
  await person.page.getByRole('menu').waitFor()
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}

const choose = (person: Person, name: string) => person.page.getByRole('menuitem', { name, exact: true }).click()

async function pickPictures(
  person: Person,
  phone: boolean,
  files: { name: string; buffer: Buffer; mimeType: string }[],
) {
  const choosing = person.page.waitForEvent('filechooser')
  await press(person, phone ? '更多' : '发送图片')
  if (phone) await choose(person, '发送图片')
  await (await choosing).setFiles(files)
  return person.page.getByRole('dialog', { name: /^发送 \d+ 个文件/ })
}

const picture = (name: string, width: number) => ({ name, mimeType: 'image/png', buffer: makePng(width, 200) })

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
]) {
  const mark = phone ? '手机' : '电脑'
  /** On a phone Enter begins a new line. */
  const say = async (person: Person, text: string) => {
    if (!phone) return sayByEnter(person, text)
    await composerOf(person).fill(text)
    await press(person, '发送')
    await stored(person, text)
  }
  test(`two people write, answer, correct, recall and forward at ${width} px`, async () => {
    const ann = await openPerson(sample.browser, { width, height, phone })
    const bo = await openPerson(sample.browser, { width, height, phone })
    try {
      await enterAs(ann, sample.program.url, '林知夏')
      await enterAs(bo, sample.program.url, '陈屿')
      await meet(ann, bo, '陈屿')

      // An answer, with the question in it.
      await say(ann, `${mark}：周三能定稿吗`)
      await seen(bo, `${mark}：周三能定稿吗`)
      if (phone) {
        await menuOf(bo, row(bo, `${mark}：周三能定稿吗`), phone)
        await choose(bo, '回复')
      } else {
        await row(bo, `${mark}：周三能定稿吗`).hover()
        await row(bo, `${mark}：周三能定稿吗`).getByRole('button', { name: '回复', exact: true }).click()
      }
      await say(bo, `${mark}：能，下午给你`)
      await row(ann, `${mark}：能，下午给你`)
        .getByRole('button', { name: `林知夏：${mark}：周三能定稿吗` })
        .waitFor()

      // An emoji by an English word, in a Chinese interface.
      await press(ann, '表情')
      await ann.page.getByRole('combobox', { name: '搜索表情' }).fill('smile')
      await ann.page.getByRole('listbox', { name: '表情' }).getByRole('option').first().click()
      await expect.poll(() => composerOf(ann).inputValue()).toMatch(/\p{Emoji_Presentation}/u)
      await composerOf(ann).fill('')
      await ann.page.keyboard.press('Escape')

      // ↑ corrects the last message; Escape leaves it as it is.
      await say(ann, `${mark}：写错了的数字 500`)
      await seen(bo, `${mark}：写错了的数字 500`)
      await composerOf(ann).press('ArrowUp')
      await ann.page.getByText('正在修改一条消息').waitFor()
      await expect.poll(() => composerOf(ann).inputValue()).toBe(`${mark}：写错了的数字 500`)
      await composerOf(ann).press('Escape')
      await expect.poll(() => composerOf(ann).inputValue()).toBe('')
      await composerOf(ann).press('ArrowUp')
      await composerOf(ann).fill(`${mark}：改对了的数字 600`)
      await (phone ? press(ann, '发送') : composerOf(ann).press('Enter'))
      await seen(bo, `${mark}：改对了的数字 600`)
      await log(bo).getByText(`${mark}：写错了的数字 500`).waitFor({ state: 'detached' })
      // What it said before can be read by all.
      await row(bo, `${mark}：改对了的数字 600`).getByRole('button', { name: '已编辑' }).press('Enter')
      const history = bo.page.getByRole('dialog', { name: '修改记录' })
      await history.getByText(`${mark}：写错了的数字 500`).waitFor()
      await bo.page.keyboard.press('Escape')
      await history.waitFor({ state: 'detached' })

      // Backspace on a focused message takes it back, and its text can be written anew.
      await say(ann, `${mark}：发错群了`)
      await seen(bo, `${mark}：发错群了`)
      await row(ann, `${mark}：发错群了`).focus()
      await ann.page.keyboard.press('Backspace')
      await ann.page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
      await log(bo).getByText(`${mark}：发错群了`).waitFor({ state: 'detached' })
      await log(ann).getByRole('button', { name: '重新编辑' }).last().press('Enter')
      await expect.poll(() => composerOf(ann).inputValue()).toBe(`${mark}：发错群了`)
      await composerOf(ann).fill('')

      // Several selected, sent on one by one with a word, then deleted for me alone.
      await say(ann, `${mark}：要转发的第一条`)
      await say(ann, `${mark}：要转发的第二条`)
      await seen(bo, `${mark}：要转发的第二条`)
      await menuOf(bo, row(bo, `${mark}：要转发的第二条`), phone)
      await choose(bo, '多选')
      await row(bo, `${mark}：要转发的第一条`).getByRole('checkbox').press('Space')
      await bo.page.getByText('已选 2 条').waitFor()
      await press(bo, '转发')
      const dialog = bo.page.getByRole('dialog', { name: '转发 2 条消息' })
      await dialog.getByRole('combobox').fill('品牌设计部')
      await dialog
        .getByRole('option', { name: /品牌设计部/ })
        .first()
        .click()
      await dialog.getByRole('combobox').fill('gnq')
      await dialog
        .getByRole('option', { name: /顾南乔/ })
        .first()
        .click()
      await dialog.getByRole('textbox', { name: '附上一句话（可不填）' }).fill(`${mark}：大家看看`)
      await dialog.getByRole('button', { name: '转发到 2 处' }).click()
      await dialog.waitFor({ state: 'detached' })
      const there = await openPerson(sample.browser, { width, height, phone })
      await enterAs(there, sample.program.url, '顾南乔')
      await there.page.getByText(`${mark}：大家看看`).first().click()
      for (const text of ['要转发的第一条', '要转发的第二条', '大家看看']) await seen(there, `${mark}：${text}`)
      // As one record, opened by whoever got it.
      await menuOf(bo, row(bo, `${mark}：要转发的第二条`), phone)
      await choose(bo, '多选')
      await row(bo, `${mark}：要转发的第一条`).getByRole('checkbox').press('Space')
      await press(bo, '转发')
      await dialog.getByRole('combobox').fill('gnq')
      await dialog
        .getByRole('option', { name: /顾南乔/ })
        .first()
        .click()
      await dialog.getByRole('radio', { name: '合并转发' }).click({ force: true })
      await dialog.getByRole('button', { name: '转发到 1 处' }).click()
      await dialog.waitFor({ state: 'detached' })
      await log(there)
        .getByRole('button', { name: /聊天记录 2 条/ })
        .last()
        .click()
      const record = there.page.getByRole('dialog', { name: /的聊天记录$/ })
      await record.getByText(`${mark}：要转发的第二条`).waitFor()
      await there.page.keyboard.press('Escape')
      await record.waitFor({ state: 'detached' })
      expect(there.complaints).toEqual([])
      await there.context.close()

      await menuOf(bo, row(bo, `${mark}：要转发的第二条`), phone)
      await choose(bo, '多选')
      await row(bo, `${mark}：要转发的第一条`).getByRole('checkbox').press('Space')
      await press(bo, '删除')
      await bo.page.getByRole('alertdialog').getByRole('button', { name: '删除' }).click()
      await log(bo).getByText(`${mark}：要转发的第二条`).waitFor({ state: 'detached' })
      expect(await log(bo).getByText(`${mark}：要转发的第一条`).count()).toBe(0)
      await seen(ann, `${mark}：要转发的第一条`)

      for (const { complaints, strays } of [ann, bo]) expect([...complaints, ...strays]).toEqual([])
    } finally {
      await ann.context.close()
      await bo.context.close()
    }
  })

  test(`pictures are looked at before they are sent and stand in a grid at ${width} px`, async () => {
    const ann = await openPerson(sample.browser, { width, height, phone })
    const bo = await openPerson(sample.browser, { width, height, phone })
    try {
      await enterAs(ann, sample.program.url, '林知夏')
      await enterAs(bo, sample.program.url, '陈屿')
      await meet(ann, bo, '陈屿')
      await say(ann, `${mark}：看看这几张`)
      const dialog = await pickPictures(ann, phone, [
        picture(`${mark}一.png`, 210),
        picture(`${mark}二.png`, 220),
        picture(`${mark}三.png`, 230),
        picture(`${mark}四.png`, 240),
      ])
      await dialog.getByRole('button', { name: `去掉 ${mark}二.png` }).click()
      await dialog.getByRole('button', { name: `把 ${mark}四.png 往前移` }).click()
      await dialog.getByRole('textbox', { name: '第 1 个文件的名称' }).fill(`${mark}改名.png`)
      await dialog.getByRole('checkbox', { name: /发送原图/ }).check()
      await dialog.getByRole('button', { name: '发送 3 个' }).click()
      const names = [`${mark}改名.png`, `${mark}四.png`, `${mark}三.png`]
      for (const person of [ann, bo]) {
        await log(person)
          .getByRole('button', { name: `查看图片 ${names[2]}` })
          .waitFor()
        const grid = log(person)
          .getByRole('article')
          .filter({ has: person.page.getByRole('button', { name: `查看图片 ${names[0]}` }) })
        const shown = await grid
          .getByRole('button', { name: /^查看图片/ })
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
        expect(shown).toEqual(names.map((name) => `查看图片 ${name}`))
      }
      // One after the other over all that are loaded, larger by keys; the focus comes back.
      const first = log(bo).getByRole('button', { name: `查看图片 ${names[0]}` })
      await first.focus()
      await bo.page.keyboard.press('Enter')
      await bo.page.getByRole('dialog', { name: `图片 ${names[0]}` }).waitFor()
      await bo.page.keyboard.press('ArrowRight')
      const viewer = bo.page.getByRole('dialog', { name: `图片 ${names[1]}` })
      await viewer.waitFor()
      await bo.page.keyboard.press('+')
      await expect.poll(() => viewer.getByRole('img').getAttribute('style')).toContain('scale(1.5)')
      await bo.page.keyboard.press('0')
      await expect.poll(() => viewer.getByRole('img').getAttribute('style')).toContain('scale(1)')
      await bo.page.keyboard.press('Escape')
      await viewer.waitFor({ state: 'detached' })
      await expect.poll(() => first.evaluate((button) => button === document.activeElement)).toBe(true)
      for (const { complaints, strays } of [ann, bo]) expect([...complaints, ...strays]).toEqual([])
    } finally {
      await ann.context.close()
      await bo.context.close()
    }
  })
}

test('files come by drop and by paste; a colleague is named by pinyin, and is told', async () => {
  const ann = await openPerson(sample.browser)
  const bo = await openPerson(sample.browser)
  try {
    await enterAs(ann, sample.program.url, '林知夏')
    await enterAs(bo, sample.program.url, '陈屿')
    const { page } = ann
    await page.getByRole('list', { name: '会话列表' }).getByText('秋季新品上市项目组').click()
    await log(ann).waitFor()

    const dropped = await page.evaluateHandle(() => {
      const files = new DataTransfer()
      files.items.add(new File(['品名,单价\n'], '拖进来的报价.csv', { type: 'text/csv' }))
      return files
    })
    await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: dropped })
    await page.getByText('发送到 秋季新品上市项目组').waitFor()
    await page.getByRole('main').dispatchEvent('drop', { dataTransfer: dropped })
    await page.getByRole('dialog').getByRole('button', { name: '发送 1 个' }).click()
    await seen(ann, '拖进来的报价.csv')

    // From the clipboard itself, by the keys.
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(
      async (bytes) => {
        const image = new Blob([new Uint8Array(bytes)], { type: 'image/png' })
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })])
      },
      [...makePng(160, 90)],
    )
    await composerOf(ann).focus()
    await page.keyboard.press('Control+v')
    const looked = page.getByRole('dialog', { name: /^发送 1 个文件/ })
    await looked.getByRole('textbox', { name: '附上一句话（可不填）' }).fill('贴上来的图')
    await looked.getByRole('button', { name: '发送 1 个' }).click()
    await seen(ann, '贴上来的图')
    await log(ann)
      .getByRole('button', { name: /^查看图片/ })
      .last()
      .waitFor()

    await composerOf(ann).pressSequentially('请 @chenyu')
    const picker = page.getByRole('listbox', { name: '提到某人' })
    await picker.getByRole('option', { name: /陈屿/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => composerOf(ann).inputValue()).toBe('请 @陈屿 ')
    await composerOf(ann).pressSequentially('看一下')
    await page.keyboard.press('Enter')
    await seen(ann, '请 @陈屿 看一下')
    const line = bo.page
      .getByRole('list', { name: '会话列表' })
      .getByRole('listitem')
      .filter({ hasText: '秋季新品上市项目组' })
    await line.getByText('[@我]').waitFor()

    // Fast hands: what is written while a message is being stored belongs to the next.
    const quick = Array.from({ length: 20 }, (_, n) => `连发第 ${n + 1} 句`)
    for (const one of quick) {
      await composerOf(ann).fill(one)
      await page.keyboard.press('Enter')
    }
    await seen(ann, '连发第 20 句')
    const come = async () => (await log(ann).textContent())?.match(/连发第 \d+ 句/g)
    await expect.poll(come, { timeout: 10_000 }).toEqual(quick)
    for (const { complaints, strays } of [ann, bo]) expect([...complaints, ...strays]).toEqual([])
  } finally {
    await ann.context.close()
    await bo.context.close()
  }
})
