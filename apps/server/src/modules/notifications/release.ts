import type { Clock } from '../../kernel/clock.js'
import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import { addJob, type JobRun } from '../../kernel/jobs.js'
import { stillUnread } from '../messaging/index.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { tellNow } from './notice-entries.js'
import { targetsOf } from './targets.js'

export const releaseJob = 'notifications.release'
export const releaseAllJob = 'notifications.releaseAll'
const membersAtOnce = 200
/** Where no end of a rest is in sight it is looked at again each day. */
const againMs = 86_400_000
const naming = new Set(['mention', 'everybody', 'keyword'])

interface Whose {
  tenantId: string
  member: string
}

/** One job for each member who has something held; due when their rest ends. */
export async function releaseLater(
  clock: Clock,
  tx: Tx,
  tenantId: string,
  member: string,
  until: string | null,
): Promise<void> {
  const runAt = until ?? new Date(clock.ms() + againMs).toISOString()
  await addJob(tx, clock, { kind: releaseJob, data: { tenantId, member }, runAt, key: `${releaseJob} ${member}` })
}

/** Somebody changed their rest: perhaps it is over now. The job that waits for its end finds nothing then. */
export async function lookAtOnce({ kernel: { clock } }: Deps, tx: Tx, tenantId: string, member: string): Promise<void> {
  // Whoever is putting something aside for this member is done then.
  await ledger.lockHold(tx, tenantId, [member])
  if (!(await ledger.hasHeld(tx, tenantId, member))) return
  await addJob(tx, clock, { kind: releaseJob, data: { tenantId, member }, key: `${releaseJob} ${member} now` })
}

/** The company changed its hours or days off: whoever has something held is looked at, some hundreds at a time. */
export async function lookAtAll({ kernel: { clock } }: Deps, tx: Tx, tenantId: string, after = ''): Promise<void> {
  await addJob(tx, clock, {
    kind: releaseAllJob,
    data: { tenantId, after },
    key: `${releaseAllJob} ${tenantId} ${after}`,
  })
}

export async function releaseAll(deps: Deps, { tx, data }: JobRun): Promise<void> {
  const { tenantId, after } = data as { tenantId: string; after: string }
  const { clock } = deps.kernel
  const members = await ledger.membersHeld(tx, tenantId, after, membersAtOnce)
  for (const member of members)
    await addJob(tx, clock, { kind: releaseJob, data: { tenantId, member }, key: `${releaseJob} ${member} now` })
  const last = members.at(-1)
  if (members.length === membersAtOnce && last) await lookAtAll(deps, tx, tenantId, last)
}

/**
 * The end of a rest: everything held becomes one summary for each device. In one transaction with the job itself, and
 * alone for this member, so that each message is in exactly one summary. What was read meanwhile is in none.
 */
export async function release(deps: Deps, { tx, data }: JobRun): Promise<void> {
  const { tenantId, member } = data as Whose
  const { clock } = deps.kernel
  await ledger.lockHold(tx, tenantId, [member])
  const facts = { sender: '', urgent: false, nowMs: clock.ms() }
  const resting = await deps.rest.restingFrom(tx, tenantId, [member], facts)
  const until = resting.get(member)
  if (until !== undefined) {
    if (await ledger.hasHeld(tx, tenantId, member)) await releaseLater(clock, tx, tenantId, member, until)
    return
  }
  const summary = newId('ntf', clock.ms())
  const held = await ledger.takeHeld(tx, tenantId, member, summary)
  await releaseNotices(deps, tx, tenantId, member, held)
  const messages = held.flatMap(({ conversation, seq, ...one }) =>
    conversation === null || seq === null ? [] : [{ ...one, conversation, seq }],
  )
  const unread = await stillUnread(
    tx,
    tenantId,
    messages.map(({ conversation, seq }) => ({ member, conversation, seq })),
  )
  const isUnread = (one: { conversation: string; seq: number }) =>
    unread.has(`${member} ${one.conversation} ${one.seq}`)
  await ledger.dropEntries(
    tx,
    tenantId,
    messages.filter((one) => !isUnread(one)).map(({ id }) => id),
    'already_read',
  )
  const left = messages.filter(isUnread)
  if (left.length === 0) return
  const mentions = left.filter(({ detail }) => naming.has(detail?.because ?? '')).length
  const detail = { conversations: new Set(left.map(({ conversation }) => conversation)).size, mentions }
  const targets = ((await targetsOf(tx, tenantId, [member])).get(member) ?? []).filter(
    ({ level }) => level === 'all' || (level === 'mentions' && mentions > 0),
  )
  await ledger.insertEntries(
    tx,
    tenantId,
    targets.map(({ channel, id, name }, index) => ({
      id: index === 0 ? summary : newId('ntf', clock.ms()),
      member,
      key: `summary ${summary} ${id}`,
      conversation: null,
      seq: null,
      reason: 'summary' as const,
      channel,
      targetId: id,
      target: name,
      state: 'queued' as const,
      count: left.length,
      detail: { ...detail, summary },
      dueAt: clock.now(),
    })),
    clock.now(),
  )
}

/** Company notices are told one by one, for there are few; those read meanwhile are not. */
async function releaseNotices(
  deps: Deps,
  tx: Tx,
  tenantId: string,
  member: string,
  held: ledger.Held[],
): Promise<void> {
  const notices = held.flatMap(({ id, detail }) =>
    detail?.notice ? [{ id, notice: detail.notice, text: detail.text ?? '' }] : [],
  )
  if (notices.length === 0) return
  const waiting = await deps.noticeWaiting(
    tx,
    tenantId,
    notices.map(({ notice }) => ({ member, notice })),
  )
  const isKnown = ({ notice }: { notice: string }) => !waiting.has(`${member} ${notice}`)
  const known = notices.filter(isKnown).map(({ id }) => id)
  await ledger.dropEntries(tx, tenantId, known, 'already_read')
  for (const { notice, text } of notices)
    if (!isKnown({ notice })) await tellNow(deps, tx, { tenantId, id: notice, title: text, turn: 0 }, [member])
}
