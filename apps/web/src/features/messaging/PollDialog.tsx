import { limits } from '@heyi/contract/limits'
import type { PollBody } from '@heyi/contract/messaging'
import { Dialog } from '@heyi/ui/Dialog'
import { SelectField } from '@heyi/ui/SelectField'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VList, type VListHandle } from 'virtua'
import { useClient, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import styles from './ReceiptDialog.module.css'

interface Props {
  conversation: string
  seq: number
  body: PollBody
  counts: readonly number[]
  onClose: () => void
}

/** Who chose what in a poll that is not anonymous. */
export function PollDialog({ conversation, seq, body, counts, onClose }: Props) {
  const { t } = useTranslation()
  const [option, setOption] = useState(() => Math.max(0, counts.indexOf(Math.max(...counts))))
  return (
    <Dialog title={t('poll.results')} onClose={onClose}>
      <SelectField
        label={body.question}
        value={String(option)}
        onChange={(next) => setOption(Number(next))}
        options={body.options.map((label, index) => ({
          value: String(index),
          label: `${label} · ${t('poll.votes', { count: counts[index] ?? 0 })}`,
        }))}
      />
      <Voters key={`${option} ${counts[option]}`} conversation={conversation} seq={seq} option={option} />
    </Dialog>
  )
}

function Voters({ conversation, seq, option }: { conversation: string; seq: number; option: number }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const list = useRef<VListHandle>(null)
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listVoters', { conversation, seq, option, cursor, limit: limits.pageSize }),
    [client, conversation, seq, option],
  )
  const pages = usePages(load)
  return (
    <div className={styles.list} aria-busy={pages.loading}>
      {pages.items.length === 0 && pages.loading && <Skeleton rows={4} />}
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && <p className={styles.none}>{t('poll.nobody')}</p>}
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
              <time className="num" dateTime={at}>
                {format.dateTime(at)}
              </time>
            </div>
          )}
        </VList>
      )}
    </div>
  )
}
