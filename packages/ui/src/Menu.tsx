import { Check } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { MenuItem as AriaItem, Menu as AriaMenu, MenuSection } from 'react-aria-components/Menu'
import { Separator } from 'react-aria-components/Separator'
import { flushSync } from 'react-dom'
import { IconButton } from './Button'
import { cx } from './cx'
import styles from './Menu.module.css'
import { Presence } from './Presence'
import { Surface } from './Surface'

interface MenuItem {
  label: string
  icon?: ReactNode
  onSelect: () => void
  danger?: boolean
  disabled?: boolean
  /** One of several, of which one is on; neighbours with this form a group. */
  checked?: boolean
}
export type MenuEntry = MenuItem | 'line'
export interface MenuPlace {
  x: number
  y: number
}

interface MenuProps {
  label: string
  place: MenuPlace
  entries: MenuEntry[]
  onClose: () => void
  head?: ReactNode
}

/** A menu at a point; a sheet from the bottom on the phone. Arrow keys and first letters move, Escape closes. */
export function Menu({ label, place, entries, onClose, head }: MenuProps) {
  const [opener] = useState(() => document.activeElement)
  // A point has no element: the page stands in, so that scrolling some list does not close the menu.
  const page = useRef(document.documentElement)
  const choose = (entry: MenuItem) => {
    // Closed first, and the focus given back, so that a dialog opened by the choice returns it there in the end.
    flushSync(onClose)
    if (opener instanceof HTMLElement) opener.focus()
    entry.onSelect()
  }
  return (
    <Surface
      label={label}
      onClose={onClose}
      triggerRef={page}
      getTargetRect={() => new DOMRect(place.x, place.y, 0, 0)}
      placement="bottom start"
      offset={0}
      className={styles.menu}
    >
      {head}
      <AriaMenu aria-label={label} autoFocus="first" className={styles.list ?? ''}>
        {grouped(entries).map((group, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
          if (group === 'line') return <Separator key={index} className={styles.line ?? ''} />
          if (!Array.isArray(group)) return <Item key={group.label} entry={group} onChoose={choose} />
          return (
            <MenuSection
              key={group[0]?.label}
              aria-label={label}
              selectionMode="single"
              selectedKeys={group.filter(({ checked }) => checked).map((entry) => entry.label)}
            >
              {group.map((entry) => (
                <Item key={entry.label} entry={entry} onChoose={choose} />
              ))}
            </MenuSection>
          )
        })}
      </AriaMenu>
    </Surface>
  )
}

function Item({ entry, onChoose }: { entry: MenuItem; onChoose: (entry: MenuItem) => void }) {
  return (
    <AriaItem
      id={entry.label}
      textValue={entry.label}
      isDisabled={entry.disabled ?? false}
      className={cx(styles.item, entry.danger && styles.danger)}
      onAction={() => onChoose(entry)}
    >
      {entry.icon}
      <span>{entry.label}</span>
      {entry.checked && <Check size={16} className={styles.check} />}
    </AriaItem>
  )
}

/** Neighbours of which one is on, put together. */
function grouped(entries: MenuEntry[]): ('line' | MenuItem | MenuItem[])[] {
  const groups: ('line' | MenuItem | MenuItem[])[] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (entry === 'line' || entry.checked === undefined) groups.push(entry)
    else if (Array.isArray(last)) last.push(entry)
    else groups.push([entry])
  }
  return groups
}

interface MenuButtonProps {
  label: string
  icon: ReactNode
  entries: MenuEntry[]
  className?: string | undefined
  head?: ReactNode
  small?: boolean
  disabled?: boolean
}

/** A button that opens a menu under itself. */
export function MenuButton({ label, icon, entries, className, head, small, disabled }: MenuButtonProps) {
  const [place, setPlace] = useState<MenuPlace | null>(null)
  return (
    <>
      <IconButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        small={small ?? false}
        disabled={disabled ?? false}
        className={className}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPlace({ x: box.left, y: box.bottom + 4 })
        }}
      >
        {icon}
      </IconButton>
      <Presence>
        {place && <Menu label={label} place={place} entries={entries} head={head} onClose={() => setPlace(null)} />}
      </Presence>
    </>
  )
}
