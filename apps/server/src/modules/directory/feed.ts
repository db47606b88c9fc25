import type { Queryable } from '../../kernel/db.js'
import { type ObjectLoader, refKey } from '../../kernel/feeds/kinds.js'
import { existingDepartments, listDepartmentsByIds } from './department-store.js'
import type { Deps } from './deps.js'
import { meObjects, profilesByIds } from './profiles.js'

type Load = (on: Queryable, tenantId: string, ids: string[]) => Promise<Map<string, unknown>>

/** An object looks the same in every feed that carries it. */
const everywhere =
  (load: Load): ObjectLoader =>
  async (on, tenantId, refs) => {
    const found = await load(on, tenantId, [...new Set(refs.map((ref) => ref.id))])
    const loaded = new Map<string, unknown>()
    for (const ref of refs) {
      const object = found.get(ref.id)
      if (object !== undefined) loaded.set(refKey(ref), object)
    }
    return loaded
  }

const byId = <T extends { id: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]))

/** `me` in member feeds; the department feeds, which any member may watch. */
export function registerDirectoryFeeds(deps: Deps): void {
  const { kinds } = deps.kernel
  kinds.addObjects('mem', { me: everywhere((on, tenantId, ids) => meObjects(deps, on, tenantId, ids)) })
  kinds.register({
    prefix: 'dep',
    objects: {
      department: everywhere(async (on, tenantId, ids) => byId(await listDepartmentsByIds(on, tenantId, ids))),
      departmentMember: everywhere(async (on, tenantId, ids) => byId(await profilesByIds(deps, on, tenantId, ids))),
    },
    access: async (on, actor, feeds) => {
      const found = await existingDepartments(on, actor.tenantId, feeds)
      return new Map([...found].map((id) => [id, { view: 'd', fromSeq: -1 }]))
    },
  })
}
