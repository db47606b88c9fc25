import type { Locator } from 'playwright-core'
import type { Person } from './browser.js'

export const composerOf = ({ page }: Person): Locator =>
  page.getByRole('textbox', { name: /^(发送到|Send to|Message)/ })

/** The messages of the chat on screen. */
export const logOf = ({ page }: Person): Locator => page.getByRole('log', { name: /^(消息记录|Messages)$/ })

/** Types into the composer and sends; returns once the message is no longer pending. */
export async function say(person: Person, text: string): Promise<void> {
  const composer = composerOf(person)
  await composer.fill(text)
  // On the phone Enter alone begins a new line.
  await composer.press('Control+Enter')
  await stored(person, text)
}

/** Until then its row is another one, and what has its focus loses it. */
export async function stored(person: Person, text: string): Promise<void> {
  const sending = person.page.getByRole('img', { name: /^(正在发送|Sending)$/ })
  await logOf(person).getByRole('article').filter({ hasText: text, hasNot: sending }).last().waitFor()
}

export async function attach(
  { page }: Person,
  button: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await choosing).setFiles(file)
  // What is chosen is looked at before it goes.
  await page.getByRole('dialog').getByRole('button', { name: '发送 1 个' }).click()
}
