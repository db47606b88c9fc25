import { Button } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { CircleCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'
import styles from './GroupNoticeReceipt.module.css'

const ReceiptDialog = lazy(() => import('./ReceiptDialog').then((module) => ({ default: module.ReceiptDialog })))

/** Below a group's notice that asks to be confirmed: a button for members, for whoever asks how far it has come. */
export function GroupNoticeReceipt({ conversation, seq }: { conversation: string; seq: number }) {
  const { t } = useTranslation()
  const client = useClient()
  const [busy, run] = useAction()
  const [open, setOpen] = useState(false)
  const receipt = useHeyi((held) => held.receipt(conversation, seq))
  if (!receipt) return null
  const { progress, asked, confirmedAt } = receipt
  if (progress)
    return (
      <>
        <Button look="soft" onClick={() => setOpen(true)}>
          {t('notices.group.progress', { confirmed: progress.confirmed, total: progress.total })}
        </Button>
        <Presence>
          {open && (
            <Suspense fallback={null}>
              <ReceiptDialog
                conversation={conversation}
                seq={seq}
                byTap
                progress={progress}
                onClose={() => setOpen(false)}
              />
            </Suspense>
          )}
        </Presence>
      </>
    )
  if (confirmedAt)
    return (
      <span className={styles.done}>
        <CircleCheck size={16} aria-hidden="true" />
        {t('receipt.confirmed')}
      </span>
    )
  if (!asked) return null
  return (
    <Button
      size="s"
      look="primary"
      busy={busy}
      onClick={() => void run(() => client.confirmReceipt(conversation, seq))}
    >
      {t('receipt.confirm')}
    </Button>
  )
}
