import type { ComponentProps, ReactNode } from 'react'
import { Focusable } from 'react-aria-components/Focusable'
import { Popover } from 'react-aria-components/Popover'
import { PreviewTrigger } from 'react-aria-components/PreviewTrigger'
import styles from './HoverCard.module.css'

/** DESIGN section 6: long enough not to open under a pointer that only passes. */
const delayMs = 400

interface HoverCardProps {
  label: string
  card: ReactNode
  /** One element that takes the focus, such as a link or a button. */
  children: ComponentProps<typeof Focusable>['children']
}

/** A card about what the pointer rests on; by keyboard focus and a long press too. What it says must stand elsewhere too. */
export function HoverCard({ label, card, children }: HoverCardProps) {
  return (
    <PreviewTrigger delay={delayMs}>
      <Focusable>{children}</Focusable>
      <Popover
        aria-label={label}
        placement="bottom start"
        offset={6}
        containerPadding={8}
        className={styles.card ?? ''}
      >
        {card}
      </Popover>
    </PreviewTrigger>
  )
}
