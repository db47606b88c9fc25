import * as directory from '@heyi/contract/directory'
import * as messaging from '@heyi/contract/messaging'
import * as notices from '@heyi/contract/notices'
import { type OperationName, operations } from '@heyi/contract/operations'
import { type ActorKind, actorKinds, type Outcome, permissions } from '@heyi/contract/permissions'
import * as reminders from '@heyi/contract/reminders'
import * as todos from '@heyi/contract/todos'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../src/kernel/db.js'
import { type Caller, CallFailed, startTestServer, type TestMember, type TestServer } from './server.js'

/** Every operation is called by every kind of actor, about things of one company; the answer must be the table’s. */

let server: TestServer
let world: World

interface World {
  callers: Record<ActorKind, Caller>
  members: Record<'owner' | 'admin' | 'member' | 'removed' | 'disabled' | 'outsider', TestMember>
  /** Somebody of the company on whom admins may act. */
  subject: () => Promise<TestMember>
  department: string
  tenantId: string
}

const device = { device: 'test', via: 'token' as const }
const someToken = 'x'.repeat(43)
let serial = 0
const fresh = (word: string) => `${word}${++serial}`

/** A group of the caller and the company’s people, made anew for each call: what one caller does is not met by the next. */
async function group(by: ActorKind): Promise<string> {
  const owner = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
  const others = [world.members.owner, world.members.admin, world.members.member].filter((m) => m.id !== owner.id)
  const { conversation } = await server
    .as(owner)
    .call(messaging.createGroup, { name: '权限', members: others.map((m) => m.id) })
  return conversation.id
}

async function messageIn(conversation: string, by: ActorKind): Promise<number> {
  const sender = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
  const { seq } = await server
    .as(sender)
    .call(messaging.sendMessage, { conversation, key: fresh('permission-'), message: { kind: 'text', text: '一句话' } })
  return seq
}

async function rootIn(by: ActorKind) {
  const conversation = await group(by)
  return { conversation, root: await messageIn(conversation, by) }
}

/** A favourite of the member’s. */
async function favourite(): Promise<string> {
  const { conversation, root } = await rootIn('member')
  const { items } = await server.as(world.members.member).call(messaging.addFavourites, { conversation, seqs: [root] })
  return items[0]?.id ?? ''
}

/** A message that asks for a receipt: of the caller, or of somebody else. */
async function receiptIn(by: ActorKind, of: 'caller' | 'other') {
  const conversation = await group(by)
  const caller = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
  const other = caller === world.members.owner ? world.members.admin : world.members.owner
  const { seq } = await server.as(of === 'caller' ? caller : other).call(messaging.sendMessage, {
    conversation,
    key: fresh('permission-'),
    message: { kind: 'text', text: '请回执' },
    receipt: 'tap',
  })
  return { conversation, seq }
}

/** A poll or a relay list of the caller’s. */
async function pollIn(by: ActorKind, kind: 'poll' | 'relay' = 'poll') {
  const conversation = await group(by)
  const maker = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
  const message =
    kind === 'poll'
      ? { kind, question: '去哪儿？', options: ['山', '海'], multiple: false, anonymous: false, endsAt: null }
      : { kind, title: '订餐', example: '', endsAt: null }
  const { seq } = await server
    .as(maker)
    .call(messaging.sendMessage, { conversation, key: fresh('permission-'), message })
  return { conversation, seq }
}

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** What a new pack is made from: a picture that the caller uploaded. */
async function aPack(by: ActorKind) {
  const { id, tenantId } = by === 'admin' || by === 'outsider' ? world.members[by] : world.members.owner
  const { db } = server.app.kernel
  const file = await db
    .transaction()
    .execute((tx) => server.app.files.store(tx, tenantId, id, { name: '收到.gif', bytes: gif }))
  return { name: '小栖', pictures: [{ file, label: '收到' }] }
}

const stickerPack = async () => server.as(world.members.owner).call(messaging.createStickerPack, await aPack('owner'))

const inAnHour = () => new Date(Date.now() + 3600_000).toISOString()

/** A message of the member’s that waits for its time. */
async function waiting() {
  const { id, version } = await server.as(world.members.member).call(messaging.scheduleMessage, {
    conversation: await group('member'),
    body: { text: '明天说' },
    quote: null,
    receipt: null,
    ladder: null,
    sendAt: inAnHour(),
  })
  return { id, version }
}

const aTodo = (by: ActorKind) => ({
  assignees: [(by === 'outsider' ? world.members.outsider : world.members.member).id],
  dueAt: null,
  remindAt: null,
  source: null,
})

/** A to-do of the member’s own. */
async function todo() {
  const made = await server.as(world.members.member).call(todos.createTodo, { text: '备好样品', ...aTodo('member') })
  return { id: made.id, version: made.version }
}

const aNotice = {
  title: '放假安排',
  text: '十月一日至七日放假。',
  files: [],
  audience: { everyone: true, departments: [], roles: [] },
  mustRead: true,
  commentsOn: true,
}

/** A notice of the owner’s for everybody. */
async function notice(publishAt: string | null = null) {
  const { id, version } = await server.as(world.members.owner).call(notices.createNotice, { ...aNotice, publishAt })
  return { id, version }
}

/** Said by the owner below it. */
async function noticeComment() {
  const { id } = await notice()
  const said = await server.as(world.members.owner).call(notices.addNoticeComment, { id, text: '收到' })
  return { id, comment: said.id }
}

async function groupLink(by: ActorKind, approval = false) {
  const conversation = await group(by)
  const maker = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
  const made = await server.as(maker).call(messaging.createGroupLink, { conversation, approval, expiresInHours: 1 })
  return { conversation, link: made.id, token: made.url.split('/').at(-1) ?? '' }
}

async function version(member: TestMember): Promise<number> {
  return (await server.as(world.members.owner).call(directory.getMember, { member: member.id })).member.version
}

async function newDepartment(): Promise<{ id: string; version: number }> {
  return server.as(world.members.owner).call(directory.createDepartment, { parent: null, name: fresh('部门') })
}

async function newInvitation(approval = false) {
  const made = await server
    .as(world.members.owner)
    .call(directory.createInvitation, { department: null, approval, maxUses: 5, expiresInHours: 1 })
  return { ...made, token: made.url.split('/').at(-1) ?? '' }
}

async function joinRequest(): Promise<string> {
  const { token } = await newInvitation(true)
  await server.as(null).call(directory.acceptInvitation, {
    token,
    name: '新人',
    account: fresh('newcomer'),
    password: 'long enough 1',
    ...device,
  })
  const { items } = await server.as(world.members.owner).call(directory.listJoinRequests, { cursor: null, limit: 200 })
  return items.at(-1)?.id ?? ''
}

/** The input of each operation, about something of the company that exists for this call. */
const inputs: Record<OperationName, (by: ActorKind) => Promise<unknown> | unknown> = {
  'identity.getInstallation': () => ({}),
  'identity.setUp': () => null,
  // Another login each time: five failures of one would be throttled.
  'identity.signIn': () => ({ login: fresh('nobody'), password: 'wrong password', keep: false, ...device }),
  'identity.signInDemo': () => null,
  'identity.requestPasswordLink': () => null,
  'identity.getLink': () => null,
  'identity.redeemLink': () => null,
  'identity.signOut': () => null,
  'identity.getMe': () => ({}),
  'identity.switchTenant': (by) => ({ tenant: by === 'outsider' ? world.members.outsider.tenantId : world.tenantId }),
  'identity.listDevices': () => ({}),
  'identity.revokeDevice': () => null,
  'identity.changePassword': () => null,
  'identity.createPasswordLink': async () => ({ member: (await world.subject()).id }),
  'identity.listAudit': () => ({ cursor: null, limit: 5 }),
  'directory.listProfiles': () => ({ ids: [world.members.owner.id] }),
  'directory.getMember': () => ({ member: world.members.owner.id }),
  'directory.viewPhone': () => ({ member: world.members.owner.id }),
  'directory.getDepartment': () => ({ department: world.department }),
  'directory.listDepartments': () => ({ parent: world.department, cursor: null, limit: 5 }),
  'directory.listDepartmentMembers': () => ({ department: world.department, cursor: null, limit: 5 }),
  'directory.search': () => ({ text: '同事', limit: 5 }),
  'directory.addMember': () => ({ name: '新同事', account: fresh('added') }),
  'directory.importMembers': () => ({ csv: `name,account\n某人,${fresh('imported')}`, dryRun: true }),
  'directory.updateMember': async () => {
    const member = await world.subject()
    return { member: member.id, version: await version(member), position: '职员' }
  },
  'directory.setRole': async () => ({ member: (await world.subject()).id, role: 'admin' }),
  'directory.disableMember': async () => ({ member: (await world.subject()).id }),
  'directory.enableMember': async () => ({ member: (await world.subject()).id }),
  'directory.removeMember': async () => ({ member: (await world.subject()).id }),
  'directory.updateMe': () => ({ alias: '小名' }),
  'directory.createDepartment': () => ({ parent: null, name: fresh('新部门') }),
  'directory.updateDepartment': async () => {
    const department = await newDepartment()
    return { department: department.id, version: department.version, name: fresh('改名') }
  },
  'directory.deleteDepartment': async () => ({ department: (await newDepartment()).id }),
  'directory.updateTenant': () => ({ name: '测试公司' }),
  'directory.createInvitation': () => ({ department: null, approval: false, maxUses: 1, expiresInHours: 1 }),
  'directory.listInvitations': () => ({ cursor: null, limit: 5 }),
  'directory.revokeInvitation': async () => ({ invitation: (await newInvitation()).id }),
  'directory.getInvitation': async () => ({ token: (await newInvitation()).token }),
  'directory.acceptInvitation': async () => ({
    token: (await newInvitation()).token,
    name: '来人',
    account: fresh('accepted'),
    password: 'long enough 1',
    ...device,
  }),
  'directory.joinTenant': () => null,
  'directory.listJoinRequests': () => ({ cursor: null, limit: 5 }),
  'directory.decideJoinRequest': async () => ({ request: await joinRequest(), accept: true }),
  'files.getFile': () => null,
  'files.signUrls': () => ({ items: [{ file: `fil_${'0'.repeat(20)}`, via: null, variant: 'original' }] }),
  'files.getUsage': () => ({}),
  'files.setLimits': () => ({ quotaBytes: null, fileLimitBytes: 1_000_000 }),
  'messaging.openDirect': (by) => ({ with: by === 'admin' ? world.members.owner.id : world.members.admin.id }),
  'messaging.createGroup': () => ({ name: '新群', members: [] }),
  'messaging.sendMessage': async (by) => ({
    conversation: await group(by),
    key: fresh('permission-'),
    message: { kind: 'text', text: '好' },
  }),
  'messaging.getMessages': async (by) => ({ conversation: await group(by), seqs: [1] }),
  'messaging.scheduleMessage': async (by) => ({
    conversation: await group(by),
    body: { text: '明天说' },
    quote: null,
    receipt: null,
    ladder: null,
    sendAt: inAnHour(),
  }),
  'messaging.updateScheduled': async () => ({ ...(await waiting()), sendAt: inAnHour() }),
  'messaging.cancelScheduled': async () => ({ id: (await waiting()).id }),
  'messaging.sendScheduled': () => waiting(),
  'messaging.editMessage': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by), text: '改过的一句话' }
  },
  'messaging.listEdits': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by), cursor: null, limit: 5 }
  },
  'messaging.react': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by), emoji: '👍', on: true }
  },
  'messaging.listReactions': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by), emoji: '👍', cursor: null, limit: 5 }
  },
  'messaging.getTranscript': async (by) => ({ conversation: await group(by), seq: 1 }),
  'messaging.vote': async (by) => ({ ...(await pollIn(by)), options: [1] }),
  'messaging.writeRelayLine': async (by) => ({ ...(await pollIn(by, 'relay')), text: '一份' }),
  'messaging.endPoll': async (by) => pollIn(by),
  'messaging.listMyAnswers': async (by) => ({ conversation: await group(by), seqs: [1] }),
  'messaging.listVoters': async (by) => ({ ...(await pollIn(by)), option: 0, cursor: null, limit: 5 }),
  'messaging.listRelayLines': async (by) => ({ ...(await pollIn(by, 'relay')), cursor: null, limit: 5 }),
  'messaging.listStickerPacks': () => ({ retired: false, cursor: null, limit: 5 }),
  'messaging.createStickerPack': async (by) => aPack(by),
  'messaging.updateStickerPack': async () => {
    const { id, version } = await stickerPack()
    return { pack: id, version, retired: true }
  },
  'messaging.orderStickerPacks': async () => ({ packs: [(await stickerPack()).id] }),
  'messaging.getExportPolicy': () => ({}),
  'messaging.setExportPolicy': () => ({ who: 'owners' }),
  // Whoever runs the group may.
  'messaging.startExport': async (by) => ({ conversation: await group(by) }),
  'messaging.pinMessage': async (by) => {
    const conversation = await group('owner')
    const seq = await messageIn(conversation, 'owner')
    // In a group those who run it pin.
    const { admin, member } = world.members
    for (const one of [admin, member])
      await server.as(world.members.owner).call(messaging.setAdmin, { conversation, member: one.id, admin: true })
    return { conversation, seq, pinned: by !== 'anonymous' }
  },
  'messaging.addFavourites': async (by) => {
    const { conversation, root } = await rootIn(by)
    return { conversation, seqs: [root] }
  },
  'messaging.removeFavourite': async () => ({ id: await favourite() }),
  'messaging.tagFavourite': async () => ({ id: await favourite(), tags: ['报价'] }),
  'messaging.listFavourites': () => ({ text: '', tag: null, cursor: null, limit: 5 }),
  'messaging.listFavouriteTags': () => ({}),
  'messaging.listMentions': () => ({ cursor: null, limit: 5 }),
  'messaging.findByDate': async (by) => ({ conversation: await group(by), at: '2020-01-01T00:00:00.000Z' }),
  'messaging.listReplies': async (by) => ({ ...(await rootIn(by)), before: null, limit: 5 }),
  'messaging.listThreads': () => ({ unread: false, cursor: null, limit: 5 }),
  'messaging.listTopics': async (by) => ({ conversation: await group(by), cursor: null, limit: 5 }),
  'messaging.followThread': async (by) => ({ ...(await rootIn(by)), follow: true }),
  'messaging.markThreadRead': async (by) => ({ ...(await rootIn(by)), seq: 9 }),
  'messaging.confirmReceipt': (by) => receiptIn(by, 'other'),
  'messaging.listReceipts': async (by) => ({ conversation: await group(by), seqs: [1] }),
  'messaging.listReceiptMembers': async (by) => ({
    ...(await receiptIn(by, 'caller')),
    confirmed: false,
    cursor: null,
    limit: 5,
  }),
  'messaging.remindReceipt': (by) => receiptIn(by, 'caller'),
  'messaging.listMessages': async (by) => ({ conversation: await group(by), before: 10, limit: 5 }),
  'messaging.recallMessage': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by) }
  },
  'messaging.hideMessages': async (by) => ({ conversation: await group(by), seqs: [3] }),
  'messaging.markRead': async (by) => ({ conversation: await group(by), seq: 3 }),
  'messaging.markPlayed': async (by) => ({ conversation: await group(by), seq: 3 }),
  'messaging.markUnread': async (by) => ({ conversation: await group(by), seq: 3, version: 1 }),
  'messaging.updateMembership': async (by) => ({ conversation: await group(by), pinned: true }),
  'messaging.saveDraft': async (by) => ({ conversation: await group(by), text: '草稿', quote: null }),
  'messaging.getConversation': async (by) => ({ conversation: await group(by) }),
  'messaging.listReads': async (by) => ({ conversation: await group(by), seqs: [1] }),
  'messaging.getReadPolicy': () => ({}),
  'messaging.setReadPolicy': () => ({ visible: false }),
  'messaging.getDissolvePolicy': () => ({}),
  'messaging.setDissolvePolicy': () => ({ purgeAfterDays: null }),
  'messaging.listFiles': async (by) => ({
    conversation: await group(by),
    group: 'all',
    text: '',
    cursor: null,
    limit: 5,
  }),
  'messaging.listMembers': async (by) => ({ conversation: await group(by), cursor: null, limit: 5 }),
  'messaging.listSharedGroups': () => ({ with: world.members.member.id, cursor: null, limit: 5 }),
  'messaging.updateGroup': async (by) => ({ conversation: await group(by), name: '改名' }),
  'messaging.addMembers': async (by) => ({ conversation: await group(by), members: [(await world.subject()).id] }),
  'messaging.removeMembers': async (by) => ({
    conversation: await group(by),
    members: [by === 'admin' ? world.members.member.id : world.members.admin.id],
  }),
  'messaging.silenceMember': async (by) => ({
    conversation: await group(by),
    member: (by === 'admin' ? world.members.member : world.members.admin).id,
    seconds: 600,
  }),
  'messaging.endSilence': async (by) => ({
    conversation: await group(by),
    member: (by === 'admin' ? world.members.member : world.members.admin).id,
  }),
  'messaging.banMember': async (by) => ({
    conversation: await group(by),
    member: (by === 'admin' ? world.members.member : world.members.admin).id,
  }),
  'messaging.liftBan': async (by) => {
    const conversation = await group(by)
    const owner = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
    const member = (await world.subject()).id
    await server.as(owner).call(messaging.banMember, { conversation, member })
    return { conversation, member }
  },
  'messaging.listBanned': async (by) => ({ conversation: await group(by), cursor: null, limit: 5 }),
  'messaging.leaveConversation': async (by) => {
    // Owners hand over first; here somebody else owns it.
    const conversation = await group(by)
    const owner = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
    await server.as(owner).call(messaging.transferOwnership, {
      conversation,
      to: owner.id === world.members.owner.id ? world.members.admin.id : world.members.owner.id,
    })
    return { conversation }
  },
  'messaging.transferOwnership': async (by) => ({
    conversation: await group(by),
    to: by === 'admin' ? world.members.owner.id : world.members.admin.id,
  }),
  'messaging.setAdmin': async (by) => ({
    conversation: await group(by),
    member: by === 'admin' ? world.members.owner.id : world.members.admin.id,
    admin: true,
  }),
  'messaging.dissolveGroup': async (by) => ({ conversation: await group(by) }),
  'messaging.forwardMessages': async (by) => {
    const from = await group(by)
    return { from, seqs: [await messageIn(from, by)], to: [await group(by)] }
  },
  'messaging.getRecord': async (by) => {
    const conversation = await group(by)
    const first = await messageIn(conversation, by)
    await server
      .as(by === 'admin' || by === 'member' ? world.members[by] : world.members.owner)
      .call(messaging.forwardMessages, { from: conversation, seqs: [first], to: [conversation], merged: true })
    return { conversation, seq: first + 1, path: [] }
  },
  'messaging.setGroupNotice': async (by) => ({ conversation: await group(by), text: '周五下午大扫除' }),
  'messaging.listGroupNotices': async (by) => ({ conversation: await group(by), cursor: null, limit: 5 }),
  'messaging.setNickname': async (by) => ({ conversation: await group(by), nickname: '小名' }),
  'messaging.listNicknames': async (by) => ({ conversation: await group(by), members: [world.members.owner.id] }),
  'messaging.getDepartmentGroup': () => ({ department: world.department }),
  'messaging.setDepartmentGroup': async () => ({ department: (await newDepartment()).id, on: true, below: true }),
  'messaging.setWelcome': async (by) => ({ conversation: await group(by), text: '欢迎 {name}' }),
  'messaging.sendThanks': async (by) => ({
    conversation: await group(by),
    to: [(by === 'owner' ? world.members.admin : world.members.owner).id],
    text: '谢谢',
    design: 'sun',
  }),
  'messaging.listThanks': () => ({ box: 'sent', cursor: null, limit: 5 }),
  'messaging.createGroupLink': async (by) => ({ conversation: await group(by), approval: false, expiresInHours: 1 }),
  'messaging.listGroupLinks': async (by) => ({ conversation: await group(by) }),
  'messaging.revokeGroupLink': async (by) => {
    const { conversation, link } = await groupLink(by)
    return { conversation, link }
  },
  'messaging.getGroupLink': async (by) => ({ token: (await groupLink(by)).token }),
  'messaging.joinByLink': async (by) => ({ token: (await groupLink(by)).token }),
  'messaging.listGroupJoinRequests': async (by) => ({ conversation: await group(by) }),
  'messaging.decideGroupJoinRequest': async (by) => {
    const { conversation, token } = await groupLink(by, true)
    await server.as(await world.subject()).call(messaging.joinByLink, { token })
    const owner = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
    const { items } = await server.as(owner).call(messaging.listGroupJoinRequests, { conversation })
    return { conversation, request: items[0]?.id, accept: true }
  },
  'linkcards.getCards': async (by) => ({ conversation: await group(by), seqs: [1] }),
  'linkcards.getPolicy': () => ({}),
  'linkcards.setPolicy': () => ({ on: false }),
  'rest.getRest': () => ({}),
  'rest.setRest': () => ({ until: null }),
  'rest.updateRest': () => ({ note: '急事请打电话' }),
  'rest.listResting': () => ({ members: [world.members.owner.id] }),
  'rest.getPolicy': () => ({}),
  'rest.setPolicy': () => ({ week: null, urgent: 'duty' }),
  'rest.listHolidays': () => ({ year: 2030 }),
  'rest.importHolidays': () => ({ text: 'from,to,kind,name\n2030-02-01,,holiday,样例节', dryRun: true }),
  'rest.deleteHolidays': () => ({ from: '2030-02-01', to: '2030-02-02' }),
  'rest.listDuty': () => ({}),
  'rest.setDuty': () => ({ items: [] }),
  'notifications.getSettings': () => ({}),
  'notifications.updateSettings': () => ({ keywords: ['合同'] }),
  'notifications.setLevel': async (by) => ({ conversation: await group(by), level: 'mentions' }),
  'notifications.subscribePush': () => ({
    endpoint: `https://push.example.com/${fresh('browser')}`,
    p256dh: 'B'.repeat(87),
    auth: 'a'.repeat(22),
    name: '测试',
  }),
  'notifications.updateDevice': () => null,
  'notifications.removeDevice': () => null,
  'notifications.testDevice': () => null,
  'notifications.addChannel': () => ({
    name: 'ntfy',
    url: 'https://ntfy.example.com/topic',
    body: '{text}',
    level: 'none',
    content: false,
  }),
  'notifications.removeChannel': () => null,
  'notifications.testChannel': () => null,
  'notifications.report': () => ({ id: `ntf_${'0'.repeat(20)}`, what: 'shown' }),
  'notifications.listLedger': () => ({ cursor: null, limit: 5 }),
  'notifications.explain': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by) }
  },
  'notifications.getPolicy': () => ({}),
  'notifications.setPolicy': () => ({ everybody: 'everyone', digestHours: 24, dailyCap: 5 }),
  'notifications.listCosts': () => ({ since: '2020-01-01T00:00:00.000Z' }),
  'notifications.previewLadder': async (by) => ({
    conversation: await group(by),
    steps: [{ afterMinutes: 10, channel: 'push' }],
  }),
  'notifications.getLadder': async (by) => {
    const conversation = await group(by)
    const seq = await messageIn(conversation, by)
    const { id: sender } = by === 'admin' || by === 'member' ? world.members[by] : world.members.owner
    const ladder = {
      tenantId: world.tenantId,
      conversation,
      seq,
      sender,
      steps: [{ afterMinutes: 10, channel: 'push' as const }],
    }
    await server.app.kernel.db.transaction().execute((tx) => server.app.notifications.startLadder(tx, ladder))
    return { conversation, seq }
  },
  'notices.createNotice': () => ({ ...aNotice, publishAt: null }),
  'notices.updateNotice': async () => ({ ...(await notice()), title: '改了' }),
  'notices.publishNotice': async () => notice(inAnHour()),
  'notices.withdrawNotice': async () => ({ id: (await notice()).id }),
  'notices.archiveNotice': async () => ({ id: (await notice()).id, archived: true }),
  'notices.listNotices': () => ({ box: 'managed', cursor: null, limit: 5 }),
  'notices.getNotice': async () => ({ id: (await notice()).id }),
  'notices.getSummary': () => ({}),
  'notices.readNotice': async () => ({ id: (await notice()).id, confirm: true }),
  'notices.getStatistics': async () => ({ id: (await notice()).id }),
  'notices.listDepartments': async () => ({ id: (await notice()).id, cursor: null, limit: 5 }),
  'notices.listReaders': async () => ({ id: (await notice()).id, which: 'unread', cursor: null, limit: 5 }),
  'notices.remindNotice': async () => ({ id: (await notice()).id }),
  'notices.exportStatistics': async () => ({ id: (await notice()).id }),
  'notices.addComment': async () => ({ id: (await notice()).id, text: '收到' }),
  'notices.deleteComment': async () => noticeComment(),
  'notices.listComments': async () => ({ id: (await notice()).id, cursor: null, limit: 5 }),
  'notices.listPublishers': () => ({}),
  'notices.setPublishers': () => ({ members: [] }),
  'reminders.addReminder': async (by) => {
    const { conversation, root } = await rootIn(by)
    return { conversation, seq: root, remindAt: inAnHour() }
  },
  'reminders.cancelReminder': async () => {
    const { conversation, root } = await rootIn('member')
    const wanted = { conversation, seq: root, remindAt: inAnHour() }
    return { id: (await server.as(world.members.member).call(reminders.addReminder, wanted)).id }
  },
  'reminders.listReminders': () => ({ cursor: null, limit: 5 }),
  'todos.createTodo': (by) => ({ text: '备好样品', ...aTodo(by) }),
  'todos.updateTodo': async () => ({ ...(await todo()), text: '改了' }),
  'todos.completeTodo': async () => ({ id: (await todo()).id, done: true }),
  'todos.deleteTodo': async () => ({ id: (await todo()).id }),
  'todos.listTodos': () => ({ done: false, cursor: null, limit: 5 }),
  'anniversaries.getPolicy': () => ({}),
  'anniversaries.setPolicy': () => ({ birthdays: true, joiningDays: true }),
  'anniversaries.getDates': async () => ({ member: (await world.subject()).id }),
  'anniversaries.setDates': async () => ({ member: (await world.subject()).id, birthday: { month: 5, day: 3 } }),
  'anniversaries.setHidden': () => ({ hidden: true }),
  'anniversaries.listToday': () => ({ cursor: null, limit: 5 }),
  'search.search': () => ({ text: '一句话', group: 'all', limit: 5 }),
  'sync.heads': () => ({ mark: null }),
  'sync.pull': () => ({ feeds: [{ feed: world.members.owner.id, rev: null, view: null, floor: 0, take: 0 }] }),
  'sync.watch': () => null,
  'sync.signal': () => null,
  'operator.createTenant': () => ({
    name: fresh('公司'),
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    ownerName: '某',
    ownerAccount: fresh('boss'),
  }),
  'operator.listTenants': () => ({ cursor: null, limit: 5 }),
  'operator.setTenantState': () => ({ tenant: world.tenantId, state: 'active' }),
  'operator.deleteTenant': () => null,
  'operator.createAdmin': () => ({
    tenant: world.tenantId,
    name: '某',
    account: fresh('boss'),
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
  }),
  'operator.resetPassword': () => ({ login: world.members.member.account }),
  'operator.listDeadJobs': () => ({ cursor: null, limit: 5 }),
  'operator.replayJob': () => null,
}

/**
 * Where success needs a secret or ends the caller’s own session, a harmless input is sent instead, and this is what the
 * operation answers to those who may call it. Each has its own test of success.
 */
const harmless: Partial<Record<OperationName, { input?: unknown; answer: string }>> = {
  'identity.setUp': {
    input: {
      token: someToken,
      company: '某',
      locale: 'en',
      timeZone: 'UTC',
      name: '某',
      account: 'someone',
      password: 'long enough 1',
      sampleData: false,
      ...device,
    },
    answer: 'already_set_up',
  },
  'identity.signIn': { answer: 'sign_in_failed' },
  'identity.signInDemo': { input: { member: `mem_${'0'.repeat(20)}`, ...device }, answer: 'loopback_only' },
  'identity.requestPasswordLink': { input: { login: 'nobody' }, answer: 'unavailable' },
  'identity.getLink': { input: { token: someToken }, answer: 'link_invalid' },
  'identity.redeemLink': { input: { token: someToken, password: 'long enough 1', ...device }, answer: 'link_invalid' },
  'identity.revokeDevice': { input: { session: `ses_${'0'.repeat(20)}` }, answer: 'not_found' },
  'identity.changePassword': { input: { current: 'wrong password', next: 'long enough 1' }, answer: 'password_wrong' },
  'directory.joinTenant': { input: { token: someToken }, answer: 'invitation_invalid' },
  'messaging.getTranscript': { answer: 'transcript_off' },
  'files.getFile': { input: { file: `fil_${'0'.repeat(20)}` }, answer: 'not_found' },
  'notifications.updateDevice': { input: { device: `psh_${'0'.repeat(20)}`, level: 'none' }, answer: 'not_found' },
  'notifications.removeDevice': { input: { device: `psh_${'0'.repeat(20)}` }, answer: 'not_found' },
  'notifications.testDevice': { input: { device: `psh_${'0'.repeat(20)}` }, answer: 'not_found' },
  'notifications.removeChannel': { input: { channel: `chn_${'0'.repeat(20)}` }, answer: 'not_found' },
  'notifications.testChannel': { input: { channel: `chn_${'0'.repeat(20)}` }, answer: 'not_found' },
  'sync.watch': { input: { feeds: [] }, answer: 'not_allowed' },
  'sync.signal': { input: { feed: `con_${'0'.repeat(20)}`, signal: 'typing' }, answer: 'not_allowed' },
  'operator.replayJob': { input: { job: `job_${'0'.repeat(20)}` }, answer: 'not_found' },
  'operator.deleteTenant': { input: { tenant: `ten_${'0'.repeat(20)}`, name: '某' }, answer: 'not_found' },
}

beforeAll(async () => {
  server = await startTestServer()
  const owner = await server.member({ role: 'owner' })
  const elsewhere = await server.tenant('另一家公司')
  const members = {
    owner,
    admin: await server.member({ role: 'admin' }),
    member: await server.member(),
    removed: await server.member({ state: 'removed' }),
    disabled: await server.member({ state: 'disabled' }),
    outsider: await server.member({ role: 'owner', tenant: elsewhere }),
  }
  const operatorToken = 'operator-token-of-this-test'
  server.app.identity.setOperatorToken(operatorToken)
  const as = (kind: keyof typeof members) => server.as(members[kind])
  world = {
    members,
    tenantId: owner.tenantId,
    subject: () => server.member(),
    department: (await server.as(owner).call(directory.createDepartment, { parent: null, name: '总部' })).id,
    callers: {
      operator: server.withToken(operatorToken),
      anonymous: server.as(null),
      owner: as('owner'),
      admin: as('admin'),
      member: as('member'),
      removed: as('removed'),
      disabled: as('disabled'),
      outsider: as('outsider'),
    },
  }
})
afterAll(() => server.stop())

async function outcome(name: OperationName, by: ActorKind): Promise<string> {
  const input = harmless[name]?.input ?? (await inputs[name](by))
  try {
    await world.callers[by].call(operations[name], input)
    return 'ok'
  } catch (error) {
    if (error instanceof CallFailed) return error.code
    throw error
  }
}

describe('every operation answers every kind of caller as its row says', () => {
  for (const name of Object.keys(operations) as OperationName[]) {
    if (name === 'identity.signOut') continue
    test(name, async () => {
      const answers: Record<string, string> = {}
      const expected: Record<string, string> = {}
      for (const by of actorKinds) {
        answers[by] = await outcome(name, by)
        const row: Outcome = permissions[name][by]
        expected[by] = row === 'ok' ? (harmless[name]?.answer ?? 'ok') : row
      }
      expect(answers).toEqual(expected)
    })
  }
})

test('a member of another company changes nothing here', async () => {
  const before = await sql<{
    count: number
  }>`select count(*) as count from membership where member_id = ${world.members.outsider.id}`.execute(
    server.app.kernel.db,
  )
  expect(before.rows[0]?.count).toBe(1)
})
