import type * as contract from '@heyi/contract/directory'
import type { z } from 'zod'
import type { MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { loginsOf } from '../identity/index.js'
import * as departments from './department-store.js'
import type { Deps } from './deps.js'
import { createEntries, type NewEntry, writeDepartmentWords } from './entries.js'
import { type CsvError, type CsvMember, readMembers } from './rules/csv.js'
import { ownerOf } from './rules.js'
import { stampDepartmentsLater, stampTheseLater } from './stamps.js'

type Answer = z.input<typeof contract.importMembers.output>

/** Adds everybody in one transaction, or nobody. The departments they come to are told by jobs (see `stamps.ts`). */
export async function importMembers(
  deps: Deps,
  ctx: MemberWrite,
  { csv, dryRun }: { csv: string; dryRun: boolean },
): Promise<Answer> {
  const { identity } = deps
  const { tenantId } = ctx.actor
  const { members, errors } = readMembers(csv)
  refuse(errors)
  await identity.requireRole(ctx, 'admin')
  // Two imports at once would make the same departments twice.
  await identity.lockTenant(ctx.db, tenantId)
  const persons = await resolvePersons(deps, ctx, members)
  const tree = new Tree(await departments.readTree(ctx.db, tenantId), ctx.clock.ms())
  const places = members.map((member) => member.departments.map((path) => tree.find(path)))
  if (dryRun) {
    const planned = members.map(({ line, name }) => ({ line, id: null, name, link: null }))
    return { added: members.length, departmentsAdded: tree.added.length, members: planned }
  }
  await createDepartments(ctx, tree)
  const personIds = await createPersons(deps, ctx, members, persons)
  const ready = await identity.personsWithPassword(ctx.db, personIds)
  const entries = members.map((member, i): NewEntry => {
    const personId = personIds[i] ?? ''
    return {
      ...member,
      personId,
      account: member.account ?? null,
      role: 'member',
      state: ready.has(personId) ? 'active' : 'invited',
      departments: places[i],
    }
  })
  const ids = await createEntries(deps, ctx, tenantId, entries)
  const days = members
    .map(({ birthday, joinedOn }, i) => ({ member: ids[i] ?? '', birthday, joinedOn }))
    .filter(({ birthday, joinedOn }) => birthday ?? joinedOn)
  if (days.length > 0) for (const tell of deps.imported) await tell(ctx.db, tenantId, days)
  const links = await createLinks(
    deps,
    ctx,
    personIds.filter((id) => !ready.has(id)),
  )
  await stampDepartmentsLater(deps.kernel, ctx.db, tenantId, tree.touched(places.flat()))
  // The others are told when they choose their password.
  await stampTheseLater(
    deps.kernel,
    ctx.db,
    tenantId,
    ids.filter((_, i) => ready.has(personIds[i] ?? '')),
  )
  await identity.auditLog(ctx, 'directory.membersImported', null, {
    added: members.length,
    departmentsAdded: tree.added.length,
  })
  const added = members.map(({ line, name }, i) => ({
    line,
    id: ids[i] ?? null,
    name,
    link: links.get(personIds[i] ?? '') ?? null,
  }))
  return { added: members.length, departmentsAdded: tree.added.length, members: added }
}

/** @throws AppError `csv_invalid` with the first error, for a sentence, and all of them, for a list */
function refuse(errors: CsvError[]): void {
  const [first] = errors
  if (first) throw fail('csv_invalid', { line: first.line, reason: first.reason, errors })
}

/** For each line the person who signs in with this already, or null for somebody new. */
async function resolvePersons({ identity }: Deps, ctx: MemberWrite, members: CsvMember[]): Promise<(string | null)[]> {
  const { tenantId } = ctx.actor
  const logins = members.map(loginsOf)
  const owners = await identity.findLogins(
    ctx.db,
    logins.flat().map(({ value }) => value),
  )
  const found = logins.map((mine) => ownerOf(mine, owners))
  const known = found.flatMap((owner) => ('person' in owner ? [owner.person] : []))
  const here = new Set((await identity.listMembersByPersons(ctx.db, tenantId, known)).map(({ personId }) => personId))
  const [ready, elsewhere] = [
    await identity.personsWithPassword(ctx.db, known),
    await identity.personsElsewhere(ctx.db, tenantId, known),
  ]
  const seen = new Set<string>()
  const errors = members.flatMap(({ line }, i): CsvError[] => {
    const owner = found[i] ?? { new: true }
    const keys = 'person' in owner ? [owner.person] : (logins[i] ?? []).map(({ value }) => value)
    const repeated = keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    if (repeated) return [{ line, column: null, reason: 'login_repeated' }]
    if ('taken' in owner) return [{ line, column: null, reason: 'login_taken' }]
    if (!('person' in owner)) return []
    if (here.has(owner.person)) return [{ line, column: null, reason: 'already_member' }]
    // Invited elsewhere without a password yet: a link from here would open the other company, too.
    return !ready.has(owner.person) && elsewhere.has(owner.person)
      ? [{ line, column: null, reason: 'login_taken' }]
      : []
  })
  refuse(errors.slice(0, 100))
  return found.map((owner) => ('person' in owner ? owner.person : null))
}

async function createPersons(
  { identity }: Deps,
  ctx: MemberWrite,
  members: CsvMember[],
  persons: (string | null)[],
): Promise<string[]> {
  const made = await identity.createPersons(
    ctx.db,
    members.filter((_, i) => persons[i] === null),
  )
  const next = made.values()
  return persons.map((person) => person ?? next.next().value ?? '')
}

async function createLinks({ identity }: Deps, ctx: MemberWrite, personIds: string[]): Promise<Map<string, string>> {
  const links = await identity.createPasswordLinks(ctx.db, personIds, ctx.actor.tenantId)
  return new Map(personIds.map((id, i) => [id, links[i]?.url ?? '']))
}

async function createDepartments(ctx: MemberWrite, { added }: Tree): Promise<void> {
  const { tenantId } = ctx.actor
  await departments.insertDepartments(ctx.db, tenantId, added)
  for (const { id } of added) await ctx.changes.create(tenantId, id)
  await writeDepartmentWords(ctx.db, tenantId, added)
}

/** The department tree by path, growing with paths that are not there yet. */
class Tree {
  readonly added: departments.NewDepartment[] = []
  readonly #children = new Map<string, Map<string, string>>()
  readonly #parents = new Map<string, string | null>()

  constructor(
    nodes: departments.TreeNode[],
    private readonly nowMs: number,
  ) {
    for (const { id, parent, name } of nodes) this.#put(id, parent, name)
  }

  /** The id of the department at this path, planned where there is none. */
  find(path: string[]): string {
    let parent: string | null = null
    for (const name of path) parent = this.#childrenOf(parent).get(name) ?? this.#plan(parent, name)
    return parent ?? ''
  }

  /** These, and whatever stands above a planned one: their counts changed. */
  touched(ids: string[]): string[] {
    const above = this.added.map(({ parent }) => parent).filter((parent) => parent !== null)
    return [...new Set([...ids, ...above, ...this.added.map(({ id }) => id)])]
  }

  #plan(parent: string | null, name: string): string {
    const id = newId('dep', this.nowMs)
    this.added.push({ id, parent, name, position: this.#childrenOf(parent).size + 1 })
    this.#put(id, parent, name)
    return id
  }

  #put(id: string, parent: string | null, name: string): void {
    this.#parents.set(id, parent)
    const siblings = this.#childrenOf(parent)
    if (!siblings.has(name)) siblings.set(name, id)
  }

  #childrenOf(parent: string | null): Map<string, string> {
    const key = parent ?? ''
    const found = this.#children.get(key) ?? new Map<string, string>()
    this.#children.set(key, found)
    return found
  }
}
