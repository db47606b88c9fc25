import type { HeyiClient } from '@heyi/client'
import type { Conversation, Members, Message, RecordBody, SystemBody } from '@heyi/contract/messaging'
import type { TFunction } from 'i18next'
import { useHeyi, useMyId } from '../../app/data'
import type { ViewedImage } from '../files/ImageViewer'

type Translate = TFunction

/** The other one of a direct conversation; myself in the one with myself. */
export function otherOf(conversation: Conversation | null, members: Members | null, me: string): string | null {
  if (conversation?.kind !== 'direct' || !members) return null
  return (members.first.find(({ id }) => id !== me) ?? members.first[0])?.id ?? null
}

/** The pictures among messages, for the viewer. */
export const imagesOf = (conversation: string, messages: readonly Message[]): ViewedImage[] =>
  messages.flatMap(({ kind, body, seq }) =>
    kind === 'image' && body ? [{ conversation, seq, file: body.file, name: body.name }] : [],
  )

/** A group's name, or the other's. */
export function titleOf(
  client: HeyiClient,
  conversation: Conversation | null,
  members: Members | null,
  me: string,
): string {
  if (!conversation) return ''
  if (conversation.kind === 'group') return conversation.name
  const other = otherOf(conversation, members, me)
  return (other && client.profile(other)?.name) || ''
}

export function useTitle(conversation: Conversation | null, members: Members | null): string {
  const me = useMyId()
  return useHeyi((client) => titleOf(client, conversation, members, me))
}

/** What somebody is called in this conversation: by their nickname there, else by their name; empty until it is known. */
export const calledIn = (client: HeyiClient, conversation: string, id: string): string =>
  client.nickname(conversation, id) ?? client.profile(id)?.name ?? ''

/** So many of those that lead alike are named. */
const leadersNamed = 3

function endLine({ event, text = '', count = 0, leading = [] }: SystemBody, t: Translate): string {
  if (event === 'relay_ended') return t('relay.over', { title: text, count })
  if (leading.length === 0) return t('poll.overNone', { title: text })
  const named = leading.slice(0, leadersNamed).join(t('list.comma'))
  const names = leading.length > leadersNamed ? t('poll.overMore', { names: named, count: leading.length }) : named
  return t(leading.length > 1 ? 'poll.overTie' : 'poll.over', { title: text, names, count })
}

/** A line the system wrote, in words; `nameOf` says how those are called whom it names. */
export function systemLine(message: Message, t: Translate, nameOf: (id: string) => string): string {
  const name = nameOf(message.sender)
  if (message.state === 'recalled' || !message.body) return t('chat.recalled', { name })
  if (message.kind !== 'system') return ''
  const { event, principals = [], count = principals.length, name: title = '' } = message.body
  const listed = principals.map(nameOf).join(t('list.comma'))
  const names = count > principals.length ? t('list.more', { names: listed, count }) : listed
  if (event === 'welcome') return (message.body.text ?? '').replaceAll('{name}', () => names)
  if (event === 'dissolved' && message.body.days !== undefined)
    return message.body.days === 0
      ? t('system.dissolvedNow', { name })
      : t('system.dissolvedDays', { name, count: message.body.days })
  if (event === 'poll_ended' || event === 'relay_ended') return endLine(message.body, t)
  return t(`system.${event}`, { name, names, title })
}

/** A message in one line, as the inbox and quotes show it. */
/** “… 的聊天记录”: the group’s name, or the two who talked. */
export function recordTitle({ kind, names }: RecordBody['of'], t: Translate): string {
  const [first = '', second = ''] = names
  return kind === 'group' || !second ? t('record.ofGroup', { name: first }) : t('record.ofTwo', { first, second })
}

export function messageLine(
  client: HeyiClient,
  message: Message,
  me: string,
  t: Translate,
  conversation: string,
): string {
  if (message.state === 'recalled' || message.kind === 'system' || !message.body)
    return systemLine(message, t, (id) => (id === me ? t('chat.you') : calledIn(client, conversation, id) || '…'))
  // Whether it was opened is known in its chat only.
  if (message.receipt === 'open' && message.sender !== me) return t('receipt.covered')
  if (message.kind === 'text') return message.body.text
  if (message.kind === 'voice') return t('preview.voice', { count: Math.round(message.body.durationMs / 1000) })
  if (message.kind === 'thanks') return t('thanks.preview', { text: message.body.text })
  if (message.kind === 'record') return t('preview.record', { title: recordTitle(message.body.of, t) })
  switch (message.kind) {
    case 'image':
      return t('preview.image')
    case 'file':
      return t('preview.file', { name: message.body.name })
    case 'poll':
      return t('card.preview.poll', { title: message.body.question })
    case 'relay':
      return t('card.preview.relay', { title: message.body.title })
    case 'contact':
      return t('card.preview.contact', { name: client.profile(message.body.member)?.name ?? '' })
    case 'location':
      return t('card.preview.location', { name: message.body.name })
    case 'sticker':
      return t('card.preview.sticker', { name: message.body.label })
  }
}
