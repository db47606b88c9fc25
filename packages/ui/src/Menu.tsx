import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from './Button'
import { useModal } from './Dialog'
import styles from './Menu.module.css'

interface MenuItem {
  label: string
  icon?: ReactNode
  onSelect: () => void
  danger?: boolean
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

/** A menu at a point; a sheet from the bottom on the phone. Arrow keys move, Escape and a press outside close. */
export function Menu({ label, place, entries, onClose, head }: MenuProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const [at, setAt] = useState(place)
  useModal(ref)
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect()
    if (!box) return
    // Kept inside the window with a margin of 8 px.
    const x = Math.max(8, Math.min(place.x, window.innerWidth - box.width - 8))
    const y = Math.max(8, Math.min(place.y, window.innerHeight - box.height - 8))
    setAt({ x, y })
    ref.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
  }, [place])

  const move = (event: KeyboardEvent) => {
    event.stopPropagation()
    const items = [...(ref.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
    const now = items.indexOf(document.activeElement as HTMLElement)
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key]
    if (event.key === 'Tab') onClose()
    if (next === undefined) return
    event.preventDefault()
    items[(next + items.length) % items.length]?.focus()
  }
  return createPortal(
    <dialog
      ref={ref}
      className={styles.menu}
      style={{ left: at.x, top: at.y }}
      aria-label={label}
      onKeyDown={move}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div className={styles.inner}>
        {head}
        <div role="menu" aria-label={label}>
          {entries.map((entry, index) =>
            entry === 'line' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
              <hr key={index} className={styles.line} />
            ) : (
              <button
                key={entry.label}
                type="button"
                role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
                {...(entry.checked !== undefined && { 'aria-checked': entry.checked })}
                tabIndex={-1}
                className={[styles.item, entry.danger && styles.danger].filter(Boolean).join(' ')}
                onClick={() => {
                  // Closed first, so that focus is back before a dialog opened by the choice takes it.
                  ref.current?.close()
                  onClose()
                  entry.onSelect()
                }}
              >
                {entry.icon}
                <span>{entry.label}</span>
                {entry.checked && <Check size={16} className={styles.check} />}
              </button>
            ),
          )}
        </div>
      </div>
    </dialog>,
    document.body,
  )
}

interface MenuButtonProps {
  label: string
  icon: ReactNode
  entries: MenuEntry[]
  className?: string | undefined
  head?: ReactNode
  small?: boolean
}

/** A button that opens a menu under itself. */
export function MenuButton({ label, icon, entries, className, head, small }: MenuButtonProps) {
  const [place, setPlace] = useState<MenuPlace | null>(null)
  return (
    <>
      <IconButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        small={small ?? false}
        className={className}
        onClick={(event) => {
          event.stopPropagation()
          const box = event.currentTarget.getBoundingClientRect()
          setPlace({ x: box.left, y: box.bottom + 4 })
        }}
      >
        {icon}
      </IconButton>
      {place && <Menu label={label} place={place} entries={entries} head={head} onClose={() => setPlace(null)} />}
    </>
  )
}
