/**
 * Who is who: people and what they sign in with, companies (tenants), the people in them (members), sessions, one-time
 * password links and the audit log. It knows no other module; what others must do in the same transaction they
 * register here (`on…`). Their profiles, departments and invitations are directory’s.
 *
 * Operations that compare or make a password hash do so first and then open their own transaction, for a hash takes a
 * core for a while and must not hold a connection: signIn, setUp, redeemLink, changePassword and directory’s
 * acceptInvitation.
 */
import type { Role, SignedIn, Tenant } from '@heyi/contract/identity'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import type { Authenticate } from '../../kernel/http.js'
import { newSecret } from '../../kernel/ids.js'
import type { Operations } from '../../kernel/operations.js'
import { type Audited, audit, auditJob, auditLog } from './audit.js'
import { dropUnused } from './deletion.js'
import { registerJobs } from './jobs.js'
import { createLink, createLinks } from './links.js'
import { type Letter, send } from './mail.js'
import * as members from './members.js'
import { Passwords } from './passwords.js'
import * as reach from './reach-store.js'
import { serveIdentity } from './routes.js'
import { foldLogin, requireGoodPassword } from './rules.js'
import * as sessions from './sessions.js'
import { requireTimeZone, setupToken } from './set-up.js'
import {
  type Call,
  type DemoSignIn,
  type Doing,
  digest,
  type IdentityState,
  type InTx,
  type MemberChange,
  type NewMember,
  type NewTenant,
  type TenantDeletion,
} from './state.js'
import * as store from './store.js'

export { loginsOf } from './members.js'
export { managesCompany } from './reach-store.js'
export type { Call, InTx } from './state.js'
export type { MemberRecord } from './store.js'
export { requireTimeZone }

/** Serves identity.* and operator.*, and keeps what this process knows besides the database. */
export function registerIdentity(kernel: Kernel, operations: Operations) {
  const state: IdentityState = {
    kernel,
    passwords: new Passwords(),
    setupToken: newSecret(),
    operatorDigest: null,
    authority: false,
    demo: null,
    tenantCreated: [],
    memberCreated: [],
    memberChanged: [],
    tenantDeleted: [],
    personsNeeded: [],
  }
  serveIdentity(state, operations)
  registerJobs(state)
  const authenticate: Authenticate = (token, address) => sessions.authenticate(state, token, address)
  return {
    authenticate,
    ...ofTheProcess(state),
    ...hooks(state),
    ...people(state),
    ...reaching(state),
    ...inTenants(state),
  }
}
export type IdentityDoor = ReturnType<typeof registerIdentity>

const ofTheProcess = (state: IdentityState) => ({
  /** Whoever brings this token is the operator of the installation. */
  setOperatorToken(token: string): void {
    state.operatorDigest = digest(token)
  },
  /** The token of the set-up link, made once a process; null once a company exists. */
  setupToken: (): Promise<string | null> => setupToken(state),
  /** Offers one-click sign-ins from this machine; only the demo command calls it, for its own folder. */
  setDemo(signIns: DemoSignIn[]): void {
    state.demo = signIns
  },
  /** This address uses a certificate of our own authority. */
  setAuthority(authority: boolean): void {
    state.authority = authority
  },
})

const hooks = (state: IdentityState) => ({
  /** In the transaction that makes a company, after its owner; `sampleData` where the wizard was asked for some. */
  onTenantCreated(tell: (ctx: InTx, tenant: NewTenant) => Promise<void>): void {
    state.tenantCreated.push(tell)
  },
  /** In the transaction in which this module itself makes a member: the owner of a new company. Its feed is locked. */
  onMemberCreated(tell: (ctx: InTx, member: NewMember) => Promise<void>): void {
    state.memberCreated.push(tell)
  },
  /** In the transaction in which this module changes a member by itself: an invited one chose a password. */
  onMemberChanged(tell: (ctx: InTx, member: MemberChange) => Promise<void>): void {
    state.memberChanged.push(tell)
  },
  /** Deletes a module’s rows of a deleted company; last registered goes first, each in a transaction of its own. */
  onTenantDeleted(remove: TenantDeletion): void {
    state.tenantDeleted.push(remove)
  },
  /** Which of these people a module still refers to, although they are members nowhere. */
  onPersonsUnused(needed: (tx: Tx, personIds: string[]) => Promise<string[]>): void {
    state.personsNeeded.push(needed)
  },
})

const people = (state: IdentityState) => {
  const { clock } = state.kernel
  return {
    /** Makes people with what they sign in with; ids in the same order. @throws AppError `login_taken` {login} */
    createPersons: (db: Tx, persons: members.NewPerson[]): Promise<string[]> =>
      members.createPersons(db, clock, persons),
    /** Whom logins belong to; keys are folded (`loginsOf`). */
    findLogins: store.findLogins,
    /** What somebody signs in with. */
    listLogins: store.listLogins,
    /** Replaces one kind of login; null takes it away. @throws AppError `login_taken` */
    setLogin: members.setLogin,
    hasPassword: members.hasPassword,
    personsWithPassword: store.personsWithPassword,
    /** Of these people, those who also are in another tenant: no tenant alone may change how they sign in. */
    personsElsewhere: store.personsElsewhere,
    /** A hash to keep, made two at a time. @throws AppError `password_weak`, `busy` */
    hashPassword: async (password: string, logins: string[]): Promise<string> => {
      requireGoodPassword(
        password,
        logins.map((login) => foldLogin(login).value),
      )
      return state.passwords.hash(password)
    },
    /** A one-time link to choose a password, for 72 hours; earlier ones of that person stop working. */
    createPasswordLink: (db: Tx, personId: string, tenantId: string) =>
      createLink(state.kernel, db, personId, tenantId),
    /** The same for many, in their order. */
    createPasswordLinks: (db: Tx, personIds: string[], tenantId: string) =>
      createLinks(state.kernel, db, personIds, tenantId),
    /** Signs somebody in; the caller has checked that they may. */
    issueSession: (tx: InTx, call: Call, to: sessions.SessionFor): Promise<SignedIn> =>
      sessions.issueSession(state.kernel, tx, call, to),
    /** Ends sessions everywhere; open sockets close within a second. */
    endSessionsOfPerson: (tx: InTx, personId: string, except?: string): Promise<number> =>
      sessions.endPersonSessions(tx, clock, personId, except),
    /** Deletes those of these people who are in no tenant and needed by no module. */
    dropUnusedPersons: (db: Tx, personIds: string[]): Promise<void> => dropUnused(state, db, personIds),
  }
}

const reaching = ({ kernel }: IdentityState) => ({
  /** Whether this installation can send mail. */
  hasMail: kernel.settings.SMTP_URL !== null,
  /** Hands a letter to the mail server; does nothing where there is none. @throws where it is refused */
  sendMail: (to: string, letter: Letter): Promise<void> => send(kernel.settings, to, letter),
  /** What active members sign in with, of one kind. */
  loginsOfMembers: reach.loginsOfMembers,
  /** Of these sessions, those that go on in the tenant, of members who may come in. */
  liveSessions: reach.liveSessions,
  /** Active members with a mail address who were not here since then; a page after an id. */
  listAbsent: reach.listAbsent,
  listOpenTenants: reach.listOpenTenants,
  /** Of these members, or of all, those who may come in; by role, and by when they came. */
  listActive: reach.listActive,
  /** Since when somebody is in the tenant. */
  findJoined: reach.findJoined,
})

const inTenants = (state: IdentityState) => {
  const { clock } = state.kernel
  return {
    getTenant: (on: Queryable, tenantId: string): Promise<Tenant> => sessions.requireTenant(on, tenantId),
    /** False for a suspended tenant, one being deleted, or none. */
    tenantIsOpen: store.tenantIsOpen,
    /** @throws AppError `invalid_input` for a time zone that this machine does not know */
    updateTenant: async (db: Tx, tenantId: string, patch: store.TenantPatch): Promise<void> => {
      if (patch.timeZone !== undefined) requireTimeZone(patch.timeZone)
      await store.updateTenant(db, tenantId, patch)
    },
    /** Goes alone in this tenant until the transaction ends; before any other lock. */
    lockTenant: store.lockTenant,
    /** Somebody who is or was in the tenant, removed ones too. */
    findMember: store.findMember,
    /** The same for many, in no order; unknown ids are left out. */
    listMembersByIds: store.listMembersByIds,
    /** Of these people, those who are in the tenant now. */
    listMembersByPersons: store.listMembersByPersons,
    /** @throws AppError `not_found` for a stranger and for who was removed */
    requireMember: members.requireMember,
    /** The caller’s role as it is now, not as it was when a socket was opened. @throws AppError `not_allowed` */
    requireRole: members.requireRole,
    /** Somebody whom the caller may manage. @throws AppError `not_allowed`, `not_found` */
    requireManaged: members.requireManaged,
    /**
     * Takes people into a tenant, with principal and feed (locked, so that objects can be put); ids in the same order.
     * The caller makes the profiles: use directory’s `addMembers`, which does. @throws AppError `already_member`
     */
    createMembers: (tx: InTx, tenantId: string, all: members.NewMembership[]): Promise<string[]> =>
      members.createMembers(tx, clock, tenantId, all),
    renameMember: (db: Tx, tenantId: string, memberId: string, name: string): Promise<void> =>
      store.updateMember(db, tenantId, memberId, { name }),
    /** Active, disabled or removed; sessions there end unless active. @throws AppError `not_found`, `last_owner` */
    setMemberState: (tx: InTx, tenantId: string, memberId: string, next: 'active' | 'disabled' | 'removed') =>
      members.setMemberState(tx, clock, tenantId, memberId, next),
    /** @throws AppError `not_found`, `last_owner` */
    setMemberRole: (tx: InTx, tenantId: string, memberId: string, role: Role) =>
      members.setMemberRole(tx, tenantId, memberId, role),
    countOwners: store.countOwners,
    /** Ends the member’s sessions in this tenant; open sockets close within a second. */
    endSessionsOfMember: (tx: InTx, tenantId: string, memberId: string): Promise<number> =>
      sessions.endMemberSessions(tx, clock, tenantId, memberId),
    /** Writes down what a member did in their own tenant, in the same transaction. */
    auditLog: (
      ctx: { db: Tx; actor: MemberActor; origin: Doing['origin'] },
      action: string,
      subject: string | null,
      data?: Record<string, unknown>,
    ) => auditLog({ ...ctx, clock }, action, subject, data),
    /** The same for whoever is not signed in there. */
    auditIn: (db: Tx, by: Doing, what: Audited): Promise<void> => audit(clock, db, by, what),
    /** The same for what the program does by itself. */
    auditJob: (db: Tx, what: Audited): Promise<void> => auditJob(clock, db, what),
  }
}
