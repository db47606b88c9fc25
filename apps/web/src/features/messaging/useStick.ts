import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useMyId } from '../../app/data'
import { messagesOf, type Row } from './rows'

/** This close to the end counts as being there, in pixels. */
const near = 48

/**
 * Keeps a chat at its end while the reader is there, whatever grows: new rows, measured heights, the composer, the
 * keyboard of a phone. Scrolling up lets go, and from then on others' messages are counted.
 */
export function useStick(scroller: RefObject<HTMLDivElement | null>, rows: Row[]) {
  const me = useMyId()
  const [stuck, setStuck] = useState(true)
  const held = useRef(true)
  const lastTop = useRef(0)
  const seen = useRef(0)
  const set = useCallback((next: boolean) => {
    held.current = next
    setStuck(next)
  }, [])
  const down = useCallback(() => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }, [scroller])

  const onScroll = useCallback(() => {
    const box = scroller.current
    if (!box) return
    const left = box.scrollHeight - box.scrollTop - box.clientHeight
    // Only moving up lets go: growth above the view or below it must not.
    if (left < near) set(true)
    else if (box.scrollTop < lastTop.current - 2) set(false)
    lastTop.current = box.scrollTop
  }, [scroller, set])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are the reason
  useLayoutEffect(() => {
    if (held.current) down()
  }, [rows, down])
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const observer = new ResizeObserver(() => {
      if (held.current) down()
    })
    observer.observe(box)
    for (const child of box.children) observer.observe(child)
    return () => observer.disconnect()
  }, [scroller, down])

  const lastSeq = rows.reduce((most, row) => Math.max(most, messagesOf(row).at(-1)?.object.seq ?? 0), 0)
  useEffect(() => {
    if (stuck) seen.current = lastSeq
  }, [stuck, lastSeq])
  const missed = stuck
    ? 0
    : rows.flatMap(messagesOf).filter(({ object }) => object.seq > seen.current && object.sender !== me).length
  return {
    stuck,
    missed,
    onScroll,
    toEnd: useCallback(() => {
      set(true)
      down()
      // Rows near the end are measured only now that they are drawn.
      requestAnimationFrame(down)
    }, [set, down]),
    release: useCallback(() => set(false), [set]),
  }
}
