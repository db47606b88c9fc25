import type { LadderStep } from '@heyi/contract/notifications'
import type { Clock } from '../../kernel/clock.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import { addJob, type JobRun } from '../../kernel/jobs.js'
import { newsAt } from '../messaging/index.js'
import type { Deps } from './deps.js'
import * as ladders from './ladder-store.js'
import * as ledger from './ledger-store.js'
import { findPolicy } from './store.js'
import { targetsOf } from './targets.js'

export const stepJob = 'notifications.ladderStep'
const dayMs = 86_400_000

/** Begins the ladder of a message, in the transaction that sends it. A second one for the same message does nothing. */
export async function startLadder(
  clock: Clock,
  tx: Tx,
  ladder: ladders.LadderKey & { sender: string; steps: LadderStep[] },
): Promise<void> {
  const steps = [...ladder.steps].sort((a, b) => a.afterMinutes - b.afterMinutes)
  const createdAt = clock.now()
  if (await ladders.insertLadder(tx, ladder, { sender: ladder.sender, steps, createdAt }))
    await stepLater(clock, tx, ladder, { steps, createdAt }, 0)
}

async function stepLater(
  clock: Clock,
  tx: Tx,
  { tenantId, conversation, seq }: ladders.LadderKey,
  { steps, createdAt }: Pick<ladders.Ladder, 'steps' | 'createdAt'>,
  step: number,
): Promise<void> {
  const rung = steps[step]
  if (!rung) return ladders.setState(tx, { tenantId, conversation, seq }, 'done')
  await addJob(tx, clock, {
    kind: stepJob,
    data: { tenantId, conversation, seq, step },
    runAt: new Date(Date.parse(createdAt) + rung.afterMinutes * 60_000).toISOString(),
    key: `${stepJob} ${conversation} ${seq} ${step}`,
  })
}

/**
 * Fires one step: whoever has not confirmed, does not rest and is under the cap is told by its way. What it writes, that
 * it was fired, and the next step are one transaction with the job, so that it happens once.
 */
export async function fireStep(deps: Deps, { tx, data }: JobRun): Promise<void> {
  const { step, ...key } = data as ladders.LadderKey & { step: number }
  const { clock } = deps.kernel
  const { tenantId, conversation, seq } = key
  const ladder = await ladders.lockLadder(tx, key)
  const rung = ladder?.steps[step]
  if (!ladder || !rung || ladder.state !== 'running') return
  const [message] = await newsAt(tx, tenantId, [{ conversation, seq }])
  if (message?.state !== 'sent') return ladders.setState(tx, key, 'stopped')
  const waiting = (await deps.unconfirmed(tx, tenantId, conversation, seq)).filter((id) => id !== ladder.sender)
  if (waiting.length === 0) return ladders.setState(tx, key, 'done')
  const resting = await deps.rest.restingFrom(tx, tenantId, waiting, {
    sender: ladder.sender,
    urgent: true,
    nowMs: clock.ms(),
  })
  const awake = waiting.filter((member) => !resting.has(member))
  const { dailyCap } = await findPolicy(tx, tenantId)
  const since = new Date(clock.ms() - dayMs).toISOString()
  const counts =
    rung.channel === 'push' ? new Map<string, number>() : await ledger.ladderCounts(tx, tenantId, awake, since)
  const under = awake.filter((member) => rung.channel === 'push' || (counts.get(member) ?? 0) < dailyCap)
  const ways = await waysOf(deps, tx, tenantId, under, rung.channel)
  const reached = under.filter((member) => ways.has(member))
  const first = await ladders.insertStep(tx, key, step, clock.now(), {
    resting: resting.size,
    capped: awake.length - under.length,
    unreachable: under.length - reached.length,
  })
  if (first)
    await ledger.insertEntries(
      tx,
      tenantId,
      reached.flatMap((member) =>
        (ways.get(member) ?? []).map(({ id, name }) => ({
          id: newId('ntf', clock.ms()),
          member,
          key: `ladder ${conversation}:${seq} ${step} ${member} ${id ?? rung.channel}`,
          conversation,
          seq,
          reason: 'ladder' as const,
          channel: rung.channel,
          targetId: id,
          target: name,
          state: 'queued' as const,
          count: 1,
          detail: { step },
          dueAt: clock.now(),
        })),
      ),
      clock.now(),
    )
  await stepLater(clock, tx, key, ladder, step + 1)
}

/** Somebody is reminded of one message by hand once in so long. */
const remindEveryMs = 10 * 60_000

/**
 * Tells these people once more of a message, by push and their own addresses; not those at rest, unless they are on
 * duty. Who was reminded of it within the last minutes is not told twice.
 */
export async function remind(
  deps: Deps,
  tx: Tx,
  about: ladders.LadderKey & { sender: string; members: string[] },
): Promise<{ told: string[]; resting: string[] }> {
  const { tenantId, conversation, seq, sender, members } = about
  const { clock } = deps.kernel
  const facts = { sender, urgent: true, nowMs: clock.ms() }
  const resting = await deps.rest.restingFrom(tx, tenantId, members, facts)
  const targets = await targetsOf(
    tx,
    tenantId,
    members.filter((member) => !resting.has(member)),
  )
  const span = Math.floor(clock.ms() / remindEveryMs)
  const entries = [...targets].flatMap(([member, all]) =>
    all
      .filter(({ level }) => level !== 'none')
      .map(({ channel, id, name }) => ({
        id: newId('ntf', clock.ms()),
        member,
        key: `remind ${conversation}:${seq} ${span} ${member} ${id}`,
        conversation,
        seq,
        reason: 'ladder' as const,
        channel,
        targetId: id,
        target: name,
        state: 'queued' as const,
        count: 1,
        detail: { by: 'hand' },
        dueAt: clock.now(),
      })),
  )
  await ledger.insertEntries(tx, tenantId, entries, clock.now())
  return { told: [...new Set(entries.map(({ member }) => member))], resting: [...resting.keys()] }
}

/** By which devices, addresses or numbers a channel reaches these members; whom it does not reach is left out. */
export async function waysOf(
  { identity, kernel }: Deps,
  on: Queryable,
  tenantId: string,
  members: string[],
  channel: LadderStep['channel'],
): Promise<Map<string, { id: string | null; name: string }[]>> {
  if (members.length === 0 || !isConfigured({ identity, kernel }, channel)) return new Map()
  if (channel === 'mail' || channel === 'sms') {
    const found = await identity.loginsOfMembers(on, tenantId, members, channel === 'mail' ? 'email' : 'phone')
    return new Map([...found.keys()].map((member) => [member, [{ id: null, name: '' }]]))
  }
  const targets = await targetsOf(on, tenantId, members)
  return new Map(
    [...targets].flatMap(([member, all]) => {
      const those = all.filter((target) => target.channel === channel && target.level !== 'none')
      return those.length > 0 ? [[member, those.map(({ id, name }) => ({ id, name }))]] : []
    }),
  )
}

export const isConfigured = (
  { identity, kernel }: Pick<Deps, 'identity' | 'kernel'>,
  channel: LadderStep['channel'],
) => (channel === 'mail' ? identity.hasMail : channel === 'sms' ? kernel.settings.HEYI_SMS_URL !== null : true)

/** What one message by this channel costs, in millionths of the currency. */
export const costOf = ({ kernel }: Pick<Deps, 'kernel'>, channel: LadderStep['channel']): number =>
  channel === 'sms' ? kernel.settings.HEYI_SMS_COST_MICROS : 0
