import type { Message } from '@heyi/contract/messaging'
import { Presence } from '@heyi/ui/Presence'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './EditedMark.module.css'

const EditsDialog = lazy(() => import('./EditsDialog').then((module) => ({ default: module.EditsDialog })))

/** That a text was put right; leads to what it said before. */
export function EditedMark({ conversation, message }: { conversation: string; message: Message }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!message.editedAt || message.kind !== 'text') return null
  return (
    <>
      <button type="button" className={styles.mark} onClick={() => setOpen(true)}>
        {t('edit.edited')}
      </button>
      <Presence>
        {open && (
          <Suspense fallback={null}>
            <EditsDialog conversation={conversation} message={message} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </Presence>
    </>
  )
}
