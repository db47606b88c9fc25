import { useTranslation } from 'react-i18next'
import { useFormat } from '../../app/format'

const weekMs = 6 * 86_400_000

/** Until when somebody rests, in as few words as are clear: a time today, a weekday within a week, else a date. */
export function useUntil(): (until: string | null) => string {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  return (until) => {
    if (until === null) return t('rest.noEnd')
    const time = format.time(until)
    const now = new Date()
    const day = format.day(until)
    if (day === format.day(now.toISOString())) return time
    if (day === format.day(new Date(now.getTime() + 86_400_000).toISOString())) return t('rest.tomorrowAt', { time })
    if (Date.parse(until) - now.getTime() < weekMs) {
      const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
      const weekday = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : i18n.language, {
        weekday: i18n.language === 'en' ? 'long' : 'short',
        timeZone: 'UTC',
      }).format(Date.UTC(year, month - 1, date))
      return t('rest.dayAt', { day: weekday, time })
    }
    return format.dateTime(until)
  }
}
