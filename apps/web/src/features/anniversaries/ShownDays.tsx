import type { AnniversaryDates } from '@heyi/contract/anniversaries'
import { useTranslation } from 'react-i18next'

/** Both days in words. */
export function ShownDays({ dates: { birthday, joinedOn } }: { dates: AnniversaryDates }) {
  const { t, i18n } = useTranslation()
  const shown = (date: Date, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.language, { ...parts, timeZone: 'UTC' }).format(date)
  return (
    <>
      <span>
        <span>{t('days.birthday')}</span>
        <span>
          {birthday
            ? shown(new Date(Date.UTC(2000, birthday.month - 1, birthday.day)), { month: 'long', day: 'numeric' })
            : t('days.notSet')}
        </span>
      </span>
      <span>
        <span>{t('days.joinedOn')}</span>
        <span>
          {joinedOn
            ? shown(new Date(`${joinedOn}T00:00:00Z`), { year: 'numeric', month: 'long', day: 'numeric' })
            : t('days.notSet')}
        </span>
      </span>
    </>
  )
}
