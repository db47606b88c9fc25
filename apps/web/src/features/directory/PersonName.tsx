import { ExternalTag } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { useProfile } from '../../app/data'

/** A name as it stands everywhere: with the mark of whoever is from outside. */
export function PersonName({ id }: { id: string }) {
  const { t } = useTranslation()
  const profile = useProfile(id)
  if (!profile) return <span>…</span>
  return (
    <>
      <span className="ell">{profile.name || t('people.unnamed')}</span>
      {profile.external && <ExternalTag />}
    </>
  )
}
