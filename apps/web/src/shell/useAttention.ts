import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../app/data'
import { useIsResting } from '../features/rest/my-rest'

/** What waits for me, outside of the page: in its title, on its icon, and on the icon of the installed application. */
export function useAttention(): void {
  const { t, i18n } = useTranslation()
  const resting = useIsResting()
  const unread = useHeyi((client) => client.badge())
  const badge = resting ? 0 : unread
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for its words
  useEffect(() => {
    document.title = badge > 0 ? `(${badge > 99 ? '99+' : badge}) ${t('app.name')}` : t('app.name')
    // Some systems refuse it until the application is installed; there is nothing to say about that.
    if ('setAppBadge' in navigator) void navigator.setAppBadge(badge).catch(() => undefined)
  }, [badge, i18n.language])
  const waiting = badge > 0
  useEffect(() => {
    let live = true
    void drawIcon(waiting, () => live)
    return () => {
      live = false
    }
  }, [waiting])
  // Whoever signs out leaves nothing behind on the icon.
  useEffect(() => {
    const before = document.title
    return () => {
      document.title = before.replace(/^\(\d+\+?\) /, '')
      if ('clearAppBadge' in navigator) void navigator.clearAppBadge().catch(() => undefined)
      void drawIcon(false, () => true)
    }
  }, [])
}

let plain: { href: string; drawing: Promise<string> } | null = null

/** The icon of the tab, with a dot over its corner while something is unread. */
async function drawIcon(dot: boolean, isWanted: () => boolean): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"][type="image/svg+xml"]')
  if (!link) return
  if (!dot) {
    if (plain) link.href = plain.href
    return
  }
  plain ??= { href: link.href, drawing: fetch(link.href).then((answer) => answer.text()) }
  try {
    const drawing = await plain.drawing
    if (!isWanted()) return
    const colour = getComputedStyle(document.documentElement).getPropertyValue('--danger-mark').trim()
    const mark = `<circle cx="37" cy="11" r="9" fill="${colour}" stroke="#fff" stroke-width="3"/>`
    link.href = `data:image/svg+xml,${encodeURIComponent(drawing.replace('</svg>', `${mark}</svg>`))}`
  } catch {
    // Without the network the icon stays as it is, and is tried again at the next change.
    plain = null
  }
}
