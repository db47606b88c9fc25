import { ExternalTag } from '@heyi/ui/Tag'
import { Circle, CircleCheck, type LucideIcon, Megaphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId, useProfile } from '../../app/data'
import { useFormat } from '../../app/format'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { FileIcon } from '../files/FileCard'
import { ConversationPicture } from '../messaging/ConversationPicture'
import { titleOf } from '../messaging/conversation'
import { Marked } from '../switcher/Marked'
import { ResultLines, ResultOption } from '../switcher/Results'
import styles from './Find.module.css'
import type { Result } from './sections'

interface Props {
  id: string
  item: Result
  /** Walked to by the keys. */
  active: boolean
  /** What Enter opens. */
  selected: boolean
  /** On screen beside. */
  open: boolean
  onOpen: (elsewhere: boolean) => void
}

export function ResultRow({ id, item, active, selected, open, onOpen }: Props) {
  return (
    <ResultOption
      id={id}
      selected={selected}
      className={[styles.row, active && styles.at, open && styles.on].filter(Boolean).join(' ')}
      onOpen={onOpen}
    >
      <Content item={item} />
    </ResultOption>
  )
}

function Content({ item }: { item: Result }) {
  const { t } = useTranslation()
  if (item.kind === 'person') {
    const { id, name, position, department, external } = item.profile
    return (
      <Lines
        face={<PersonPicture id={id} size={36} />}
        title={
          <>
            <b className="ell">{name}</b>
            {external && <ExternalTag />}
          </>
        }
        under={[position, department].filter(Boolean).join(' · ')}
      />
    )
  }
  if (item.kind === 'message') return <Message item={item} />
  if (item.kind === 'notice') return <Notice item={item} />
  if (item.kind === 'todo') return <Todo item={item} />
  const { conversation, name, ranges, members } = item.found
  return (
    <Lines
      face={<ConversationFace id={conversation} />}
      title={
        <b className="ell">
          <Marked text={name} ranges={ranges} />
        </b>
      }
      under={
        members.length > 0
          ? t('search.members', { names: members.map((one) => one.name).join(t('list.comma')) })
          : undefined
      }
    />
  )
}

function Message({ item: { message } }: { item: Extract<Result, { kind: 'message' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { conversation, sender, sentAt, text, ranges, file, kind, inside } = message
  const named = useConversationTitle(conversation)
  const name = useProfile(sender)?.name
  // Of a chat of two with the sender, who it is with is said already.
  const title = named === name ? '' : named
  const time = (
    <time className={`${styles.time} num`} dateTime={sentAt}>
      {format.listTime(sentAt)}
    </time>
  )
  const where = title ? ` · ${title}` : ''
  if (file && inside)
    return (
      <Lines
        face={<FileIcon name={file.name} />}
        title={
          <>
            <b className="ell">{file.name}</b>
            {time}
          </>
        }
        under={<Marked text={text} ranges={ranges} />}
        twoLines
      />
    )
  if (file)
    return (
      <Lines
        face={<FileIcon name={file.name} />}
        title={
          <>
            <b className="ell">
              <Marked text={text} ranges={ranges} />
            </b>
            {time}
          </>
        }
        under={
          <>
            {kind === 'image' && `${t('search.image')} · `}
            <PersonName id={sender} />
            {where}
          </>
        }
      />
    )
  return (
    <Lines
      face={<PersonPicture id={sender} size={36} />}
      title={
        <>
          <span className={styles.who}>
            <PersonName id={sender} />
            <span className={`${styles.where} ell`}>{title}</span>
          </span>
          {time}
        </>
      }
      under={<Marked text={text} ranges={ranges} />}
      twoLines
    />
  )
}

function Notice({ item: { notice } }: { item: Extract<Result, { kind: 'notice' }> }) {
  const format = useFormat()
  return (
    <Lines
      face={<Face Icon={Megaphone} />}
      title={
        <>
          <b className="ell">
            <Marked text={notice.title} ranges={notice.titleRanges} />
          </b>
          <time className={`${styles.time} num`} dateTime={notice.publishAt}>
            {format.listTime(notice.publishAt)}
          </time>
        </>
      }
      under={<Marked text={notice.text} ranges={notice.ranges} />}
      twoLines
    />
  )
}

function Todo({ item: { todo } }: { item: Extract<Result, { kind: 'todo' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Lines
      face={<Face Icon={todo.doneAt ? CircleCheck : Circle} />}
      title={
        <b className="ell">
          <Marked text={todo.text} ranges={todo.ranges} />
        </b>
      }
      under={
        todo.doneAt
          ? t('search.done', { time: format.dateTime(todo.doneAt) })
          : todo.dueAt
            ? t('search.due', { time: format.dateTime(todo.dueAt) })
            : t('search.open')
      }
    />
  )
}

const Face = ({ Icon }: { Icon: LucideIcon }) => (
  <span className={styles.face}>
    <Icon size={20} aria-hidden="true" />
  </span>
)

function Lines({ face, ...lines }: { face: ReactNode; title: ReactNode; under: ReactNode; twoLines?: boolean }) {
  return (
    <>
      {face}
      <ResultLines {...lines} />
    </>
  )
}

function ConversationFace({ id }: { id: string }) {
  const entry = useHeyi((client) => client.inbox().find((one) => one.id === id) ?? null)
  return entry && <ConversationPicture conversation={entry.conversation} members={entry.members} size={36} />
}

/** What the conversation is called; empty until this device knows it. */
export function useConversationTitle(id: string | null): string {
  const me = useMyId()
  return useHeyi((client) => {
    const entry = id === null ? undefined : client.inbox().find((one) => one.id === id)
    return entry ? titleOf(client, entry.conversation, entry.members, me) : ''
  })
}
