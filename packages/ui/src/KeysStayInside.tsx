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

const stop = (event: KeyboardEvent) => event.stopPropagation()
