import { UserRoundX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useHeyi, useProfile } from '../../app/data'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import styles from './Cards.module.css'

/** A colleague’s card: what the reader may see of that colleague. */
export function ContactCard({ member }: { member: string }) {
  const { t } = useTranslation()
  const profile = useProfile(member)
  const hidden = useHeyi((client) => client.isHidden(member))
  if (hidden)
    return (
      <div className={[styles.card, styles.contact].join(' ')}>
        <span className={styles.nobody} aria-hidden="true">
          <UserRoundX size={20} />
        </span>
        <span>
          <b>{t('contact.hidden')}</b>
          <small>{t('contact.hiddenText')}</small>
        </span>
      </div>
    )
  const under = [profile?.department, profile?.position].filter(Boolean).join(' · ')
  return (
    <Link
      to={`/people/of/${member}`}
      data-open
      draggable={false}
      className={[styles.card, styles.contact].join(' ')}
      aria-label={profile ? t('contact.open', { name: profile.name }) : t('card.contact')}
    >
      <PersonPicture id={member} size={40} />
      <span>
        <b>
          <PersonName id={member} />
        </b>
        <small className="ell">{under || t('card.contact')}</small>
      </span>
    </Link>
  )
}
