import type { Tenant } from '@heyi/contract/identity'
import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { SelectField, TextField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useMe } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { timeZones } from '../../identity/rules'
import { localeNames } from '../../identity/Threshold'
import styles from './Manage.module.css'
import { Storage } from './Storage'

/** The company's own settings and what it stores. */
export function Company() {
  const me = useMe()
  if (!me) return <Skeleton rows={3} square />
  return (
    <>
      <Basics key={me.tenant.id} tenant={me.tenant} />
      <Storage />
    </>
  )
}

function Basics({ tenant }: { tenant: Tenant }) {
  const { t } = useTranslation()
  const client = useClient()
  const [form, setForm] = useState({ name: tenant.name, locale: tenant.locale, timeZone: tenant.timeZone })
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const missing = form.name.trim() === ''
  const save = () => {
    if (missing) return
    setError(null)
    void run(async () => {
      await client.call('directory.updateTenant', form)
      toast(t('manage.companySaved'))
    })
  }
  return (
    <section className={styles.section}>
      <h3>{t('manage.companyTitle')}</h3>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label={t('setUp.company.name')}
          maxLength={limits.nameChars}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          error={missing ? t('setUp.company.missing') : null}
        />
        <div className={styles.pair}>
          <SelectField
            label={t('field.language')}
            value={form.locale}
            options={Object.entries(localeNames).map(([value, label]) => ({ value, label }))}
            onChange={(value) => setForm({ ...form, locale: value === 'en' ? 'en' : 'zh-CN' })}
          />
          <SelectField
            label={t('field.timeZone')}
            value={form.timeZone}
            options={timeZones(form.timeZone).map((zone) => ({ value: zone, label: zone }))}
            onChange={(timeZone) => setForm({ ...form, timeZone })}
          />
        </div>
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" look="primary" size="l" busy={busy}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </section>
  )
}
