import type { Member } from '@heyi/contract/directory'
import { FormDialog } from '@heyi/ui/Dialog'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../../app/data'
import { errorMessage, refusedWith } from '../../../app/errors'
import styles from './Manage.module.css'
import { type MemberDraft, MemberForm, memberFaults } from './MemberForm'

/** Changes somebody's entry; only what differs is sent, with the version it was read at. */
export function EditMember({ member, onClose, onSaved }: { member: Member; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const whole = useCall('directory.getMember', { member: member.id })
  const [draft, setDraft] = useState<MemberDraft>({ ...member, account: member.account ?? '' })
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction((cause) => {
    setError(cause)
    if (refusedWith(cause, 'version_conflict')) onSaved()
  })
  const names = Object.fromEntries((whole.data?.departments ?? []).map(({ id, path }) => [id, path.at(-1) ?? '']))
  const save = () => {
    setTried(true)
    if (Object.values(memberFaults(draft, false)).some(Boolean)) return
    setError(null)
    const { name, alias, position, phone, email, departments } = draft
    void run(async () => {
      await client.call('directory.updateMember', {
        member: member.id,
        version: member.version,
        ...(name !== member.name && { name }),
        ...(alias !== member.alias && { alias }),
        ...(position !== member.position && { position }),
        ...(phone.trim() !== member.phone && { phone: phone.trim() || null }),
        ...(email.trim() !== member.email && { email: email.trim() || null }),
        ...(departments.join() !== member.departments.join() && { departments }),
      })
      onSaved()
      onClose()
    })
  }
  return (
    <FormDialog
      title={t('manage.editTitle', { name: member.name })}
      size="l"
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
    >
      <div className={styles.form}>
        <MemberForm
          draft={draft}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          tried={tried}
          withAccount={false}
          departmentNames={names}
        />
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
