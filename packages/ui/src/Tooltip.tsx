import type { ReactNode } from 'react'
import { Focusable } from 'react-aria-components/Focusable'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import styles from './Tooltip.module.css'

/** Long enough that a pointer on its way sets nothing off; the next tooltip of a row then comes at once. */
const delayMs = 600

/** A few words over a button of this package, after a moment of hovering or at once by keyboard focus. */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={delayMs} closeDelay={100}>
      {children}
      <AriaTooltip className={styles.tooltip ?? ''} offset={6} containerPadding={8}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  )
}

/** The same on any other element that takes the focus. */
export function Tooltip({
  text,
  children,
}: {
  text: string
  children: React.ComponentProps<typeof Focusable>['children']
}) {
  return (
    <Tip text={text}>
      <Focusable>{children}</Focusable>
    </Tip>
  )
}
