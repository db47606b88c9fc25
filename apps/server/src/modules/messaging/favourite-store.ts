import { limits } from '@heyi/contract/limits'
import type { Favourite } from '@heyi/contract/messaging'
import type { MemberActor } from '../../kernel/actor.js'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// A member’s favourites. Only that member’s own acts write them, each under the member’s feed.

const columns = sql`id, conversation_id as conversation, seq, conversation_name as of, item, tags, saved_at as "savedAt"`

export async function countFavourites(on: Queryable, { tenantId, memberId }: MemberActor): Promise<number> {
  const found = await row(
    on,
    sql<{
      count: number
    }>`select count(*) as count from favourite where tenant_id = ${tenantId} and member_id = ${memberId}`,
  )
  return found?.count ?? 0
}

/** Those of these messages that are favourites already. */
export function keptAlready(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  conversation: string,
  seqs: number[],
): Promise<{ seq: number; id: string }[]> {
  return rows(
    on,
    sql<{ seq: number; id: string }>`
      select seq, id from favourite where tenant_id = ${tenantId} and member_id = ${memberId} and conversation_id = ${conversation} and seq = any(${seqs}::bigint[])`,
  )
}

export async function insertFavourites(
  tx: Tx,
  { tenantId, memberId }: MemberActor,
  favourites: (Favourite & { file: string | null; words: string })[],
): Promise<void> {
  for (const f of favourites)
    await sql`
      insert into favourite (tenant_id, member_id, id, conversation_id, seq, conversation_name, item, file, words, tags, saved_at)
      values (${tenantId}, ${memberId}, ${f.id}, ${f.conversation}, ${f.seq}, ${f.of}, ${JSON.stringify(f.item)}::jsonb, ${f.file}, ${f.words}, ${f.tags}, ${f.savedAt})`.execute(
      tx,
    )
}

export async function deleteFavourite(tx: Tx, { tenantId, memberId }: MemberActor, id: string): Promise<boolean> {
  const gone = await changed(
    tx,
    sql`delete from favourite where tenant_id = ${tenantId} and member_id = ${memberId} and id = ${id}`,
  )
  return gone > 0
}

export function setTags(
  tx: Tx,
  { tenantId, memberId }: MemberActor,
  id: string,
  tags: string[],
): Promise<Favourite | undefined> {
  return row(
    tx,
    sql<Favourite>`update favourite set tags = ${tags} where tenant_id = ${tenantId} and member_id = ${memberId} and id = ${id} returning ${columns}`,
  )
}

/** The last kept first: ids are in the order in which they were made. */
export function listFavourites(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  wanted: { words: string; tag: string | null },
  before: string | null,
  limit: number,
): Promise<Favourite[]> {
  return rows(
    on,
    sql<Favourite>`
      select ${columns} from favourite where tenant_id = ${tenantId} and member_id = ${memberId}
        and ${wanted.words === '' ? sql`true` : sql`(position(${wanted.words} in words) > 0 or exists (select from unnest(tags) tag where position(${wanted.words} in lower(tag)) > 0))`}
        and ${wanted.tag === null ? sql`true` : sql`${wanted.tag} = any(tags)`}
        and ${before === null ? sql`true` : sql`id < ${before}`}
      order by id desc limit ${limit}`,
  )
}

export function listTags(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
): Promise<{ tag: string; count: number }[]> {
  return rows(
    on,
    sql<{ tag: string; count: number }>`
      select tag, count(*) as count from favourite, unnest(tags) tag where tenant_id = ${tenantId} and member_id = ${memberId}
      group by tag order by count(*) desc, tag collate "C" limit ${limits.favouriteTagsListed}`,
  )
}

/** What somebody who left the company had kept; the answer names what carried files. */
export async function forgetFavourites(tx: Tx, tenantId: string, memberId: string): Promise<string[]> {
  const gone = await rows(
    tx,
    sql<{
      id: string
      file: string | null
    }>`delete from favourite where tenant_id = ${tenantId} and member_id = ${memberId} returning id, file`,
  )
  return gone.filter(({ file }) => file !== null).map(({ id }) => id)
}
