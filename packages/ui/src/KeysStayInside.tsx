import type { KeyboardEvent, ReactNode } from 'react'

/** Around an overlay: the list underneath would hear its keys through the React tree. Draws no box of its own. */
export function KeysStayInside({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only ends what bubbles
    <div role="presentation" style={{ display: 'contents' }} onKeyDown={stop}>
      {children}
    </div>
  )
}

// Tab goes on: React Aria hears it at the document, and keeps the focus inside by it.
const stop = (event: KeyboardEvent) => {
  if (event.key !== 'Tab') event.stopPropagation()
}
