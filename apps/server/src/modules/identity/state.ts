import { createHash, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../../kernel/actor.js'
import type { CookieChange, Kernel, Origin } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import type { Passwords } from './passwords.js'

/** The caller’s transaction and the feed changes that commit in it. */
export interface InTx {
  db: Tx
  changes: Changes
}

/** Who does something, from where; what an audit row needs. */
export interface Doing {
  actor: Actor
  origin: Origin
}

/** What an operation gets that opens its own transaction, because it compares a password first. */
export interface Call extends Doing {
  setCookie(change: CookieChange): void
}

export interface NewTenant {
  tenantId: string
  /** The owner’s member id. */
  ownerId: string
  sampleData: boolean
}
export interface NewMember {
  tenantId: string
  memberId: string
  name: string
  account: string | null
}
export interface MemberChange {
  tenantId: string
  memberId: string
}

export interface DemoSignIn {
  member: string
  name: string
  position: string
}

/** Deletes what one module keeps of a tenant; `more` asks to be called again in another transaction. */
export type TenantDeletion = (tx: Tx, tenantId: string) => Promise<void> | Promise<'more' | undefined>

/** What this module keeps in memory, and whom it calls. One process has one. */
export interface IdentityState {
  kernel: Kernel
  passwords: Passwords
  setupToken: string
  operatorDigest: Buffer | null
  authority: boolean
  demo: DemoSignIn[] | null
  tenantCreated: ((ctx: InTx, tenant: NewTenant) => Promise<void>)[]
  memberCreated: ((ctx: InTx, member: NewMember) => Promise<void>)[]
  memberChanged: ((ctx: InTx, member: MemberChange) => Promise<void>)[]
  tenantDeleted: TenantDeletion[]
  personsNeeded: ((tx: Tx, personIds: string[]) => Promise<string[]>)[]
}

/** What is kept of a secret token. */
export const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Compares in a time that does not depend on where two secrets differ. */
export const sameSecret = (token: string, kept: Buffer): boolean => timingSafeEqual(digest(token), kept)
