import type { InboxEntry } from '@heyi/client'
import { Button } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { Empty } from '@heyi/ui/Empty'
import { Menu, MenuButton, type MenuPlace } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { MessageSquarePlus, Plus, Search, Users } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VList, type VListHandle } from 'virtua'
import { useHeyi } from '../../app/data'
import { ariaKeys, capsOf, shortcuts } from '../../app/keyboard'
import { useMedia, widths } from '../../app/media'
import { openOverlay } from '../../app/overlay'
import { ListEdge } from '../../shell/ListEdge'
import { MeMenu } from '../../shell/MeMenu'
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
          bufferSize={400}
          key={filter}
        >
          {(entry, index) => (
            <InboxRow
              key={entry.id}
              entry={entry}
              selected={entry.id === selected}
              lineAbove={pinned > 0 && index === pinned}
              actions={() => entriesOf(entry)}
              onMenu={(place) => setMenu({ entry, place })}
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

/** Looks like a field for searching, and opens the switcher, which is one. */
function SearchButton() {
  const { t } = useTranslation()
  const [key] = shortcuts.switcher.keys
  return (
    <button
      type="button"
      className={styles.search}
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys(key)}
      onClick={() => openOverlay({ kind: 'switcher', text: '' })}
    >
      <Search size={16} />
      <span>{t('switcher.search')}</span>
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
