import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ExternalTag, Tag } from '@heyi/ui/Tag'
import { ChevronLeft, Contact, HeartHandshake, MessageCircle, Users } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCall, useIsAdmin, useMyId, useProfile } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { ProfileDays } from '../anniversaries/ProfileDays'
import { NewGroup } from '../messaging/NewGroup'
import { RestTag } from '../rest/RestTag'
import { MaskedPhone } from './MaskedPhone'
import { PersonCard } from './PersonCard'
import { PersonPicture } from './PersonPicture'
import styles from './Profile.module.css'
import { SharedGroups } from './SharedGroups'
import { useTalk } from './useTalk'

const ForwardDialog = lazy(() =>
  import('../messaging/ForwardDialog').then((module) => ({ default: module.ForwardDialog })),
)
const MemberAdmin = lazy(() => import('./manage/MemberAdmin').then((module) => ({ default: module.MemberAdmin })))

const ThanksDialog = lazy(() => import('../thanks/ThanksDialog').then((module) => ({ default: module.ThanksDialog })))

/** Everything about a colleague, and the way to talk to them. */
export function Profile({ id, back, backShown }: { id: string; back: string; backShown: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const admin = useIsAdmin()
  const me = useMyId()
  const [grouping, setGrouping] = useState(false)
  const [sharing, setSharing] = useState(false)
  const [thanking, setThanking] = useState(false)
  const card = useProfile(id)
  const whole = useCall('directory.getMember', { member: id })
  const [busy, talk] = useTalk()
  const member = whole.data?.member
  // Their name still stands on what they wrote.
  const left = card?.state === 'removed'
  if (whole.error !== null && !member)
    return (
      <main className={styles.page}>
        {backShown && <Back to={back} />}
        {left ? (
          <Empty heading="h1" title={t('people.leftTitle', { name: card.name })} text={t('people.leftText')} />
        ) : (
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
        )}
      </main>
    )
  const fields: [string, ReactNode][] = member
    ? [
        [t('field.account'), member.account],
        [
          t('field.phone'),
          member.phone && whole.data?.phoneMasked ? (
            <MaskedPhone key={id} id={id} masked={member.phone} />
          ) : (
            member.phone
          ),
        ],
        [t('field.email'), member.email],
        [t('field.position'), member.position],
        ...(whole.data?.departments ?? []).map(({ path }): [string, ReactNode] => [
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
              <RestTag member={id} />
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
            onClick={() => talk(id)}
          >
            {t('people.talk')}
          </Button>
          {member?.state === 'active' && id !== me && (
            <Button size="l" icon={<Users size={18} />} onClick={() => setGrouping(true)}>
              {t('people.startGroupWith')}
            </Button>
          )}
          {member && member.state !== 'removed' && (
            <Button size="l" icon={<Contact size={18} />} onClick={() => setSharing(true)}>
              {t('contact.share')}
            </Button>
          )}
          {member?.state === 'active' && id !== me && (
            <Button size="l" icon={<HeartHandshake size={18} />} onClick={() => setThanking(true)}>
              {t('thanks.send')}
            </Button>
          )}
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
        {member && admin && member.state !== 'removed' && <ProfileDays member={id} />}
      </div>
      {whole.data && whole.data.reporting.length > 0 && (
        <section className={styles.card} aria-labelledby={`${id}r`}>
          <h2 id={`${id}r`}>{t('people.reporting')}</h2>
          <ol className={styles.line}>
            {[...whole.data.reporting, id].map((person) => (
              <li key={person}>
                <Step id={person} self={person === id} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {member && id !== me && <SharedGroups member={id} />}
      <Presence>
        {sharing && (
          <Suspense fallback={null}>
            <ForwardDialog what={{ card: id }} onClose={() => setSharing(false)} onSent={() => setSharing(false)} />
          </Suspense>
        )}
      </Presence>
      <Presence>
        {thanking && (
          <Suspense fallback={null}>
            <ThanksDialog member={id} onClose={() => setThanking(false)} />
          </Suspense>
        )}
      </Presence>
      <Presence>
        {grouping && member && (
          <NewGroup
            initial={[{ id, name: member.name }]}
            onClose={() => setGrouping(false)}
            onOpen={(conversation) => navigate(`/chat/${conversation}`)}
          />
        )}
      </Presence>
    </main>
  )
}

function Step({ id, self }: { id: string; self: boolean }) {
  const profile = useProfile(id)
  const inner = (
    <>
      <PersonPicture id={id} size={28} />
      <span>
        <b className="ell">{profile?.name ?? '…'}</b>
        <small className="ell">{profile?.position}</small>
      </span>
    </>
  )
  if (self) return <span className={[styles.step, styles.self].join(' ')}>{inner}</span>
  return (
    <PersonCard id={id} className={styles.step}>
      {inner}
    </PersonCard>
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
