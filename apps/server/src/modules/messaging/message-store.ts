import type { Message, PollTally, Reaction, ReceiptMode, RelayTally, ThreadSummary } from '@heyi/contract/messaging'
import type { MemberActor } from '../../kernel/actor.js'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// The log of a conversation. Whoever writes holds the conversation’s feed.

export interface NewMessage {
  seq: number
  sender: string
  key: string
  kind: Message['kind']
  body: unknown
  quote: number | null
  sentAt: string
  receipt?: ReceiptMode | null
  root?: number | undefined
}

/** Several messages at once, into any conversations whose feeds the caller holds. */
export async function insertMessages(
  tx: Tx,
  tenantId: string,
  messages: (NewMessage & { conversation: string })[],
): Promise<void> {
  await sql`
    insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, quote, sent_at)
    select ${tenantId}, i.conversation, i.seq, i.seq, i.sender, i.key, i.kind, i.body, i.quote, i.sent_at
    from unnest(${messages.map((m) => m.conversation)}::text[], ${messages.map((m) => m.seq)}::bigint[], ${messages.map((m) => m.sender)}::text[],
      ${messages.map((m) => m.key)}::text[], ${messages.map((m) => m.kind)}::text[], ${messages.map((m) => JSON.stringify(m.body))}::jsonb[],
      ${messages.map((m) => m.quote)}::bigint[], ${messages.map((m) => m.sentAt)}::timestamptz[])
      as i(conversation, seq, sender, key, kind, body, quote, sent_at)`.execute(tx)
}

export async function insertMessage(tx: Tx, tenantId: string, conversation: string, m: NewMessage): Promise<void> {
  await sql`
    insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, quote, sent_at, receipt, root)
    values (${tenantId}, ${conversation}, ${m.seq}, ${m.seq}, ${m.sender}, ${m.key}, ${m.kind}, ${JSON.stringify(m.body)}::jsonb, ${m.quote}, ${m.sentAt}, ${m.receipt ?? null}, ${m.root ?? null})`.execute(
    tx,
  )
}

/** The answer that a send with this key got before, whoever its sender is to the conversation now. */
export function findSent(
  on: Queryable,
  tenantId: string,
  conversation: string,
  sender: string,
  key: string,
): Promise<{ seq: number; rev: number; sentAt: string } | undefined> {
  return row(
    on,
    sql<{ seq: number; rev: number; sentAt: string }>`
      select seq, seq as rev, sent_at as "sentAt" from message
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and sender = ${sender} and key = ${key}`,
  )
}

export interface StoredMessage {
  seq: number
  rev: number
  sender: string
  kind: Message['kind']
  body: unknown
  quote: number | null
  root: number | null
  state: 'sent' | 'recalled'
  sentAt: string
  receipt: ReceiptMode | null
  editedAt: string | null
  reactions: Reaction[] | null
  todo: { done: number; total: number } | null
  thread: ThreadSummary | null
  poll: PollTally | null
  relay: RelayTally | null
}

export const messageColumns = sql`seq, rev, sender, kind, body, quote, root, state, sent_at as "sentAt", receipt, edited_at as "editedAt", reactions, todo, thread, poll, relay`

/** The message as the contract has it, without what it does not carry. */
export function toMessage({
  rev: _rev,
  root,
  receipt,
  editedAt,
  reactions,
  todo,
  thread,
  poll,
  relay,
  ...message
}: StoredMessage): Message {
  return {
    ...message,
    ...(root !== null && { root }),
    ...(thread && { thread }),
    ...(receipt && { receipt }),
    ...(editedAt && { editedAt }),
    ...(reactions && { reactions }),
    ...(todo && { todo }),
    ...(poll && { poll }),
    ...(relay && { relay }),
  } as Message
}

/** Those at these places that are there to be read, in their order. */
export function findMessages(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seqs: number[],
): Promise<StoredMessage[]> {
  return rows(
    on,
    sql<StoredMessage>`
      select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = any(${seqs}::bigint[]) order by seq`,
  )
}

export function findMessage(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
): Promise<StoredMessage | undefined> {
  return row(
    on,
    sql<StoredMessage>`select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
}

export function recall(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  rev: number,
): Promise<StoredMessage | undefined> {
  return row(
    tx,
    sql<StoredMessage>`update message set state = 'recalled', body = null, receipt = null, edited_at = null, reactions = null, todo = null, poll = null, relay = null, rev = ${rev} where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} returning ${messageColumns}`,
  )
}

/** Hides messages from one member; how many were not hidden yet, counted into the membership. */
export async function hide(
  tx: Tx,
  tenantId: string,
  memberId: string,
  conversation: string,
  seqs: number[],
): Promise<number[]> {
  const hidden = await rows(
    tx,
    sql<{ seq: number }>`
      insert into hidden_message (tenant_id, member_id, conversation_id, seq)
      select tenant_id, ${memberId}, conversation_id, seq from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = any(${seqs}::bigint[])
      on conflict do nothing returning seq`,
  )
  await sql`update membership set hidden = hidden + ${hidden.length}, version = version + 1 where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = ${memberId}`.execute(
    tx,
  )
  return hidden.map((h) => h.seq)
}

export function listMessagesBefore(
  on: Queryable,
  tenantId: string,
  conversation: string,
  fromSeq: number,
  before: number,
  limit: number,
): Promise<StoredMessage[]> {
  return rows(
    on,
    sql<StoredMessage>`
      select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq > ${fromSeq} and seq < ${before} order by seq desc limit ${limit}`,
  )
}

export function listMessagesAt(
  on: Queryable,
  tenantId: string,
  conversation: string,
  fromSeq: number,
  seqs: readonly number[],
): Promise<StoredMessage[]> {
  return rows(
    on,
    sql<StoredMessage>`
      select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq > ${fromSeq} and seq = any(${seqs}::bigint[]) order by seq`,
  )
}

/** Whether this member may read the message that is said to carry a file, or keeps it, and it does carry the file. */
export async function carriesFile(
  on: Queryable,
  actor: MemberActor,
  file: string,
  via: { conversation: string; seq: number },
): Promise<boolean> {
  const found = await row(
    on,
    sql<{ one: number }>`
      select 1 as one from message x
      left join message_record r on r.tenant_id = x.tenant_id and r.conversation_id = x.conversation_id and r.seq = x.seq
      join membership m on m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id
      where x.tenant_id = ${actor.tenantId} and x.conversation_id = ${via.conversation} and x.seq = ${via.seq} and x.state = 'sent' and (x.body ->> 'file' = ${file} or r.files @> array[${file}::text])
        and m.member_id = ${actor.memberId} and m.left_rev is null and x.seq > m.from_seq
      union all
      select 1 as one from favourite where tenant_id = ${actor.tenantId} and member_id = ${actor.memberId}
        and conversation_id = ${via.conversation} and seq = ${via.seq} and file = ${file} limit 1`,
  )
  return found !== undefined
}

/** Notes how many of the to-dos made from a message are done; undefined where it is not there to be read any more. */
export function setTodo(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  rev: number,
  todo: { done: number; total: number } | null,
): Promise<StoredMessage | undefined> {
  return row(
    tx,
    sql<StoredMessage>`
      update message set todo = ${todo && JSON.stringify(todo)}::jsonb, rev = ${rev}
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and state = 'sent' returning ${messageColumns}`,
  )
}
