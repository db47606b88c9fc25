import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Progress } from '@heyi/ui/Progress'
import { Tabs } from '@heyi/ui/Tabs'
import { toast } from '@heyi/ui/toast'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { PeopleList } from '../directory/PeopleList'
import { LadderReport } from './LadderReport'

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
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listReceiptMembers', { conversation, seq, confirmed, cursor, limit: limits.pageSize }),
    [client, conversation, seq, confirmed],
  )
  return <PeopleList load={load} none={t(confirmed ? 'receipt.nobody' : 'receipt.everybody')} />
}
