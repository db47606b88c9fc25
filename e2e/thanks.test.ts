import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { logOf } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a thank-you card goes to a colleague and is kept by both, at ${width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, { width, height, phone })
    const bo = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    await meet(ann, bo, '陈屿')
    await ann.page.getByRole('button', { name: phone ? '更多' : '添加投票、名片等', exact: true }).click()
    await ann.page.getByRole('menuitem', { name: '送感谢卡' }).click()
    const dialog = ann.page.getByRole('dialog', { name: '给陈屿送感谢卡' })
    const text = `样品赶出来了，辛苦！${width}`
    await dialog.getByLabel('想说的话').fill(text)
    await dialog.getByRole('radio', { name: '星光' }).focus()
    await ann.page.keyboard.press('Space')
    await dialog.getByRole('button', { name: '送出', exact: true }).click()
    await ann.page.getByText('感谢卡已送出').waitFor()
    for (const one of [ann, bo])
      await logOf(one).getByRole('figure', { name: '林知夏送给陈屿的感谢卡' }).filter({ hasText: text }).waitFor()

    // He keeps it on his workbench and is led back to it; she among those she gave.
    await bo.page.goto(`${program.url}/work`)
    const his = bo.page.getByRole('region', { name: '我的感谢卡' })
    await his.getByRole('figure').filter({ hasText: text }).waitFor()
    await his.getByRole('link', { name: `看「${text}」所在的消息` }).click()
    await logOf(bo).getByRole('figure').filter({ hasText: text }).waitFor()
    await ann.page.goto(`${program.url}/work`)
    const hers = ann.page.getByRole('region', { name: '我的感谢卡' })
    await hers.getByRole('tab', { name: '送出的' }).click()
    await hers.getByRole('figure').filter({ hasText: text }).waitFor()
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })

test('in a group several of its members are chosen', async () => {
  const { browser, program } = sample
  const ann = await openPerson(browser, { width: 1440, height: 900 })
  await enterAs(ann, program.url, '林知夏')
  await ann.page.getByText('秋季新品上市项目组').first().click()
  await ann.page.getByRole('button', { name: '添加投票、名片等', exact: true }).click()
  await ann.page.getByRole('menuitem', { name: '送感谢卡' }).click()
  const dialog = ann.page.getByRole('dialog', { name: '送感谢卡' })
  await dialog.getByLabel('想说的话').fill('这个月辛苦大家了')
  for (const name of ['周予安', '沈若溪']) {
    await dialog.getByRole('combobox').fill(name)
    await dialog.getByRole('option', { name: new RegExp(name) }).click()
  }
  // Not somebody who is not in it.
  await dialog.getByRole('combobox').fill('蒋玲')
  await dialog.getByText('没有找到「蒋玲」').waitFor()
  await dialog.getByRole('button', { name: '送出', exact: true }).click()
  await logOf(ann).getByRole('figure', { name: '林知夏送给周予安、沈若溪的感谢卡' }).waitFor()
  expect(ann.complaints).toEqual([])
  await ann.context.close()
})
