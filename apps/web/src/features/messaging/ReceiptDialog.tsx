import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Progress } from '@heyi/ui/Progress'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tabs } from '@heyi/ui/Tabs'
import { toast } from '@heyi/ui/toast'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VList, type VListHandle } from 'virtua'
import { useAction, useClient, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { LadderReport } from './LadderReport'
import styles from './ReceiptDialog.module.css'

interface Props {
  conversation: string
  seq: number
  byTap: boolean
  progress: { confirmed: number; total: number }
  onClose: () => void
}

/** Who has confirmed a message of mine and who has not, with a way to remind the rest. */
export function ReceiptDialog({ conversation, seq, byTap, progress, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [busy, run] = useAction()
  const { confirmed, total } = progress
  const rest = Math.max(0, total - confirmed)
  const [tab, setTab] = useState<'yes' | 'no'>(rest > 0 ? 'no' : 'yes')
  const remind = () =>
    void run(async () => {
      const { reminded, resting } = await client.call('messaging.remindReceipt', { conversation, seq })
      toast(
        resting > 0
          ? t('receipt.remindedResting', { count: reminded, resting })
          : t('receipt.reminded', { count: reminded }),
      )
    })
  return (
    <Dialog
      title={t('receipt.title')}
      onClose={onClose}
      footer={
        rest > 0 && (
          <Button look="primary" size="l" busy={busy} onClick={remind}>
            {t('receipt.remind', { count: rest })}
          </Button>
        )
      }
    >
      <Progress
        bare
        label={t(byTap ? 'receipt.someTap' : 'receipt.someOpen', { confirmed, total })}
        value={total === 0 ? 0 : confirmed / total}
      />
      <LadderReport conversation={conversation} seq={seq} />
      <Tabs
        label={t('receipt.title')}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'no',
            label: t(byTap ? 'receipt.noTap' : 'receipt.noOpen', { count: rest }),
            content: <People key={rest} conversation={conversation} seq={seq} confirmed={false} />,
          },
          {
            value: 'yes',
            label: t(byTap ? 'receipt.yesTap' : 'receipt.yesOpen', { count: confirmed }),
            content: <People key={confirmed} conversation={conversation} seq={seq} confirmed />,
          },
        ]}
      />
    </Dialog>
  )
}

function People({ conversation, seq, confirmed }: { conversation: string; seq: number; confirmed: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const list = useRef<VListHandle>(null)
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listReceiptMembers', { conversation, seq, confirmed, cursor, limit: limits.pageSize }),
    [client, conversation, seq, confirmed],
  )
  const pages = usePages(load)
  return (
    <div className={styles.list} aria-busy={pages.loading}>
      {pages.items.length === 0 && pages.loading && <Skeleton rows={4} />}
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && (
        <p className={styles.none}>{t(confirmed ? 'receipt.nobody' : 'receipt.everybody')}</p>
      )}
      {pages.items.length > 0 && (
        <VList
          ref={list}
          data={pages.items}
          onScroll={() => {
            const held = list.current
            if (held && held.scrollSize - held.scrollOffset - held.viewportSize < 600) pages.more()
          }}
        >
          {({ id, at }) => (
            <div key={id} className={styles.person}>
              <PersonPicture id={id} size={36} />
              <PersonCard id={id} className={styles.name}>
                <PersonName id={id} />
              </PersonCard>
              {at && (
                <time className="num" dateTime={at}>
                  {format.dateTime(at)}
                </time>
              )}
            </div>
          )}
        </VList>
      )}
    </div>
  )
}
