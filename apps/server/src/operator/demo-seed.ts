import type { AttachmentBody, Mention } from '@heyi/contract/messaging'
import sharp from 'sharp'
import type { App } from '../app.js'
import type { MemberActor } from '../kernel/actor.js'
import type { Tx } from '../kernel/db.js'
import type { Changes } from '../kernel/feeds/changes.js'
import { newId } from '../kernel/ids.js'
import { writeTransaction } from '../kernel/write.js'
import * as store from './demo-store.js'
import {
  avatars,
  type ConversationKey,
  conversations,
  departments,
  mainPerson,
  media,
  type PersonKey,
  people,
  type SampleConversation,
  type SampleMessage,
  sampleMessages,
  sampleNotices,
} from './sample/index.js'

/** Who owns the company that the sample is put into. */
export interface Host {
  memberId: string
  /** Which of the sample’s people they are; null for a real person, who is put into some of the groups. */
  is: PersonKey | null
}

/** What a real owner finds in the inbox. */
const groupsOfHost: ConversationKey[] = [
  'launch',
  'everyone',
  'brand',
  'product',
  'marketing',
  'overseas',
  'help',
  'lunch',
]

interface Seeding {
  app: App
  db: Tx
  changes: Changes
  tenantId: string
  host: Host
  members: Map<PersonKey, string>
}

/**
 * Puts the people, departments, conversations, pictures and files of the sample company into a new company, in one
 * transaction. Their feeds are told by jobs. A company that has other people already is left alone.
 */
export async function seedSampleCompany(app: App, tenantId: string, host: Host): Promise<void> {
  const pictures = await drawPictures()
  await writeTransaction(app.kernel, async (db, changes) => {
    await store.lockTenant(db, tenantId)
    if ((await store.listMembers(db, tenantId)).length > 1) return
    const seeding: Seeding = { app, db, changes, tenantId, host, members: new Map() }
    await store.markSample(db, tenantId)
    await seedPeople(seeding)
    await seedAvatars(seeding, pictures.avatars)
    await changes.lock(tenantId, [host.memberId])
    await seedConversations(seeding, pictures.media)
    await seedNotices(seeding)
  })
}

interface Pictures {
  avatars: Map<PersonKey, Uint8Array>
  /** Images drawn, files as they are, by their keys. */
  media: Map<string, { name: string; bytes: Uint8Array }>
}

/** Before the transaction begins, for it takes a second. */
async function drawPictures(): Promise<Pictures> {
  const drawn = await Promise.all(
    media.map(async (one) => {
      if (one.kind === 'file') return [one.key, { name: one.name, bytes: one.bytes() }] as const
      const picture = sharp(Buffer.from(one.svg)).resize(one.width, one.height)
      const bytes = await (one.mime === 'image/jpeg' ? picture.jpeg({ quality: 84 }) : picture.png()).toBuffer()
      return [one.key, { name: one.name, bytes }] as const
    }),
  )
  const faces = await Promise.all(
    [...avatars].map(
      async ([key, svg]) =>
        [key, await sharp(Buffer.from(svg)).resize(256, 256).png({ palette: true }).toBuffer()] as const,
    ),
  )
  return { avatars: new Map(faces), media: new Map(drawn) }
}

async function seedPeople({ app, db, changes, tenantId, host, members }: Seeding): Promise<void> {
  const { identity, directory } = app
  const tx = { db, changes }
  const order = new Map(departments.map(({ key }, i) => [key, i]))
  const tree = departments.map(({ name, parent, position }) => ({
    name,
    position,
    parent: parent === null ? null : (order.get(parent) ?? null),
  }))
  const departmentIds = await directory.addDepartments(tx, tenantId, tree)
  const departmentOf = (key: string): string => departmentIds[order.get(key) ?? -1] ?? ''

  const newcomers = people.filter(({ key }) => key !== host.is)
  // In an installation with several companies an account may be somebody’s: then this one has none.
  const taken = await identity.findLogins(
    db,
    newcomers.map(({ account }) => account),
  )
  const persons = await identity.createPersons(
    db,
    newcomers.map(({ account }) => (taken.has(account) ? {} : { account })),
  )
  const entries = newcomers.map((person, i) => ({
    ...person,
    personId: persons[i] ?? '',
    account: taken.has(person.account) ? null : person.account,
    // A real company belongs to real people.
    role: host.is === null ? ('member' as const) : person.role,
    state: 'active' as const,
    departments: person.departments.map(departmentOf),
  }))
  const ids = await directory.addMembers(tx, tenantId, entries)
  newcomers.forEach(({ key }, i) => members.set(key, ids[i] ?? ''))
  if (host.is !== null) members.set(host.is, host.memberId)
  await directory.setLeaders(
    tx,
    tenantId,
    new Map(
      departments.map(({ key, leaders }) => [departmentOf(key), leaders.map((leader) => memberOf(members, leader))]),
    ),
  )
  const english = people.filter(({ locale }) => locale === 'en').map(({ key }) => memberOf(members, key))
  await store.setLocale(db, tenantId, english, 'en')
}

function memberOf(members: ReadonlyMap<PersonKey, string>, key: PersonKey): string {
  const member = members.get(key)
  if (member === undefined) throw new Error(`The sample has no member for ${key}.`)
  return member
}

/** Whoever puts a file where others see it. */
const actorFor = (tenantId: string, memberId: string): MemberActor => ({
  kind: 'member',
  tenantId,
  memberId,
  personId: '',
  sessionId: '',
  role: 'member',
  scopes: null,
})

async function seedAvatars({ app, db, tenantId, members }: Seeding, faces: Pictures['avatars']): Promise<void> {
  const worn: { member: string; file: string }[] = []
  for (const [key, bytes] of faces) {
    const member = memberOf(members, key)
    const file = await app.files.store(db, tenantId, member, { name: `${key}.png`, bytes })
    await app.files.setAvatar({ db, actor: actorFor(tenantId, member) }, member, null, file)
    worn.push({ member, file })
  }
  await store.setAvatars(db, tenantId, worn)
}

async function seedConversations(seeding: Seeding, pictures: Pictures['media']): Promise<void> {
  const { app, changes, db, tenantId, members, host } = seeding
  const said = sampleMessages(app.kernel.clock.now())
  const files = new Map<string, { id: string; owner: string }>()
  for (const conversation of conversations) {
    const messages = said.filter((message) => message.conversation === conversation.key)
    const id = newId('con', Date.parse(messages[0]?.at ?? app.kernel.clock.now()))
    const log = await writeLog(seeding, { conversation, id, messages, files, pictures })
    const lastSeq = log.at(-1)?.seq ?? store.membersRev
    await store.insertConversation(db, tenantId, {
      id,
      kind: conversation.kind,
      name: conversation.name,
      owner: conversation.owner === null ? null : memberOf(members, conversation.owner),
      directKey:
        conversation.kind === 'direct'
          ? conversation.members
              .map((key) => memberOf(members, key))
              .sort()
              .join(' ')
          : null,
      createdAt: log[0]?.sentAt ?? app.kernel.clock.now(),
      rev: Math.max(lastSeq, ...log.map(({ rev }) => rev)),
      lastSeq,
      lastAt: log.at(-1)?.sentAt ?? app.kernel.clock.now(),
    })
    await store.insertMessages(db, tenantId, id, log)
    const joined = membershipsOf(conversation, members, host, log)
    await store.insertMemberships(db, tenantId, id, joined, log[0]?.sentAt ?? app.kernel.clock.now())
    for (const { member } of joined) changes.put(member, 'membership', id)
  }
}

const hourMs = 3_600_000
const yearsMs = 2 * 365 * 24 * hourMs

/** The person whom the pictures show has read all but the newest. */
async function seedNotices({ app, db, tenantId, members }: Seeding): Promise<void> {
  const now = app.kernel.clock.ms()
  const everybody = [...members.values()]
  await store.setJoined(db, tenantId, everybody, new Date(now - yearsMs).toISOString())
  const me = memberOf(members, mainPerson)
  for (const { author, hoursAgo, read, confirmed, ...notice } of sampleNotices) {
    const ms = now - hoursAgo * hourMs
    const writer = memberOf(members, author)
    const reads = everybody.flatMap((member, i) => {
      if (member === writer || i % 10 >= read || (member === me && read < 10)) return []
      return [{ member, confirmed: i % 10 < confirmed, at: new Date(ms + (i + 1) * 60_000).toISOString() }]
    })
    const at = new Date(ms).toISOString()
    await store.insertNotice(db, tenantId, { ...notice, id: newId('ntc', ms), author: writer, at }, reads)
  }
}

interface Telling {
  conversation: SampleConversation
  id: string
  messages: SampleMessage[]
  /** Each picture and file is kept once, however often it is sent. */
  files: Map<string, { id: string; owner: string }>
  pictures: Pictures['media']
}

/** The whole log: a group begins with the line that says so; what was taken back bears a rev after all places. */
async function writeLog(
  seeding: Seeding,
  { conversation, id, messages, files, pictures }: Telling,
): Promise<store.NewMessage[]> {
  const { members } = seeding
  const log: store.NewMessage[] = []
  const first = messages[0]
  if (conversation.kind === 'group' && conversation.owner !== null && first)
    log.push(beginning(conversation, members, first.at))
  const offset = store.membersRev + 1 + log.length
  let rev = store.membersRev + log.length + messages.length
  for (const [i, message] of messages.entries()) {
    const seq = offset + i
    const { sender, kind, at: sentAt } = message
    const quote = message.quote === undefined ? null : offset + message.quote
    const entry = { seq, sender: memberOf(members, sender), kind, quote, sentAt }
    if (message.recalled) log.push({ ...entry, rev: ++rev, body: null, state: 'recalled' })
    else
      log.push({
        ...entry,
        rev: seq,
        body:
          message.media === undefined
            ? textOf(message, members)
            : await attach(seeding, message, `${id}:${seq}`, files, pictures),
        state: 'sent',
      })
  }
  return log
}

function beginning(
  { owner, members: keys }: SampleConversation,
  members: Seeding['members'],
  firstAt: string,
): store.NewMessage {
  const others = keys.filter((key) => key !== owner).map((key) => memberOf(members, key))
  const seq = store.membersRev + 1
  const sentAt = new Date(Date.parse(firstAt) - 60_000).toISOString()
  return {
    seq,
    rev: seq,
    sender: memberOf(members, owner ?? ''),
    kind: 'system',
    body: { event: 'created', principals: others.slice(0, 10), count: others.length },
    quote: null,
    state: 'sent',
    sentAt,
  }
}

function textOf(
  { text = '', mentions }: SampleMessage,
  members: Seeding['members'],
): { text: string; mentions?: Mention[] } {
  if (!mentions) return { text }
  return {
    text,
    mentions: mentions.map(({ person, start, length }) => ({
      principal: person === 'all' ? 'all' : memberOf(members, person),
      start,
      length,
    })),
  }
}

async function attach(
  { app, db, tenantId, members }: Seeding,
  message: SampleMessage,
  object: string,
  files: Telling['files'],
  pictures: Pictures['media'],
): Promise<AttachmentBody> {
  const key = message.media ?? ''
  let file = files.get(key)
  if (!file) {
    const picture = pictures.get(key)
    if (!picture) throw new Error(`The sample has no picture or file ${key}.`)
    const owner = memberOf(members, message.sender)
    file = { id: await app.files.store(db, tenantId, owner, picture), owner }
    files.set(key, file)
  }
  return app.files.attach({ db, actor: actorFor(tenantId, file.owner) }, file.id, { kind: 'message', object })
}

/** How many of the newest messages the main person, and a real owner, have not read yet. */
const unread: Record<ConversationKey, number> = {
  launch: 6,
  everyone: 9,
  quality: 4,
  overseas: 3,
  help: 5,
  lunch: 7,
  'lin-shen': 2,
  'lin-emily': 1,
}

function membershipsOf(
  conversation: SampleConversation,
  members: Seeding['members'],
  host: Host,
  log: store.NewMessage[],
): store.NewMembership[] {
  const joined = conversation.members.map((key): store.NewMembership => {
    const member = memberOf(members, key)
    const isMain = key === mainPerson
    const role = key === conversation.owner ? 'owner' : conversation.admins.includes(key) ? 'admin' : 'member'
    const behind = isMain ? (unread[conversation.key] ?? 0) : (key.length * 7 + conversation.key.length) % 4
    return {
      member,
      role,
      readSeq: readUpTo(log, member, behind),
      pinned: isMain && conversation.pinned,
      muted: isMain && conversation.muted,
    }
  })
  if (host.is !== null || !groupsOfHost.includes(conversation.key)) return joined
  const readSeq = readUpTo(log, host.memberId, unread[conversation.key] ?? 0)
  return [
    ...joined,
    { member: host.memberId, role: 'member', readSeq, pinned: conversation.pinned, muted: conversation.muted },
  ]
}

/** All but the newest few; what one wrote oneself one has read. */
function readUpTo(log: store.NewMessage[], member: string, behind: number): number {
  const own = log.findLast(({ sender }) => sender === member)?.seq ?? store.membersRev
  return Math.max(own, log.at(-1 - behind)?.seq ?? store.membersRev)
}
