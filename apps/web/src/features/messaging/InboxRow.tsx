import type { InboxEntry } from '@heyi/client'
import { IconButton } from '@heyi/ui/Button'
import type { MenuEntry, MenuPlace } from '@heyi/ui/Menu'
import { Badge, ExternalTag, Tag } from '@heyi/ui/Tag'
import { BellOff, Ellipsis, Pin } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useClient, useHeyi, useMe, useMyId } from '../../app/data'
import { useFormat } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import { RestTag } from '../rest/RestTag'
import { ConversationPicture } from './ConversationPicture'
import { calledIn, messageLine, otherOf, useTitle } from './conversation'
import styles from './InboxRow.module.css'
import { SwipeRow } from './SwipeRow'

interface Props {
  entry: InboxEntry
  selected: boolean
  lineAbove: boolean
  /** What can be done with it: in a menu, and on touch behind the row drawn aside. */
  actionsOf: (entry: InboxEntry) => MenuEntry[]
  onMenu: (menu: { entry: InboxEntry; place: MenuPlace }) => void
}

export const InboxRow = memo(function InboxRow({ entry, selected, lineAbove, actionsOf, onMenu }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const phone = useMedia(widths.phone)
  const compact = useMe()?.preferences.density === 'compact'
  const me = useMyId()
  const { conversation, membership, members } = entry
  const title = useTitle(conversation, members)
  const menuLabel = t('inbox.menuOf', { title })
  return (
    // biome-ignore lint/a11y/useSemanticElements: the virtual list puts its own elements between list and item
    <div role="listitem" className={[styles.item, lineAbove && styles.line].filter(Boolean).join(' ')}>
      <SwipeRow label={menuLabel} actions={() => actionsOf(entry)}>
        <Link
          to={`/chat/${entry.id}`}
          aria-current={selected ? 'page' : undefined}
          className={[styles.row, selected && styles.on].filter(Boolean).join(' ')}
          onPointerEnter={() => client.prepareChat(entry.id)}
          onContextMenu={(event) => {
            event.preventDefault()
            onMenu({ entry, place: { x: event.clientX, y: event.clientY } })
          }}
        >
          <ConversationPicture conversation={conversation} members={members} size={compact ? 32 : phone ? 48 : 40} />
          <span className={styles.body}>
            <span className={styles.first}>
              <b className="ell">{title || '\u00a0'}</b>
              {conversation.external && <ExternalTag />}
              {conversation.department && <Tag>{t('departmentGroup.tag')}</Tag>}
              <RestTag short member={otherOf(conversation, members, me)} />
              {entry.lastAt && <time dateTime={entry.lastAt}>{format.listTime(entry.lastAt)}</time>}
            </span>
            <span className={styles.second}>
              <Preview entry={entry} />
              <span className={styles.marks}>
                {membership.pinned && <Pin size={13} aria-label={t('inbox.pinned')} role="img" />}
                {membership.muted && <BellOff size={13} aria-label={t('inbox.muted')} role="img" />}
                <Badge
                  count={entry.unread}
                  muted={membership.muted}
                  label={t('inbox.unreadCount', { count: entry.unread })}
                />
              </span>
            </span>
          </span>
        </Link>
      </SwipeRow>
      <IconButton
        small
        className={styles.more}
        label={menuLabel}
        aria-haspopup="menu"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          onMenu({ entry, place: { x: box.left, y: box.bottom + 4 } })
        }}
      >
        <Ellipsis size={16} />
      </IconButton>
    </div>
  )
})

/** A mention outranks a draft; a draft outranks the last message. */
function Preview({ entry }: { entry: InboxEntry }) {
  const { t } = useTranslation()
  const me = useMyId()
  const { last, draft, conversation } = entry
  const message = last?.object ?? null
  const line = useHeyi((client) => (message ? messageLine(client, message, me, t, conversation.id) : ''))
  const isGroupTalk =
    conversation.kind === 'group' &&
    message !== null &&
    message.kind !== 'system' &&
    message.state === 'sent' &&
    message.sender !== me
  const sender = useHeyi((client) => (isGroupTalk ? calledIn(client, conversation.id, message.sender) : ''))
  const draftText = draft?.text.trim()
  if (draftText && !entry.mentioned)
    return (
      <span className="ell">
        <span className={styles.draft}>{t('inbox.draft')}</span> {draftText}
      </span>
    )
  return (
    <span className="ell">
      {entry.mentioned && <span className={styles.mention}>{t('inbox.mention')} </span>}
      {sender && `${sender}${t('list.colon')}`}
      {line}
    </span>
  )
}
