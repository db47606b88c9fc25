import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi, usePages, useProfile } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { calledIn } from './conversation'
import styles from './GroupInfo.module.css'

interface Ban {
  member: string
  by: string
  at: string
}

/** Who may not come back into a group, who decided that and when, for those who run it. */
export function BannedDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listBanned', { conversation: id, cursor, limit: limits.pageSize }),
    [client, id],
  )
  const pages = usePages(load)
  return (
    <Dialog title={t('moderation.banned')} onClose={onClose}>
      {pages.items.length === 0 && pages.loading && <Skeleton rows={3} />}
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && <p className={styles.none}>{t('moderation.nobodyBanned')}</p>}
      <ul>
        {pages.items.map((ban) => (
          <Banned key={ban.member} id={id} ban={ban} onLifted={pages.reload} />
        ))}
      </ul>
      {!pages.done && pages.items.length > 0 && (
        <Button busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </Dialog>
  )
}

function Banned({ id, ban: { member, by, at }, onLifted }: { id: string; ban: Ban; onLifted: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [busy, run] = useAction()
  const profile = useProfile(member)
  const name = profile?.name ?? ''
  const who = useHeyi((held) => calledIn(held, id, by))
  const lift = () =>
    void run(async () => {
      await client.call('messaging.liftBan', { conversation: id, member })
      toast(t('moderation.banLifted', { name }))
      onLifted()
    })
  return (
    <li className={styles.request}>
      <PersonCard id={member} repeats>
        <PersonPicture id={member} size={36} />
      </PersonCard>
      <span className={styles.asks}>
        <span className={styles.memberName}>
          <PersonCard id={member} className={styles.memberLink}>
            <PersonName id={member} />
          </PersonCard>
        </span>
        <small className="num">{t('moderation.bannedBy', { name: who, time: format.dateTime(at) })}</small>
      </span>
      <Button busy={busy} aria-label={t('moderation.liftBanOf', { name })} onClick={lift}>
        {t('moderation.liftBan')}
      </Button>
    </li>
  )
}
