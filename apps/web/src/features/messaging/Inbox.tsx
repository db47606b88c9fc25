import type { InboxEntry } from '@heyi/client'
import { Button } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { Empty } from '@heyi/ui/Empty'
import { Menu, MenuButton, type MenuPlace } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Badge } from '@heyi/ui/Tag'
import { AtSign, MessageSquarePlus, MessagesSquare, Plus, Search, Star, Users } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { VList, type VListHandle } from 'virtua'
import { useHeyi } from '../../app/data'
import { ariaKeys, capsOf, shortcuts } from '../../app/keyboard'
import { useMedia, widths } from '../../app/media'
import { openOverlay } from '../../app/overlay'
import { ListEdge } from '../../shell/ListEdge'
import { MeMenu } from '../../shell/MeMenu'
import { NoticesRow } from '../notices/NoticesRow'
import { RestButton } from '../rest/RestButton'
import styles from './Inbox.module.css'
import { InboxRow } from './InboxRow'
import { useInboxMenu } from './useInboxMenu'
import { inboxFilters, type ShownInbox } from './useShownInbox'

export function Inbox({ inbox, selected }: { inbox: ShownInbox; selected: string | null }) {
  const { t } = useTranslation()
  const phone = useMedia(widths.phone)
  const ready = useHeyi((held) => held.ready)
  const { filter, setFilter, shown, some, unread } = inbox
  const [menu, setMenu] = useState<{ entry: InboxEntry; place: MenuPlace } | null>(null)
  const entriesOf = useInboxMenu()
  const list = useRef<VListHandle>(null)
  const pinned = shown.filter((entry) => entry.membership.pinned).length
  const at = shown.findIndex((entry) => entry.id === selected)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat was chosen, perhaps by a key; one that only moved is left
  useEffect(() => {
    if (at >= 0) list.current?.scrollToIndex(at, { align: 'nearest' })
  }, [selected])
  return (
    <section className={styles.pane} aria-label={t('area.chat')}>
      {phone && (
        <header className={styles.phoneHead}>
          <MeMenu size={32} />
          <h1>{t('area.chat')}</h1>
          <RestButton />
          <NewButton />
        </header>
      )}
      <div className={styles.head}>
        <SearchButton />
        {!phone && <NewButton />}
      </div>
      <Chips
        label={t('inbox.filters')}
        className={styles.chips}
        value={filter}
        options={inboxFilters.map((name) => ({
          value: name,
          label: t(`inbox.filter.${name}`),
          ...(name === 'unread' && { count: unread }),
        }))}
        onChange={setFilter}
      />
      <Lists />
      {(filter === 'all' || filter === 'unread') && (
        <NoticesRow selected={selected === 'notices'} onlyUnread={filter === 'unread'} />
      )}
      {!ready && !some ? (
        <Skeleton rows={9} />
      ) : shown.length === 0 ? (
        <Nothing filtered={some} />
      ) : (
        <VList
          ref={list}
          className={styles.list}
          role="list"
          aria-label={t('inbox.list')}
          data={shown}
          // What a row is, so that the first drawing makes no more of them than are seen.
          itemSize={64}
          key={filter}
        >
          {(entry, index) => (
            <InboxRow
              key={entry.id}
              entry={entry}
              selected={entry.id === selected}
              lineAbove={pinned > 0 && index === pinned}
              actionsOf={entriesOf}
              onMenu={setMenu}
            />
          )}
        </VList>
      )}
      <Presence>
        {menu && (
          <Menu
            label={t('inbox.menu')}
            place={menu.place}
            entries={entriesOf(menu.entry)}
            onClose={() => setMenu(null)}
          />
        )}
      </Presence>
      <ListEdge />
    </section>
  )
}

/** Above the chats: what stands over all of them. */
function Lists() {
  const { t } = useTranslation()
  const count = useHeyi((held) => held.unreadThreads())
  return (
    <nav className={styles.lists} aria-label={t('inbox.lists')}>
      <ListLink to="/chat/threads" icon={<MessagesSquare size={16} aria-hidden="true" />} label={t('thread.mine')}>
        <Badge count={count} label={t('thread.unreadThreads', { count })} />
      </ListLink>
      <ListLink to="/chat/mentions" icon={<AtSign size={16} aria-hidden="true" />} label={t('mentions.short')} />
      <ListLink to="/chat/favourites" icon={<Star size={16} aria-hidden="true" />} label={t('favourite.short')} />
    </nav>
  )
}

interface ListLinkProps {
  to: string
  icon: ReactNode
  label: string
  children?: ReactNode
}

function ListLink({ to, icon, label, children }: ListLinkProps) {
  const { pathname } = useLocation()
  return (
    <Link to={to} aria-current={pathname === to ? 'page' : undefined}>
      {icon}
      <span className="ell">{label}</span>
      {children}
    </Link>
  )
}

/** Looks like a field for searching, and goes where there is one. */
function SearchButton() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [key] = shortcuts.search.keys
  return (
    <button
      type="button"
      className={styles.search}
      aria-keyshortcuts={ariaKeys(key)}
      onClick={() => void navigate('/find')}
    >
      <Search size={16} />
      <span>{t('search.box')}</span>
      <span aria-hidden="true">
        <kbd>{capsOf(key).join(' ')}</kbd>
      </span>
    </button>
  )
}

function NewButton() {
  const { t } = useTranslation()
  return (
    <MenuButton
      label={t('inbox.new')}
      icon={<Plus size={20} />}
      entries={[
        {
          label: t('newChat.title'),
          icon: <MessageSquarePlus size={16} />,
          onSelect: () => openOverlay({ kind: 'newChat' }),
        },
        { label: t('newGroup.title'), icon: <Users size={16} />, onSelect: () => openOverlay({ kind: 'newGroup' }) },
      ]}
    />
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation()
  if (filtered) return <Empty drawing="none" title={t('inbox.noneHere')} />
  return (
    <Empty
      title={t('inbox.emptyTitle')}
      text={t('inbox.emptyText')}
      action={
        <Button look="soft" onClick={() => openOverlay({ kind: 'newChat' })}>
          {t('newChat.title')}
        </Button>
      }
    />
  )
}
