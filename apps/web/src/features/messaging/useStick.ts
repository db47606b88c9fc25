import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useMyId } from '../../app/data'
import { messagesOf, type Row } from './rows'

/** This close to the end counts as being there, in pixels. */
const near = 48
/** So long a jump away from the end may take before it has left it. */
const leavingMs = 1_000

/**
 * Keeps a chat at its end while the reader is there, whatever grows: new rows, measured heights, the composer, the
 * keyboard of a phone. Scrolling up lets go, and from then on others' messages are counted. Rows that do not end with the
 * newest message (`toNewest` is false) have no end to be at.
 */
export function useStick(
  scroller: RefObject<HTMLDivElement | null>,
  rows: Row[],
  { toNewest, stretch }: { toNewest: boolean; stretch: number },
) {
  const me = useMyId()
  const [stuck, setStuck] = useState(true)
  const held = useRef(true)
  const last = useRef({ top: 0, height: 0 })
  const leavingUntil = useRef(0)
  const seen = useRef(0)
  const set = useCallback((next: boolean) => {
    held.current = next
    setStuck(next)
  }, [])
  const down = useCallback(() => {
    const box = scroller.current
    if (!box) return
    box.scrollTop = box.scrollHeight
    // A row that shrank and one that came are one scroll event: only what moved up from here was moved by the reader.
    last.current = { top: box.scrollTop, height: box.scrollHeight }
  }, [scroller])

  const onScroll = useCallback(() => {
    const box = scroller.current
    if (!box) return
    const left = box.scrollHeight - box.scrollTop - box.clientHeight
    // Only moving up lets go: growth above the view or below it must not, nor that there is less of it.
    if (left >= near) leavingUntil.current = 0
    if (left < near && toNewest && performance.now() > leavingUntil.current) set(true)
    else if (box.scrollTop < last.current.top - 2 && box.scrollHeight >= last.current.height) set(false)
    last.current = { top: box.scrollTop, height: box.scrollHeight }
  }, [scroller, set, toNewest])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are the reason
  useLayoutEffect(() => {
    if (held.current) down()
  }, [rows, down])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stretch is drawn in other elements
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const observer = new ResizeObserver(() => {
      if (held.current) down()
    })
    observer.observe(box)
    for (const child of box.children) observer.observe(child)
    return () => observer.disconnect()
  }, [scroller, down, stretch])

  const newest = rows.findLast((row) => row.kind === 'message')
  const lastSeq = (newest && messagesOf(newest).at(-1)?.object.seq) ?? 0
  useEffect(() => {
    if (stuck && toNewest) seen.current = lastSeq
  }, [stuck, toNewest, lastSeq])
  const missed = stuck || !toNewest ? 0 : countMissed(rows, seen.current, me)
  return {
    stuck,
    missed,
    onScroll,
    toEnd: useCallback(() => {
      leavingUntil.current = 0
      set(true)
      down()
      // Rows near the end are measured only now that they are drawn.
      requestAnimationFrame(down)
    }, [set, down]),
    /** For a jump: scrolling that was under way does not take it back. */
    release: useCallback(() => {
      leavingUntil.current = performance.now() + leavingMs
      set(false)
    }, [set]),
  }
}

/** Messages of others behind the place that was seen last; from the end, for that is where they are. */
function countMissed(rows: Row[], seen: number, me: string): number {
  let count = 0
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]
    if (row?.kind !== 'message') continue
    const missed = messagesOf(row).filter(({ object }) => object.seq > seen)
    if (missed.length === 0) break
    count += missed.filter(({ object }) => object.sender !== me).length
  }
  return count
}
