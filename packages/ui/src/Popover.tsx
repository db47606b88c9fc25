import type { ReactNode } from 'react'
import { DialogTrigger } from 'react-aria-components/Dialog'
import type { PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover'
import styles from './Popover.module.css'
import { Surface } from './Surface'

interface PopoverProps {
  label: string
  /** A button of this package. */
  trigger: ReactNode
  placement?: NonNullable<AriaPopoverProps['placement']>
  children: ReactNode
}

/** Something to read or do beside the button that opens it; a sheet from the bottom on the phone. */
export function Popover({ label, trigger, placement = 'bottom start', children }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <Surface label={label} placement={placement} offset={4} className={styles.popover}>
        {children}
      </Surface>
    </DialogTrigger>
  )
}
