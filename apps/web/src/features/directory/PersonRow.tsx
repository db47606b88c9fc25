import type { Profile } from '@heyi/contract/directory'
import { ExternalTag, Tag } from '@heyi/ui/Tag'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import styles from './People.module.css'
import { PersonPicture } from './PersonPicture'

/** A colleague in a list: picture, name with what must be known of them, position. */
export function PersonRow({
  profile,
  to,
  selected,
  tag,
  inDepartment = false,
}: {
  profile: Profile
  to: string
  selected: boolean
  tag?: ReactNode
  /** In a list of one department its name is left out. */
  inDepartment?: boolean
}) {
  const { t } = useTranslation()
  return (
    <Link
      className={[styles.person, selected && styles.personOn].filter(Boolean).join(' ')}
      to={to}
      aria-current={selected ? 'page' : undefined}
    >
      <PersonPicture id={profile.id} size={40} />
      <span>
        <b>
          <span className="ell">{profile.name}</span>
          {profile.external && <ExternalTag />}
          {profile.state !== 'active' && (
            <Tag tone={profile.state === 'invited' ? 'warn' : 'plain'}>{t(`people.state.${profile.state}`)}</Tag>
          )}
          {tag}
        </b>
        <small className="ell">
          {[profile.position, !inDepartment && profile.department].filter(Boolean).join(' · ')}
        </small>
      </span>
    </Link>
  )
}
