import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useMatch } from 'react-router'
import { useMe } from '../app/data'
import { useMedia, widths } from '../app/media'
import { useSignedIn } from '../app/session'
import { setTheme } from '../app/theme'
import { useReminders } from '../features/messaging/useReminders'
import { useNoticeReminders } from '../features/notices/useNoticeReminders'
import { usePush } from '../features/notifications/push'
import { useNotifications } from '../features/notifications/useNotifications'
import { useReminderToasts } from '../features/reminders/useReminderToasts'
import { useFollowRest } from '../features/rest/my-rest'
import { RestSummary } from '../features/rest/RestSummary'
import { useTodoReminders } from '../features/todos/useTodoReminders'
import { setLocale } from '../texts'
import { ConnectionBar } from './ConnectionBar'
import { InsecureNotice } from './InsecureNotice'
import { Overlays } from './Overlays'
import { Rail } from './Rail'
import styles from './Shell.module.css'
import { Tabs } from './Tabs'
import { useAttention } from './useAttention'
import { useShellKeys } from './useShellKeys'
import { VersionOffer } from './VersionOffer'

/** Everything around the signed-in screens: rail or tabs, and the notices that concern all of them. */
export function Shell() {
  const { t } = useTranslation()
  const phone = useMedia(widths.phone)
  const inChat = useMatch('/chat/:conversation/*') !== null
  const inSearch = [useMatch('/search'), useMatch('/find/*')].some((match) => match !== null)
  usePreferences()
  useAttention()
  useFollowRest()
  useNotifications()
  useReminders()
  useTodoReminders()
  useReminderToasts()
  useNoticeReminders()
  usePush()
  useShellKeys()
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      {!phone && <Rail />}
      <div className={styles.column}>
        <InsecureNotice />
        <ConnectionBar />
        <div className={styles.frame} id="content" tabIndex={-1}>
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </div>
        {phone && !inChat && !inSearch && <Tabs />}
        <RestSummary />
        <VersionOffer />
      </div>
      <Overlays />
    </div>
  )
}

/** Language (the member's, else the company's), theme and layout follow the member over all devices. */
function usePreferences() {
  const me = useMe()
  const tenant = useSignedIn().me.tenant
  const locale = me ? (me.preferences.locale ?? me.tenant.locale) : tenant.locale
  const theme = me?.preferences.theme
  useEffect(() => void setLocale(locale), [locale])
  useEffect(() => {
    if (theme) setTheme(theme)
  }, [theme])
  const { density, messages } = me?.preferences ?? {}
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.density = density ?? 'comfortable'
    dataset.messages = messages ?? 'sides'
  }, [density, messages])
}
