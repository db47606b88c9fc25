import type { Profile } from '@heyi/contract/directory'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMatch } from 'react-router'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { messageLine, otherOf, titleOf } from '../messaging/conversation'
import type { Command } from './commands'
import type { Candidate, Sources } from './rules'

const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ')

/** Everything the switcher looks among, in the form in which it is ranked. */
export function useSources(commands: readonly Command[], people: readonly Profile[]): Sources {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const inbox = useHeyi((held) => held.inbox())
  const current = useMatch('/chat/:conversation/*')?.params.conversation ?? null
  // Names arrive one by one: their text says when the titles are to be made again.
  const names = useHeyi((held) =>
    inbox.map(({ conversation, members }) => titleOf(held, conversation, members, me)).join('\n'),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names stand for the profiles behind them
  const conversations = useMemo(
    () =>
      inbox.map(({ id, conversation, members, last, lastAt }): Candidate => {
        const person = otherOf(conversation, members, me)
        const profile = person ? client.profile(person) : null
        return {
          kind: 'conversation',
          id,
          title: titleOf(client, conversation, members, me),
          under: last ? messageLine(client, last.object, me, t, id) : joined(profile?.position, profile?.department),
          words: joined(profile?.alias, profile?.position, profile?.department),
          at: lastAt ?? '',
          person,
          group: conversation.kind === 'group',
        }
      }),
    [inbox, names, client, me, t],
  )
  return {
    current,
    conversations,
    commands: commands.map(
      ({ id, title, under, words }): Candidate => ({
        kind: 'command',
        id,
        title,
        under,
        words,
        at: '',
        person: null,
        group: false,
      }),
    ),
    people: people.map(
      ({ id, name, alias, position, department }): Candidate => ({
        kind: 'person',
        id,
        title: name,
        under: joined(alias, position, department),
        words: '',
        at: '',
        person: id,
        group: false,
      }),
    ),
  }
}
