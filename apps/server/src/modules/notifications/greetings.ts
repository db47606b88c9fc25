import type { Anniversary } from '@heyi/contract/anniversaries'
import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { plainEntry } from './notice-entries.js'
import { targetsOf } from './targets.js'

/** Greets these people on their day by their devices, each once; not those at rest, who find it on their workbench. */
export async function greet(
  { kernel: { clock }, rest }: Deps,
  tx: Tx,
  { tenantId, date, greeted }: { tenantId: string; date: string; greeted: Anniversary[] },
): Promise<void> {
  const members = [...new Set(greeted.map(({ member }) => member))]
  if (members.length === 0) return
  const facts = { sender: '', urgent: false, nowMs: clock.ms() }
  const resting = await rest.restingFrom(tx, tenantId, members, facts)
  const targets = await targetsOf(
    tx,
    tenantId,
    members.filter((member) => !resting.has(member)),
  )
  const entries = greeted.flatMap(({ member, kind, years }) =>
    (targets.get(member) ?? [])
      .filter(({ channel, level }) => channel === 'push' && level !== 'none')
      .map(({ channel, id, name }) => ({
        ...plainEntry(newId('ntf', clock.ms()), member, clock.now()),
        key: `greeting ${date} ${kind} ${member} ${id}`,
        reason: 'greeting' as const,
        channel,
        targetId: id,
        target: name,
        state: 'queued' as const,
        detail: years === null ? {} : { years },
      })),
  )
  await ledger.insertEntries(tx, tenantId, entries, clock.now())
}
