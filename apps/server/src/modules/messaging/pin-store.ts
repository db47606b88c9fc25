import type { Pins } from '@heyi/contract/messaging'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import type { ObjectRef } from '../../kernel/feeds/kinds.js'

// What is pinned to the top of conversations. Whoever writes holds the conversation’s feed.

export async function countPins(on: Queryable, tenantId: string, conversation: string): Promise<number> {
  const found = await row(
    on,
    sql<{
      count: number
    }>`select count(*) as count from conversation_pin where tenant_id = ${tenantId} and conversation_id = ${conversation}`,
  )
  return found?.count ?? 0
}

export async function addPin(
  tx: Tx,
  tenantId: string,
  conversation: string,
  pin: Pins['items'][number],
): Promise<boolean> {
  const added = await changed(
    tx,
    sql`insert into conversation_pin (tenant_id, conversation_id, seq, by, at)
      values (${tenantId}, ${conversation}, ${pin.seq}, ${pin.by}, ${pin.at}) on conflict do nothing`,
  )
  return added > 0
}

export async function removePin(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<boolean> {
  const removed = await changed(
    tx,
    sql`delete from conversation_pin where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return removed > 0
}

/** Of a conversation in which nothing is pinned any more: an empty list. */
export async function loadPins(on: Queryable, tenantId: string, refs: ObjectRef[]): Promise<Map<string, Pins>> {
  const found = await rows(
    on,
    sql<Pins['items'][number] & { id: string }>`
      select conversation_id as id, seq, by, at from conversation_pin
      where tenant_id = ${tenantId} and conversation_id = any(${refs.map(({ id }) => id)}) order by at desc, seq desc`,
  )
  const items = (id: string) => found.filter((pin) => pin.id === id).map(({ seq, by, at }) => ({ seq, by, at }))
  return new Map(refs.map(({ feed, id }) => [`${feed} ${id}`, { items: items(id) }]))
}
