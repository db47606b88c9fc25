import { Account, Email, Phone } from '@heyi/contract/identity'
import { limits } from '@heyi/contract/limits'

const maxLines = 5_000
const maxErrors = 100
const maxDepth = 15

export interface CsvError {
  line: number
  /** As in the header; null where it is about the whole line. */
  column: string | null
  reason: CsvReason
}
type CsvReason =
  | 'empty'
  | 'quote_open'
  | 'header_without_name'
  | 'header_repeated'
  | 'too_many_lines'
  | 'too_many_cells'
  | 'name_missing'
  | 'login_missing'
  | 'too_long'
  | 'account_invalid'
  | 'phone_invalid'
  | 'email_invalid'
  | 'department_invalid'
  | 'date_invalid'
  | 'login_repeated'
  | 'login_taken'
  | 'already_member'

export interface CsvMember {
  line: number
  name: string
  account: string | undefined
  phone: string | undefined
  email: string | undefined
  alias: string
  position: string
  fields: Record<string, string>
  /** Without a year, whatever was written. */
  birthday: { month: number; day: number } | null
  joinedOn: string | null
  /** Paths from the top; the first is the main one. */
  departments: string[][]
}

interface Line {
  line: number
  cells: string[]
}

/**
 * Lines of a table (RFC 4180, or separated by tabs as spreadsheets copy them) with the line each begins on. Quotes
 * hold separators, line ends and doubled quotes; a byte order mark and blank lines do not count.
 */
export function parseTable(text: string): Line[] | CsvError {
  const source = text.replace(/^\uFEFF/, '')
  const separator = (source.split(/\r?\n/, 1)[0] ?? '').includes('\t') ? '\t' : ','
  const table: Line[] = []
  let [at, line] = [0, 1]
  while (at < source.length) {
    const read = readLine(source, at, separator)
    if (!read) return { line, column: null, reason: 'quote_open' }
    if (read.cells.some((cell) => cell.trim() !== '')) table.push({ line, cells: read.cells })
    at = read.end
    line += read.lines
  }
  return table
}

function readLine(
  source: string,
  from: number,
  separator: string,
): { cells: string[]; end: number; lines: number } | null {
  const cells: string[] = []
  let [at, lines] = [from, 1]
  for (;;) {
    const cell = source[at] === '"' ? quoted(source, at) : plain(source, at, separator)
    if (!cell) return null
    cells.push(cell.text)
    lines += cell.text.split('\n').length - 1
    at = cell.end
    if (source[at] === separator) at++
    else break
  }
  if (source[at] === '\r') at++
  if (source[at] === '\n') at++
  return { cells, end: at, lines }
}

function plain(source: string, from: number, separator: string): { text: string; end: number } {
  let at = from
  while (at < source.length && source[at] !== separator && source[at] !== '\n' && source[at] !== '\r') at++
  return { text: source.slice(from, at), end: at }
}

/** Null when the quote never closes. What stands between the closing quote and the separator belongs to the text. */
function quoted(source: string, from: number): { text: string; end: number } | null {
  let text = ''
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] !== '"') text += source[at]
    else if (source[at + 1] === '"') {
      text += '"'
      at++
    } else return { text, end: at + 1 }
  }
  return null
}

type Column = 'name' | 'account' | 'phone' | 'email' | 'alias' | 'position' | 'department' | 'birthday' | 'joinedOn'
const headers: Record<string, Column> = {
  姓名: 'name',
  名字: 'name',
  name: 'name',
  账号: 'account',
  帐号: 'account',
  account: 'account',
  手机: 'phone',
  手机号: 'phone',
  电话: 'phone',
  phone: 'phone',
  mobile: 'phone',
  邮箱: 'email',
  邮件: 'email',
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  职务: 'position',
  职位: 'position',
  position: 'position',
  title: 'position',
  部门: 'department',
  department: 'department',
  departments: 'department',
  别名: 'alias',
  昵称: 'alias',
  alias: 'alias',
  nickname: 'alias',
  生日: 'birthday',
  birthday: 'birthday',
  入职日期: 'joinedOn',
  入职时间: 'joinedOn',
  'joined on': 'joinedOn',
  'joining date': 'joinedOn',
}

/**
 * The people of a pasted table. The first line names the columns, in Chinese or English; a column of another name
 * becomes an extra field of the profile.
 *
 * @returns either every line understood, or the errors of up to 100 lines
 */
export function readMembers(text: string): { members: CsvMember[]; errors: CsvError[] } {
  const table = parseTable(text)
  if (!Array.isArray(table)) return { members: [], errors: [table] }
  const [header, ...lines] = table
  const headerError = !header || lines.length === 0 ? whole(1, 'empty') : checkHeader(header)
  if (headerError || !header) return { members: [], errors: [headerError ?? whole(1, 'empty')] }
  if (lines.length > maxLines) return { members: [], errors: [whole(lines[maxLines]?.line ?? 1, 'too_many_lines')] }
  const columns = header.cells.map((cell) => cell.trim())
  const read = lines.map((line) => readMember(line, columns))
  const errors = read.flatMap((r) => r.errors)
  return { members: errors.length > 0 ? [] : read.map((r) => r.member), errors: errors.slice(0, maxErrors) }
}

const whole = (line: number, reason: CsvReason): CsvError => ({ line, column: null, reason })

function checkHeader({ line, cells }: Line): CsvError | null {
  const known = cells.map((cell) => headers[cell.trim().toLowerCase()] ?? cell.trim())
  if (!known.includes('name')) return whole(line, 'header_without_name')
  const named = known.filter((name) => name !== '')
  if (new Set(named).size < named.length) return whole(line, 'header_repeated')
  return named.some((name) => name.length > 40) || named.length > 40 ? whole(line, 'too_long') : null
}

function readMember({ line, cells }: Line, columns: string[]): { member: CsvMember; errors: CsvError[] } {
  const errors: CsvError[] = []
  const bad = (column: string | null, reason: CsvReason) => errors.push({ line, column, reason })
  const member: CsvMember = {
    line,
    name: '',
    account: undefined,
    phone: undefined,
    email: undefined,
    alias: '',
    position: '',
    fields: {},
    birthday: null,
    joinedOn: null,
    departments: [],
  }
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) bad(null, 'too_many_cells')
  for (const [index, title] of columns.entries()) {
    const value = (cells[index] ?? '').trim()
    const reason = value === '' || title === '' ? null : put(member, headers[title.toLowerCase()], title, value)
    if (reason) bad(title, reason)
  }
  if (member.name === '') bad('name', 'name_missing')
  else if (errors.length === 0 && !(member.account ?? member.phone ?? member.email)) bad(null, 'login_missing')
  return { member, errors }
}

/** Puts one cell where it belongs; why it cannot. */
function put(member: CsvMember, column: Column | undefined, title: string, value: string): CsvReason | null {
  if (column === 'account' || column === 'phone' || column === 'email') return putLogin(member, column, value)
  if (column === 'department') return putDepartments(member, value)
  if (column === 'birthday' || column === 'joinedOn') return putDay(member, column, value)
  if (value.length > (column === undefined ? 400 : limits.nameChars)) return 'too_long'
  if (column === undefined) member.fields[title] = value
  else member[column] = value
  return null
}

const shapes = { account: Account, phone: Phone, email: Email }

function putLogin(member: CsvMember, column: keyof typeof shapes, value: string): CsvReason | null {
  const parsed = shapes[column].safeParse(value)
  if (!parsed.success) return `${column}_invalid`
  member[column] = parsed.data
  return null
}

/** 1990-05-03, 1990/5/3, 1990年5月3日; a birthday also without the year, which is not kept. */
function putDay(member: CsvMember, column: 'birthday' | 'joinedOn', value: string): CsvReason | null {
  const found = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(value)
  const [year = null, month = 0, day = 0] = found ? [found[1], Number(found[2]), Number(found[3])] : []
  // 2000 has a 29 February.
  const date = new Date(Date.UTC(Number(year ?? 2000), month - 1, day))
  if (month === 0 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return 'date_invalid'
  if (column === 'birthday') member.birthday = { month, day }
  else if (year === null || year < '1900' || year > '2199') return 'date_invalid'
  else member.joinedOn = date.toISOString().slice(0, 10)
  return null
}

/** Paths are separated by semicolons, their steps by slashes. */
function putDepartments(member: CsvMember, value: string): CsvReason | null {
  const paths = value.split(/[;；|]/).filter((path) => path.trim() !== '')
  const departments = paths.map((path) => path.split(/[/／]/).map((step) => step.trim()))
  const wrong = (path: string[]) =>
    path.length > maxDepth || path.some((step) => step === '' || step.length > limits.nameChars)
  if (departments.length > 20 || departments.some(wrong)) return 'department_invalid'
  member.departments = departments
  return null
}
