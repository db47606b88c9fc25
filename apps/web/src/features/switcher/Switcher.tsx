import { useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { pressed } from '../../app/keyboard'
import styles from './Switcher.module.css'
import { SwitcherPanel } from './SwitcherPanel'

/** The switcher over whatever is on screen. */
export function Switcher({ start, onClose }: { start: string; onClose: () => void }) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    // Closed before it is taken away, so that the browser gives the focus back.
    return () => dialog?.close()
  }, [])
  return createPortal(
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-label={t('switcher.title')}
      onKeyDown={(event) => {
        if (pressed(event, 'switcher') < 0) return
        event.preventDefault()
        onClose()
      }}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      <SwitcherPanel start={start} onDone={onClose} />
    </dialog>,
    document.body,
  )
}
