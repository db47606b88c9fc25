import { setTimeout as wait } from 'node:timers/promises'
import type { Person } from './browser.js'
import { composerOf } from './composer.js'

declare global {
  interface Window {
    enteredAtMs: number
  }
}

/**
 * From Enter in one browser until the other has painted the message, in milliseconds, smallest first. Both read one
 * machine’s clock. It is printed and not judged: how fast this machine is says nothing of whether the program works.
 */
export async function measureDelivery(from: Person, to: Person, count = 12): Promise<number[]> {
  await from.page.evaluate(() => {
    const note = (event: KeyboardEvent) => {
      if (event.key === 'Enter') window.enteredAtMs = performance.timeOrigin + performance.now()
    }
    addEventListener('keydown', note, { capture: true })
  })
  const times: number[] = []
  for (let i = 1; i <= count; i++) {
    const text = `第 ${i} 次计时`
    const painted = to.page.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const log = document.querySelector('[role=log][aria-label]')
          const look = () => {
            if (!log?.textContent?.includes(text)) return
            observer.disconnect()
            requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
          }
          const observer = new MutationObserver(look)
          if (log) observer.observe(log, { subtree: true, childList: true, characterData: true })
          look()
        }),
      text,
    )
    await composerOf(from).fill(text)
    // Somebody at rest, not a stream: what the last message set off has ended.
    await wait(500)
    await composerOf(from).press('Enter')
    times.push((await painted) - (await from.page.evaluate(() => window.enteredAtMs)))
  }
  return times.sort((a, b) => a - b)
}
