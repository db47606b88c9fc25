import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import { Popover } from 'react-aria-components/Popover'
import styles from './HoverCard.module.css'

/** DESIGN section 6: long enough not to open under a pointer that only passes, and for the way to the card. */
const delayMs = { open: 400, close: 200 }

/** What the element takes that the card is about; it may be a link, a button, or words inside one. */
interface Trigger {
  ref: (element: HTMLElement | null) => void
  onPointerMove: (event: PointerEvent) => void
  onPointerLeave: () => void
  onPointerDown: () => void
  onFocus: (event: FocusEvent<HTMLElement>) => void
  onBlur: (event: FocusEvent) => void
  onKeyDown: (event: KeyboardEvent) => void
}

interface HoverCardProps {
  label: () => string
  card: (close: () => void) => ReactNode
  children: (trigger: Trigger, open: boolean) => ReactNode
}

/** One card is open at a time: how to close it. */
let closeOpen: (() => void) | null = null

/**
 * A card about what the pointer rests on or the keyboard has come to. Tab goes into it, Escape closes it; fingers get
 * none, so what it says and does must stand elsewhere too. Made by hand, for React Aria's own costs every name of a long
 * list what only the one that opens needs: here nothing is made and asked for before.
 */
export function HoverCard({ label, card, children }: HoverCardProps) {
  const trigger = useRef<HTMLElement>(null)
  const surface = useRef<HTMLElement>(null)
  /** Where the focus was as it opened. */
  const before = useRef<Element>(null)
  const next = useRef<{ deed: keyof typeof delayMs; timer: ReturnType<typeof setTimeout> }>(null)
  const [state, setState] = useState<'new' | 'open' | 'closed'>('new')
  const stay = () => {
    clearTimeout(next.current?.timer)
    next.current = null
  }
  const [close] = useState(() => () => {
    stay()
    if (closeOpen !== close) return
    closeOpen = null
    if (surface.current?.contains(document.activeElement) && before.current instanceof HTMLElement)
      before.current.focus()
    setState('closed')
  })
  const open = () => {
    // A virtual list may have taken it away meanwhile.
    if (!trigger.current?.isConnected) return
    closeOpen?.()
    closeOpen = close
    before.current = document.activeElement
    setState('open')
  }
  const later = (deed: keyof typeof delayMs) => {
    if (next.current?.deed === deed) return
    stay()
    const isOpen = closeOpen === close
    if (isOpen === (deed === 'open')) return
    const act = () => {
      next.current = null
      if (deed === 'open') open()
      else close()
    }
    next.current = { deed, timer: setTimeout(act, delayMs[deed]) }
  }
  const leave = () => {
    // Keys that are at work here keep it.
    const isKept = trigger.current?.matches(':focus-visible') || surface.current?.querySelector(':focus-visible')
    if (!isKept) later('close')
  }
  const isInCard = (target: EventTarget | null) =>
    target instanceof Node && (surface.current?.contains(target) ?? false)
  const move = ({ target }: Event) => {
    if (isInCard(target) || (target instanceof Node && trigger.current?.contains(target))) stay()
    else leave()
  }
  return (
    <>
      {children(
        {
          ref: (element) => {
            trigger.current = element
          },
          // Not entering: what scrolls under a pointer that lies still opens nothing.
          onPointerMove: ({ pointerType }) => {
            if (pointerType !== 'touch') later('open')
          },
          onPointerLeave: leave,
          onPointerDown: close,
          onFocus: ({ currentTarget, relatedTarget }) => {
            if (currentTarget.matches(':focus-visible') && !isInCard(relatedTarget)) later('open')
          },
          onBlur: ({ relatedTarget }) => {
            if (!isInCard(relatedTarget)) close()
          },
          onKeyDown: (event) => {
            const first = surface.current?.querySelector<HTMLElement>('a[href], button:not(:disabled)')
            if (event.key !== 'Tab' || event.shiftKey || !first) return
            event.preventDefault()
            first.focus()
          },
        },
        state === 'open',
      )}
      {state !== 'new' && (
        <Popover
          ref={surface}
          // By this React Aria knows a dialog that does not hold the focus.
          trigger="PreviewTrigger"
          isNonModal
          triggerRef={trigger}
          isOpen={state === 'open'}
          onOpenChange={(isOpen) => isOpen || close()}
          aria-label={label()}
          placement="bottom start"
          offset={6}
          containerPadding={8}
          className={styles.card ?? ''}
        >
          {state === 'open' && <WhileOpen onEscape={close} onMove={move} />}
          {card(close)}
        </Popover>
      )}
    </>
  )
}

/**
 * Hears what happens anywhere: Escape, for the pointer that opened the card may be far from the focus; and where the
 * pointer goes, for one that leaves a button which vanishes under it is said to leave nothing.
 */
function WhileOpen({ onEscape, onMove }: { onEscape: () => void; onMove: (event: Event) => void }) {
  const latest = useRef({ onEscape, onMove })
  useEffect(() => {
    latest.current = { onEscape, onMove }
  })
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const hear = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      latest.current.onEscape()
    }
    window.addEventListener('keydown', hear, { capture: true, signal })
    window.addEventListener('pointermove', (event) => latest.current.onMove(event), { capture: true, signal })
    return () => abort.abort()
  }, [])
  return null
}
