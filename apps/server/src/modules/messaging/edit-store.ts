import type { Message } from '@heyi/contract/messaging'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import { messageColumns, type StoredMessage } from './message-store.js'

/** How often a message was edited. */
export async function countEdits(on: Queryable, tenantId: string, conversation: string, seq: number): Promise<number> {
  const found = await row(
    on,
    sql<{ count: number }>`
      select coalesce(max(n), 0) as count from message_edit where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return found?.count ?? 0
}

/** Keeps what the message says now as its edit number `n`, and puts the new body in its place. */
export async function replaceBody(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  edit: { n: number; body: unknown; rev: number; now: string },
): Promise<StoredMessage> {
  await sql`
    insert into message_edit (tenant_id, conversation_id, seq, n, body, until)
    select tenant_id, conversation_id, seq, ${edit.n}, body, ${edit.now} from message
    where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(tx)
  const changed = await row(
    tx,
    sql<StoredMessage>`
      update message set body = ${JSON.stringify(edit.body)}::jsonb, edited_at = ${edit.now}, rev = ${edit.rev}
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} returning ${messageColumns}`,
  )
  if (!changed) throw new Error('The message that is edited is not there.')
  return changed
}

export function listEdits(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
  before: number,
  limit: number,
): Promise<{ n: number; body: NonNullable<Extract<Message, { kind: 'text' }>['body']>; until: string }[]> {
  return rows(
    on,
    sql`select n, body, until from message_edit
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and n < ${before} order by n desc limit ${limit}`,
  )
}

/** A message that was taken back leaves neither its earlier texts nor what others answered. */
export async function forget(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<void> {
  for (const table of ['message_edit', 'reaction', 'message_tally'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
      tx,
    )
}
