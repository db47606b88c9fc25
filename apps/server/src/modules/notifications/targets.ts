import type { Channel, Level } from '@heyi/contract/notifications'
import type { Queryable } from '../../kernel/db.js'
import { channelsOf, devicesOf } from './store.js'

export interface Target {
  channel: Extract<Channel, 'push' | 'own'>
  id: string
  name: string
  level: Level
}

/** The devices and addresses of these members. */
export async function targetsOf(on: Queryable, tenantId: string, members: string[]): Promise<Map<string, Target[]>> {
  const targets = new Map<string, Target[]>()
  const add =
    (channel: Target['channel']) => (one: { member: string; id: string; name: string; level: Target['level'] }) =>
      targets.set(one.member, [
        ...(targets.get(one.member) ?? []),
        { channel, id: one.id, name: one.name, level: one.level },
      ])
  for (const device of await devicesOf(on, tenantId, members)) add('push')(device)
  for (const channel of await channelsOf(on, tenantId, members)) add('own')(channel)
  return targets
}
