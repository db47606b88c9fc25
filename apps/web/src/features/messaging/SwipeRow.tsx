import { Button } from '@heyi/ui/Button'
import type { MenuEntry } from '@heyi/ui/Menu'
import { type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './SwipeRow.module.css'

/** Less is a finger that trembles. */
const slopPx = 8

interface Props {
  label: string
  actions: () => MenuEntry[]
  children: ReactNode
}

/** A finger draws the row to the left; at its end lies what can be done with it. Up and down still scrolls the list. */
export function SwipeRow({ label, actions, children }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const press = useRef<{ x: number; y: number; from: number; drawn: boolean } | null>(null)
  const [shift, setShift] = useState(0)
  const [drawn, setDrawn] = useState(false)
  // Most rows are never drawn; the buttons of one that was stay, so that it shuts over them.
  const [used, setUsed] = useState(false)
  const open = shift !== 0 && !drawn
  useEffect(() => {
    if (!open) return
    const elsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && root.current?.contains(target))) setShift(0)
    }
    document.addEventListener('pointerdown', elsewhere, true)
    return () => document.removeEventListener('pointerdown', elsewhere, true)
  }, [open])
  const onPointerDown = ({ pointerType, isPrimary, clientX, clientY }: PointerEvent) => {
    const finger = pointerType === 'touch' && isPrimary
    press.current = finger ? { x: clientX, y: clientY, from: shift, drawn: false } : null
  }
  const onPointerMove = ({ isPrimary, clientX, clientY }: PointerEvent) => {
    const now = press.current
    if (!now || !isPrimary) return
    const [across, down] = [clientX - now.x, clientY - now.y]
    if (!now.drawn && (Math.abs(across) < slopPx || Math.abs(across) < Math.abs(down))) return
    now.drawn = true
    setUsed(true)
    setDrawn(true)
    setShift(Math.max(-widthOf(end.current), Math.min(0, now.from + across)))
  }
  const settle = (isOpen: boolean) => {
    setDrawn(false)
    setShift(isOpen ? -widthOf(end.current) : 0)
  }
  const onPointerUp = ({ clientX }: PointerEvent) => {
    const now = press.current
    if (!now) return
    // A tap shuts it; here, for a browser gives no click soon after a quick draw.
    if (!now.drawn) return settle(false)
    const third = widthOf(end.current) / 3
    settle(now.from === 0 ? clientX - now.x < -third : clientX - now.x < third)
  }
  // What drew the row or shut it opens nothing.
  const onClick = (event: MouseEvent) => {
    const now = press.current
    press.current = null
    const byKey = event.detail === 0
    if (byKey || !now || (!now.drawn && now.from === 0)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={root} className={styles.swipe} data-drawn={drawn || undefined} data-open={open || undefined}>
      <div
        className={styles.front}
        style={{ translate: shift === 0 ? undefined : `${shift}px` }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          press.current = null
          settle(false)
        }}
        onClickCapture={onClick}
      >
        {children}
      </div>
      {used && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
        <div ref={end} className={styles.end} role="group" aria-label={label}>
          {actions().map(
            (entry) =>
              entry !== 'line' && (
                <Button
                  key={entry.label}
                  look="ghost"
                  icon={entry.icon}
                  className={styles.action}
                  onPress={() => {
                    setShift(0)
                    entry.onSelect()
                  }}
                >
                  <span>{entry.label}</span>
                </Button>
              ),
          )}
        </div>
      )}
    </div>
  )
}

const widthOf = (element: HTMLElement | null) => element?.offsetWidth ?? 0
