import { limits } from '@heyi/contract/limits'

/** The same rule as the server's, so that most faults are said before asking. */
export const passwordFault = (password: string, account: string): boolean =>
  password.length < limits.passwordMinChars || password.toLowerCase() === account.trim().toLowerCase()

export const accountFault = (account: string): boolean => !/^[a-z][a-z0-9._-]{1,39}$/.test(account.trim().toLowerCase())

/** IANA names with this browser's own first known; a short list where the browser cannot list them. */
export function timeZones(current: string): string[] {
  const known =
    'supportedValuesOf' in Intl
      ? Intl.supportedValuesOf('timeZone')
      : ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Singapore', 'Europe/London', 'America/New_York', 'UTC']
  return known.includes(current) ? known : [current, ...known]
}

export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
