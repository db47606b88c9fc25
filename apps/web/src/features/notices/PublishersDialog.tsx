import { limits } from '@heyi/contract/limits'
import { FormDialog } from '@heyi/ui/Dialog'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient, useHeyi } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { PeoplePicker, type Picked } from '../directory/PeoplePicker'

/** Who may post notices besides owners and admins. */
export function PublishersDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const { data, error } = useCall('notices.listPublishers', {})
  const [changed, setChanged] = useState<Picked[] | null>(null)
  const [busy, run] = useAction()
  const names = useHeyi((held) => (data?.members ?? []).map((id) => held.profile(id)?.name ?? '…').join('\n'))
  const named = (data?.members ?? []).map((id, index) => ({ id, name: names.split('\n')[index] ?? '' }))
  const picked = changed ?? named
  const save = () =>
    void run(async () => {
      await client.call('notices.setPublishers', { members: picked.map(({ id }) => id) })
      toast(t('notices.saved'))
      onClose()
    })
  return (
    <FormDialog
      title={t('notices.whoMayPost')}
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
      disabled={!data || picked.length > limits.noticePublishers}
    >
      <p>{t('notices.whoMayPostText')}</p>
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
      {data ? <PeoplePicker picked={picked} onPickedChange={setChanged} /> : <Skeleton rows={4} />}
    </FormDialog>
  )
}
