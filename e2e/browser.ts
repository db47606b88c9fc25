import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from './chromium.js'

/** Chromium, in Chinese unless a journey says otherwise; one for a whole file. */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  const found = await findChromium()
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

/** A browser profile of its own. */
export async function openPerson(
  browser: Browser,
  options: { width?: number; height?: number; locale?: string; scheme?: 'light' | 'dark'; phone?: boolean } = {},
): Promise<Person> {
  const context = await browser.newContext({
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: options.scheme ?? 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    ...(options.phone && { hasTouch: true, isMobile: true }),
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
  return { context, page, strays, complaints }
}
