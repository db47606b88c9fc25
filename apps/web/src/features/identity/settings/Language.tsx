import { locales } from '@heyi/contract/texts'
import { SelectField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { timeZones } from '../rules'
import { localeNames } from '../Threshold'
import styles from './Settings.module.css'
import { usePreferences } from './usePreferences'

/** Language and time zone; without a choice, the company's. */
export function Language() {
  const { t } = useTranslation()
  const { me, busy, put } = usePreferences()
  if (!me) return <Skeleton rows={2} square />
  const { preferences, tenant } = me
  return (
    <div className={styles.form}>
      <SelectField
        label={t('field.language')}
        value={preferences.locale ?? ''}
        disabled={busy}
        options={[
          { value: '', label: t('settings.likeCompany', { value: localeNames[tenant.locale] }) },
          ...locales.map((value) => ({ value, label: localeNames[value] })),
        ]}
        onChange={(value) => put({ locale: locales.find((locale) => locale === value) ?? null })}
      />
      <SelectField
        label={t('field.timeZone')}
        help={t('settings.timeZoneHelp')}
        value={preferences.timeZone ?? ''}
        disabled={busy}
        options={[
          { value: '', label: t('settings.likeCompany', { value: tenant.timeZone }) },
          ...timeZones(preferences.timeZone ?? tenant.timeZone).map((zone) => ({ value: zone, label: zone })),
        ]}
        onChange={(value) => put({ timeZone: value || null })}
      />
    </div>
  )
}
