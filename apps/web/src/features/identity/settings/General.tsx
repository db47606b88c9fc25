import type { Preferences } from '@heyi/contract/directory'
import { Segmented, SelectField, Switch } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useMe } from '../../../app/data'
import { setTheme } from '../../../app/theme'
import { timeZones } from '../rules'
import { localeNames } from '../Threshold'
import styles from './Settings.module.css'

/** Language, time zone, theme and the sending key; each saved as it is chosen, for all my devices. */
export function General() {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMe()
  const [busy, run] = useAction()
  if (!me) return <Skeleton rows={3} square />
  const { preferences, tenant } = me
  const put = (change: Partial<Preferences>) =>
    void run(() => client.call('directory.updateMe', { preferences: change }))
  return (
    <div className={styles.form}>
      <SelectField
        label={t('field.language')}
        value={preferences.locale ?? ''}
        disabled={busy}
        options={[
          { value: '', label: t('settings.likeCompany', { value: localeNames[tenant.locale] }) },
          ...Object.entries(localeNames).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(value) => put({ locale: value === 'en' || value === 'zh-CN' ? value : null })}
      />
      <SelectField
        label={t('field.timeZone')}
        value={preferences.timeZone ?? ''}
        disabled={busy}
        options={[
          { value: '', label: t('settings.likeCompany', { value: tenant.timeZone }) },
          ...timeZones(preferences.timeZone ?? tenant.timeZone).map((zone) => ({ value: zone, label: zone })),
        ]}
        onChange={(value) => put({ timeZone: value || null })}
      />
      <fieldset className={styles.choice}>
        <legend>{t('settings.theme')}</legend>
        <Segmented
          label={t('settings.theme')}
          value={preferences.theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`settings.themes.${value}`),
          }))}
          onChange={(theme) => {
            setTheme(theme)
            put({ theme })
          }}
        />
      </fieldset>
      <Switch
        label={t('settings.enterSends')}
        help={t('settings.enterHelp')}
        checked={preferences.enterSends}
        disabled={busy}
        onChange={(enterSends) => put({ enterSends })}
      />
    </div>
  )
}
