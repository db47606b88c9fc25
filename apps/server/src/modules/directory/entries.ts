import type { Role } from '@heyi/contract/identity'
import type { Tx } from '../../kernel/db.js'
import type { InTx } from '../identity/index.js'
import type { Deps } from './deps.js'
import { readings } from './readings.js'
import { departmentWords, memberWords, sortKey } from './rules.js'
import * as store from './store.js'
import { deleteWords, writeWords } from './word-store.js'

/** A member about to be made, with a profile. */
export interface NewEntry {
  personId: string
  name: string
  role: Role
  state: 'invited' | 'active'
  account: string | null
  alias?: string | undefined
  position?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  fields?: Record<string, string> | undefined
  departments?: string[] | undefined
}

/** Names are read aloud this many at a time, so that an import does not hold up everybody else. */
const entriesAtOnce = 200
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Makes members with profile, places and search words; ids in the same order. The caller tells the feeds. */
export async function createEntries(
  { identity }: Deps,
  tx: InTx,
  tenantId: string,
  entries: NewEntry[],
): Promise<string[]> {
  const ids = await identity.createMembers(tx, tenantId, entries)
  const whole = entries.map((entry, index) => ({ ...entry, memberId: ids[index] ?? '' }))
  for (let from = 0; from < whole.length; from += entriesAtOnce) {
    await insertProfiles(tx.db, tenantId, whole.slice(from, from + entriesAtOnce))
    await breathe()
  }
  return ids
}

type ProfileFor = Omit<NewEntry, 'personId' | 'role' | 'state'> & { memberId: string }

/** Profile, places and words of members that exist. */
export async function insertProfiles(db: Tx, tenantId: string, entries: ProfileFor[]): Promise<void> {
  const read = await readings()
  const whole = entries.map((entry) => ({
    ...entry,
    alias: entry.alias ?? '',
    position: entry.position ?? '',
    phone: entry.phone ?? '',
    email: entry.email ?? '',
    fields: entry.fields ?? {},
    departments: [...new Set(entry.departments)],
    sortKey: sortKey(entry.name, read.name),
  }))
  await store.insertProfiles(db, tenantId, whole)
  await store.writePlaces(
    db,
    tenantId,
    whole.map(({ memberId }) => memberId),
  )
  await writeWords(
    db,
    tenantId,
    'member',
    whole.map((entry) => ({ id: entry.memberId, words: memberWords(entry, read.name) })),
  )
}

/** Brings order and search words of one member up to date. */
export async function refreshEntry({ identity }: Deps, db: Tx, tenantId: string, memberId: string): Promise<void> {
  const [who, says] = [
    await identity.findMember(db, tenantId, memberId),
    await store.findProfile(db, tenantId, memberId),
  ]
  if (!who || !says) throw new Error(`${memberId} has no profile.`)
  const read = await readings()
  const { alias, phone, email } = says
  const words = memberWords({ name: who.name, account: who.account, alias, phone, email }, read.name)
  await store.setSortKey(db, tenantId, memberId, sortKey(who.name, read.name))
  await store.writePlaces(db, tenantId, [memberId])
  await writeWords(db, tenantId, 'member', [{ id: memberId, words }])
}

export const forgetEntry = (db: Tx, tenantId: string, id: string): Promise<void> => deleteWords(db, tenantId, [id])

export async function writeDepartmentWords(
  db: Tx,
  tenantId: string,
  departments: { id: string; name: string }[],
): Promise<void> {
  const read = await readings()
  await writeWords(
    db,
    tenantId,
    'department',
    departments.map(({ id, name }) => ({ id, words: departmentWords(name, read.text) })),
  )
}
