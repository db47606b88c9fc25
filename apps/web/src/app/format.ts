import type { Locale } from '@heyi/contract/texts'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '../texts'
import { useMe } from './data'

const dayMs = 86_400_000

/** Every time zone differs from UTC by whole quarters of an hour, so that within one the day is the same. */
const quarterMs = 900_000

/** A date as the reader's calendar has it, `2030-01-31`; two instants are on one day when these are equal. */
const dayKey = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const known = new Map<number, string>()
  return (at: Date) => {
    const quarter = Math.floor(at.getTime() / quarterMs)
    const day = known.get(quarter) ?? format.format(at)
    known.set(quarter, day)
    return day
  }
}

interface Words {
  today: string
  yesterday: string
  tomorrow: string
}

/** Making formatters is dear and every row of a chat wants one, so there is one of each for the whole program. */
const formats = new Map<string, ReturnType<typeof makeFormat>>()

function formatOf(locale: Locale, zone: string, t: TFunction) {
  const key = `${locale} ${zone}`
  const format =
    formats.get(key) ??
    makeFormat(locale, zone, {
      today: t('date.today'),
      yesterday: t('date.yesterday'),
      tomorrow: t('date.tomorrow'),
    })
  formats.set(key, format)
  return format
}

function makeFormat(locale: Locale, zone: string, words: Words) {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: zone, ...options })
  const clock = make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const weekday = make({ weekday: locale === 'en' ? 'short' : 'short' })
  const monthDay = make({ month: locale === 'en' ? 'short' : 'long', day: 'numeric' })
  const full = make({ year: 'numeric', month: locale === 'en' ? 'short' : 'long', day: 'numeric' })
  const key = dayKey(zone)
  /** A space between digits and Chinese: 10 月 30 日. */
  const spaced = (text: string) =>
    locale === 'zh-CN' ? text.replace(/(\d)([年月])/g, '$1 $2 ').replace(/(\d)日/g, '$1 日') : text
  const date = (at: Date, now: Date) =>
    spaced(key(at).slice(0, 4) === key(now).slice(0, 4) ? monthDay.format(at) : full.format(at))
  const relativeDay = (at: Date, now: Date): string | null => {
    if (key(at) === key(now)) return words.today
    return key(at) === key(new Date(now.getTime() - dayMs)) ? words.yesterday : null
  }
  return {
    /** Of what is to come: the day in words where it is near, and the time. */
    soon: (iso: string, now = new Date()) => {
      const at = new Date(iso)
      const near =
        key(at) === key(now)
          ? words.today
          : key(at) === key(new Date(now.getTime() + dayMs))
            ? words.tomorrow
            : `${date(at, now)} ${weekday.format(at)}`
      return `${near} ${clock.format(at)}`
    },
    day: (iso: string) => key(new Date(iso)),
    time: (iso: string) => clock.format(new Date(iso)),
    /** In a list: the time today, then yesterday, a weekday within a week, else the date. */
    listTime: (iso: string, now = new Date()) => {
      const at = new Date(iso)
      const near = relativeDay(at, now)
      if (near === words.today) return clock.format(at)
      if (near) return near
      return now.getTime() - at.getTime() < 6 * dayMs ? weekday.format(at) : date(at, now)
    },
    /** Between the days of a chat. */
    dayLine: (iso: string, now = new Date()) => {
      const at = new Date(iso)
      return relativeDay(at, now) ?? `${date(at, now)} ${weekday.format(at)}`
    },
    dateTime: (iso: string, now = new Date()) => `${date(new Date(iso), now)} ${clock.format(new Date(iso))}`,
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
  }
}

/** The member’s time zone, else the company’s, else this device’s. */
export function useZone(): string {
  const me = useMe()
  return me?.preferences.timeZone ?? me?.tenant.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Dates and times in the member's language and time zone. */
export function useFormat() {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for its words
  return useMemo(() => formatOf(currentLocale(), zone, t), [zone, i18n.language])
}

const units = ['B', 'KB', 'MB', 'GB', 'TB']

export function formatSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
