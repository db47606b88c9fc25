import * as directory from '@heyi/contract/directory'
import * as messaging from '@heyi/contract/messaging'
import { type OperationName, operations } from '@heyi/contract/operations'
import { type ActorKind, actorKinds, type Outcome, permissions } from '@heyi/contract/permissions'
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
  'messaging.listMessages': async (by) => ({ conversation: await group(by), before: 10, limit: 5 }),
  'messaging.recallMessage': async (by) => {
    const conversation = await group(by)
    return { conversation, seq: await messageIn(conversation, by) }
  },
  'messaging.hideMessages': async (by) => ({ conversation: await group(by), seqs: [3] }),
  'messaging.markRead': async (by) => ({ conversation: await group(by), seq: 3 }),
  'messaging.markUnread': async (by) => ({ conversation: await group(by), seq: 3, version: 1 }),
  'messaging.updateMembership': async (by) => ({ conversation: await group(by), pinned: true }),
  'messaging.saveDraft': async (by) => ({ conversation: await group(by), text: '草稿', quote: null }),
  'messaging.getConversation': async (by) => ({ conversation: await group(by) }),
  'messaging.listMembers': async (by) => ({ conversation: await group(by), cursor: null, limit: 5 }),
  'messaging.listSharedGroups': () => ({ with: world.members.member.id, cursor: null, limit: 5 }),
  'messaging.updateGroup': async (by) => ({ conversation: await group(by), name: '改名' }),
  'messaging.addMembers': async (by) => ({ conversation: await group(by), members: [(await world.subject()).id] }),
  'messaging.removeMembers': async (by) => ({
    conversation: await group(by),
    members: [by === 'admin' ? world.members.member.id : world.members.admin.id],
  }),
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
  'messaging.setGroupNotice': async (by) => ({ conversation: await group(by), text: '周五下午大扫除' }),
  'messaging.setNickname': async (by) => ({ conversation: await group(by), nickname: '小名' }),
  'messaging.listNicknames': async (by) => ({ conversation: await group(by), members: [world.members.owner.id] }),
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
  'files.getFile': { input: { file: `fil_${'0'.repeat(20)}` }, answer: 'not_found' },
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
