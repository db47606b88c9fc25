import type { Client, InboxEntry } from '@heyi/client'
import type { TFunction } from 'i18next'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient, useMyId } from '../../app/data'
import { deviceSettings, useDeviceSettings } from '../../app/device-settings'
import { calledIn, messageLine, otherOf, titleOf } from '../messaging/conversation'
import { useMyRest } from '../rest/my-rest'
import { useAllowed } from './permission'
import { mostAtOnce, passMuted, seenIn, toTell } from './rules'

/** What is read at once on another screen of mine is not worth a word. */
const settleMs = 400
const nameMs = 3000
const told = 'heyi.told'
const toldMost = 50

/** The conversation that somebody looks at now. */
const onScreen = (): string | null =>
  document.visibilityState === 'visible' && document.hasFocus()
    ? (/^\/chat\/(con_[0-9a-z]+)/.exec(window.location.pathname)?.[1] ?? null)
    : null

/** Shows notifications of the browser while the page is open, if this device wants them. */
export function useNotifications(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const me = useMyId()
  const allowed = useAllowed()
  const { notify } = useDeviceSettings()
  const show = useRef<(news: InboxEntry[]) => void>(() => undefined)
  show.current = (news) => {
    if (news.length > mostAtOnce) {
      const summary = { title: t('app.name'), body: t('notify.many', { count: news.length }), tag: 'heyi' }
      return display({ ...summary, onClick: () => void navigate('/chat') })
    }
    for (const entry of news)
      display({ ...inWords(client, entry, me, t), tag: entry.id, onClick: () => void navigate(`/chat/${entry.id}`) })
  }
  const mine = useMyRest()
  const resting = mine?.state.resting ?? false
  const chosen = mine?.choices.passChosen ? mine.choices.chosen.join() : ''
  // While I rest only those whom I chose may reach me.
  const active = notify && allowed === 'granted' && (!resting || chosen !== '')
  useEffect(() => {
    if (!active) return
    let seen: Map<string, number> | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      timer = undefined
      const inbox = client.inbox()
      const all = seen ? toTell(inbox, seen, me, onScreen()) : []
      const heard = all.filter(({ id }) => !client.isSilent(id))
      const news = resting ? heard.filter(({ last }) => chosen.split(',').includes(last?.object.sender ?? '')) : heard
      seen = seenIn(inbox)
      const mine = await firstToTell(news)
      if (deviceSettings().notifyContent) await named(client, mine, me)
      if (mine.length > 0) show.current(mine)
    }
    const changed = () => {
      // What was there before the first connection is on screen as the page opens.
      if (seen === null && client.ready && client.connection === 'online') seen = seenIn(client.inbox())
      if (seen === null) return
      passMuted(client.inbox(), seen, me)
      timer ??= setTimeout(() => void look(), settleMs)
    }
    changed()
    const leave = client.subscribe(changed)
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [client, me, active, resting, chosen])
}

/** Who writes for the first time is not known by name yet; the name comes within a moment, or the message goes without. */
function named(client: Client, news: InboxEntry[], me: string): Promise<void> {
  const ids = news
    .flatMap(({ conversation, members, last }) => [last?.object.sender, otherOf(conversation, members, me)])
    .filter((id) => typeof id === 'string')
  const known = () => ids.every((id) => client.profile(id) !== null)
  if (known()) return Promise.resolve()
  return new Promise((resolve) => {
    const leave = client.subscribe(() => known() && done())
    const timer = setTimeout(() => done(), nameMs)
    const done = () => {
      leave()
      clearTimeout(timer)
      resolve()
    }
  })
}

/** Those that no other tab of this browser has told already. */
async function firstToTell(news: InboxEntry[]): Promise<InboxEntry[]> {
  if (news.length === 0) return []
  const claim = () => {
    const before = readTold()
    const mine = news.filter(({ id, last }) => (before[id] ?? 0) < (last?.object.seq ?? 0))
    const all = Object.entries({ ...before, ...Object.fromEntries(seenIn(mine)) })
    localStorage.setItem(told, JSON.stringify(Object.fromEntries(all.slice(-toldMost))))
    return mine
  }
  return navigator.locks.request(told, claim)
}

function readTold(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(told) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}

interface Shown {
  title: string
  body: string
  tag: string
  onClick: () => void
}

function display({ title, body, tag, onClick }: Shown): void {
  const shown = new Notification(title, { body, tag, silent: !deviceSettings().notifySound })
  shown.onclick = () => {
    window.focus()
    onClick()
    shown.close()
  }
}

type Translate = TFunction

/** Who and what, or only that there is something, as this device has chosen. */
function inWords(client: Client, { conversation, members, last }: InboxEntry, me: string, t: Translate) {
  const message = last?.object
  if (!message || !deviceSettings().notifyContent) return { title: t('app.name'), body: t('notify.one') }
  const line = messageLine(client, message, me, t, conversation.id)
  const sender = calledIn(client, conversation.id, message.sender)
  return {
    title: titleOf(client, conversation, members, me) || sender || t('app.name'),
    body: conversation.kind === 'group' && sender ? `${sender}${t('list.colon')}${line}` : line,
  }
}
