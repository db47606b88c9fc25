import type { FileGroup, SentFile } from '@heyi/contract/messaging'
import { type Queryable, type RawBuilder, rows, sql } from '../../kernel/db.js'

const groups: Record<FileGroup, RawBuilder<unknown>> = {
  all: sql`true`,
  images: sql`x.kind = 'image'`,
  media: sql`x.kind = 'file' and x.body ->> 'mime' ~ '^(audio|video)/'`,
  documents: sql`x.kind = 'file' and x.body ->> 'mime' !~ '^(audio|video)/'`,
}

/** What the log of a conversation carries below this place, newest first, as far as this member may read it. */
export function listFiles(
  on: Queryable,
  { tenantId, memberId }: { tenantId: string; memberId: string },
  of: { conversation: string; group: FileGroup; pattern: string; before: number | null; limit: number },
): Promise<SentFile[]> {
  return rows(
    on,
    sql<SentFile>`
      select x.seq, x.sender, x.sent_at as "sentAt", x.kind, x.body from message x
      join membership m on m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id and m.member_id = ${memberId}
        and m.left_rev is null and x.seq > m.from_seq
      where x.tenant_id = ${tenantId} and x.conversation_id = ${of.conversation} and x.kind in ('image', 'file') and x.state = 'sent'
        and (${of.before}::bigint is null or x.seq < ${of.before}) and ${groups[of.group]}
        and (${of.pattern} = '' or x.body ->> 'name' ilike ${of.pattern})
        and not exists (select from hidden_message h where h.tenant_id = x.tenant_id and h.member_id = m.member_id
          and h.conversation_id = x.conversation_id and h.seq = x.seq)
        -- Where opening counts, it is not read by the way.
        and (x.receipt is distinct from 'open' or x.sender = m.member_id or exists (select from receipt_tap t
          where t.tenant_id = x.tenant_id and t.conversation_id = x.conversation_id and t.seq = x.seq and m.slot = any(t.slots)))
      order by x.seq desc limit ${of.limit}`,
  )
}
