import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { targetsOf } from './targets.js'

/** A message that somebody wanted to be reminded of at this time: to every device and address of theirs, once. */
export async function remindOfMessage(
  { kernel: { clock } }: Deps,
  tx: Tx,
  about: { tenantId: string; id: string; remindAt: string; member: string; conversation: string; seq: number },
): Promise<void> {
  const { tenantId, id: reminder, remindAt, member, conversation, seq } = about
  const targets = (await targetsOf(tx, tenantId, [member])).get(member) ?? []
  const entries = targets
    .filter(({ level }) => level !== 'none')
    .map(({ channel, id, name }) => ({
      id: newId('ntf', clock.ms()),
      member,
      key: `reminder ${reminder} ${remindAt} ${id}`,
      conversation,
      seq,
      reason: 'reminder' as const,
      channel,
      targetId: id,
      target: name,
      state: 'queued' as const,
      count: 1,
      detail: null,
      dueAt: clock.now(),
    }))
  await ledger.insertEntries(tx, tenantId, entries, clock.now())
}
