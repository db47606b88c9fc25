import type * as contract from '@heyi/contract/directory'
import type { MemberRead } from '../../kernel/context.js'
import { listDepartmentsByIds } from './department-store.js'
import type { Deps } from './deps.js'
import { profilesByIds } from './profiles.js'
import { queryParts } from './rules.js'
import { findDepartments, findMembers } from './word-store.js'

export async function search(
  deps: Deps,
  ctx: MemberRead,
  { text, limit }: { text: string; limit: number },
): Promise<{ people: contract.Profile[]; departments: contract.Department[] }> {
  const { tenantId } = ctx.actor
  const parts = queryParts(text)
  if (parts.length === 0) return { people: [], departments: [] }
  const people = await findMembers(ctx.db, tenantId, parts, limit)
  const departments = await findDepartments(ctx.db, tenantId, parts, limit)
  const found = new Map((await listDepartmentsByIds(ctx.db, tenantId, departments)).map((d) => [d.id, d]))
  return {
    people: await profilesByIds(deps, ctx.db, tenantId, people),
    departments: departments.flatMap((id) => found.get(id) ?? []),
  }
}
