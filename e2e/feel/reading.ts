import type { Page } from 'playwright-core'

/** What stands nearest the middle of a chat, by its row, and where its top is; waits until rows are drawn there. */
export const middleOf = (page: Page): Promise<{ row: string; top: number }> =>
  page.getByRole('log', { name: /^(消息记录|Messages)$/ }).evaluate(
    (log) =>
      new Promise<{ row: string; top: number }>((resolve) => {
        const look = () => {
          const box = log.getBoundingClientRect()
          const middle = box.top + box.height / 2
          const rows = [...log.querySelectorAll<HTMLElement>('[data-row]')].map((element) => ({
            row: element.dataset.row ?? '',
            top: element.getBoundingClientRect().top,
          }))
          const [nearest] = rows.sort((a, b) => Math.abs(a.top - middle) - Math.abs(b.top - middle))
          if (nearest && Math.abs(nearest.top - middle) < box.height / 2) resolve(nearest)
          else requestAnimationFrame(look)
        }
        look()
      }),
  )

/** Where the top of a row is now. */
export const topOf = (page: Page, row: string): Promise<number> =>
  page.locator(`[data-row="${row}"]`).evaluate((element) => element.getBoundingClientRect().top)

/** Waits until two frames in a row show the same rows at the same places. */
export const atRest = (page: Page): Promise<unknown> =>
  page.getByRole('log', { name: /^(消息记录|Messages)$/ }).evaluate(
    (log) =>
      new Promise<void>((resolve) => {
        const state = () => [...log.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect().top).join()
        let before = ''
        let same = 0
        const look = () => {
          const now = state()
          same = now === before ? same + 1 : 0
          before = now
          if (same >= 4) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
