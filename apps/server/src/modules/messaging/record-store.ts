import type { RecordBody, RecordItem } from '@heyi/contract/messaging'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

/** A message within a record, with what a record among them holds. */
export type KeptItem = RecordItem & { items?: KeptItem[] }

export interface NewRecord {
  conversation: string
  seq: number
  items: KeptItem[]
  files: string[]
}

export async function insertRecords(tx: Tx, tenantId: string, records: NewRecord[]): Promise<void> {
  if (records.length === 0) return
  await sql`
    insert into message_record (tenant_id, conversation_id, seq, items, files)
    select ${tenantId}, i.conversation, i.seq, i.items::jsonb, i.files::text[]
    from unnest(${records.map((r) => r.conversation)}::text[], ${records.map((r) => r.seq)}::bigint[], ${records.map((r) => JSON.stringify(r.items))}::text[],
      ${records.map((r) => `{${r.files.join(',')}}`)}::text[]) as i(conversation, seq, items, files)`.execute(tx)
}

/** What the records at these places hold, and the files in them. */
export async function findRecords(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seqs: number[],
): Promise<Map<number, { items: KeptItem[]; files: string[] }>> {
  const found = await rows(
    on,
    sql<{ seq: number; items: KeptItem[]; files: string[] }>`
      select seq, items, files from message_record where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = any(${seqs}::bigint[])`,
  )
  return new Map(found.map(({ seq, ...record }) => [seq, record]))
}

/** The record that a message is, where it is there to be read. */
export function findRecordBody(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
): Promise<{ body: RecordBody } | undefined> {
  return row(
    on,
    sql<{ body: RecordBody }>`
      select body from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and kind = 'record' and state = 'sent'`,
  )
}

export async function deleteRecord(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<void> {
  await sql`delete from message_record where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
    tx,
  )
}
