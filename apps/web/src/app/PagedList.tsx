import { Skeleton } from '@heyi/ui/Skeleton'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { type CustomItemComponentProps, VList, type VListHandle } from 'virtua'
import type { Pages } from './data'
import { errorMessage } from './errors'

/** The next page is asked for when the end is this near, in pixels. */
const ahead = 600

interface Props<T> {
  pages: Pages<T>
  /** What stands there when there is nothing. */
  none: ReactNode
  /** What stands there until something has come. */
  skeleton?: ReactNode
  /** What is shown answers no longer to what is asked. */
  stale?: boolean
  /** Gives it its height. */
  className: string | undefined
  children: (item: T) => ReactElement
}

/** A list that scrolls in a place of its own, and brings its pages as it is scrolled. */
export function PagedList<T>({ pages, none, skeleton = <Skeleton rows={4} />, stale, className, children }: Props<T>) {
  const list = useRef<VListHandle>(null)
  const { items, loading, error, done } = pages
  const onScroll = () => {
    const box = list.current
    if (box && box.scrollSize - box.scrollOffset - box.viewportSize < ahead) pages.more()
  }
  return (
    <div className={className} aria-busy={loading || stale}>
      {items.length === 0 && loading && skeleton}
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
      {items.length === 0 && done && none}
      {items.length > 0 && (
        <VList ref={list} role="list" item={Item} data={items} onScroll={onScroll}>
          {children}
        </VList>
      )}
    </div>
  )
}

function Item({ ref, style, children }: CustomItemComponentProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the list is a viewport, not a <ul>
    <div ref={ref} role="listitem" style={style}>
      {children}
    </div>
  )
}
