import type { NoticeAudience } from '@heyi/contract/notices'

const rolePrefix = 'role:'

/** An audience as words, to be met with those of a member. */
export const wordsOf = ({ everyone, departments, roles }: NoticeAudience): string[] =>
  everyone ? ['all'] : [...new Set([...departments, ...roles.map((role) => rolePrefix + role)])]

export function audienceOf(words: readonly string[]): NoticeAudience {
  const roles = (['owner', 'admin', 'member'] as const).filter((role) => words.includes(rolePrefix + role))
  return { everyone: words.includes('all'), departments: words.filter((word) => word.startsWith('dep_')), roles }
}

/** The words that mean a member: a notice is for them if it has one of these. */
export const wordsOfMember = (departments: readonly string[], role: string): string[] => [
  'all',
  ...departments,
  rolePrefix + role,
]

/** Whether the rest may be reminded again: not right after the last time, and a few times a day. */
export function mayRemind(
  before: readonly string[],
  nowMs: number,
  { pauseMs, perDay }: { pauseMs: number; perDay: number },
): 'yes' | 'lately' | 'often' {
  const times = before.map((at) => Date.parse(at))
  if (times.some((at) => nowMs - at < pauseMs)) return 'lately'
  return times.filter((at) => nowMs - at < 86_400_000).length >= perDay ? 'often' : 'yes'
}

/** One line of a table that spreadsheets open; nothing in it is taken for a formula. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`
