import type { InboxEntry } from '@heyi/client'

/** The newest place of each conversation that was looked at. */
export type Seen = ReadonlyMap<string, number>

export const seenIn = (inbox: readonly InboxEntry[]): Map<string, number> =>
  new Map(inbox.map(({ id, last }) => [id, last?.object.seq ?? 0]))

/** Whether a message names me, or everybody. */
const namesMe = (last: InboxEntry['last'], me: string): boolean => {
  const message = last?.object
  if (message?.kind !== 'text') return false
  return (message.body?.mentions ?? []).some(({ principal }) => principal === me || principal === 'all')
}

/**
 * The conversations of which a notification tells: something new and unread of somebody else, not muted unless it names
 * me, not the one on screen in a focused window.
 */
export function toTell(inbox: readonly InboxEntry[], seen: Seen, me: string, onScreen: string | null): InboxEntry[] {
  return inbox.filter(({ id, last, unread, membership }) => {
    const message = last?.object
    if (!message || message.seq <= (seen.get(id) ?? 0)) return false
    if (unread === 0 || id === onScreen || (membership.muted && !namesMe(last, me))) return false
    return message.sender !== me && message.kind !== 'system' && message.state === 'sent'
  })
}

/** What comes while a conversation is muted is not told either when it is not any more. */
export function passMuted(inbox: readonly InboxEntry[], seen: Map<string, number>, me: string): void {
  for (const { id, last, membership } of inbox)
    if (membership.muted && last && !namesMe(last, me)) seen.set(id, last.object.seq)
}

/** More than these at once, such as after a night, are told as one. */
export const mostAtOnce = 3
