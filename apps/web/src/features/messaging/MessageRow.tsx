import type { ConversationRole } from '@heyi/contract/messaging'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMyId, useProfile } from '../../app/data'
import { useFormat } from '../../app/format'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { MessageBody } from './MessageBody'
import styles from './MessageRow.module.css'
import { MessageTools } from './MessageTools'
import { PendingBody } from './PendingBody'
import type { Row } from './rows'
import { SystemRow } from './SystemRow'
import { UploadBody } from './UploadBody'

interface Props {
  row: Row
  conversation: string
  group: boolean
  role: ConversationRole
  flash: boolean
  tabIndex: 0 | -1
  onFocus: (key: string) => void
}

/** One row of the log with what stands above it: the day, the new-message line, and who speaks. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { row } = props
  return (
    <div className={styles.slot}>
      {row.day && <div className={styles.day}>{format.dayLine(row.day)}</div>}
      {row.kind === 'message' && row.newLine && <div className={styles.newLine}>{t('chat.newLine')}</div>}
      <Spoken {...props} />
    </div>
  )
})

function Spoken({ row, conversation, group, role, flash, tabIndex, onFocus }: Props) {
  const me = useMyId()
  const message = row.kind === 'message' ? row.held.object : null
  if (message && (message.kind === 'system' || message.state === 'recalled' || !message.body))
    return (
      <article data-row={row.key} tabIndex={tabIndex} className={styles.lineRow} onFocus={() => onFocus(row.key)}>
        <SystemRow conversation={conversation} message={message} />
      </article>
    )
  const sender = message?.sender ?? me
  const mine = sender === me
  const sentAt =
    row.kind === 'message'
      ? row.held.object.sentAt
      : row.kind === 'pending'
        ? row.pending.queuedAt
        : row.upload.startedAt
  return (
    <article
      data-row={row.key}
      tabIndex={tabIndex}
      onFocus={() => onFocus(row.key)}
      className={[styles.row, mine && styles.mine, row.head && styles.head, flash && styles.flash]
        .filter(Boolean)
        .join(' ')}
    >
      <span className={styles.picture}>{row.head && <PersonPicture id={sender} size={36} />}</span>
      <div className={styles.said}>
        {row.head ? (
          <Who id={sender} mine={mine} group={group} sentAt={sentAt} />
        ) : (
          <span className="sr">{<Who id={sender} mine={mine} group={group} sentAt={sentAt} />}</span>
        )}
        {row.kind === 'message' && message && (
          <div className={styles.line}>
            <MessageBody conversation={conversation} message={message} mine={mine} />
            <MessageTools conversation={conversation} message={message} mine={mine} role={role} group={group} />
          </div>
        )}
        {row.kind === 'pending' && <PendingBody pending={row.pending} />}
        {row.kind === 'upload' && <UploadBody upload={row.upload} />}
      </div>
    </article>
  )
}

function Who({ id, mine, group, sentAt }: { id: string; mine: boolean; group: boolean; sentAt: string }) {
  const format = useFormat()
  const profile = useProfile(id)
  return (
    <div className={styles.who}>
      {mine ? (
        <span className="sr">
          <PersonName id={id} />
        </span>
      ) : (
        <>
          <PersonName id={id} />
          {group && profile?.department && <span className="ell">· {profile.department}</span>}
        </>
      )}
      <time dateTime={sentAt}>{format.time(sentAt)}</time>
    </div>
  )
}
