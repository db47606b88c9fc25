import { X } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Button, IconButton } from './Button'
import { cx } from './cx'
import styles from './Dialog.module.css'
import { KeysStayInside } from './KeysStayInside'
import { Stay, useIsOpen } from './Presence'
import { useWords } from './words'

interface DialogProps {
  title: string
  onClose: () => void
  children?: ReactNode
  footer?: ReactNode
  /** Makes the dialog one form: Enter submits, the footer's submit button fires it. */
  onSubmit?: () => void
  size?: 's' | 'm' | 'l'
  /** `alertdialog` for a question that stops the work; a press outside does not close it. */
  role?: 'alertdialog'
  closable?: boolean
}

/**
 * A modal: the focus stays inside, the rest is out of reach, and on closing the focus goes back. It starts at the
 * element with `data-first`, else at the dialog itself.
 */
export function Dialog({ title, onClose, children, footer, onSubmit, size = 'm', role, closable = true }: DialogProps) {
  const words = useWords()
  const isOpen = useIsOpen()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  const inner = (
    <>
      <Body>{children}</Body>
      {footer && <div className={styles.footer}>{footer}</div>}
    </>
  )
  return (
    <KeysStayInside>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={(open) => open || onClose()}
        isDismissable={!role}
        className={styles.scrim ?? ''}
      >
        <Modal className={cx(styles.dialog, styles[size])}>
          <AriaDialog role={role ?? 'dialog'} className={styles.inside ?? ''}>
            <Stay />
            <FirstFocus />
            <header className={styles.header}>
              <Heading slot="title" level={2} className={styles.title ?? ''}>
                {title}
              </Heading>
              {closable && !role && (
                <IconButton label={words.close} onClick={onClose}>
                  <X size={18} />
                </IconButton>
              )}
            </header>
            {onSubmit ? (
              <form onSubmit={submit} className={styles.form} noValidate>
                {inner}
              </form>
            ) : (
              inner
            )}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </KeysStayInside>
  )
}

interface FormDialogProps extends Pick<DialogProps, 'title' | 'onClose' | 'size' | 'children'> {
  /** What its one button says. */
  submit: string
  onSubmit: () => void
  busy?: boolean
  /** Something is missing yet. */
  disabled?: boolean
  /** Another way out, beside the button. */
  aside?: ReactNode
}

/** A form that ends with one button. Enter presses it too; nothing is submitted while it is busy or disabled. */
export function FormDialog({ submit, onSubmit, busy = false, disabled = false, aside, ...dialog }: FormDialogProps) {
  return (
    <Dialog
      {...dialog}
      onSubmit={() => {
        if (!busy && !disabled) onSubmit()
      }}
      footer={
        <>
          {aside}
          <Button type="submit" look="primary" size="l" busy={busy} disabled={disabled}>
            {submit}
          </Button>
        </>
      }
    />
  )
}

const reachable = 'a[href], button, input, select, textarea, [tabindex]'

/** What is longer than the window can be scrolled by keys, also where nothing in it takes the focus. */
function Body({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const [alone, setAlone] = useState(false)
  useLayoutEffect(() => {
    const body = ref.current
    if (!body) return
    const look = () => setAlone(body.scrollHeight > body.clientHeight && !body.querySelector(reachable))
    const observer = new ResizeObserver(look)
    observer.observe(body)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={ref} className={styles.body} tabIndex={alone ? 0 : undefined}>
      {children}
    </div>
  )
}

interface BareDialogProps {
  label: string
  onClose: () => void
  /**
   * `full` over the whole window, such as for looking at a picture; `top` near its upper edge, such as for finding;
   * `sheet` in the middle, and from the bottom on the phone.
   */
  place: 'full' | 'top' | 'sheet'
  /** Keys that nothing inside has used, also while the focus is on the whole. */
  onKeyDown?: (event: KeyboardEvent) => void
  className?: string | undefined
  children: ReactNode
}

/** A modal without a head of its own. */
export function BareDialog({ label, onClose, place, onKeyDown, className, children }: BareDialogProps) {
  const isOpen = useIsOpen()
  const kinds = {
    full: styles.full,
    top: cx(styles.dialog, styles.l, styles.top),
    sheet: cx(styles.dialog, styles.sheet),
  }
  return (
    <KeysStayInside>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={(open) => open || onClose()}
        isDismissable={place !== 'full'}
        className={styles.scrim ?? ''}
      >
        <Modal className={kinds[place] ?? ''}>
          <AriaDialog aria-label={label} className={cx(styles.inside, className)}>
            <Stay />
            {onKeyDown && <HearKeys onKeyDown={onKeyDown} />}
            {children}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </KeysStayInside>
  )
}

/** React Aria lets no listener for keys through to the dialog’s element, so it is put there by hand. */
function HearKeys({ onKeyDown }: { onKeyDown: (event: KeyboardEvent) => void }) {
  const ref = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const dialog = ref.current?.closest<HTMLElement>('[role=dialog]')
    dialog?.addEventListener('keydown', onKeyDown)
    return () => dialog?.removeEventListener('keydown', onKeyDown)
  }, [onKeyDown])
  return <span ref={ref} hidden />
}

/** Before React Aria looks where the focus is, so that it leaves it there. */
function FirstFocus() {
  const ref = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    ref.current?.closest('[role$=dialog]')?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [])
  return <span ref={ref} hidden />
}
