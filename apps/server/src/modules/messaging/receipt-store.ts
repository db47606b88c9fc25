import type { ReceiptMode } from '@heyi/contract/messaging'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// Receipts: a bit for each slot of the conversation, and runs of slots with their time.

/** A message of which a receipt is asked, as one member stands to it. */
export interface Asked {
  sender: string
  receipt: ReceiptMode
  /** Their slot; null for whoever came later, or sent it. */
  slot: number | null
  confirmedAt: string | null
}

/** Undefined where there is no such message for them to see, null where it asks for nothing. */
export async function findAsked(
  on: Queryable,
  tenantId: string,
  memberId: string,
  conversation: string,
  seq: number,
): Promise<Asked | null | undefined> {
  const found = await row(
    on,
    sql<Omit<Asked, 'receipt'> & { receipt: ReceiptMode | null }>`
      select x.sender, x.receipt, case when m.joined_at <= x.sent_at and x.sender <> m.member_id then m.slot end as slot, ${confirmedAt} as "confirmedAt"
      from membership m join message x on x.tenant_id = m.tenant_id and x.conversation_id = m.conversation_id and x.seq = ${seq} and x.seq > m.from_seq and x.state = 'sent'
      left join receipt r on r.tenant_id = x.tenant_id and r.conversation_id = x.conversation_id and r.seq = x.seq
      where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = ${memberId} and m.left_rev is null`,
  )
  if (!found) return undefined
  const { receipt, ...asked } = found
  return receipt && { ...asked, receipt }
}

/** Whether the member of the row has confirmed. */
const hasConfirmed = sql`coalesce(m.slot < 8 * length(r.taken) and get_bit(r.taken, case when m.slot < 8 * length(r.taken) then m.slot else 0 end) = 1, false)`

/** When; the bit is looked at first, for the times of ten thousand are a lot to go through. */
const confirmedAt = sql`case when ${hasConfirmed} then (
  select t.at from receipt_tap t where t.tenant_id = x.tenant_id and t.conversation_id = x.conversation_id and t.seq = x.seq and m.slot = any(t.slots) limit 1) end`

export interface Tap {
  tenantId: string
  conversation: string
  seq: number
  slot: number
}

/** When a tap counted: the moment it is written, or the one of the first. */
export type Counted = { at: string; isNew: boolean }

interface Held {
  tenantId: string
  conversation: string
  seq: number
  taken: Buffer
  count: number
}

/** Writes taps of any messages; a slot that is there already keeps its first time. An answer for each, in order. */
export async function writeTaps(tx: Tx, taps: Tap[], at: string): Promise<Counted[]> {
  const groups = new Map<string, Tap[]>()
  for (const tap of taps) {
    const key = keyOf(tap)
    groups.set(key, [...(groups.get(key) ?? []), tap])
  }
  const places = [...groups.values()].flatMap((group) => group.slice(0, 1))
  await sql`
    insert into receipt (tenant_id, conversation_id, seq) select * from unnest(${places.map((p) => p.tenantId)}::text[], ${places.map((p) => p.conversation)}::text[], ${places.map((p) => p.seq)}::bigint[])
    order by 1, 2, 3 on conflict do nothing`.execute(tx)
  const held = await rows(
    tx,
    sql<Held>`
      select r.tenant_id as "tenantId", r.conversation_id as conversation, r.seq, r.taken, r.count from receipt r
      join unnest(${places.map((p) => p.tenantId)}::text[] collate "C", ${places.map((p) => p.conversation)}::text[] collate "C", ${places.map((p) => p.seq)}::bigint[]) as i(tenant_id, conversation_id, seq)
        on r.tenant_id = i.tenant_id and r.conversation_id = i.conversation_id and r.seq = i.seq
      order by 1, 2, 3 for no key update of r`,
  )
  const fresh: (Held & { slots: number[] })[] = []
  const isNew = new Set<Tap>()
  for (const receipt of held) {
    const slots: number[] = []
    let bits = receipt.taken
    for (const tap of groups.get(keyOf(receipt)) ?? []) {
      if (hasBit(bits, tap.slot)) continue
      bits = withBit(bits, tap.slot)
      slots.push(tap.slot)
      isNew.add(tap)
    }
    if (slots.length > 0) fresh.push({ ...receipt, taken: bits, slots })
  }
  if (fresh.length > 0) await saveTaps(tx, fresh, at)
  const known = taps.filter((tap) => !isNew.has(tap))
  const times = known.length > 0 ? await readTimes(tx, known) : new Map<string, string>()
  return taps.map((tap) => ({
    at: isNew.has(tap) ? at : (times.get(`${keyOf(tap)} ${tap.slot}`) ?? at),
    isNew: isNew.has(tap),
  }))
}

const keyOf = ({ tenantId, conversation, seq }: { tenantId: string; conversation: string; seq: number }) =>
  `${tenantId} ${conversation} ${seq}`

const hasBit = (bits: Buffer, slot: number): boolean => ((bits[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0

/** Bits are numbered as PostgreSQL’s get_bit does: from the lowest of each byte. */
function withBit(bits: Buffer, slot: number): Buffer {
  const grown = bits.length > slot >> 3 ? bits : Buffer.concat([bits, Buffer.alloc((slot >> 3) + 1 - bits.length)])
  grown[slot >> 3] = (grown[slot >> 3] ?? 0) | (1 << (slot & 7))
  return grown
}

async function saveTaps(tx: Tx, fresh: (Held & { slots: number[] })[], at: string): Promise<void> {
  const keys = sql`${fresh.map((f) => f.tenantId)}::text[], ${fresh.map((f) => f.conversation)}::text[], ${fresh.map((f) => f.seq)}::bigint[]`
  await sql`
    update receipt r set taken = i.taken, count = r.count + i.more from unnest(${keys}, ${fresh.map((f) => f.taken)}::bytea[], ${fresh.map((f) => f.slots.length)}::int[]) as i(tenant_id, conversation_id, seq, taken, more)
    where r.tenant_id = i.tenant_id and r.conversation_id = i.conversation_id and r.seq = i.seq`.execute(tx)
  await sql`
    insert into receipt_tap (tenant_id, conversation_id, seq, first, slots, at)
    select tenant_id, conversation_id, seq, first, slots::int[], ${at} from unnest(${keys}, ${fresh.map((f) => f.count)}::int[], ${fresh.map((f) => `{${f.slots.join(',')}}`)}::text[]) as i(tenant_id, conversation_id, seq, first, slots)`.execute(
    tx,
  )
}

async function readTimes(on: Queryable, taps: Tap[]): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<Tap & { at: string }>`
      select i.tenant_id as "tenantId", i.conversation_id as conversation, i.seq, i.slot, t.at
      from unnest(${taps.map((t) => t.tenantId)}::text[] collate "C", ${taps.map((t) => t.conversation)}::text[] collate "C", ${taps.map((t) => t.seq)}::bigint[], ${taps.map((t) => t.slot)}::int[]) as i(tenant_id, conversation_id, seq, slot)
      join receipt_tap t on t.tenant_id = i.tenant_id and t.conversation_id = i.conversation_id and t.seq = i.seq and i.slot = any(t.slots)`,
  )
  return new Map(found.map((one) => [`${keyOf(one)} ${one.slot}`, one.at]))
}

export interface ReceiptRow {
  seq: number
  sender: string
  asked: boolean
  confirmedAt: string | null
}

/** Those of these messages that ask for a receipt, as this member stands to them. */
export function listAsked(
  on: Queryable,
  tenantId: string,
  memberId: string,
  conversation: string,
  seqs: number[],
): Promise<ReceiptRow[]> {
  return rows(
    on,
    sql<ReceiptRow>`
      select x.seq, x.sender, (m.joined_at <= x.sent_at and x.sender <> m.member_id) as asked, ${confirmedAt} as "confirmedAt"
      from membership m join message x on x.tenant_id = m.tenant_id and x.conversation_id = m.conversation_id and x.seq = any(${seqs}::bigint[]) and x.seq > m.from_seq and x.receipt is not null
      left join receipt r on r.tenant_id = x.tenant_id and r.conversation_id = x.conversation_id and r.seq = x.seq
      where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = ${memberId} and m.left_rev is null order by x.seq`,
  )
}

/** Everybody who was asked and is still there, as table `m`, with the receipt `r`, if any, of message `x`. */
const recipients = (tenantId: string, conversation: string, seqs: number[]) => sql`
  message x join membership m on m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id and m.left_rev is null and m.joined_at <= x.sent_at and m.member_id <> x.sender
  left join receipt r on r.tenant_id = x.tenant_id and r.conversation_id = x.conversation_id and r.seq = x.seq
  where x.tenant_id = ${tenantId} and x.conversation_id = ${conversation} and x.seq = any(${seqs}::bigint[]) and x.receipt is not null`

/** How far the receipts of these messages have come, counting only those who are still there. */
export async function readProgress(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seqs: number[],
): Promise<Map<number, { confirmed: number; total: number }>> {
  const found = await rows(
    on,
    sql<{ seq: number; confirmed: number; total: number }>`
      select x.seq, count(*) filter (where ${hasConfirmed}) as confirmed, count(*) as total from ${recipients(tenantId, conversation, seqs)} group by x.seq`,
  )
  return new Map(found.map(({ seq, ...progress }) => [seq, progress]))
}

export interface ReceiptMember {
  id: string
  at: string | null
  place: number
}

/** Those who have not confirmed, in the order of their slots. */
export function listUnconfirmed(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
  after: number,
  limit: number,
): Promise<ReceiptMember[]> {
  return rows(
    on,
    sql<ReceiptMember>`
      select m.member_id as id, null as at, m.slot as place from ${recipients(tenantId, conversation, [seq])}
        and not ${hasConfirmed} and m.slot > ${after} order by m.slot limit ${limit}`,
  )
}

/** Those who confirmed, the first first. */
export function listConfirmed(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
  after: number,
  limit: number,
): Promise<ReceiptMember[]> {
  return rows(
    on,
    sql<ReceiptMember>`
      select m.member_id as id, t.at, t.first + o.n - 1 as place
      from receipt_tap t cross join lateral unnest(t.slots) with ordinality as o(slot, n)
      join membership m on m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.slot = o.slot and m.left_rev is null
      where t.tenant_id = ${tenantId} and t.conversation_id = ${conversation} and t.seq = ${seq} and t.first + o.n - 1 > ${after}
      order by place limit ${limit}`,
  )
}

/** Writes down that the rest was reminded; false where that was done after `since`. */
export async function remind(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  now: string,
  since: string,
): Promise<boolean> {
  const done = await changed(
    tx,
    sql`insert into receipt (tenant_id, conversation_id, seq, reminded_at) values (${tenantId}, ${conversation}, ${seq}, ${now})
      on conflict (tenant_id, conversation_id, seq) do update set reminded_at = excluded.reminded_at where receipt.reminded_at is null or receipt.reminded_at <= ${since}`,
  )
  return done > 0
}

/** A message that is gone asks for nothing. */
export async function forget(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<void> {
  for (const table of ['receipt_tap', 'receipt'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
      tx,
    )
}
