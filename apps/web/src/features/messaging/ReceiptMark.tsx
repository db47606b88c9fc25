import type { Message } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { CircleCheck, EyeOff } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'
import { useFormat } from '../../app/format'
import styles from './ReceiptMark.module.css'

const ReceiptDialog = lazy(() => import('./ReceiptDialog').then((module) => ({ default: module.ReceiptDialog })))

interface Props {
  conversation: string
  message: Message
  mine: boolean
}

/** Below a message that asks for a receipt: to its sender how far it has come, to others the button, or when they pressed it. */
export function ReceiptMark({ conversation, message, mine }: Props) {
  return mine ? (
    <Progress conversation={conversation} message={message} />
  ) : (
    <Answer conversation={conversation} message={message} />
  )
}

function Progress({ conversation, message }: Omit<Props, 'mine'>) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const progress = useHeyi((client) => client.receipt(conversation, message.seq))?.progress
  // It keeps its height while it is asked for: nothing moves.
  if (!progress) return <div className={styles.mark} />
  const { confirmed, total } = progress
  const byTap = message.receipt === 'tap'
  const all = total > 0 && confirmed >= total
  const state = all
    ? t(byTap ? 'receipt.allTap' : 'receipt.allOpen')
    : t(byTap ? 'receipt.someTap' : 'receipt.someOpen', { confirmed, total })
  return (
    <>
      <button
        type="button"
        className={[styles.mark, styles.progress].join(' ')}
        aria-label={t('receipt.details', { state })}
        onClick={() => setOpen(true)}
      >
        {all ? <CircleCheck size={14} className={styles.all} /> : <Ring share={total === 0 ? 0 : confirmed / total} />}
        <span className="num">{state}</span>
      </button>
      <Presence>
        {open && (
          <Suspense fallback={null}>
            <ReceiptDialog
              conversation={conversation}
              seq={message.seq}
              byTap={byTap}
              progress={progress}
              onClose={() => setOpen(false)}
            />
          </Suspense>
        )}
      </Presence>
    </>
  )
}

const around = 2 * Math.PI * 5.5

function Ring({ share }: { share: number }) {
  return (
    <svg className={styles.ring} width={14} height={14} viewBox="0 0 14 14" aria-hidden="true">
      <circle cx={7} cy={7} r={5.5} />
      <circle cx={7} cy={7} r={5.5} strokeDasharray={around} strokeDashoffset={around * (1 - share)} />
    </svg>
  )
}

function Answer({ conversation, message }: Omit<Props, 'mine'>) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [, run] = useAction()
  const receipt = useHeyi((held) => held.receipt(conversation, message.seq))
  if (!receipt) return <div className={styles.mark} />
  if (!receipt.asked) return null
  if (receipt.confirmedAt) {
    const time = format.time(receipt.confirmedAt)
    return (
      <div className={styles.mark}>
        <CircleCheck size={14} className={styles.all} />
        {t(message.receipt === 'tap' ? 'receipt.confirmedAt' : 'receipt.opened', { time })}
      </div>
    )
  }
  if (message.receipt === 'open') return null
  return (
    <Button
      look="soft"
      className={styles.confirm}
      onClick={() => void run(() => client.confirmReceipt(conversation, message.seq))}
    >
      {t('receipt.confirm')}
    </Button>
  )
}

/** A message of which opening counts stays closed, and says so, until its reader decides to open it. */
export function Covered({ conversation, message, mine, children }: Props & { children: ReactNode }) {
  if (mine || message.receipt !== 'open') return children
  return (
    <Cover conversation={conversation} message={message}>
      {children}
    </Cover>
  )
}

function Cover({ conversation, message, children }: Omit<Props, 'mine'> & { children: ReactNode }) {
  const { t } = useTranslation()
  const client = useClient()
  const [, run] = useAction()
  const receipt = useHeyi((held) => held.receipt(conversation, message.seq))
  if (receipt && (!receipt.asked || receipt.confirmedAt)) return children
  return (
    <div className={styles.cover}>
      <EyeOff size={18} aria-hidden="true" />
      <span>
        <strong>{t('receipt.cover')}</strong>
        <small>{t('receipt.coverText')}</small>
      </span>
      <Button
        data-open
        disabled={!receipt}
        onClick={() => void run(() => client.confirmReceipt(conversation, message.seq))}
      >
        {t('receipt.openIt')}
      </Button>
    </div>
  )
}
