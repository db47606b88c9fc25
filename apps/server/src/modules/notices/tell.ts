import { setImmediate as breathe } from 'node:timers/promises'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { addJob, type JobRun } from '../../kernel/jobs.js'
import { type Deps, listAsked } from './gate.js'
import * as store from './store.js'

export const publishJob = 'notices.publish'
const tellJob = 'notices.tell'
const topic = 'notices'
/** Members told before the event loop gets a breath. */
const atOnce = 500

export interface Due {
  tenantId: string
  id: string
  version: number
}
interface Told {
  tenantId: string
  id: string
  what: 'published' | 'changed'
}

/** What comes of a notice outside of it: its time, those who hear of it, their devices. */
export function registerTelling(deps: Deps): void {
  const { jobs, hub } = deps.kernel
  jobs.handle(publishJob, (run) => publishDue(deps, run))
  jobs.handle(tellJob, (run) => tell(deps, run))
  hub.onHint(topic, ({ to, data }) => hub.whisper(to, { signal: 'notices', ...(data as object) }))
}

/** In the transaction that ends the job; one that was changed, published or withdrawn meanwhile has another version. */
async function publishDue({ kernel: { clock } }: Deps, { tx, data }: JobRun): Promise<void> {
  const { tenantId, id, version } = data as Due
  const held = await store.lockNotice(tx, tenantId, id)
  if (held?.state !== 'scheduled' || held.version !== version) return
  const notice = { ...held, state: 'published' as const, publishAt: clock.now(), version: version + 1 }
  await store.saveNotice(tx, tenantId, notice, clock.now())
  await tellLater(tx, clock, tenantId, id, 'published')
}

/** A job of its own, for it goes through the whole audience. */
export async function tellLater(tx: Tx, clock: Clock, tenantId: string, id: string, what: Told['what']): Promise<void> {
  await addJob(tx, clock, { kind: tellJob, data: { tenantId, id, what } satisfies Told })
}

async function tell(deps: Deps, { tx, data }: JobRun): Promise<void> {
  const { tenantId, id, what } = data as Told
  const notice = await store.lockNotice(tx, tenantId, id)
  if (!notice) return
  const members = await listAsked(deps, tx, tenantId, notice)
  if (what === 'published' && notice.state === 'published') {
    const { author: sender, title } = notice
    await deps.notifications.tellNotice(tx, { tenantId, id, title, sender, turn: 0, members })
  }
  await hint(deps.kernel, tenantId, [...members, notice.author], {})
}

/** Something fleeting to everybody’s devices: who is not connected asks when they are. */
async function hint(kernel: Kernel, tenantId: string, members: string[], data: object): Promise<void> {
  for (let from = 0; from < members.length; from += atOnce) {
    for (const to of members.slice(from, from + atOnce)) kernel.hub.signal({ tenantId, to, topic, data })
    await breathe()
  }
}

export const tellReminded = (kernel: Kernel, tenantId: string, members: string[], notice: store.NoticeRow) =>
  hint(kernel, tenantId, members, { reminded: { id: notice.id, title: notice.title } })

export function tellAuthor(kernel: Kernel, tenantId: string, members: string[]): void {
  for (const to of members) kernel.hub.signal({ tenantId, to, topic, data: {} })
}
