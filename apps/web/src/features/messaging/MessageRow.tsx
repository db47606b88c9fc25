import type { HeldMessage } from '@heyi/client'
import type { ConversationRole } from '@heyi/contract/messaging'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMyId, useProfile } from '../../app/data'
import { useFormat } from '../../app/format'
import { pressed } from '../../app/keyboard'
import { NamesTabbable, PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { LinkCards } from '../linkcards/LinkCard'
import { Album } from './Album'
import { useChatActions } from './chat-context'
import { EditedMark } from './EditedMark'
import { MessageBody } from './MessageBody'
import styles from './MessageRow.module.css'
import { MessageTools } from './MessageTools'
import { PendingBody } from './PendingBody'
import { Reactions } from './Reactions'
import { ReadMark } from './ReadMark'
import { Covered, ReceiptMark } from './ReceiptMark'
import type { Row } from './rows'
import { ScheduledBody } from './ScheduledBody'
import { SelectMark } from './SelectMark'
import { SystemRow } from './SystemRow'
import { ThreadMark } from './ThreadMark'
import { TodoMark } from './TodoMark'
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
    <NamesTabbable value={props.tabIndex === 0}>
      <div className={styles.slot}>
        {row.day && <div className={styles.day}>{format.dayLine(row.day)}</div>}
        {row.kind === 'message' && row.newLine && <div className={styles.newLine}>{t('chat.newLine')}</div>}
        <Spoken {...props} />
      </div>
    </NamesTabbable>
  )
})

function Spoken({ row, conversation, group, role, flash, tabIndex, onFocus }: Props) {
  const me = useMyId()
  const format = useFormat()
  const actions = useChatActions()
  const name = useProfile(row.kind === 'message' ? row.held.object.sender : null)?.name ?? ''
  const message = row.kind === 'message' ? row.held.object : null
  if (message && (message.kind === 'system' || message.state === 'recalled' || !message.body))
    return (
      <article data-row={row.key} tabIndex={tabIndex} className={styles.lineRow} onFocus={() => onFocus(row.key)}>
        <SystemRow conversation={conversation} message={message} />
        {message.thread && <ThreadMark conversation={conversation} message={message} />}
      </article>
    )
  const sender = message?.sender ?? me
  const mine = sender === me
  const sentAt =
    row.kind === 'message'
      ? row.held.object.sentAt
      : row.kind === 'pending'
        ? row.pending.queuedAt
        : row.kind === 'upload'
          ? row.upload.startedAt
          : null
  const album = row.kind === 'message' && row.more.length > 0 ? [row.held, ...row.more] : null
  return (
    <article
      data-row={row.key}
      data-message={album || !message ? undefined : message.seq}
      tabIndex={tabIndex}
      onFocus={() => onFocus(row.key)}
      onKeyDown={album ? (event) => onAlbumKey(event, album, actions) : undefined}
      className={[styles.row, mine && styles.mine, row.head && styles.head, flash && styles.flash]
        .filter(Boolean)
        .join(' ')}
    >
      {row.head ? (
        <PersonCard id={sender} repeats className={styles.picture}>
          <PersonPicture id={sender} size={36} />
        </PersonCard>
      ) : (
        <span className={styles.picture}>
          {sentAt && (
            <time className={styles.time} dateTime={sentAt} aria-hidden="true">
              {format.time(sentAt)}
            </time>
          )}
        </span>
      )}
      <div className={styles.said}>
        <Who id={sender} mine={mine} group={group} sentAt={sentAt} head={row.head} />
        {album && <Album conversation={conversation} pictures={album} mine={mine} role={role} group={group} />}
        {message && !album && (
          <div className={styles.line}>
            <Covered conversation={conversation} message={message} mine={mine}>
              <MessageBody conversation={conversation} message={message} mine={mine} />
            </Covered>
            <MessageTools conversation={conversation} message={message} mine={mine} role={role} group={group} />
          </div>
        )}
        {message && !album && <LinkCards conversation={conversation} message={message} mine={mine} />}
        {message && !album && <EditedMark conversation={conversation} message={message} />}
        {message?.todo && !album && <TodoMark todo={message.todo} />}
        {message && !album && <Reactions conversation={conversation} message={message} />}
        {message?.thread && !album && <ThreadMark conversation={conversation} message={message} />}
        {message && mine && !message.receipt && (
          <ReadMark conversation={conversation} seq={(album?.at(-1)?.object ?? message).seq} group={group} />
        )}
        {message?.receipt && <ReceiptMark conversation={conversation} message={message} mine={mine} />}
        {row.kind === 'pending' && <PendingBody pending={row.pending} />}
        {row.kind === 'upload' && <UploadBody upload={row.upload} />}
        {row.kind === 'scheduled' && <ScheduledBody scheduled={row.scheduled} />}
      </div>
      {message && !album && <SelectMark seq={message.seq} name={name} mine={mine} />}
    </article>
  )
}

/** Keys on a row of pictures: into them, or the whole of it answered or sent on. */
function onAlbumKey(
  event: KeyboardEvent<HTMLElement>,
  album: HeldMessage[],
  { reply, forward }: ReturnType<typeof useChatActions>,
) {
  const { key, target, currentTarget } = event
  if (target !== currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
  const seqs = album.map(({ object }) => object.seq)
  if (key === 'Enter' || key === 'ArrowRight') currentTarget.querySelector<HTMLElement>('[data-open]')?.focus()
  else if (pressed(event, 'reply') >= 0 && seqs[0] !== undefined) reply(seqs[0])
  else if (pressed(event, 'forward') >= 0) forward(seqs)
  else return
  event.preventDefault()
}

interface WhoProps {
  id: string
  mine: boolean
  group: boolean
  /** Null for what waits: it says its time itself. */
  sentAt: string | null
  /** Within a run it is only said aloud. */
  head: boolean
}

function Who({ id, mine, group, sentAt, head }: WhoProps) {
  const format = useFormat()
  const profile = useProfile(id)
  return (
    <div className={head ? styles.who : 'sr'}>
      {mine || !head ? (
        <span className="sr">
          <PersonName id={id} />
        </span>
      ) : (
        <>
          <PersonCard id={id} className={styles.name}>
            <PersonName id={id} />
          </PersonCard>
          {group && profile?.department && <span className="ell">· {profile.department}</span>}
        </>
      )}
      {sentAt && <time dateTime={sentAt}>{format.time(sentAt)}</time>}
    </div>
  )
}
