import type { Kernel, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { domainEvent } from '../../kernel/events.js'
import type { IdentityDoor } from '../identity/index.js'

/** Somebody left the company for good. */
export const memberRemoved = domainEvent<{ tenantId: string; memberId: string }>('directory.memberRemoved')

interface ImportedDays {
  member: string
  birthday: { month: number; day: number } | null
  joinedOn: string | null
}
export type Imported = (tx: Tx, tenantId: string, people: ImportedDays[]) => Promise<void>

/** What this module stands on. */
export interface Deps {
  /** Told, in the transaction, of the days of people who were imported. */
  imported: Imported[]
  kernel: Kernel
  identity: IdentityDoor
  /** Asked before somebody takes a file as their avatar. */
  avatarChecks: ((ctx: MemberWrite, file: string) => Promise<void>)[]
}
