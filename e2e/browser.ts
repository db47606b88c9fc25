import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Chromium, findChromium } from './chromium.js'

/** Chromium, one for a whole file. */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  return launch(await findChromium(), args)
}

/** One that can show notifications where there is one; else `notifies` is false. */
export async function openNotifyingBrowser(): Promise<{ browser: Browser; notifies: boolean }> {
  const found = await findChromium(true)
  return { browser: await launch(found), notifies: found.notifies }
}

function launch(found: Chromium, args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: found.executablePath, args: [...found.args, ...args] })
}

export interface Person {
  context: BrowserContext
  page: Page
  /** Requests that left for any other host than the program’s. */
  strays: string[]
  /** What the page complained about. */
  complaints: string[]
}

/** Toasts go by; for what a failed journey says of itself they are kept. */
function keepToasts() {
  const said: string[] = []
  Object.assign(window, { toastsSaid: said })
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        for (const toast of node instanceof Element ? node.querySelectorAll('[role=alertdialog] [role=alert]') : [])
          said.push(toast.textContent ?? '')
  }).observe(document, { childList: true, subtree: true })
}

/** A browser profile of its own, in Chinese unless a journey says otherwise. */
export async function openPerson(
  browser: Browser,
  options: { width?: number; height?: number; locale?: string; scheme?: 'light' | 'dark'; phone?: boolean } = {},
): Promise<Person> {
  const context = await browser.newContext({
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: options.scheme ?? 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    // Both ways of moving are gone through: the desk moves things, the phone was told not to.
    ...(options.phone && { hasTouch: true, isMobile: true, reducedMotion: 'reduce' }),
  })
  const page = await context.newPage()
  const strays: string[] = []
  const complaints: string[] = []
  let home = ''
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (!/^(http|ws)s?:$/.test(protocol)) return
    home ||= host
    if (host !== home) strays.push(request.url())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript(keepToasts)
  return { context, page, strays, complaints }
}
