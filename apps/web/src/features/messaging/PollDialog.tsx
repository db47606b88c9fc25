import { limits } from '@heyi/contract/limits'
import type { PollBody } from '@heyi/contract/messaging'
import { Dialog } from '@heyi/ui/Dialog'
import { SelectField } from '@heyi/ui/SelectField'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../app/data'
import { PeopleList } from '../directory/PeopleList'

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
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listVoters', { conversation, seq, option, cursor, limit: limits.pageSize }),
    [client, conversation, seq, option],
  )
  return <PeopleList load={load} none={t('poll.nobody')} />
}
