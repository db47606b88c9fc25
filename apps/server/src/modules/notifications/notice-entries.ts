import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { targetsOf } from './targets.js'

export interface NoticeNews {
  tenantId: string
  id: string
  title: string
  /** Who published it, or reminds of it. */
  sender: string
  /** 0 when it is published, and another number for each reminder: each is told once. */
  turn: number
  members: string[]
}

export const plainEntry = (id: string, member: string, dueAt: string) => ({
  id,
  member,
  conversation: null,
  seq: null,
  channel: null,
  targetId: null,
  target: '',
  count: 1,
  dueAt,
})

/** To every device and address of these people that hears anything at all. */
export async function tellNow(
  { kernel: { clock } }: Deps,
  tx: Tx,
  { tenantId, id: notice, title, turn }: Pick<NoticeNews, 'tenantId' | 'id' | 'title' | 'turn'>,
  members: string[],
): Promise<void> {
  if (members.length === 0) return
  const targets = await targetsOf(tx, tenantId, members)
  const entries = [...targets].flatMap(([member, all]) =>
    all
      .filter(({ level }) => level !== 'none')
      .map(({ channel, id, name }) => ({
        ...plainEntry(newId('ntf', clock.ms()), member, clock.now()),
        key: `notice ${notice} ${turn} ${member} ${id}`,
        reason: 'notice' as const,
        channel,
        targetId: id,
        target: name,
        state: 'queued' as const,
        detail: { notice, text: title, ...(turn > 0 && { reminder: true }) },
      })),
  )
  await ledger.insertEntries(tx, tenantId, entries, clock.now())
}
