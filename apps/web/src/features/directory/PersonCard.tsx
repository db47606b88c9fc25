import { Button } from '@heyi/ui/Button'
import { HoverCard } from '@heyi/ui/HoverCard'
import { ExternalTag, Tag } from '@heyi/ui/Tag'
import { MessageCircle } from 'lucide-react'
import { createContext, type ReactNode, use } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useCall, useClient, useMyId, useProfile } from '../../app/data'
import { RestTag } from '../rest/RestTag'
import { MaskedPhone } from './MaskedPhone'
import styles from './PersonCard.module.css'
import { PersonPicture } from './PersonPicture'
import { useTalk } from './useTalk'

/** Whether Tab comes to the names in something: of the rows of a long list only to those of the one it comes to. */
export const NamesTabbable = createContext(true)

interface Props {
  id: string
  /** Where a name stands beside it already, such as a picture: neither keyboards nor screen readers meet it twice. */
  repeats?: boolean
  /** Inside something that is itself pressed, such as a quote. */
  inButton?: boolean
  className?: string | undefined
  children: ReactNode
}

/**
 * Somebody's name or picture wherever it stands: pressed, it leads to their profile; where the pointer or the keyboard
 * rests on it, a card comes. It is one element around its children, and holds nothing of the card before.
 */
export function PersonCard({ id, repeats = false, inButton = false, className, children }: Props) {
  const client = useClient()
  const tabbable = use(NamesTabbable) && !repeats
  return (
    <HoverCard label={() => client.profile(id)?.name ?? ''} card={(close) => <Card id={id} onLeave={close} />}>
      {(trigger, open) =>
        inButton ? (
          <span {...trigger} className={className}>
            {children}
          </span>
        ) : (
          <Link
            {...trigger}
            to={`/people/of/${id}`}
            data-person={id}
            draggable={false}
            className={[styles.person, className].filter(Boolean).join(' ')}
            tabIndex={tabbable ? 0 : -1}
            {...(repeats && { 'aria-hidden': true })}
            {...(open && { 'aria-expanded': true })}
          >
            {children}
          </Link>
        )
      }
    </HoverCard>
  )
}

/** What the profile says first, and the two ways on. */
function Card({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const me = useMyId()
  const [busy, talk] = useTalk()
  const profile = useProfile(id)
  const gone = profile?.state === 'removed'
  const whole = useCall('directory.getMember', gone ? null : { member: id })
  const { phone = '', email = '' } = whole.data?.member ?? {}
  const under = [profile?.position, profile?.department].filter(Boolean).join(' · ')
  return (
    <>
      <div className={styles.head}>
        <PersonPicture id={id} size={56} />
        <div className={styles.names}>
          <p className={styles.name}>
            <b>{profile?.name || t('people.unnamed')}</b>
            {profile?.external && <ExternalTag />}
            <RestTag member={id} />
            {profile && profile.state !== 'active' && (
              <Tag tone={profile.state === 'invited' ? 'warn' : 'plain'}>{t(`people.state.${profile.state}`)}</Tag>
            )}
          </p>
          {profile?.alias && <p>{profile.alias}</p>}
          {under && <p>{under}</p>}
        </div>
      </div>
      {(whole.loading || phone || email) && (
        <dl className={styles.facts}>
          {phone && (
            <div>
              <dt>{t('field.phone')}</dt>
              <dd>
                {whole.data?.phoneMasked ? (
                  <MaskedPhone id={id} masked={phone} />
                ) : (
                  <span className="num">{phone}</span>
                )}
              </dd>
            </div>
          )}
          {email && (
            <div>
              <dt>{t('field.email')}</dt>
              <dd>{email}</dd>
            </div>
          )}
        </dl>
      )}
      {!gone && (
        <div className={styles.deeds}>
          {id !== me && (
            <Button look="primary" icon={<MessageCircle size={16} />} busy={busy} onClick={() => talk(id)}>
              {t('people.talk')}
            </Button>
          )}
          <Button
            onClick={() => {
              onLeave()
              void navigate(`/people/of/${id}`)
            }}
          >
            {t('info.profile')}
          </Button>
        </div>
      )}
    </>
  )
}
