import type { InboxEntry } from '@heyi/client'
import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Menu, MenuButton, type MenuPlace } from '@heyi/ui/Menu'
import { Skeleton } from '@heyi/ui/Skeleton'
import { MessageSquarePlus, Plus, Search, Users, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { VList } from 'virtua'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { useMedia, widths } from '../../app/media'
import { MeMenu } from '../../shell/MeMenu'
import { titleOf } from './conversation'
import styles from './Inbox.module.css'
import { InboxRow } from './InboxRow'
import { NewChat } from './NewChat'
import { NewGroup } from './NewGroup'
import { useInboxMenu } from './useInboxMenu'

const filters = {
  all: () => true,
  unread: (entry: InboxEntry) => entry.unread > 0,
  mentioned: (entry: InboxEntry) => entry.mentioned,
  direct: (entry: InboxEntry) => entry.conversation.kind === 'direct',
  group: (entry: InboxEntry) => entry.conversation.kind === 'group',
}
type Filter = keyof typeof filters
const filterNames = Object.keys(filters) as Filter[]

export function Inbox({ selected }: { selected: string | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const me = useMyId()
  const phone = useMedia(widths.phone)
  const all = useHeyi((held) => held.inbox())
  const ready = useHeyi((held) => held.ready)
  const [filter, setFilter] = useState<Filter>('all')
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<'chat' | 'group' | null>(null)
  const [menu, setMenu] = useState<{ entry: InboxEntry; place: MenuPlace } | null>(null)
  const entriesOf = useInboxMenu()
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return all.filter(
      (entry) =>
        filters[filter](entry) &&
        (!wanted || titleOf(client, entry.conversation, entry.members, me).toLowerCase().includes(wanted)),
    )
  }, [all, filter, text, client, me])
  const pinned = shown.filter((entry) => entry.membership.pinned).length
  const unread = all.filter(filters.unread).length
  return (
    <section className={styles.pane} aria-label={t('area.chat')}>
      {phone && (
        <header className={styles.phoneHead}>
          <MeMenu size={32} />
          <h1>{t('area.chat')}</h1>
          <NewButton onOpen={setDialog} />
        </header>
      )}
      <div className={styles.head}>
        <div className={styles.search}>
          <Search size={16} />
          <input
            type="search"
            aria-label={t('inbox.search')}
            placeholder={t('inbox.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {text && (
            <IconButton small label={t('action.clear')} onClick={() => setText('')}>
              <X size={14} />
            </IconButton>
          )}
        </div>
        {!phone && <NewButton onOpen={setDialog} />}
      </div>
      <div className={styles.chips} role="radiogroup" aria-label={t('inbox.filters')}>
        {filterNames.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="inboxFilter"
              className="sr"
              checked={filter === name}
              onChange={() => setFilter(name)}
            />
            <span>
              {t(`inbox.filter.${name}`)}
              {name === 'unread' && unread > 0 && <span className="num"> {unread}</span>}
            </span>
          </label>
        ))}
      </div>
      {!ready && all.length === 0 ? (
        <Skeleton rows={9} />
      ) : shown.length === 0 ? (
        <Nothing filtered={all.length > 0} onNew={() => setDialog('chat')} />
      ) : (
        <VList
          className={styles.list}
          role="list"
          aria-label={t('inbox.list')}
          data={shown}
          bufferSize={400}
          key={filter}
        >
          {(entry, index) => (
            <InboxRow
              key={entry.id}
              entry={entry}
              selected={entry.id === selected}
              lineAbove={pinned > 0 && index === pinned}
              onMenu={(place) => setMenu({ entry, place })}
            />
          )}
        </VList>
      )}
      {menu && (
        <Menu
          label={t('inbox.menu')}
          place={menu.place}
          entries={entriesOf(menu.entry)}
          onClose={() => setMenu(null)}
        />
      )}
      {dialog === 'chat' && <NewChat onClose={() => setDialog(null)} onOpen={(id) => navigate(`/chat/${id}`)} />}
      {dialog === 'group' && <NewGroup onClose={() => setDialog(null)} onOpen={(id) => navigate(`/chat/${id}`)} />}
    </section>
  )
}

function NewButton({ onOpen }: { onOpen: (dialog: 'chat' | 'group') => void }) {
  const { t } = useTranslation()
  return (
    <MenuButton
      label={t('inbox.new')}
      icon={<Plus size={20} />}
      entries={[
        { label: t('newChat.title'), icon: <MessageSquarePlus size={16} />, onSelect: () => onOpen('chat') },
        { label: t('newGroup.title'), icon: <Users size={16} />, onSelect: () => onOpen('group') },
      ]}
    />
  )
}

function Nothing({ filtered, onNew }: { filtered: boolean; onNew: () => void }) {
  const { t } = useTranslation()
  if (filtered) return <Empty drawing="none" title={t('inbox.noneHere')} />
  return (
    <Empty
      title={t('inbox.emptyTitle')}
      text={t('inbox.emptyText')}
      action={
        <Button look="soft" onClick={onNew}>
          {t('newChat.title')}
        </Button>
      }
    />
  )
}
