import type { Week } from '@heyi/contract/rest'
import { Switch } from '@heyi/ui/Field'
import { useTranslation } from 'react-i18next'
import styles from './WeekEditor.module.css'

export const officeWeek: Week = [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? { from: '09:00', to: '18:30' } : null))

/** The working hours of each day; a night shift ends at a time before it begins. */
export function WeekEditor({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const { t, i18n } = useTranslation()
  const weekday = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : i18n.language, {
    weekday: 'long',
    timeZone: 'UTC',
  })
  return (
    <ul className={styles.week} aria-label={t('rest.hours')}>
      {week.map((day, index) => {
        // The first of January 2024 was a Monday.
        const name = weekday.format(Date.UTC(2024, 0, 1 + index))
        const put = (next: Week[number]) => onChange(week.map((other, at) => (at === index ? next : other)))
        return (
          <li key={name}>
            <Switch
              tone="rest"
              label={name}
              checked={day !== null}
              onChange={(on) => put(on ? { from: '09:00', to: '18:30' } : null)}
            />
            {day && (
              <span className={styles.hours}>
                <input
                  type="time"
                  required
                  aria-label={t('rest.dayFrom', { day: name })}
                  value={day.from}
                  onChange={(event) => event.target.value && put({ ...day, from: event.target.value })}
                />
                –
                <input
                  type="time"
                  required
                  aria-label={t('rest.dayTo', { day: name })}
                  value={day.to}
                  onChange={(event) => event.target.value && put({ ...day, to: event.target.value })}
                />
                {day.to <= day.from && <small>{t('rest.nextDay')}</small>}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
