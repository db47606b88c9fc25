import type { RawBuilder } from 'kysely'
import { type Queryable, rows, sql, type Tx } from '../../kernel/db.js'
import { rangeEnd, type Word } from './rules.js'

export type WordKind = 'member' | 'department'

/** Replaces the words that find these objects. */
export async function writeWords(
  tx: Tx,
  tenantId: string,
  kind: WordKind,
  objects: { id: string; words: Word[] }[],
): Promise<void> {
  const all = objects.flatMap(({ id, words }) => words.map((word) => ({ ...word, id })))
  await deleteWords(
    tx,
    tenantId,
    objects.map(({ id }) => id),
  )
  await sql`
    insert into directory_word (tenant_id, word, kind, object_id, weight)
    select ${tenantId}, i.word, ${kind}, i.id, i.weight
    from unnest(${all.map((w) => w.word)}::text[], ${all.map((w) => w.id)}::text[], ${all.map((w) => w.weight)}::int[]) as i(word, id, weight)`.execute(
    tx,
  )
}

export async function deleteWords(tx: Tx, tenantId: string, ids: string[]): Promise<void> {
  await sql`delete from directory_word where tenant_id = ${tenantId} and object_id = any(${ids})`.execute(tx)
}

type Hits = RawBuilder<{ id: string; weight: number }>

/** A part that many begin with is looked at so far, in the order of words: whoever has it exactly comes first. */
const oneLook = 10_000
/** The same for people found only through their department’s name. */
const throughLook = 1_000
const exactBonus = 50
const departmentWeight = 20
/** A letter or two: the beginning of thousands of words. */
const isWide = (part: string): boolean => /^[a-z0-9]{1,2}$/.test(part)
/** Sorted by name among the best. */
const ranked = 200

/** People for whom every part is a beginning of a word of theirs or of a department of theirs: best first, then by name. */
export async function findMembers(on: Queryable, tenantId: string, parts: string[], limit: number): Promise<string[]> {
  const alone = parts.length === 1
  // Of several letters that many begin with, a look at some of each mostly finds enough; if not, all are compared.
  if (!alone && parts.every(isWide)) {
    const some = await findAmong(on, tenantId, parts, limit, true)
    if (some.length === limit) return some
  }
  return findAmong(on, tenantId, parts, limit, alone)
}

async function findAmong(
  on: Queryable,
  tenantId: string,
  parts: string[],
  limit: number,
  bounded: boolean,
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      with best as (${intersect(parts.map((part) => sql`${own(tenantId, 'member', part, bounded)} union all ${through(tenantId, part, bounded)}`))} order by weight desc, id limit ${ranked})
      select b.id from best b join profile p on p.tenant_id = ${tenantId} and p.member_id = b.id order by b.weight desc, p.sort_key, b.id limit ${limit}`,
  )
  return found.map((f) => f.id)
}

/** Departments whose name has every part. */
export async function findDepartments(
  on: Queryable,
  tenantId: string,
  parts: string[],
  limit: number,
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      with best as (${intersect(parts.map((part) => own(tenantId, 'department', part, false)))} order by weight desc, id limit ${ranked})
      select b.id from best b join department d on d.tenant_id = ${tenantId} and d.id = b.id order by b.weight desc, d.name, b.id limit ${limit}`,
  )
  return found.map((f) => f.id)
}

/**
 * Objects in every set, with the sum of their best weights. Counted, not joined: how many words begin with a part is
 * hard to guess, and a join planned for few takes seconds for many.
 */
function intersect(sets: RawBuilder<unknown>[]): Hits {
  const all = sql.join(
    sets.map((set, part) => sql`select id, weight, ${sql.lit(part)} as part from (${set}) w`),
    sql` union all `,
  )
  return sql`
    select id, sum(weight) as weight from (select id, part, max(weight) as weight from (${all}) a group by id, part) b
    group by id having count(*) = ${sets.length}::int`
}

const begins = (tenantId: string, kind: WordKind, part: string) =>
  sql`w.tenant_id = ${tenantId} and w.word >= ${part} and w.word < ${rangeEnd(part)} and w.kind = ${kind}`

function own(tenantId: string, kind: WordKind, part: string, bounded: boolean): RawBuilder<unknown> {
  const bound = bounded ? sql`order by w.word, w.object_id limit ${oneLook}` : sql``
  return sql`
    (select w.object_id as id, w.weight + case when w.word = ${part} then ${exactBonus}::int else 0 end as weight
    from directory_word w where ${begins(tenantId, kind, part)} ${bound})`
}

function through(tenantId: string, part: string, bounded: boolean): RawBuilder<unknown> {
  const bound = bounded ? sql`limit ${throughLook}` : sql``
  return sql`
    (select m.member_id as id, ${departmentWeight}::int as weight
    from directory_word w join department_member m on m.tenant_id = w.tenant_id and m.department_id = w.object_id
    where ${begins(tenantId, 'department', part)} ${bound})`
}
