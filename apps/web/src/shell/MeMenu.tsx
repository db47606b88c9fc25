import { confirm } from '@heyi/ui/confirm'
import { Menu, type MenuPlace } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import type { TFunction } from 'i18next'
import { Building2, Keyboard, LogOut, Settings } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useProfile } from '../app/data'
import { useMedia, widths } from '../app/media'
import { openOverlay } from '../app/overlay'
import { signOut, switchTenant, useSignedIn } from '../app/session'
import { PersonPicture } from '../features/directory/PersonPicture'
import styles from './MeMenu.module.css'

/** My picture; opens who I am, my companies, settings and signing out. */
export function MeMenu({ size = 36 }: { size?: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { me } = useSignedIn()
  const profile = useProfile(me.member)
  const [place, setPlace] = useState<MenuPlace | null>(null)
  const [, act] = useAction()
  const phone = useMedia(widths.phone)
  const companies = me.tenants.length > 1 ? me.tenants : []
  return (
    <>
      <button
        type="button"
        className={styles.me}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        aria-label={t('shell.me', { name: profile?.name ?? '' })}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPlace({ x: box.left, y: box.bottom + 4 })
        }}
      >
        <PersonPicture id={me.member} size={size} />
      </button>
      <Presence>
        {place && (
          <Menu
            label={t('shell.myMenu')}
            place={place}
            onClose={() => setPlace(null)}
            head={
              <div className={styles.head}>
                <b>{profile?.name}</b>
                <span>{me.tenant.name}</span>
              </div>
            }
            entries={[
              ...companies.map((company) => ({
                label: company.name,
                icon: <Building2 size={16} />,
                checked: company.tenant === me.tenant.id,
                onSelect: () => {
                  if (company.tenant !== me.tenant.id)
                    void act(() => switchTenant(company.tenant)).then((ok) => ok && navigate('/chat'))
                },
              })),
              ...(companies.length > 0 ? (['line'] as const) : []),
              {
                label: t('area.settings'),
                icon: <Settings size={16} />,
                onSelect: () => navigate('/settings/profile'),
              },
              ...(phone
                ? []
                : [
                    {
                      label: t('shortcuts.title'),
                      icon: <Keyboard size={16} />,
                      onSelect: () => openOverlay({ kind: 'shortcuts' }),
                    },
                  ]),
              { label: t('identity.signOut'), icon: <LogOut size={16} />, onSelect: askSignOut(t) },
            ]}
          />
        )}
      </Presence>
    </>
  )
}

/** What is not sent yet lives on this device only, so leaving says so. */
export const askSignOut = (t: TFunction) => () =>
  confirm({
    title: t('identity.signOutTitle'),
    text: t('identity.signOutText'),
    action: t('identity.signOut'),
    run: signOut,
  })
