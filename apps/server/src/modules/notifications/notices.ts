import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { type NoticeNews, plainEntry, tellNow } from './notice-entries.js'
import { releaseLater } from './release.js'
import * as store from './store.js'

/**
 * Tells these people of a notice by their devices and addresses. Who rests hears of a new one when their rest is over,
 * and of a reminder not at all; answers who those are.
 */
export async function tellNotice(deps: Deps, tx: Tx, about: NoticeNews): Promise<string[]> {
  const { tenantId, sender, turn } = about
  const isReminder = turn > 0
  const facts = { sender, urgent: isReminder, nowMs: deps.kernel.clock.ms() }
  const reachable = new Set(await store.reachableMembers(tx, tenantId))
  const members = isReminder ? about.members : about.members.filter((member) => reachable.has(member))
  const resting = await deps.rest.restingFrom(tx, tenantId, members, facts)
  const awake = members.filter((member) => reachable.has(member) && !resting.has(member))
  await tellNow(deps, tx, about, awake)
  if (isReminder || resting.size === 0) return [...resting.keys()]
  // Alone for these members: whoever ends a rest meanwhile has done so before, which is seen now, or waits.
  await ledger.lockHold(tx, tenantId, [...resting.keys()])
  const still = await deps.rest.restingFrom(tx, tenantId, [...resting.keys()], facts)
  await tellNow(
    deps,
    tx,
    about,
    [...resting.keys()].filter((member) => !still.has(member)),
  )
  await hold(deps, tx, about, still)
  return [...still.keys()]
}

async function hold(deps: Deps, tx: Tx, about: NoticeNews, resting: Map<string, string | null>): Promise<void> {
  const { clock } = deps.kernel
  const { tenantId, id, title } = about
  await ledger.insertEntries(
    tx,
    tenantId,
    [...resting.keys()].map((member) => ({
      ...plainEntry(newId('ntf', clock.ms()), member, clock.now()),
      key: `notice ${id} ${member}`,
      reason: 'resting' as const,
      state: 'held' as const,
      detail: { because: 'notice', notice: id, text: title },
    })),
    clock.now(),
  )
  for (const [member, until] of resting) await releaseLater(clock, tx, tenantId, member, until)
}
