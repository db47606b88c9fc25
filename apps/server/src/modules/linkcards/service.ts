import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type * as ops from '@heyi/contract/linkcards'
import type { LinkCard, LinkPolicy } from '@heyi/contract/linkcards'
import type { z } from 'zod'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { RateLimiter } from '../../kernel/limiter.js'
import type { Fetching } from '../../kernel/outbound.js'
import type { IdentityDoor } from '../identity/index.js'
import type { MessagingDoor } from '../messaging/index.js'
import { readCard } from './read.js'
import { firstLink } from './rules.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Output<O extends { output: z.ZodType }> = z.output<O['output']>

/** Pages change; one that said nothing is asked again sooner. */
const keptMs = { card: 24 * 3600_000, nothing: 3600_000 }
/** How long a caller is kept waiting for a page. */
const patienceMs = 4_000
/** Pages that are read at once, and those that wait, of all companies. */
const atOnce = 8
const mostWaiting = 200

export interface Deps {
  kernel: Kernel
  identity: IdentityDoor
  messaging: MessagingDoor
  limiter: RateLimiter
  network: Pick<Fetching, 'reach'>
  reading: Map<string, Promise<LinkCard | null>>
}

export const getPolicy = async (ctx: MemberRead): Promise<LinkPolicy> => ({
  on: await store.isOn(ctx.db, ctx.actor.tenantId),
})

export async function setPolicy({ identity }: Deps, ctx: MemberWrite, { on }: LinkPolicy): Promise<LinkPolicy> {
  await identity.requireRole(ctx, 'admin')
  await store.setOn(ctx.db, ctx.actor.tenantId, on)
  await identity.auditLog(ctx, 'linkcards.policySet', null, { on })
  return { on }
}

export async function getCards(
  deps: Deps,
  ctx: MemberRead,
  { conversation, seqs }: Input<typeof ops.getLinkCards>,
): Promise<Output<typeof ops.getLinkCards>> {
  const { tenantId } = ctx.actor
  if (!(await store.isOn(ctx.db, tenantId))) return { items: [] }
  const places = [...new Set(seqs)].map((seq) => ({ conversation, seq }))
  const messages = await deps.messaging.findReadableMessages(ctx.db, ctx.actor, places)
  const links = messages.flatMap(({ seq, kind, body }) => {
    const url = kind === 'text' ? firstLink((body as { text: string }).text) : null
    return url === null ? [] : [{ seq, url, digest: createHash('sha256').update(url).digest('hex') }]
  })
  const digests = links.map(({ digest }) => digest)
  const known = await store.findCards(ctx.db, tenantId, digests, ctx.clock.now())
  const late = wait(patienceMs, undefined, { ref: false })
  const items = links.map(async ({ seq, url, digest }) => {
    const held = known.get(digest)
    const card = held === undefined ? await Promise.race([read(deps, ctx, url, digest), late]) : held
    const state = card === undefined ? ('pending' as const) : card ? ('ready' as const) : ('none' as const)
    return { seq, url, state, card: card ?? null }
  })
  return { items: await Promise.all(items) }
}

/** Reads a page once, however many ask; undefined where it has to be asked for later. */
function read(deps: Deps, ctx: MemberRead, url: string, digest: string): Promise<LinkCard | null> | undefined {
  const { kernel, reading } = deps
  const { tenantId, memberId } = ctx.actor
  const key = `${tenantId} ${digest}`
  const running = reading.get(key)
  if (running) return running
  if (reading.size >= atOnce + mostWaiting || !deps.limiter.take(memberId)) return undefined
  const finished = inLine(deps, async () => {
    const card = await readCard(url, 'zh-CN,zh;q=0.9,en;q=0.8', deps.network).catch((error: unknown) => {
      kernel.log.debug({ err: error }, 'a page that a link leads to could not be read')
      return null
    })
    const readAt = kernel.clock.ms()
    const expiresAt = new Date(readAt + (card ? keptMs.card : keptMs.nothing)).toISOString()
    await store.keepCard(kernel.db, tenantId, digest, card, { readAt: new Date(readAt).toISOString(), expiresAt })
    return card
  }).finally(() => reading.delete(key))
  // Whoever asked may be gone when it fails.
  finished.catch((error: unknown) => kernel.log.warn({ err: error }, 'what a page says could not be kept'))
  reading.set(key, finished)
  return finished
}

async function inLine<T>({ reading }: Deps, work: () => Promise<T>): Promise<T> {
  // The first of the map began first.
  const before = [...reading.values()]
  if (before.length >= atOnce) await Promise.allSettled(before.slice(0, before.length - atOnce + 1))
  return work()
}
