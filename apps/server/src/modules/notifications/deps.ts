import type { Kernel } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import type { RestDoor } from '../rest/index.js'

/** Who has not confirmed a message that asks for it. */
export type Unconfirmed = (on: Queryable, tenantId: string, conversation: string, seq: number) => Promise<string[]>

/** Of these members and notices, as `member notice`, those who still do not know it. */
export type NoticeWaiting = (
  on: Queryable,
  tenantId: string,
  about: { member: string; notice: string }[],
) => Promise<Set<string>>

/** What this module stands on. */
export interface Deps {
  kernel: Kernel
  identity: IdentityDoor
  directory: DirectoryDoor
  rest: RestDoor
  unconfirmed: Unconfirmed
  noticeWaiting: NoticeWaiting
}
