import type { Invitation } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Dialog } from '@heyi/ui/Dialog'
import { Checkbox, SelectField, TextField } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { QrCode } from '@heyi/ui/QrCode'
import { Tag } from '@heyi/ui/Tag'
import { QrCode as QrIcon } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, usePages } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { useFormat } from '../../../app/format'
import { useDepartmentName } from '../department-names'
import { DepartmentField } from './DepartmentField'
import { LinkBox } from './LinkBox'
import styles from './Manage.module.css'
import { PagedList } from './PagedList'

const hours = [24, 24 * 7, 24 * 30, 24 * 90]

/** Links with which colleagues join by themselves. */
export function Invitations() {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('directory.listInvitations', { cursor, limit: limits.pageSize }),
    [client],
  )
  const pages = usePages(load)
  const [shown, setShown] = useState<Invitation | null>(null)
  return (
    <>
      <Create
        onCreated={(invitation) => {
          setShown(invitation)
          pages.reload()
        }}
      />
      <section className={styles.section}>
        <h3>{t('manage.invitations')}</h3>
        <PagedList pages={pages} empty={t('manage.noInvitations')}>
          {(invitation) => (
            <Row
              key={invitation.id}
              invitation={invitation}
              onShow={() => setShown(invitation)}
              onChanged={pages.reload}
            />
          )}
        </PagedList>
      </section>
      <Presence>
        {shown && (
          <Dialog title={t('manage.inviteTitle')} onClose={() => setShown(null)}>
            <p>{t('manage.inviteText')}</p>
            <div className={styles.qr}>
              <QrCode text={shown.url} label={t('manage.qr')} />
            </div>
            <LinkBox url={shown.url} label={t('manage.inviteTitle')} />
          </Dialog>
        )}
      </Presence>
    </>
  )
}

function Create({ onCreated }: { onCreated: (invitation: Invitation) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [departments, setDepartments] = useState<string[]>([])
  const [expiresInHours, setHours] = useState(24 * 7)
  const [maxUses, setMaxUses] = useState('50')
  const [approval, setApproval] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const uses = Number(maxUses)
  const usesFault = !Number.isInteger(uses) || uses < 1 || uses > 10_000
  const create = () => {
    if (usesFault) return
    setError(null)
    void run(async () =>
      onCreated(
        await client.call('directory.createInvitation', {
          department: departments[0] ?? null,
          approval,
          maxUses: uses,
          expiresInHours,
        }),
      ),
    )
  }
  return (
    <section className={styles.section}>
      <h3>{t('manage.createInvitation')}</h3>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <div className={styles.pair}>
          <SelectField
            label={t('manage.expires')}
            value={String(expiresInHours)}
            options={hours.map((value) => ({ value: String(value), label: t('manage.days', { count: value / 24 }) }))}
            onChange={(value) => setHours(Number(value))}
          />
          <TextField
            label={t('manage.maxUses')}
            type="number"
            inputMode="numeric"
            min={1}
            max={10_000}
            value={maxUses}
            onChange={(event) => setMaxUses(event.target.value)}
            error={usesFault ? t('manage.maxUsesFault') : null}
          />
        </div>
        <DepartmentField label={t('manage.intoDepartment')} single value={departments} onChange={setDepartments} />
        <Checkbox
          label={t('manage.approval')}
          checked={approval}
          onChange={(event) => setApproval(event.target.checked)}
        />
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" look="primary" size="l" busy={busy}>
            {t('manage.createInvitation')}
          </Button>
        </div>
      </form>
    </section>
  )
}

function Row({ invitation, onShow, onChanged }: { invitation: Invitation; onShow: () => void; onChanged: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const department = useDepartmentName(invitation.department)
  const open = invitation.state === 'open'
  const revoke = () =>
    confirm({
      title: t('manage.revokeTitle'),
      text: t('manage.revokeText'),
      action: t('manage.revoke'),
      danger: true,
      run: () => client.call('directory.revokeInvitation', { invitation: invitation.id }).then(onChanged),
    })
  return (
    <li className={styles.card}>
      <div>
        <Tag tone={open ? 'ok' : 'plain'}>{t(`manage.invitationState.${invitation.state}`)}</Tag>
        {invitation.approval && (
          <>
            {' '}
            <Tag tone="warn">{t('manage.needsApproval')}</Tag>
          </>
        )}
        <small className="num">
          {[
            t('manage.used', { uses: invitation.uses, maxUses: invitation.maxUses }),
            t('manage.until', { time: format.dateTime(invitation.expiresAt) }),
            invitation.department ? (department ?? t('manage.someDepartment')) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {open && (
        <>
          <Button icon={<QrIcon size={16} />} onClick={onShow}>
            {t('manage.showLink')}
          </Button>
          <Button onClick={revoke}>{t('manage.revoke')}</Button>
        </>
      )}
    </li>
  )
}
