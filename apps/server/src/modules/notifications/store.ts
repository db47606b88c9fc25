import type { Level, NotificationPolicy } from '@heyi/contract/notifications'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// What members and companies have chosen, their devices and addresses.

export interface Wishes {
  keywords: string[]
  digest: boolean
}
export const standardWishes: Wishes = { keywords: [], digest: true }

export async function wishesOf(on: Queryable, tenantId: string, members: string[]): Promise<Map<string, Wishes>> {
  const found = await rows(
    on,
    sql<Wishes & { member: string }>`
      select member_id as member, keywords, digest from notify_setting where tenant_id = ${tenantId} and member_id = any(${members})`,
  )
  return new Map(found.map(({ member, ...wishes }) => [member, wishes]))
}

export async function saveWishes(tx: Tx, tenantId: string, member: string, wishes: Wishes): Promise<void> {
  await sql`
    insert into notify_setting (tenant_id, member_id, keywords, digest) values (${tenantId}, ${member}, ${wishes.keywords}, ${wishes.digest})
    on conflict (tenant_id, member_id) do update set keywords = excluded.keywords, digest = excluded.digest`.execute(tx)
}

/** Who wants to hear nothing of which of these conversations, by `member conversation`. */
export async function silentOf(
  on: Queryable,
  tenantId: string,
  members: string[],
  conversations: string[],
): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ key: string }>`
      select member_id || ' ' || conversation_id as key from notify_silent
      where tenant_id = ${tenantId} and member_id = any(${members}) and conversation_id = any(${conversations})`,
  )
  return new Set(found.map(({ key }) => key))
}

/** Whether anything changed. */
export async function setSilent(
  tx: Tx,
  tenantId: string,
  member: string,
  conversation: string,
  silent: boolean,
): Promise<boolean> {
  const count = silent
    ? await changed(
        tx,
        sql`insert into notify_silent (tenant_id, member_id, conversation_id) values (${tenantId}, ${member}, ${conversation}) on conflict do nothing`,
      )
    : await changed(
        tx,
        sql`delete from notify_silent where tenant_id = ${tenantId} and member_id = ${member} and conversation_id = ${conversation}`,
      )
  return count > 0
}

export async function findPolicy(on: Queryable, tenantId: string): Promise<NotificationPolicy> {
  const found = await row(
    on,
    sql<NotificationPolicy>`
      select everybody, digest_hours as "digestHours", daily_cap as "dailyCap" from notify_policy where tenant_id = ${tenantId}`,
  )
  return found ?? { everybody: 'everyone', digestHours: 24, dailyCap: 5 }
}

export async function savePolicy(tx: Tx, tenantId: string, policy: NotificationPolicy): Promise<void> {
  await sql`
    insert into notify_policy (tenant_id, everybody, digest_hours, daily_cap)
    values (${tenantId}, ${policy.everybody}, ${policy.digestHours}, ${policy.dailyCap})
    on conflict (tenant_id) do update set everybody = excluded.everybody, digest_hours = excluded.digest_hours, daily_cap = excluded.daily_cap`.execute(
    tx,
  )
}

/** The keys of the installation, made by whoever comes first. */
export async function pushKeys(
  on: Queryable,
  make: () => { publicKey: string; privateKey: string },
): Promise<{ publicKey: string; privateKey: string }> {
  const find = () =>
    row(
      on,
      sql<{
        publicKey: string
        privateKey: string
      }>`select public_key as "publicKey", private_key as "privateKey" from push_key`,
    )
  const found = await find()
  if (found) return found
  const made = make()
  await sql`insert into push_key (public_key, private_key) values (${made.publicKey}, ${made.privateKey}) on conflict do nothing`.execute(
    on,
  )
  return (await find()) ?? made
}

export interface Device {
  id: string
  member: string
  session: string
  name: string
  endpoint: string
  p256dh: string
  auth: string
  level: Level
  content: boolean
  createdAt: string
  lastAcceptedAt: string | null
  lastShownAt: string | null
}

const deviceColumns = sql`
  id, member_id as member, session_id as session, name, endpoint, p256dh, auth, level, content, created_at as "createdAt",
  last_accepted_at as "lastAcceptedAt", last_shown_at as "lastShownAt"`

export function devicesOf(on: Queryable, tenantId: string, members: string[]): Promise<Device[]> {
  return rows(
    on,
    sql<Device>`select ${deviceColumns} from push_device where tenant_id = ${tenantId} and member_id = any(${members}) order by created_at, id`,
  )
}

export function devicesByIds(on: Queryable, tenantId: string, ids: string[]): Promise<Device[]> {
  return rows(
    on,
    sql<Device>`select ${deviceColumns} from push_device where tenant_id = ${tenantId} and id = any(${ids})`,
  )
}

/** One browser has one address: what it was before, for whomever, is replaced. Of very many the oldest go. */
export async function saveDevice(
  tx: Tx,
  tenantId: string,
  device: Omit<Device, 'lastAcceptedAt' | 'lastShownAt' | 'level' | 'content'>,
  most: number,
): Promise<void> {
  const before = await row(
    tx,
    sql<{ level: Level; content: boolean }>`
      delete from push_device where endpoint = ${device.endpoint} or (tenant_id = ${tenantId} and member_id = ${device.member} and session_id = ${device.session})
      returning level, content`,
  )
  await sql`
    insert into push_device (tenant_id, id, member_id, session_id, name, endpoint, p256dh, auth, level, content, created_at)
    values (${tenantId}, ${device.id}, ${device.member}, ${device.session}, ${device.name}, ${device.endpoint}, ${device.p256dh}, ${device.auth},
      ${before?.level ?? 'all'}, ${before?.content ?? true}, ${device.createdAt})`.execute(tx)
  await sql`
    delete from push_device where tenant_id = ${tenantId} and id in (
      select id from push_device where tenant_id = ${tenantId} and member_id = ${device.member} order by created_at desc, id desc offset ${most})`.execute(
    tx,
  )
}

export async function updateDevice(
  tx: Tx,
  tenantId: string,
  member: string,
  id: string,
  patch: { level?: Level | undefined; content?: boolean | undefined },
): Promise<boolean> {
  return (
    (await changed(
      tx,
      sql`update push_device set level = coalesce(${patch.level ?? null}, level), content = coalesce(${patch.content ?? null}, content)
        where tenant_id = ${tenantId} and member_id = ${member} and id = ${id}`,
    )) > 0
  )
}

export async function deleteDevices(on: Queryable, tenantId: string, ids: string[]): Promise<number> {
  return changed(on, sql`delete from push_device where tenant_id = ${tenantId} and id = any(${ids})`)
}

export async function deviceReached(
  on: Queryable,
  tenantId: string,
  id: string,
  at: { acceptedAt?: string; shownAt?: string },
): Promise<void> {
  await sql`
    update push_device set last_accepted_at = coalesce(${at.acceptedAt ?? null}, last_accepted_at), last_shown_at = coalesce(${at.shownAt ?? null}, last_shown_at)
    where tenant_id = ${tenantId} and id = ${id}`.execute(on)
}

export interface OwnChannel {
  id: string
  member: string
  name: string
  url: string
  body: string
  level: Level
  content: boolean
  lastAcceptedAt: string | null
  lastFailure: string | null
}

const channelColumns = sql`
  id, member_id as member, name, url, body, level, content, last_accepted_at as "lastAcceptedAt", last_failure as "lastFailure"`

export function channelsOf(on: Queryable, tenantId: string, members: string[]): Promise<OwnChannel[]> {
  return rows(
    on,
    sql<OwnChannel>`select ${channelColumns} from own_channel where tenant_id = ${tenantId} and member_id = any(${members}) order by created_at, id`,
  )
}

export function channelsByIds(on: Queryable, tenantId: string, ids: string[]): Promise<OwnChannel[]> {
  return rows(
    on,
    sql<OwnChannel>`select ${channelColumns} from own_channel where tenant_id = ${tenantId} and id = any(${ids})`,
  )
}

export async function insertChannel(
  tx: Tx,
  tenantId: string,
  channel: Omit<OwnChannel, 'lastAcceptedAt' | 'lastFailure'> & { createdAt: string },
): Promise<void> {
  await sql`
    insert into own_channel (tenant_id, id, member_id, name, url, body, level, content, created_at)
    values (${tenantId}, ${channel.id}, ${channel.member}, ${channel.name}, ${channel.url}, ${channel.body}, ${channel.level}, ${channel.content}, ${channel.createdAt})`.execute(
    tx,
  )
}

export async function deleteChannel(tx: Tx, tenantId: string, member: string, id: string): Promise<boolean> {
  return (
    (await changed(
      tx,
      sql`delete from own_channel where tenant_id = ${tenantId} and member_id = ${member} and id = ${id}`,
    )) > 0
  )
}

export async function channelTried(
  on: Queryable,
  tenantId: string,
  id: string,
  result: { at: string; failure: string | null },
): Promise<void> {
  await sql`
    update own_channel set last_failure = ${result.failure}, last_accepted_at = case when ${result.failure}::text is null then ${result.at}::timestamptz else last_accepted_at end
    where tenant_id = ${tenantId} and id = ${id}`.execute(on)
}

/** Everybody of the tenant who has a device or an address of their own. */
export async function reachableMembers(on: Queryable, tenantId: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ member: string }>`
      select member_id as member from push_device where tenant_id = ${tenantId}
      union select member_id from own_channel where tenant_id = ${tenantId}`,
  )
  return found.map(({ member }) => member)
}

/** Everything this module keeps of a tenant that is being deleted. */
export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of [
    'ladder_step',
    'ladder',
    'notification',
    'notify_hold',
    'own_channel',
    'push_device',
    'notify_policy',
    'notify_silent',
    'notify_setting',
  ])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}

/** Somebody left: what would tell them goes at once. */
export async function deleteMemberRows(tx: Tx, tenantId: string, member: string): Promise<void> {
  for (const table of ['notification', 'notify_hold', 'own_channel', 'push_device', 'notify_silent', 'notify_setting'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and member_id = ${member}`.execute(tx)
}
