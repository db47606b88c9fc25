import type * as contract from '@heyi/contract/directory'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { MemberRecord } from '../identity/index.js'
import { listPaths } from './department-store.js'
import type { Deps } from './deps.js'
import { maskPhone, reportingLine } from './rules.js'
import * as store from './store.js'

interface Entry {
  who: MemberRecord
  says: store.ProfileRow
}

/** Who somebody is, from identity, with what they say of themselves; in the order asked, unknown ones left out. */
async function entries({ identity }: Deps, on: Queryable, tenantId: string, ids: string[]): Promise<Entry[]> {
  if (ids.length === 0) return []
  const who = new Map((await identity.listMembersByIds(on, tenantId, ids)).map((m) => [m.id, m]))
  const says = new Map((await store.listProfiles(on, tenantId, ids)).map((p) => [p.memberId, p]))
  const found = [...new Set(ids)].map((id) => ({ who: who.get(id), says: says.get(id) }))
  return found.flatMap(({ who, says }) => (who && says ? [{ who, says }] : []))
}

function toProfile({ who, says }: Entry): contract.Profile {
  const { alias, position, department, avatar } = says
  return {
    id: who.id,
    kind: 'member',
    name: who.name,
    alias,
    position,
    department,
    avatar,
    external: false,
    state: who.state,
  }
}

function toMember({ who, says }: Entry): contract.Member {
  const { alias, position, phone, email, avatar, fields, departments, version } = says
  const { id, name, account, role, state } = who
  return { id, name, alias, account, position, phone, email, avatar, fields, departments, role, state, version }
}

const standard: contract.Preferences = {
  locale: null,
  timeZone: null,
  theme: 'system',
  enterSends: true,
  density: 'comfortable',
  messages: 'sides',
}

/** Profile cards in the order asked; ids that mean nobody here are left out. */
export async function profilesByIds(
  deps: Deps,
  on: Queryable,
  tenantId: string,
  ids: string[],
): Promise<contract.Profile[]> {
  return (await entries(deps, on, tenantId, ids)).map(toProfile)
}

export async function requireMember(deps: Deps, on: Queryable, tenantId: string, id: string): Promise<contract.Member> {
  const [entry] = await entries(deps, on, tenantId, [id])
  if (!entry) throw fail('not_found')
  return toMember(entry)
}

/** What members see of themselves, as it stands in their member feeds. */
export async function meObjects(
  deps: Deps,
  on: Queryable,
  tenantId: string,
  ids: string[],
): Promise<Map<string, contract.MeObject>> {
  const all = await entries(deps, on, tenantId, ids)
  if (all.length === 0) return new Map()
  const tenant = await deps.identity.getTenant(on, tenantId)
  return new Map(
    all.map((entry) => [
      entry.who.id,
      {
        profile: toProfile(entry),
        role: entry.who.role,
        preferences: { ...standard, ...entry.says.preferences },
        tenant,
      },
    ]),
  )
}

export async function listProfiles(
  deps: Deps,
  ctx: MemberRead,
  { ids }: { ids: string[] },
): Promise<{ items: contract.Profile[] }> {
  return { items: await profilesByIds(deps, ctx.db, ctx.actor.tenantId, ids) }
}

export async function getMember(deps: Deps, ctx: MemberRead, { member: id }: { member: string }) {
  const { tenantId } = ctx.actor
  await deps.identity.requireMember(ctx.db, tenantId, id)
  const member = await requireMember(deps, ctx.db, tenantId, id)
  const paths = await listPaths(ctx.db, tenantId, member.departments)
  const main = paths.get(member.departments[0] ?? '') ?? []
  const phoneMasked = id !== ctx.actor.memberId && ctx.actor.role === 'member' && member.phone !== ''
  return {
    member: phoneMasked ? { ...member, phone: maskPhone(member.phone) } : member,
    phoneMasked,
    departments: member.departments.map((department) => ({
      id: department,
      path: (paths.get(department) ?? []).map(({ name }) => name),
    })),
    reporting: reportingLine(main, id),
  }
}

export async function viewPhone(
  deps: Deps,
  ctx: MemberWrite,
  { member: id }: { member: string },
): Promise<{ phone: string }> {
  const { tenantId } = ctx.actor
  await deps.identity.requireMember(ctx.db, tenantId, id)
  const { phone } = await requireMember(deps, ctx.db, tenantId, id)
  await deps.identity.auditLog(ctx, 'directory.phoneViewed', id)
  return { phone }
}
