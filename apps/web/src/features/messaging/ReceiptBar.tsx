import type { LadderStep } from '@heyi/contract/channels'
import type { ReceiptMode } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { Segmented } from '@heyi/ui/Segmented'
import { BellRing, MailCheck, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LadderDialog } from './LadderDialog'
import styles from './ReceiptBar.module.css'

export interface Asking {
  mode: ReceiptMode
  ladder: LadderStep[]
}

interface Props {
  conversation: string
  asking: Asking
  onAsking: (asking: Asking | null) => void
}

/** That the next message asks for a receipt, what counts as one, and how those are reminded who do not confirm. */
export function ReceiptBar({ conversation, asking, onAsking }: Props) {
  const { t } = useTranslation()
  const [choosing, setChoosing] = useState(false)
  const { mode, ladder } = asking
  return (
    <div className={styles.bar}>
      <MailCheck size={16} aria-hidden="true" />
      <span role="status">{t('receipt.asking')}</span>
      <Segmented
        label={t('receipt.how')}
        value={mode}
        onChange={(next) => onAsking({ mode: next, ladder })}
        options={[
          { value: 'tap', label: t('receipt.tap') },
          { value: 'open', label: t('receipt.open') },
        ]}
      />
      <Button size="s" look="ghost" icon={<BellRing size={14} />} onClick={() => setChoosing(true)}>
        {ladder.length > 0 ? t('ladder.steps', { count: ladder.length }) : t('ladder.title')}
      </Button>
      <IconButton small label={t('receipt.stop')} onClick={() => onAsking(null)}>
        <X size={14} />
      </IconButton>
      <Presence>
        {choosing && (
          <LadderDialog
            conversation={conversation}
            steps={ladder}
            onSteps={(steps) => onAsking({ mode, ladder: steps })}
            onClose={() => setChoosing(false)}
          />
        )}
      </Presence>
    </div>
  )
}
