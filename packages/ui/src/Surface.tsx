import type { ReactNode } from 'react'
import { Popover, type PopoverProps } from 'react-aria-components/Popover'
import { cx } from './cx'
import { KeysStayInside } from './KeysStayInside'
import { Stay, useIsOpen } from './Presence'
import styles from './Surface.module.css'

interface SurfaceProps extends Pick<PopoverProps, 'placement' | 'offset' | 'getTargetRect' | 'triggerRef'> {
  label: string
  /** Left out below a trigger of React Aria, which knows itself whether it is open. */
  onClose?: () => void
  className?: string | undefined
  children: ReactNode
}

/** What floats over the page: beside its trigger, or, by style alone, a sheet from the bottom on the phone. */
export function Surface({ label, onClose, className, children, ...place }: SurfaceProps) {
  const isOpen = useIsOpen()
  const open = onClose && { isOpen, onOpenChange: (next: boolean) => next || onClose() }
  return (
    <KeysStayInside>
      <Popover {...open} {...place} aria-label={label} containerPadding={8} className={cx(styles.surface, className)}>
        <Stay />
        {children}
      </Popover>
    </KeysStayInside>
  )
}
