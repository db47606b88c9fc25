import type { HeyiClient } from '@heyi/client'
import type { Conversation, Members, Message } from '@heyi/contract/messaging'
import type { TFunction } from 'i18next'
import { useHeyi, useMyId } from '../../app/data'

type Translate = TFunction

/** The other one of a direct conversation; myself in the one with myself. */
export function otherOf(conversation: Conversation | null, members: Members | null, me: string): string | null {
  if (conversation?.kind !== 'direct' || !members) return null
  return (members.first.find(({ id }) => id !== me) ?? members.first[0])?.id ?? null
}

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

/** A line the system wrote, in words; `nameOf` says how those are called whom it names. */
export function systemLine(message: Message, t: Translate, nameOf: (id: string) => string): string {
  const name = nameOf(message.sender)
  if (message.state === 'recalled' || !message.body) return t('chat.recalled', { name })
  if (message.kind !== 'system') return ''
  const { event, principals = [], count = principals.length, name: title = '' } = message.body
  const listed = principals.map(nameOf).join(t('list.comma'))
  const names = count > principals.length ? t('list.more', { names: listed, count }) : listed
  return t(`system.${event}`, { name, names, title })
}

/** A message in one line, as the inbox and quotes show it. */
export function messageLine(
  client: HeyiClient,
  message: Message,
  me: string,
  t: Translate,
  conversation: string,
): string {
  if (message.state === 'recalled' || message.kind === 'system' || !message.body)
    return systemLine(message, t, (id) => (id === me ? t('chat.you') : calledIn(client, conversation, id) || '…'))
  if (message.kind === 'text') return message.body.text
  return message.kind === 'image' ? t('preview.image') : t('preview.file', { name: message.body.name })
}
