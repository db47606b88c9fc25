import type { Kernel, MemberWrite } from '../../kernel/context.js'
import { domainEvent } from '../../kernel/events.js'
import type { IdentityDoor } from '../identity/index.js'

/** Somebody left the company for good. */
export const memberRemoved = domainEvent<{ tenantId: string; memberId: string }>('directory.memberRemoved')

/** What this module stands on. */
export interface Deps {
  kernel: Kernel
  identity: IdentityDoor
  /** Asked before somebody takes a file as their avatar. */
  avatarChecks: ((ctx: MemberWrite, file: string) => Promise<void>)[]
}
