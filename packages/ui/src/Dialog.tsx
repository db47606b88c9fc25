import { X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from './Button'
import styles from './Dialog.module.css'
import { useWords } from './words'

interface DialogProps {
  title: string
  onClose: () => void
  children?: ReactNode
  footer?: ReactNode
  /** Makes the dialog one form: Enter submits, the footer's submit button fires it. */
  onSubmit?: () => void
  size?: 's' | 'm' | 'l'
  /** `alertdialog` for a question that stops the work. */
  role?: 'alertdialog'
  closable?: boolean
}

/**
 * A modal on the native `<dialog>`: the browser traps focus, makes the rest inert and gives focus back on close. Key
 * presses stop here, so that a list underneath does not hear them through the React tree.
 */
export function Dialog({ title, onClose, children, footer, onSubmit, size = 'm', role, closable = true }: DialogProps) {
  const words = useWords()
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useModal(ref)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  const inner = (
    <>
      <div className={styles.body}>{children}</div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </>
  )
  return createPortal(
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={titleId}
      className={[styles.dialog, styles[size]].join(' ')}
      onKeyDown={stop}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClose={() => {
        // The browser may close it despite `cancel` (Escape pressed twice).
        if (ref.current && !ref.current.open) onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current && !role) onClose()
      }}
    >
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
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
    </dialog>,
    document.body,
  )
}

const stop = (event: KeyboardEvent) => event.stopPropagation()

/** Opens the dialog as modal while mounted; closing before removal lets the browser return the focus. */
export function useModal(ref: { current: HTMLDialogElement | null }) {
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      // The browser would choose the first button; who opens a form wants to type.
      dialog.querySelector<HTMLElement>('[data-first]')?.focus()
    }
    return () => dialog?.close()
  }, [ref])
}
