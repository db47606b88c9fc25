import { ExternalTag } from '@heyi/ui/Tag'
import { createContext, use } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useProfile } from '../../app/data'

/** The group in which names are shown: there people may go by another name. Null everywhere else. */
export const NamesIn = createContext<string | null>(null)

/** A name as it stands everywhere: with the mark of whoever is from outside, and in a group by the nickname there. */
export function PersonName({ id }: { id: string }) {
  const { t } = useTranslation()
  const profile = useProfile(id)
  const group = use(NamesIn)
  const nickname = useHeyi((client) => (group === null ? null : client.nickname(group, id)))
  if (!profile && nickname === null) return <span>…</span>
  return (
    <>
      <span className="ell">{nickname ?? (profile?.name || t('people.unnamed'))}</span>
      {profile?.external && <ExternalTag />}
    </>
  )
}
