import type { LinkCard } from '@heyi/contract/linkcards'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export async function isOn(on: Queryable, tenantId: string): Promise<boolean> {
  const found = await row(on, sql<{ on: boolean }>`select is_on as on from link_policy where tenant_id = ${tenantId}`)
  return found?.on ?? false
}

export async function setOn(tx: Tx, tenantId: string, on: boolean): Promise<void> {
  await sql`
    insert into link_policy (tenant_id, is_on) values (${tenantId}, ${on})
    on conflict (tenant_id) do update set is_on = excluded.is_on`.execute(tx)
  if (!on) await sql`delete from link_card where tenant_id = ${tenantId}`.execute(tx)
}

/** What is known of these pages and still holds: a card, or null where a page said nothing. */
export async function findCards(
  on: Queryable,
  tenantId: string,
  digests: string[],
  now: string,
): Promise<Map<string, LinkCard | null>> {
  const found = await rows(
    on,
    sql<{ digest: string; title: string | null } & Omit<LinkCard, 'title'>>`
      select digest, title, description, site, image from link_card
      where tenant_id = ${tenantId} and digest = any(${digests}) and expires_at > ${now}`,
  )
  return new Map(found.map(({ digest, title, ...rest }) => [digest, title === null ? null : { title, ...rest }]))
}

/** Keeps what a page said, unless the company has changed its mind meanwhile. */
export async function keepCard(
  on: Queryable,
  tenantId: string,
  digest: string,
  card: LinkCard | null,
  times: { readAt: string; expiresAt: string },
): Promise<void> {
  await sql`
    insert into link_card (tenant_id, digest, title, description, site, image, read_at, expires_at)
    select ${tenantId}, ${digest}, ${card?.title ?? null}, ${card?.description ?? ''}, ${card?.site ?? ''}, ${card?.image ?? null}, ${times.readAt}, ${times.expiresAt}
    from link_policy where tenant_id = ${tenantId} and is_on
    on conflict (tenant_id, digest) do update set title = excluded.title, description = excluded.description, site = excluded.site,
      image = excluded.image, read_at = excluded.read_at, expires_at = excluded.expires_at`.execute(on)
}

/** Forgets what is over, and of each company what is more than so many. */
export async function prune(tx: Tx, now: string, most: number): Promise<void> {
  await sql`delete from link_card where expires_at <= ${now}`.execute(tx)
  await sql`
    delete from link_card using (
      select tenant_id, digest, row_number() over (partition by tenant_id order by read_at desc) as n from link_card) old
    where link_card.tenant_id = old.tenant_id and link_card.digest = old.digest and old.n > ${most}`.execute(tx)
}

export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  await sql`delete from link_card where tenant_id = ${tenantId}`.execute(tx)
  await sql`delete from link_policy where tenant_id = ${tenantId}`.execute(tx)
}
