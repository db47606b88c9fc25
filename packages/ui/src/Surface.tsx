import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Popover, type PopoverProps } from 'react-aria-components/Popover'
import { cx } from './cx'
import { KeysStayInside } from './KeysStayInside'
import styles from './Surface.module.css'
import { usePhone } from './usePhone'

interface SurfaceProps extends Pick<PopoverProps, 'placement' | 'offset' | 'getTargetRect' | 'triggerRef'> {
  label: string
  /** Left out below a trigger of React Aria, which knows itself whether it is open. */
  open?: { isOpen: boolean; onOpenChange: (open: boolean) => void }
  className?: string | undefined
  children: ReactNode
}

/** What floats over the page: beside its trigger, or a sheet from the bottom on the phone. */
export function Surface({ label, open, className, children, ...place }: SurfaceProps) {
  const phone = usePhone()
  return (
    <KeysStayInside>
      {phone ? (
        <ModalOverlay {...open} isDismissable className={styles.scrim ?? ''}>
          <Modal className={cx(styles.sheet, className)}>
            <Dialog aria-label={label} className={styles.inside ?? ''}>
              {children}
            </Dialog>
          </Modal>
        </ModalOverlay>
      ) : (
        <Popover {...open} {...place} aria-label={label} containerPadding={8} className={cx(styles.popover, className)}>
          {children}
        </Popover>
      )}
    </KeysStayInside>
  )
}
