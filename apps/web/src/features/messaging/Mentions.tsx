import type { Operations } from '@heyi/contract'
import { limits } from '@heyi/contract/limits'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useClient, useHeyi, useMyId, usePages } from '../../app/data'
import { NamesIn, PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { messageLine, titleOf } from './conversation'
import { ListPage, ListRows, SaidLine } from './ListPage'
import styles from './Threads.module.css'

type Named = Operations['messaging.listMentions']['output']['items'][number]

/** `/chat/mentions`: what names me or everybody, over all conversations, the newest first. */
export function Mentions() {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('messaging.listMentions', { cursor, limit: limits.mentionsPage }),
    [client],
  )
  const pages = usePages(load)
  return (
    <ListPage title={t('mentions.title')}>
      <ListRows
        pages={pages}
        empty={{ title: t('mentions.none'), text: t('mentions.noneText') }}
        className={styles.body}
      >
        {(named) => <NamedItem key={`${named.conversation}:${named.message.seq}`} named={named} />}
      </ListRows>
    </ListPage>
  )
}

function NamedItem({ named: { conversation, message } }: { named: Named }) {
  const { t } = useTranslation()
  const me = useMyId()
  const line = useHeyi((client) => messageLine(client, message, me, t, conversation))
  const title = useHeyi((client) => {
    const chat = client.chat(conversation)
    return titleOf(client, chat.conversation, chat.members, me)
  })
  const to =
    message.root === undefined
      ? `/chat/${conversation}?at=${message.seq}`
      : `/chat/${conversation}/thread/${message.root}?at=${message.seq}`
  return (
    <li>
      <Link to={to} className={styles.item}>
        <PersonPicture id={message.sender} size={36} />
        <span className={styles.said}>
          <NamesIn value={conversation}>
            <SaidLine name={<PersonName id={message.sender} />} place={title} at={message.sentAt} />
          </NamesIn>
          <span className={styles.line}>{line}</span>
        </span>
      </Link>
    </li>
  )
}
