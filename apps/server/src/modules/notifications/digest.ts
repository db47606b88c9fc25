import { limits } from '@heyi/contract/limits'
import { newId } from '../../kernel/ids.js'
import { addJob, type JobRun } from '../../kernel/jobs.js'
import { unreadBetween } from '../messaging/index.js'
import type { Deps } from './deps.js'
import * as ledger from './ledger-store.js'
import { findPolicy, wishesOf } from './store.js'

const startJob = 'notifications.digest'
const tenantJob = 'notifications.digestTenant'
const cleanJob = 'notifications.cleanUp'
const page = 100
const cleanedAtOnce = 5_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A little less than a day, so that it may come at the same hour each day. */
const pauseMs = 23.5 * hourMs
/** What is older is not brought up any more. */
const oldestMs = 7 * dayMs

/**
 * Mails those who were long away and have something unread: how much, not what. Only what became old enough since the
 * mail before counts, so that nobody is reminded of the same for ever.
 */
export function scheduleDigests(deps: Deps): void {
  const { jobs, clock } = deps.kernel
  jobs.schedule({ kind: startJob, cron: '11 * * * *' }, async ({ tx }) => {
    if (!deps.identity.hasMail) return
    for (const tenantId of await deps.identity.listOpenTenants(tx))
      await addJob(tx, clock, { kind: tenantJob, data: { tenantId, after: '' }, key: `${tenantJob} ${tenantId}` })
  })
  jobs.handle(tenantJob, (run) => digestPage(deps, run))
  jobs.schedule({ kind: cleanJob, cron: '37 * * * *' }, async ({ tx }) => {
    const before = new Date(clock.ms() - limits.ledgerDays * dayMs).toISOString()
    const deleted = await ledger.deleteOld(tx, before, cleanedAtOnce)
    if (deleted === cleanedAtOnce) await addJob(tx, clock, { kind: cleanJob, data: {} })
  })
}

async function digestPage(deps: Deps, { tx, data }: JobRun): Promise<void> {
  const { tenantId, after } = data as { tenantId: string; after: string }
  const { clock } = deps.kernel
  const { digestHours } = await findPolicy(tx, tenantId)
  // One moment for all: what one mail counts up to is where the next begins.
  const nowMs = clock.ms()
  const ago = (ms: number) => new Date(nowMs - ms).toISOString()
  const absent = await deps.identity.listAbsent(tx, tenantId, ago(digestHours * hourMs), after, page)
  const wishes = await wishesOf(tx, tenantId, absent)
  const last = await ledger.digestedSince(tx, tenantId, absent, ago(oldestMs))
  const resting = await deps.rest.restingFrom(tx, tenantId, absent, { sender: '', urgent: false, nowMs })
  const wanted = absent.filter(
    (member) => (wishes.get(member)?.digest ?? true) && (last.get(member) ?? '') < ago(pauseMs) && !resting.has(member),
  )
  const oldMs = digestHours * hourMs
  const since = wanted.map((member) => {
    const before = last.get(member)
    return { member, after: before === undefined ? ago(oldestMs) : new Date(Date.parse(before) - oldMs).toISOString() }
  })
  const unread = await unreadBetween(tx, tenantId, since, ago(oldMs), limits.unreadMax)
  await ledger.insertEntries(
    tx,
    tenantId,
    [...unread].map(([member, { messages, conversations }]) => ({
      id: newId('ntf', nowMs),
      member,
      key: `digest ${member} ${ago(0).slice(0, 13)}`,
      conversation: null,
      seq: null,
      reason: 'digest' as const,
      channel: 'mail' as const,
      targetId: null,
      target: '',
      state: 'queued' as const,
      count: messages,
      detail: { conversations },
      dueAt: ago(0),
    })),
    ago(0),
  )
  const next = absent.at(-1)
  if (absent.length === page && next) await addJob(tx, clock, { kind: tenantJob, data: { tenantId, after: next } })
}
