import { limits } from '@heyi/contract/limits'
import type { GroupLink } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Dialog } from '@heyi/ui/Dialog'
import { SelectField, Switch } from '@heyi/ui/Field'
import { QrCode } from '@heyi/ui/QrCode'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tag } from '@heyi/ui/Tag'
import { toast } from '@heyi/ui/toast'
import { ChevronLeft, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient, useHeyi } from '../../app/data'
import { copyText } from '../../app/device'
import { errorMessage, toastError } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonName } from '../directory/PersonName'
import styles from './GroupLinks.module.css'

const hours = [24, 24 * 7, 24 * 30]

/** Links by which colleagues join: one shown large with its code, the others below, and a new one. */
export function GroupLinks({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const links = useCall('messaging.listGroupLinks', { conversation: id })
  const [shown, setShown] = useState<GroupLink | null>(null)
  const items = links.data?.items ?? []
  if (shown)
    return <OneLink id={id} link={shown} onBack={() => setShown(null)} onClose={onClose} onEnded={links.reload} />
  return (
    <Dialog title={t('group.link')} onClose={onClose}>
      <NewLink
        id={id}
        full={items.length >= limits.groupLinks}
        onMade={(link) => {
          setShown(link)
          links.reload()
        }}
      />
      <h3 className={styles.head}>{t('group.openLinks')}</h3>
      {links.loading && !links.data && <Skeleton rows={2} />}
      {links.error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(links.error)}
        </p>
      )}
      {links.data && items.length === 0 && <p className={styles.none}>{t('group.noLinks')}</p>}
      <ul className={styles.list}>
        {items.map((link) => (
          <li key={link.id}>
            <button type="button" className={styles.row} onClick={() => setShown(link)}>
              <span className={styles.by}>
                <PersonName id={link.createdBy} />
                {link.approval && <Tag tone="warn">{t('group.needsApproval')}</Tag>}
              </span>
              <Until at={link.expiresAt} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Until({ at }: { at: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return <small className="num">{t('group.until', { time: format.dateTime(at) })}</small>
}

function NewLink({ id, full, onMade }: { id: string; full: boolean; onMade: (link: GroupLink) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [expiresInHours, setHours] = useState(24 * 7)
  const [approval, setApproval] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const create = () => {
    setError(null)
    void run(async () =>
      onMade(await client.call('messaging.createGroupLink', { conversation: id, approval, expiresInHours })),
    )
  }
  return (
    <div className={styles.form}>
      <SelectField
        label={t('group.linkLasts')}
        value={String(expiresInHours)}
        options={hours.map((value) => ({ value: String(value), label: t('group.days', { count: value / 24 }) }))}
        onChange={(value) => setHours(Number(value))}
      />
      <Switch label={t('group.approval')} help={t('group.approvalHelp')} checked={approval} onChange={setApproval} />
      {error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(error)}
        </p>
      )}
      <Button look="primary" size="l" busy={busy} disabled={full} onClick={create}>
        {t('group.makeLink')}
      </Button>
      {full && <p className={styles.none}>{t('group.linksFull', { limit: limits.groupLinks })}</p>}
    </div>
  )
}

interface OneLinkProps {
  id: string
  link: GroupLink
  onBack: () => void
  onClose: () => void
  onEnded: () => void
}

function OneLink({ id, link, onBack, onClose, onEnded }: OneLinkProps) {
  const { t } = useTranslation()
  const client = useClient()
  const name = useHeyi((held) => held.chat(id).conversation?.name ?? '')
  const revoke = () =>
    confirm({
      title: t('group.revokeTitle'),
      text: t('group.revokeText'),
      action: t('group.revoke'),
      danger: true,
      run: async () => {
        await client.call('messaging.revokeGroupLink', { conversation: id, link: link.id })
        onEnded()
        onBack()
      },
    })
  const copy = () =>
    void copyText(link.url).then(
      () => toast(t('group.copied')),
      (error: unknown) => toastError(error),
    )
  return (
    <Dialog
      title={t('group.link')}
      onClose={onClose}
      footer={
        <>
          <Button size="l" className={styles.danger} onClick={revoke}>
            {t('group.revoke')}
          </Button>
          <Button size="l" look="primary" icon={<Copy size={16} />} onClick={copy}>
            {t('group.copyLink')}
          </Button>
        </>
      }
    >
      <Button size="s" look="ghost" icon={<ChevronLeft size={16} />} onClick={onBack}>
        {t('group.allLinks')}
      </Button>
      <div className={styles.card}>
        <b>{name}</b>
        <QrCode text={link.url} label={t('group.qr', { name })} size={200} />
        <p>{link.approval ? t('group.scanApproval') : t('group.scan')}</p>
        <Until at={link.expiresAt} />
        <input
          readOnly
          className={styles.url}
          value={link.url}
          aria-label={t('group.link')}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
    </Dialog>
  )
}
