import type { Sticker, StickerPack } from '@heyi/contract/messaging'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// Packs of stickers. Whoever changes one holds its row; whoever changes their order or number, all of the company’s.

const packColumns = sql`
  p.id, p.name, p.retired, p.version, p.position,
  coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'picture', s.picture, 'label', s.label, 'width', s.width, 'height', s.height) order by s.position)
    from sticker s where s.tenant_id = p.tenant_id and s.pack_id = p.id and s.position is not null), '[]') as stickers`

type StoredPack = StickerPack & { position: number }

export function listPacks(
  on: Queryable,
  tenantId: string,
  of: { retired: boolean; after: number; limit: number },
): Promise<StoredPack[]> {
  return rows(
    on,
    sql<StoredPack>`
      select ${packColumns} from sticker_pack p
      where p.tenant_id = ${tenantId} and (${of.retired} or not p.retired) and p.position > ${of.after}::bigint
      order by p.position limit ${of.limit}`,
  )
}

export function findPack(on: Queryable, tenantId: string, id: string): Promise<StickerPack | undefined> {
  return row(
    on,
    sql<StickerPack>`
      select id, name, retired, version, stickers from (select ${packColumns} from sticker_pack p where p.tenant_id = ${tenantId} and p.id = ${id}) x`,
  )
}

/** Its version; undefined where there is none. */
export async function lockPack(tx: Tx, tenantId: string, id: string): Promise<number | undefined> {
  const found = await row(
    tx,
    sql<{ version: number }>`select version from sticker_pack where tenant_id = ${tenantId} and id = ${id} for update`,
  )
  return found?.version
}

/** All of the company’s, in their order. */
export async function lockPacks(tx: Tx, tenantId: string): Promise<{ id: string; position: number }[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sticker packs ${tenantId}`}, 0))`.execute(tx)
  return rows(
    tx,
    sql<{ id: string; position: number }>`
      select id, position from sticker_pack where tenant_id = ${tenantId} order by position`,
  )
}

export async function insertPack(
  tx: Tx,
  tenantId: string,
  { id, name, position }: { id: string; name: string; position: number },
): Promise<void> {
  await sql`insert into sticker_pack (tenant_id, id, name, position) values (${tenantId}, ${id}, ${name}, ${position})`.execute(
    tx,
  )
}

export async function savePack(
  tx: Tx,
  tenantId: string,
  { id, name, retired }: { id: string; name: string | null; retired: boolean | null },
): Promise<void> {
  await sql`
    update sticker_pack set name = coalesce(${name}, name), retired = coalesce(${retired}::boolean, retired), version = version + 1
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

export async function orderPacks(tx: Tx, tenantId: string, ids: string[]): Promise<void> {
  await sql`
    update sticker_pack p set position = i.n
    from unnest(${ids}::text[] collate "C") with ordinality as i(id, n) where p.tenant_id = ${tenantId} and p.id = i.id`.execute(
    tx,
  )
}

/** Offers none of a pack any more; `placeSticker` and `insertSticker` put back those that stay. */
export async function clearPack(tx: Tx, tenantId: string, pack: string): Promise<void> {
  await sql`update sticker set position = null where tenant_id = ${tenantId} and pack_id = ${pack}`.execute(tx)
}

/** False where the pack never had it. */
export async function placeSticker(
  tx: Tx,
  tenantId: string,
  pack: string,
  id: string,
  position: number,
): Promise<boolean> {
  return (
    (await changed(
      tx,
      sql`update sticker set position = ${position} where tenant_id = ${tenantId} and pack_id = ${pack} and id = ${id}`,
    )) > 0
  )
}

export async function insertSticker(
  tx: Tx,
  tenantId: string,
  pack: string,
  { id, picture, label, width, height }: Sticker,
  position: number,
): Promise<void> {
  await sql`
    insert into sticker (tenant_id, id, pack_id, picture, label, width, height, position)
    values (${tenantId}, ${id}, ${pack}, ${picture}, ${label}, ${width}, ${height}, ${position})`.execute(tx)
}

/** One that is offered now. */
export function findOffered(on: Queryable, tenantId: string, id: string): Promise<Sticker | undefined> {
  return row(
    on,
    sql<Sticker>`
      select s.id, s.picture, s.label, s.width, s.height from sticker s
      join sticker_pack p on p.tenant_id = s.tenant_id and p.id = s.pack_id and not p.retired
      where s.tenant_id = ${tenantId} and s.id = ${id} and s.position is not null`,
  )
}
