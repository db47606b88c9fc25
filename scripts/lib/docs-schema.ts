import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, readMigrations } from '../../apps/server/src/kernel/migrate.js'
import { startEmbeddedPostgres } from '../../apps/server/src/kernel/postgres/embedded.js'
import { lockDataFolder } from '../../apps/server/src/kernel/postgres/lock.js'
import { migrationsRoot } from '../../apps/server/src/paths.js'

interface Column {
  name: string
  type: string
  collation: string | null
  notNull: boolean
  byDefault: string | null
  identity: '' | 'a' | 'd'
  generated: string | null
}
interface Table {
  name: string
  options: string[] | null
  columns: Column[]
  /** Definitions of primary, unique, foreign keys and checks. */
  constraints: string[]
  indexes: string[]
  comment: string | null
}

/** `docs/schema.sql`: what all migrations together make, read from the catalogs of a new embedded PostgreSQL. */
export async function text(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'heyi-schema-'))
  try {
    using lock = lockDataFolder(join(folder, 'data'))
    await using embedded = await startEmbeddedPostgres({ dataDir: lock.dataDir, log: () => undefined })
    const client = new pg.Client({ ...embedded.connection, database: 'heyi' })
    await client.connect()
    try {
      const names = await migrate(client, await readMigrations(migrationsRoot))
      return write(names, await readTables(client), await readRoutines(client))
    } finally {
      await client.end()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Without a schema in the search path, definitions name everything but built-in things with their schema; with this
// one they are short. Constraints of kind n are the columns' own "not null", which PostgreSQL 18 lists as well.
const tablesSql = `
  select c.relname::text as name, c.reloptions as options, obj_description(c.oid) as comment,
    (select coalesce(json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull, 'identity', a.attidentity,
        'collation', case when a.attcollation <> t.typcollation then (select quote_ident(collname) from pg_collation o where o.oid = a.attcollation) end,
        'byDefault', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
        'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end) order by a.attnum), '[]')
      from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(pg_get_constraintdef(k.oid, true) order by array_position(array['p', 'u', 'f', 'c', 'x'], k.contype::text), k.conname collate "C"), '[]')
      from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n') as constraints,
    (select coalesce(json_agg(pg_get_indexdef(i.indexrelid, 0, true) order by r.relname collate "C"), '[]')
      from pg_index i join pg_class r on r.oid = i.indexrelid
      where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) as indexes
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname collate "C"`

async function readTables(client: pg.Client): Promise<Table[]> {
  return (await client.query<Table>(tablesSql)).rows
}

/** Functions and triggers of ours; what an extension brought is not ours. */
async function readRoutines(client: pg.Client): Promise<string[]> {
  const found = await client.query<{ definition: string }>(`
    select pg_get_functiondef(p.oid) as definition, p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select pg_get_triggerdef(t.oid, true), t.tgname from pg_trigger t where not t.tgisinternal
    order by 2`)
  return found.rows.map(({ definition }) => definition.trim())
}

function write(migrations: string[], tables: Table[], routines: string[]): string {
  const head = [
    '-- The schema that the migrations make. Made by `npm run schema`; do not edit it by hand.',
    '-- Tables by name, columns in their own order; "not null" of a primary key is left out.',
    '--',
    ...migrations.map((name) => `-- ${name}`),
  ]
  const parts = [head.join('\n'), ...tables.map(writeTable), ...routines.map((routine) => `${routine};`)]
  return `${parts.join('\n\n')}\n`
}

function writeTable({ name, options, columns, constraints, indexes, comment }: Table): string {
  const key = new Set(keyOf(constraints))
  const width = Math.max(...columns.map((column) => column.name.length))
  const lines = [
    ...columns.map((column) => `${column.name.padEnd(width)} ${writeColumn(column, key)}`),
    ...constraints.map(lower),
  ]
  const end = options ? `) with (${options.map((option) => option.replace('=', ' = ')).join(', ')});` : ');'
  return [
    ...(comment ? [`-- ${comment}`] : []),
    `create table ${name} (`,
    lines.map((line) => `  ${line}`).join(',\n'),
    end,
    ...indexes.map((index) => `${lower(index).replaceAll('public.', '').replace(' using btree', '')};`),
  ].join('\n')
}

function writeColumn(
  { name, type, collation, notNull, byDefault, identity, generated }: Column,
  key: Set<string>,
): string {
  const words = [
    type.replace('timestamp with time zone', 'timestamptz'),
    collation && `collate ${collation}`,
    notNull && !key.has(name) && identity === '' && 'not null',
    byDefault !== null && `default ${byDefault.replace(/::(text(\[\])?|jsonb)$/, '')}`,
    identity !== '' && `generated ${identity === 'a' ? 'always' : 'by default'} as identity`,
    generated !== null && `generated always as (${generated}) stored`,
  ]
  return words.filter(Boolean).join(' ')
}

const keyOf = (constraints: string[]): string[] =>
  /^PRIMARY KEY \(([^)]*)\)/.exec(constraints[0] ?? '')?.[1]?.split(', ') ?? []

const keywords =
  /\b(PRIMARY KEY|FOREIGN KEY|REFERENCES|UNIQUE|CHECK|ON DELETE|ON UPDATE|CASCADE|SET NULL|RESTRICT|DEFERRABLE|INITIALLY|DEFERRED|NULLS NOT DISTINCT|NULLS FIRST|NULLS LAST|CREATE|INDEX|ON|USING|WHERE|COLLATE|INCLUDE|DESC|AND|OR|NOT|IS|NULL|ANY|ARRAY|WITH|BETWEEN)\b/g

/** As in the migrations: keywords in lower case, literals without the type they have anyway. Quoted text stays as it is. */
function lower(definition: string): string {
  return definition
    .replaceAll("'::text", "'")
    .split(/('[^']*'|"[^"]*")/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(keywords, (word) => word.toLowerCase())))
    .join('')
}
