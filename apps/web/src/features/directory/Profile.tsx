import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ExternalTag, Tag } from '@heyi/ui/Tag'
import { ChevronLeft, MessageCircle } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useCall, useClient, useIsAdmin, useProfile } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { PersonPicture } from './PersonPicture'
import styles from './Profile.module.css'

const MemberAdmin = lazy(() => import('./manage/MemberAdmin').then((module) => ({ default: module.MemberAdmin })))

/** Everything about a colleague, and the way to talk to them. */
export function Profile({ id, back, backShown }: { id: string; back: string; backShown: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const admin = useIsAdmin()
  const card = useProfile(id)
  const whole = useCall('directory.getMember', { member: id })
  const [busy, run] = useAction()
  const member = whole.data?.member
  const talk = () =>
    void run(async () => {
      const { conversation } = await client.call('messaging.openDirect', { with: id })
      void navigate(`/chat/${conversation.id}`)
    })
  if (whole.error !== null && !member)
    return (
      <main className={styles.page}>
        {backShown && <Back to={back} />}
        <Empty
          heading="h1"
          drawing="broken"
          title={t('error.loadFailed')}
          text={errorMessage(whole.error)}
          action={
            <Button look="soft" onClick={whole.reload}>
              {t('action.retry')}
            </Button>
          }
        />
      </main>
    )
  const fields: [string, string | null][] = member
    ? [
        [t('field.account'), member.account],
        [t('field.phone'), member.phone],
        [t('field.email'), member.email],
        [t('field.position'), member.position],
        ...(whole.data?.departments ?? []).map(({ path }): [string, string] => [
          t('field.department'),
          path.join(' / '),
        ]),
        ...Object.entries(member.fields),
      ]
    : []
  return (
    <main className={styles.page}>
      {backShown && <Back to={back} />}
      <div className={styles.card}>
        <header className={styles.head}>
          <PersonPicture id={id} size={88} />
          <div className={styles.names}>
            <h1>
              {card?.name ?? member?.name ?? ''}
              {card?.external && <ExternalTag />}
              {member && member.state !== 'active' && (
                <Tag tone={member.state === 'invited' ? 'warn' : 'plain'}>{t(`people.state.${member.state}`)}</Tag>
              )}
              {member && member.role !== 'member' && <Tag tone="brand">{t(`role.${member.role}`)}</Tag>}
            </h1>
            {(card?.alias || member?.alias) && <p>{card?.alias || member?.alias}</p>}
            <p>{[card?.position, card?.department].filter(Boolean).join(' · ')}</p>
          </div>
        </header>
        <div className={styles.deeds}>
          <Button
            look="primary"
            size="l"
            icon={<MessageCircle size={18} />}
            busy={busy}
            disabled={member?.state === 'removed'}
            onClick={talk}
          >
            {t('people.talk')}
          </Button>
          {admin && member && (
            <Suspense fallback={null}>
              <MemberAdmin member={member} onChanged={whole.reload} />
            </Suspense>
          )}
        </div>
        {member ? (
          <dl className={styles.fields}>
            {fields
              .filter(([, value]) => value)
              .map(([label, value], index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: several departments share a label
                <div key={`${label}${index}`}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
        ) : (
          <Skeleton rows={3} square />
        )}
      </div>
    </main>
  )
}

function Back({ to }: { to: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <div className={styles.back}>
      <IconButton label={t('action.back')} onClick={() => navigate(to)}>
        <ChevronLeft size={24} />
      </IconButton>
    </div>
  )
}
