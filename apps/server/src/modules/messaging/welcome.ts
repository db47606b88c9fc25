import type { Conversation, setWelcome as setWelcomeOp } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Kernel, MemberWrite } from '../../kernel/context.js'
import { writeTransaction } from '../../kernel/write.js'
import { getConversation, say } from './conversations.js'
import { requireGroup } from './gate.js'
import { welcomeJob } from './newcomers.js'
import { saveWelcome, sayWelcome, takeNewcomers } from './welcome-store.js'

// A group that has something to say to newcomers says it in one line to all who came since it last did, at most once a
// minute: two hundred who come at once, by hand, by a link or with their department, are one line.

export async function setWelcome(
  ctx: MemberWrite,
  { conversation: id, text }: z.output<(typeof setWelcomeOp)['input']>,
): Promise<Conversation> {
  const { tenantId, memberId } = ctx.actor
  await requireGroup(ctx, id, 'configure')
  await ctx.changes.lock(tenantId, [id])
  await saveWelcome(ctx.db, tenantId, id, text === '' ? null : { text, by: memberId })
  ctx.changes.put(id, 'conversation', id)
  return (await getConversation(ctx, { conversation: id })).conversation
}

export function registerWelcomes(kernel: Kernel): void {
  kernel.jobs.handle(welcomeJob, ({ data }) =>
    writeTransaction(kernel, async (db, changes) => {
      const { tenantId, conversation } = data as { tenantId: string; conversation: string }
      const now = kernel.clock.now()
      await changes.lock(tenantId, [conversation])
      const members = await takeNewcomers(db, tenantId, conversation)
      const welcome = await sayWelcome(db, tenantId, conversation, now)
      if (members.length === 0 || !welcome?.text || !welcome.by) return
      const body = {
        event: 'welcome' as const,
        text: welcome.text,
        principals: members.slice(0, 10),
        count: members.length,
      }
      await say({ db, changes, tenantId, now }, conversation, welcome.by, body)
    }),
  )
}
