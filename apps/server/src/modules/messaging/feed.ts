import type { Kernel } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import type { Audience, ObjectRef } from '../../kernel/feeds/kinds.js'
import { readGeneration } from '../../kernel/feeds/read.js'
import * as feeds from './feed-store.js'
import { loadPins } from './pin-store.js'
import { toSilence } from './rules.js'
import { loadFollowed } from './thread-store.js'

/** What the epoch of a conversation guards besides who is in it. */
export interface Policy {
  muteAll: boolean
  dissolved: boolean
  /** Until when single members are muted, in milliseconds. */
  silenced: ReadonlyMap<string, number>
  /** The owner and the admins, who may write while others are muted. */
  heads: ReadonlySet<string>
}

/** Tells the kernel what a conversation’s feed carries, who reads it, and what messaging puts into a member’s feed. */
export function registerConversationFeed(kernel: Kernel): void {
  kernel.kinds.register({
    prefix: 'con',
    objects: { conversation: feeds.loadConversations, members: feeds.loadMembers, pins: loadPins },
    access: feeds.readAccess,
    implicit: feeds.readConversationHeads,
    audience: readAudience,
    log: { changed: feeds.readChangedMessages, newest: feeds.readNewestMessages, below: feeds.readBelow },
  })
  kernel.kinds.addObjects('mem', {
    membership: loadMemberships,
    draft: feeds.loadDrafts,
    played: feeds.loadPlayed,
    hidden: loadHidden,
    thread: loadFollowed,
  })
}

async function readAudience(on: Queryable, tenantId: string, conversation: string): Promise<Audience<Policy>> {
  const found = await feeds.readAudience(on, tenantId, conversation)
  if (!found)
    return {
      epoch: 0,
      members: new Map(),
      policy: { muteAll: false, dissolved: true, silenced: new Map(), heads: new Set() },
    }
  const { epoch, muteAll, dissolved, members, starts, heads, silenced, silencedUntil } = found
  return {
    epoch,
    members: new Map(members.map((member, i) => [member, starts[i] ?? 0])),
    policy: {
      muteAll,
      dissolved,
      silenced: new Map(silenced.map((member, i) => [member, silencedUntil[i] ?? 0])),
      heads: new Set(heads),
    },
  }
}

/** The membership as its member sees it, with the whole view that pulls of the conversation will bear. */
async function loadMemberships(on: Queryable, tenantId: string, refs: ObjectRef[]): Promise<Map<string, unknown>> {
  const { generation } = await readGeneration(on)
  const found = await feeds.membershipRows(
    on,
    tenantId,
    refs.map((ref) => ({ member: ref.feed, conversation: ref.id })),
  )
  return new Map(
    found.map(({ member, view, silencedUntil, ...membership }) => [
      `${member} ${membership.conversation}`,
      {
        ...membership,
        silenced: toSilence(silencedUntil),
        view: `${generation}/${feeds.viewOf(view, membership.fromSeq)}`,
      },
    ]),
  )
}

/** That a message is hidden is all there is to know of it. */
async function loadHidden(_on: Queryable, _tenantId: string, refs: ObjectRef[]): Promise<Map<string, unknown>> {
  return new Map(
    refs.map(({ feed, id }) => {
      const [conversation, seq] = id.split(':')
      return [`${feed} ${id}`, { conversation, seq: Number(seq) }]
    }),
  )
}
