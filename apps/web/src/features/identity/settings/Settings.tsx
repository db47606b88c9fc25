import { IconButton } from '@heyi/ui/Button'
import { ChevronLeft, ChevronRight, LogOut } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate, useParams } from 'react-router'
import { useMe } from '../../../app/data'
import { useMedia, widths } from '../../../app/media'
import { askSignOut, MeMenu } from '../../../shell/MeMenu'
import { Ledger } from '../../notifications/Ledger'
import { RestSettings } from '../../rest/RestSettings'
import { About } from './About'
import { Appearance } from './Appearance'
import { ChatSettings } from './ChatSettings'
import { Devices } from './Devices'
import { Language } from './Language'
import { MyProfile } from './MyProfile'
import { Notifications } from './Notifications'
import { Password } from './Password'
import { Privacy } from './Privacy'
import styles from './Settings.module.css'
import { type SettingsTab, settingsTabs } from './tabs'

const pages: Record<SettingsTab, ComponentType> = {
  profile: MyProfile,
  appearance: Appearance,
  language: Language,
  chat: ChatSettings,
  notifications: Notifications,
  rest: RestSettings,
  ledger: Ledger,
  devices: Devices,
  privacy: Privacy,
  password: Password,
  about: About,
}

/** `/settings/:tab`; on the phone its index is the tab 我. */
export function Settings() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const twoPanes = useMedia(widths.twoPanes)
  const phone = useMedia(widths.phone)
  const me = useMe()
  const { tab } = useParams()
  const current = settingsTabs.find(({ name }) => name === tab)?.name ?? (twoPanes ? 'profile' : null)
  const Page = current && pages[current]
  return (
    <>
      {(twoPanes || !current) && (
        <nav className={styles.nav} aria-label={t('area.settings')}>
          {phone ? (
            <header className={styles.me}>
              <MeMenu size={56} />
              <div>
                <h1>{me?.profile.name}</h1>
                <p className="ell">{[me?.profile.position, me?.tenant.name].filter(Boolean).join(' · ')}</p>
              </div>
            </header>
          ) : (
            <header className={styles.head}>
              <h1>{t('area.settings')}</h1>
            </header>
          )}
          {settingsTabs.map(({ name, Icon }) => (
            <NavLink
              key={name}
              to={`/settings/${name}`}
              className={[styles.tab, name === current && styles.on].filter(Boolean).join(' ')}
              aria-current={name === current ? 'page' : undefined}
            >
              <Icon size={18} />
              <span>{t(`settings.tab.${name}`)}</span>
              {!twoPanes && <ChevronRight size={16} />}
            </NavLink>
          ))}
          <button type="button" className={styles.tab} onClick={askSignOut(t)}>
            <LogOut size={18} />
            <span>{t('identity.signOut')}</span>
          </button>
        </nav>
      )}
      {current && Page && (
        <main className={styles.page}>
          <header className={styles.head}>
            {!twoPanes && (
              <IconButton label={t('action.back')} onClick={() => navigate('/settings')}>
                <ChevronLeft size={24} />
              </IconButton>
            )}
            <h2>{t(`settings.tab.${current}`)}</h2>
          </header>
          <div className={styles.body}>
            <Page />
          </div>
        </main>
      )}
    </>
  )
}
