import { limits } from '@heyi/contract/limits'
import { FormDialog } from '@heyi/ui/Dialog'
import { toast } from '@heyi/ui/toast'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { PeoplePicker, type Picked } from '../directory/PeoplePicker'
import formStyles from '../identity/form.module.css'

/** Brings colleagues into a group; those known to be in it are not offered. */
export function AddMembers({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const first = useHeyi((held) => held.chat(id).members?.first)
  const [inside, setInside] = useState<ReadonlySet<string>>(() => new Set(first?.map((member) => member.id)))
  const [picked, setPicked] = useState<Picked[]>([])
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  useEffect(() => {
    let live = true
    client.call('messaging.listMembers', { conversation: id, cursor: null, limit: limits.pageSize }).then(
      (page) => live && setInside(new Set(page.items.map((member) => member.id))),
      // Offering somebody who is in already does no harm: adding them changes nothing.
      () => undefined,
    )
    return () => {
      live = false
    }
  }, [client, id])
  const add = () =>
    void run(async () => {
      const members = picked.map((person) => person.id)
      for (let at = 0; at < members.length; at += limits.membersPerCall)
        await client.call('messaging.addMembers', {
          conversation: id,
          members: members.slice(at, at + limits.membersPerCall),
        })
      toast(t('info.added', { count: members.length }))
      onClose()
    })
  return (
    <FormDialog
      title={t('info.addTitle')}
      onClose={onClose}
      onSubmit={add}
      submit={picked.length === 0 ? t('newGroup.pickFirst') : t('info.addCount', { count: picked.length })}
      busy={busy}
      disabled={picked.length === 0}
    >
      <PeoplePicker picked={picked} onPickedChange={setPicked} without={inside} />
      {error !== null && (
        <p role="alert" className={formStyles.error}>
          {errorMessage(error)}
        </p>
      )}
    </FormDialog>
  )
}
