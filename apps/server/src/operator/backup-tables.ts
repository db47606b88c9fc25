import pg from 'pg'

/** One table as a backup carries it. */
export interface Table {
  name: string
  /** In the order of the table, without what PostgreSQL fills in by itself for each installation (xid8, generated). */
  columns: string[]
  /** What its rows are ordered by, as SQL: the primary key, else all columns; text by its bytes on every system. */
  key: string[]
  /** Tables that must be there before it. */
  needs: string[]
  /** Columns with a sequence of their own. */
  counters: string[]
}

/** Made again from the messages by a database that has none of it. */
const searchIndex = ['search_progress', 'search_tail', 'search_block', 'search_file']

/**
 * What is of one installation and not of its data: the outbox and the marks of its readers speak of transactions that no
 * other database knows, the generation says which database this is, and the ledger is written by the migrations themselves.
 */
const left = new Set(['outbox', 'outbox_reader', 'generation', 'migration', ...searchIndex])

/** Every table of the database that holds data, each after those it refers to. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const found = await client.query<Table>(tablesSql)
  return inOrder(found.rows.filter(({ name }) => !left.has(name)))
}

const columns = (what: string, where: string) =>
  `array(select ${what} from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped ${where} order by a.attnum)`

const byBytes = `quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end`

const tablesSql = `
  select c.relname::text as name,
    ${columns('a.attname::text', `and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype`)} as columns,
    coalesce((select array_agg(${byBytes} order by k.place) from pg_index i, unnest(i.indkey) with ordinality as k(attnum, place), pg_attribute a
      where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum), ${columns(byBytes, '')}) as key,
    array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs,
    ${columns('a.attname::text', `and (a.attidentity <> '' or pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null)`)} as counters
  from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`

/** @throws Error if tables refer to each other in a circle: none could be filled first */
function inOrder(tables: Table[]): Table[] {
  const names = new Set(tables.map(({ name }) => name))
  const done = new Set<string>()
  const ordered: Table[] = []
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ name, needs }) => !done.has(name) && needs.every((need) => done.has(need) || !names.has(need)),
    )
    if (ready.length === 0) throw new Error('Some tables refer to each other in a circle.')
    for (const table of ready) {
      done.add(table.name)
      ordered.push(table)
    }
  }
  return ordered
}

const { escapeIdentifier: quoted } = pg

export const listColumns = (columns: string[]): string => columns.map(quoted).join(', ')
export const copyFromTable = ({ name, columns }: Table): string =>
  `copy (select ${listColumns(columns)} from ${quoted(name)}) to stdout`
export const copyToTable = (name: string, columns: string[]): string =>
  `copy ${quoted(name)} (${listColumns(columns)}) from stdin`

/** How far a table's counter has come. */
export interface Counter {
  table: string
  column: string
  /** Null: it was never used. */
  last: number | null
}

/** Of all tables, also of those whose rows a backup leaves out: a number given once is never given again. */
export async function readCounters(client: pg.ClientBase): Promise<Counter[]> {
  const { rows: tables } = await client.query<Table>(tablesSql)
  const counters: Counter[] = []
  for (const { name, counters: columns } of tables)
    for (const column of columns) {
      const found = await client.query<{ last: string | null }>(
        `select last_value::text as last from pg_sequences where format('%I.%I', schemaname, sequencename)::regclass = pg_get_serial_sequence($1, $2)::regclass`,
        [quoted(name), column],
      )
      const last = found.rows[0]?.last
      counters.push({ table: name, column, last: last === null || last === undefined ? null : Number(last) })
    }
  return counters
}

/** The counter goes on after `last`; a table or column that is no longer there has none. */
export async function setCounter(client: pg.ClientBase, { table, column, last }: Counter): Promise<void> {
  if (last !== null)
    await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [quoted(table), column, last])
}

/** The migrations this database has, oldest first; none where it was never migrated. */
export async function readLedger(client: pg.ClientBase): Promise<string[]> {
  const there = await client.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`)
  if (!there.rows[0]?.there) return []
  return (await client.query<{ name: string }>('select name from migration order by name')).rows.map(({ name }) => name)
}
