/**
 * What a company’s people say of themselves and how they are arranged: profiles, departments, search, invitations.
 * Who they are and whether they may come in is identity’s; the two are joined here into the cards that everybody sees.
 * What feeds hear of a change is in `stamps.ts`.
 */
import type { Department, Profile } from '@heyi/contract/directory'
import type { Role } from '@heyi/contract/identity'
import { type Locale, locales } from '@heyi/contract/texts'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import type { Operations } from '../../kernel/operations.js'
import type { IdentityDoor, InTx } from '../identity/index.js'
import * as audience from './audience-store.js'
import { findDepartment, insertDepartments, type NewDepartment } from './department-store.js'
import type { Deps, Imported } from './deps.js'
import { createEntries, insertProfiles, type NewEntry, writeDepartmentWords } from './entries.js'
import { registerDirectoryFeeds } from './feed.js'
import { deleteRequests, personsWaiting } from './invitation-store.js'
import { profilesByIds } from './profiles.js'
import { serveDirectory } from './routes.js'
import { search } from './search.js'
import { registerStampJobs, stampDepartmentsLater, stampMembers, stampMembersLater } from './stamps.js'
import * as store from './store.js'

export { memberRemoved } from './deps.js'

/** Everybody, or whoever is in one of the departments (those below them included) or has one of the roles. */
interface Meant {
  everyone: boolean
  departments: string[]
  roles: Role[]
}

export type { NewEntry } from './entries.js'

/** Serves directory.*, registers the department feeds and the `me` object, and listens to identity. */
export function registerDirectory(kernel: Kernel, operations: Operations, identity: IdentityDoor) {
  const deps: Deps = { kernel, identity, avatarChecks: [], imported: [] }
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
  /** People and departments by name, pinyin, initials, alias, account, phone or department, the best first. */
  search: (ctx: MemberRead, asked: { text: string; limit: number }) => search(deps, ctx, asked),
  /** @throws AppError `not_found` unless all of them are members who were not removed */
  async requireColleagues(on: Queryable, tenantId: string, memberIds: string[]): Promise<void> {
    const wanted = new Set(memberIds)
    const found = await deps.identity.listMembersByIds(on, tenantId, [...wanted])
    if (found.filter(({ state }) => state !== 'removed').length < wanted.size) throw fail('not_found')
  },
  /** @throws AppError `not_found` unless all of them are there */
  async requireDepartments(on: Queryable, tenantId: string, departments: string[]): Promise<void> {
    const wanted = [...new Set(departments)]
    if ((await audience.countDepartments(on, tenantId, wanted)) < wanted.length) throw fail('not_found')
  },
  /** Everybody who may come in and is meant, in order of id; with `joinedBy` only those who were there by then. */
  async membersOf(on: Queryable, tenantId: string, of: Meant, joinedBy: string | null): Promise<string[]> {
    const { listActive } = deps.identity
    if (of.everyone) return listActive(on, tenantId, { among: null, roles: null, joinedBy })
    const inside = of.departments.length > 0 ? await audience.membersBelow(on, tenantId, of.departments) : []
    const byPlace = inside.length > 0 ? await listActive(on, tenantId, { among: inside, roles: null, joinedBy }) : []
    const { roles } = of
    const byRole = roles.length > 0 ? await listActive(on, tenantId, { among: null, roles, joinedBy }) : []
    return byRole.length === 0 ? byPlace : [...new Set([...byPlace, ...byRole])].sort()
  },
  /** A department’s name and who leads it. */
  findDepartment: (on: Queryable, tenantId: string, id: string): Promise<Department | undefined> =>
    findDepartment(on, tenantId, id),
  /** Everybody who may come in and is in this department, or also in those below it; in order of id. */
  async membersOfDepartment(on: Queryable, tenantId: string, id: string, below: boolean): Promise<string[]> {
    const among = below ? await audience.membersBelow(on, tenantId, [id]) : await audience.membersIn(on, tenantId, id)
    return among.length > 0 ? deps.identity.listActive(on, tenantId, { among, roles: null, joinedBy: null }) : []
  },
  /** These departments, whether there are any longer or not, and all above them. */
  departmentsOver: audience.departmentsOver,
  /** The departments that somebody is in, and those above. */
  departmentsAbove: audience.departmentsAbove,
  mainDepartments: audience.mainDepartments,
  departmentPaths: audience.departmentPaths,
  /** Whether this member may come in at present. */
  async isActive(on: Queryable, tenantId: string, memberId: string): Promise<boolean> {
    return (await deps.identity.findMember(on, tenantId, memberId))?.state === 'active'
  },
  /** In which time zone each of these members lives: the one they chose, else the company’s. */
  async timeZonesOf(on: Queryable, tenantId: string, memberIds: string[]): Promise<{ of(member: string): string }> {
    const { timeZone } = await deps.identity.getTenant(on, tenantId)
    const chosen = await store.listChosen(on, tenantId, memberIds, 'timeZone')
    return { of: (member) => chosen.get(member) ?? timeZone }
  },
  /** In which language each of these members reads. */
  async localesOf(on: Queryable, tenantId: string, memberIds: string[]): Promise<{ of(member: string): Locale }> {
    const { locale } = await deps.identity.getTenant(on, tenantId)
    const chosen = await store.listChosen(on, tenantId, memberIds, 'locale')
    return { of: (member) => locales.find((known) => known === chosen.get(member)) ?? locale }
  },
  /** Whether somebody in the tenant wears this file as an avatar, so that every colleague may see it. */
  carriesAvatar: store.avatarExists,
})

const making = (deps: Deps) => ({
  /** Asked, in the transaction, before somebody takes a file as their avatar; throws to refuse. */
  onAvatar(check: (ctx: MemberWrite, file: string) => Promise<void>): void {
    deps.avatarChecks.push(check)
  },
  /** Told, in the transaction, of the birthdays and joining days that an import brought. */
  onImported(tell: Imported): void {
    deps.imported.push(tell)
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
