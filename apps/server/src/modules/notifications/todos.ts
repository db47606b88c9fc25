import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { targetsOf } from './targets.js'

/** To every device and address of these people that hears anything at all; once for each version of the to-do. */
export async function remindTodo(
  { kernel: { clock } }: Deps,
  tx: Tx,
  about: { tenantId: string; id: string; version: number; text: string; members: string[] },
): Promise<void> {
  const { tenantId, id: todo, version, text, members } = about
  const targets = await targetsOf(tx, tenantId, members)
  const entries = [...targets].flatMap(([member, all]) =>
    all
      .filter(({ level }) => level !== 'none')
      .map(({ channel, id, name }) => ({
        id: newId('ntf', clock.ms()),
        member,
        key: `todo ${todo} ${version} ${member} ${id}`,
        conversation: null,
        seq: null,
        reason: 'todo' as const,
        channel,
        targetId: id,
        target: name,
        state: 'queued' as const,
        count: 1,
        detail: { text },
        dueAt: clock.now(),
      })),
  )
  await ledger.insertEntries(tx, tenantId, entries, clock.now())
}
