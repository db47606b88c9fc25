/**
 * What a company’s people say of themselves and how they are arranged: profiles, departments, search, invitations.
 * Who they are and whether they may come in is identity’s; the two are joined here into the cards that everybody sees.
 * What feeds hear of a change is in `stamps.ts`.
 */
import type { Profile } from '@heyi/contract/directory'
import type { Kernel, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import type { Operations } from '../../kernel/operations.js'
import type { IdentityDoor, InTx } from '../identity/index.js'
import { insertDepartments, type NewDepartment } from './department-store.js'
import type { Deps } from './deps.js'
import { createEntries, insertProfiles, type NewEntry, writeDepartmentWords } from './entries.js'
import { registerDirectoryFeeds } from './feed.js'
import { deleteRequests, personsWaiting } from './invitation-store.js'
import { profilesByIds } from './profiles.js'
import { serveDirectory } from './routes.js'
import { registerStampJobs, stampDepartmentsLater, stampMembers, stampMembersLater } from './stamps.js'
import * as store from './store.js'

export { memberRemoved } from './deps.js'
export type { NewEntry } from './entries.js'

/** Serves directory.*, registers the department feeds and the `me` object, and listens to identity. */
export function registerDirectory(kernel: Kernel, operations: Operations, identity: IdentityDoor) {
  const deps: Deps = { kernel, identity, avatarChecks: [] }
  serveDirectory(deps, operations)
  registerDirectoryFeeds(deps)
  registerStampJobs(kernel)
  followIdentity(deps)
  return { ...reading(deps), ...making(deps) }
}
export type DirectoryDoor = ReturnType<typeof registerDirectory>

function followIdentity({ kernel, identity }: Deps): void {
  identity.onMemberCreated(async ({ db, changes }, { tenantId, ...member }) => {
    await insertProfiles(db, tenantId, [member])
    changes.put(member.memberId, 'me', member.memberId)
  })
  identity.onMemberChanged((tx, { tenantId, memberId }) => stampMembers(tx, kernel, tenantId, [memberId]))
  identity.onPersonsUnused(personsWaiting)
  identity.onTenantDeleted(async (tx, tenantId) => {
    await identity.dropUnusedPersons(tx, await deleteRequests(tx, tenantId))
    return (await store.deleteTenantRows(tx, tenantId)) ? 'more' : undefined
  })
}

const reading = (deps: Deps) => ({
  /** Profile cards in the order asked, removed people too; ids that mean nobody in this tenant are left out. */
  profilesByIds: (on: Queryable, tenantId: string, ids: string[]): Promise<Profile[]> =>
    profilesByIds(deps, on, tenantId, ids),
  /** @throws AppError `not_found` unless all of them are members who were not removed */
  async requireColleagues(on: Queryable, tenantId: string, memberIds: string[]): Promise<void> {
    const wanted = new Set(memberIds)
    const found = await deps.identity.listMembersByIds(on, tenantId, [...wanted])
    if (found.filter(({ state }) => state !== 'removed').length < wanted.size) throw fail('not_found')
  },
  /** Whether this member may come in at present. */
  async isActive(on: Queryable, tenantId: string, memberId: string): Promise<boolean> {
    return (await deps.identity.findMember(on, tenantId, memberId))?.state === 'active'
  },
  /** Whether somebody in the tenant wears this file as an avatar, so that every colleague may see it. */
  carriesAvatar: store.avatarExists,
})

const making = (deps: Deps) => ({
  /** Asked, in the transaction, before somebody takes a file as their avatar; throws to refuse. */
  onAvatar(check: (ctx: MemberWrite, file: string) => Promise<void>): void {
    deps.avatarChecks.push(check)
  },
  /**
   * Takes people (of identity’s `createPersons`) into a tenant with profile, departments and search words; ids in the
   * same order. Their own feeds and departments are told by jobs.
   */
  async addMembers(tx: InTx, tenantId: string, entries: NewEntry[]): Promise<string[]> {
    const ids = await createEntries(deps, tx, tenantId, entries)
    await stampDepartmentsLater(deps.kernel, tx.db, tenantId, [
      ...new Set(entries.flatMap((entry) => entry.departments ?? [])),
    ])
    await stampMembersLater(deps.kernel, tx.db, tenantId, null)
    return ids
  },
  /** Makes departments, parents before children; ids in the same order. `parent` is an index into the same list. */
  async addDepartments(
    tx: InTx,
    tenantId: string,
    all: { name: string; parent: number | null; position: number }[],
  ): Promise<string[]> {
    const ids = all.map(() => newId('dep', deps.kernel.clock.ms()))
    const made = all.map(({ name, parent, position }, i): NewDepartment => {
      return { id: ids[i] ?? '', parent: parent === null ? null : (ids[parent] ?? null), name, position }
    })
    await insertDepartments(tx.db, tenantId, made)
    for (const id of ids) await tx.changes.create(tenantId, id)
    await writeDepartmentWords(tx.db, tenantId, made)
    await stampDepartmentsLater(deps.kernel, tx.db, tenantId, ids)
    return ids
  },
  /** Names who leads these departments; the departments’ feeds are told by jobs. */
  async setLeaders(tx: InTx, tenantId: string, leaders: ReadonlyMap<string, string[]>): Promise<void> {
    await store.setLeaders(tx.db, tenantId, leaders)
    await stampDepartmentsLater(deps.kernel, tx.db, tenantId, [...leaders.keys()])
  },
})
