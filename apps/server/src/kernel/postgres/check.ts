/** What `checkServer` needs of a connection; a `pg` client's `query` fits. */
export type Query = (text: string) => Promise<{ rows: Record<string, unknown>[] }>

/** Whose server it is: ours, whose settings we answer for, or one that `DATABASE_URL` names. */
export type ServerKind = 'embedded' | 'outside'

export interface ServerFacts {
  /** As `server_version_num`: 150018, 180004. */
  version: number
  /** Grows with each promotion of a standby; part of the feeds' generation (FEEDS.md). */
  timeline: number
}

/**
 * Refuses a database on which Heyi would lose or misread data, and tells the facts that others build on.
 *
 * @param query runs on a connection to the very database that Heyi will use; any role will do
 * @param warn hears what an outside server's operator should know but may have decided on purpose
 * @throws Error one sentence for people that says what is wrong and what to do
 */
export async function checkServer(query: Query, kind: ServerKind, warn: (text: string) => void): Promise<ServerFacts> {
  const [settings] = (await query(settingsSql)).rows
  const version = Number(settings?.version)
  if (!(version >= 150000)) {
    throw new Error(`The database server is PostgreSQL ${settings?.version_text}, but Heyi needs version 15 or newer.`)
  }
  if (settings?.encoding !== 'UTF8') {
    throw new Error(
      `The database "${settings?.name}" is encoded as ${settings?.encoding}: create it anew with ENCODING 'UTF8' (TEMPLATE template0).`,
    )
  }
  await requireUnicode(query, String(settings.name))
  const unsafe = (['fsync', 'full_page_writes'] as const).filter((name) => settings[name] !== 'on')
  if (unsafe.length > 0) {
    const text = `The database server runs with ${unsafe.join(' and ')} off, so a power loss can destroy its data: switch it on.`
    if (kind === 'embedded') throw new Error(text)
    warn(text)
  }
  const [row] = (await query('select timeline_id from pg_control_checkpoint()')).rows
  return { version, timeline: Number(row?.timeline_id) }
}

const settingsSql = `select current_setting('server_version_num') as version, current_setting('server_version') as version_text,
  current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
  current_setting('full_page_writes') as full_page_writes, current_database() as name`

/**
 * Asks for the behaviour and not for names: providers and their catalog columns differ between PostgreSQL 15 and 18.
 * Only trigrams are judged by name, for pg_trgm need not be installed yet: whatever the provider, it asks the C library
 * (measured on 18.4: with `datctype` C and the provider builtin or icu, `show_trgm` of Chinese is empty).
 */
async function requireUnicode(query: Query, name: string): Promise<void> {
  const [row] = (await query(unicodeSql)).rows
  const missing = Object.entries({
    'upper case of é': row?.upper_case,
    'word characters such as 明': row?.word_character,
    'trigrams of Chinese': row?.trigrams,
  }).filter(([, works]) => works !== true)
  if (missing.length === 0) return
  throw new Error(
    `The database "${name}" has the character type ${row?.ctype}, which does not know ${missing.map(([what]) => what).join(' or ')}: create it anew with LOCALE 'C.UTF-8' (TEMPLATE template0).`,
  )
}

const unicodeSql = `select upper('é') = 'É' and lower('Ж') = 'ж' as upper_case, '明' ~ '^\\w$' as word_character,
  datctype as ctype, datctype not in ('C', 'POSIX') as trigrams from pg_database where datname = current_database()`
