import type { Locale } from '@heyi/contract/texts'
import type { NewsRow } from '../messaging/index.js'
import type { DueEntry } from './ledger-store.js'
import type { PushPayload } from './push.js'
import { wordsIn } from './words.js'

const longestChars = 300

interface Facts {
  news: NewsRow | undefined
  sender: string
  locale: Locale
  content: boolean
  /** Its reader may say something there. */
  maySay: boolean
}

/** What a notification says, without `content` only that there is something, and where an answer to it goes. */
export function contentOf(entry: DueEntry, facts: Facts): PushPayload {
  const { news, locale, content, maySay } = facts
  const says = { ...wordsOf(entry, facts), lang: locale }
  // Whoever does not see what was said, or by whom, has nothing to answer.
  if (!content || !maySay || !news || news.kind === 'system' || !answered.has(entry.reason)) return says
  return { ...says, reply: { conversation: news.conversation, root: news.root, member: entry.member } }
}

/** What is told because somebody said something, just now. */
const answered = new Set<DueEntry['reason']>(['direct', 'mention', 'everybody', 'keyword', 'message', 'ladder'])

function wordsOf(entry: DueEntry, facts: Facts): Omit<PushPayload, 'lang' | 'reply'> {
  const { news, sender, locale, content } = facts
  const words = wordsIn[locale]
  const { id } = entry
  if (entry.reason === 'test')
    return { id, title: words.app, body: words.test, tag: 'heyi-test', path: '/settings/notifications' }
  if (entry.reason === 'todo') {
    const body = content ? (entry.detail?.text ?? '') : words.newMessage
    return { id, title: words.todoTitle, body, tag: entry.id, path: '/work' }
  }
  if (entry.reason === 'greeting') {
    const years = entry.detail?.years
    const body = years === undefined ? words.birthday : words.joiningDay(years)
    return { id, title: words.greetingTitle, body, tag: entry.id, path: '/work' }
  }
  if (entry.reason === 'notice') {
    const { notice = '', text = '', reminder } = entry.detail ?? {}
    const title = reminder ? words.noticeReminder : words.noticeTitle
    return { id, title, body: content ? text : words.newNotice, tag: notice, path: `/chat/notices/${notice}` }
  }
  if (entry.reason === 'summary') {
    const { conversations = 0, mentions = 0 } = entry.detail ?? {}
    const body = words.summary({ messages: entry.count, conversations, mentions })
    return { id, title: words.summaryTitle, body, tag: 'heyi', path: '/chat' }
  }
  if (entry.reason === 'reminder') {
    const body = content && news ? words.says(sender, lineOf(news, locale)) : words.newMessage
    return { id, title: words.reminderTitle, body, tag: entry.id, path: `/chat/${entry.conversation}?at=${entry.seq}` }
  }
  const tag = entry.conversation ?? 'heyi'
  const thread = news && news.root !== null ? `/thread/${news.root}` : ''
  const path = entry.conversation ? `/chat/${entry.conversation}${thread}` : '/chat'
  if (!news || !content) return { id, title: words.app, body: words.newMessage, tag, path }
  const said = lineOf(news, locale)
  if (entry.reason === 'ladder') return { id, title: words.confirmTitle(sender), body: said, tag, path }
  if (news.conversationKind === 'direct') return { id, title: sender, body: said, tag, path }
  return { id, title: news.conversationName, body: words.says(sender, said), tag, path }
}

function lineOf({ kind, text }: NewsRow, locale: Locale): string {
  const words = wordsIn[locale]
  const short = [...text].length > longestChars ? `${[...text].slice(0, longestChars).join('')}…` : text
  if (kind === 'text' && short !== '') return short
  if (kind === 'voice') return words.voice
  if (kind === 'image') return words.image
  if (kind === 'poll') return `${words.poll} ${short}`
  if (kind === 'relay') return `${words.relay} ${short}`
  if (kind === 'location') return `${words.location} ${short}`
  if (kind === 'sticker') return `${words.sticker} ${short}`
  if (kind === 'contact') return words.contact
  if (kind === 'thanks') return `${words.thanks} ${short}`
  if (kind === 'file') return `${words.file} ${short}`
  return short === '' ? words.something : short
}
