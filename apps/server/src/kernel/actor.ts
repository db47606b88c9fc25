import type { Scope } from '@heyi/contract/define'
import type { Role } from '@heyi/contract/identity'

/** A person acting inside one tenant. */
export interface MemberActor {
  kind: 'member'
  tenantId: string
  memberId: string
  personId: string
  sessionId: string
  role: Role
  /** Null: a signed-in person’s own session, which carries every scope of a member. */
  scopes: readonly Scope[] | null
}

/** Whoever keeps the installation; sees no tenant’s content. */
export interface OperatorActor {
  kind: 'operator'
}

export interface AnonymousActor {
  kind: 'anonymous'
}

export type Actor = MemberActor | OperatorActor | AnonymousActor

/** By whom a repeated request is recognised, and whom a rate limit counts. */
export function actorKey(actor: Actor, address: string): string {
  if (actor.kind === 'member') return actor.memberId
  return actor.kind === 'operator' ? 'operator' : `anonymous ${address}`
}
