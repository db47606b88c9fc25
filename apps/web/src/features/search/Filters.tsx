import { Dialog } from '@heyi/ui/Dialog'
import { Menu, type MenuEntry, type MenuPlace } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { CalendarDays, ChevronDown, MessagesSquare, Shapes, UserRound, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMyId, useProfile } from '../../app/data'
import { PeoplePicker } from '../directory/PeoplePicker'
import { DatesDialog } from './DatesDialog'
import styles from './Find.module.css'
import { PickConversation } from './PickConversation'
import { useConversationTitle } from './ResultRow'
import { type Asked, kinds, presets } from './rules'

type Open = { what: 'kind' | 'time'; place: MenuPlace } | { what: 'from' | 'in' | 'dates' } | null

/** What narrows the search down: each a chip that says what is chosen, with a press that takes it off. */
export function Filters({ asked, onChange }: { asked: Asked; onChange: (next: Asked) => void }) {
  const { t } = useTranslation()
  const me = useMyId()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const sender = useProfile(asked.from)
  const conversation = useConversationTitle(asked.in)
  const put = (part: Partial<Asked>) => onChange({ ...asked, ...part })
  const { since, until, time } = asked
  const dates =
    since && until
      ? t('search.time.between', { from: since, to: until })
      : since
        ? t('search.time.since', { from: since })
        : until && t('search.time.until', { to: until })
  const kindEntries: MenuEntry[] = [null, ...kinds].map((kind) => ({
    label: t(`search.kind.${kind ?? 'any'}`),
    checked: asked.kind === kind,
    onSelect: () => put({ kind }),
  }))
  const none = { time: null, since: null, until: null }
  const timeEntries: MenuEntry[] = [
    ...[null, ...presets].map((preset) => ({
      label: t(`search.time.${preset ?? 'any'}`),
      checked: time === preset && !dates,
      onSelect: () => put({ ...none, time: preset }),
    })),
    'line',
    { label: t('search.time.own'), onSelect: () => setOpen({ what: 'dates' }) },
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend of its own
    <div className={styles.filters} role="group" aria-label={t('search.filters')}>
      <Filter
        name={t('search.filter.from')}
        value={asked.from && (asked.from === me ? t('search.mine') : (sender?.name ?? '…'))}
        icon={<UserRound size={14} />}
        popup="dialog"
        onOpen={() => setOpen({ what: 'from' })}
        onClear={() => put({ from: null })}
      />
      <Filter
        name={t('search.filter.in')}
        value={asked.in && (conversation || '…')}
        icon={<MessagesSquare size={14} />}
        popup="dialog"
        onOpen={() => setOpen({ what: 'in' })}
        onClear={() => put({ in: null })}
      />
      <Filter
        name={t('search.filter.kind')}
        value={asked.kind && t(`search.kind.${asked.kind}`)}
        icon={<Shapes size={14} />}
        popup="menu"
        onOpen={(place) => setOpen({ what: 'kind', place })}
        onClear={() => put({ kind: null })}
      />
      <Filter
        name={t('search.filter.time')}
        value={time ? t(`search.time.${time}`) : dates}
        icon={<CalendarDays size={14} />}
        popup="menu"
        onOpen={(place) => setOpen({ what: 'time', place })}
        onClear={() => put(none)}
      />
      <Presence>
        {open && 'place' in open && (
          <Menu
            label={t(`search.filter.${open.what}`)}
            place={open.place}
            entries={open.what === 'kind' ? kindEntries : timeEntries}
            onClose={close}
          />
        )}
      </Presence>
      <Presence>
        {open?.what === 'from' && (
          <Dialog title={t('search.filter.from')} onClose={close}>
            <PeoplePicker
              withMe
              onPick={(from) => {
                close()
                put({ from })
              }}
            />
          </Dialog>
        )}
      </Presence>
      <Presence>
        {open?.what === 'in' && (
          <PickConversation
            onClose={close}
            onPick={(id) => {
              close()
              put({ in: id })
            }}
          />
        )}
      </Presence>
      <Presence>
        {open?.what === 'dates' && (
          <DatesDialog
            since={since}
            until={until}
            onClose={close}
            onPick={(days) => {
              close()
              put({ ...none, ...days })
            }}
          />
        )}
      </Presence>
    </div>
  )
}

function Filter({
  name,
  value,
  icon,
  popup,
  onOpen,
  onClear,
}: {
  name: string
  value: string | null
  icon: ReactNode
  popup: 'menu' | 'dialog'
  onOpen: (place: MenuPlace) => void
  onClear: () => void
}) {
  const { t } = useTranslation()
  return (
    <span className={[styles.filter, value && styles.set].filter(Boolean).join(' ')}>
      <button
        type="button"
        aria-haspopup={popup}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          onOpen({ x: box.left, y: box.bottom + 4 })
        }}
      >
        {icon}
        <span className="ell">{value ? t('search.filter.has', { name, value }) : name}</span>
        {!value && <ChevronDown size={12} />}
      </button>
      {value && (
        <button type="button" aria-label={t('search.filter.remove', { name })} onClick={onClear}>
          <X size={12} />
        </button>
      )}
    </span>
  )
}
