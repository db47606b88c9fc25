import type { GroupJoinRequest } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient, useHeyi, useProfile } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { calledIn } from './conversation'
import styles from './GroupInfo.module.css'

/** Who asks to be let into the group, for its owner and admins. */
export function GroupRequests({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  // Somebody who asks meanwhile, or whom another admin lets in, is another state of the list.
  const waiting = useHeyi((held) => held.chat(id).members?.waiting ?? 0)
  return (
    <Dialog title={t('group.requests')} onClose={onClose}>
      <Requests key={waiting} id={id} />
    </Dialog>
  )
}

function Requests({ id }: { id: string }) {
  const { t } = useTranslation()
  const requests = useCall('messaging.listGroupJoinRequests', { conversation: id })
  return (
    <>
      {requests.loading && !requests.data && <Skeleton rows={3} />}
      {requests.error !== null && <p role="alert">{errorMessage(requests.error)}</p>}
      {requests.data?.items.length === 0 && <p className={styles.none}>{t('group.noRequests')}</p>}
      <ul>
        {requests.data?.items.map((request) => (
          <Request key={request.id} id={id} request={request} onDecided={requests.reload} />
        ))}
      </ul>
    </>
  )
}

function Request({ id, request, onDecided }: { id: string; request: GroupJoinRequest; onDecided: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [busy, run] = useAction()
  const profile = useProfile(request.member)
  const by = useHeyi((held) => calledIn(held, id, request.invitedBy))
  const decide = (accept: boolean) => () =>
    void run(() =>
      client
        .call('messaging.decideGroupJoinRequest', { conversation: id, request: request.id, accept })
        .finally(onDecided),
    )
  const name = profile?.name ?? ''
  return (
    <li className={styles.request}>
      <PersonCard id={request.member} repeats>
        <PersonPicture id={request.member} size={36} />
      </PersonCard>
      <span className={styles.asks}>
        <span className={styles.memberName}>
          <PersonCard id={request.member} className={styles.memberLink}>
            <PersonName id={request.member} />
          </PersonCard>
        </span>
        <small className="num">
          {[profile?.department, t('group.byLinkOf', { name: by }), format.dateTime(request.createdAt)]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <Button disabled={busy} aria-label={t('group.refuseOf', { name })} onClick={decide(false)}>
        {t('group.refuse')}
      </Button>
      <Button look="soft" busy={busy} aria-label={t('group.letInOf', { name })} onClick={decide(true)}>
        {t('group.letIn')}
      </Button>
    </li>
  )
}
