import type { OperationName } from './operations.js'

/**
 * Who calls: `outsider` is an active member of another company who knows the ids; `removed` and `disabled` hold a
 * session from before.
 */
export const actorKinds = [
  'operator',
  'owner',
  'admin',
  'member',
  'removed',
  'disabled',
  'outsider',
  'anonymous',
] as const
export type ActorKind = (typeof actorKinds)[number]
export type Outcome = 'ok' | 'unauthenticated' | 'not_allowed' | 'not_found'
type Row = Record<ActorKind, Outcome>

const gone = { removed: 'unauthenticated', disabled: 'unauthenticated', anonymous: 'unauthenticated' } as const
const anyone: Row = {
  operator: 'ok',
  owner: 'ok',
  admin: 'ok',
  member: 'ok',
  removed: 'ok',
  disabled: 'ok',
  outsider: 'ok',
  anonymous: 'ok',
}
/** About the caller: anybody signed in, each for their own. */
const own: Row = { operator: 'not_allowed', owner: 'ok', admin: 'ok', member: 'ok', outsider: 'ok', ...gone }
/** About a thing inside the company that every member may see or do. */
const colleagues: Row = { ...own, outsider: 'not_found' }
const ownedByAdmins: Row = { ...own, member: 'not_allowed' }
const admins: Row = { ...colleagues, member: 'not_allowed' }
const owners: Row = { ...admins, admin: 'not_allowed' }
const operators: Row = {
  ...own,
  operator: 'ok',
  owner: 'not_allowed',
  admin: 'not_allowed',
  member: 'not_allowed',
  outsider: 'not_allowed',
}

/**
 * What each operation answers to each kind of caller, asked about a thing of one company. For conversations `owner`,
 * `admin` and `member` of the company are all members of the conversation; what their place in it allows is
 * `conversationActions`. An operation without a row does not compile.
 */
export const permissions: Record<OperationName, Row> = {
  'identity.getInstallation': anyone,
  'identity.setUp': anyone,
  'identity.signIn': anyone,
  'identity.signInDemo': anyone,
  'identity.requestPasswordLink': anyone,
  'identity.getLink': anyone,
  'identity.redeemLink': anyone,
  'identity.signOut': own,
  'identity.getMe': own,
  'identity.switchTenant': own,
  'identity.listDevices': own,
  'identity.revokeDevice': own,
  'identity.changePassword': own,
  'identity.createPasswordLink': admins,
  'identity.listAudit': ownedByAdmins,
  'directory.listProfiles': own,
  'directory.getMember': colleagues,
  'directory.viewPhone': colleagues,
  'directory.getDepartment': colleagues,
  'directory.listDepartments': colleagues,
  'directory.listDepartmentMembers': colleagues,
  'directory.search': own,
  'directory.addMember': ownedByAdmins,
  'directory.importMembers': ownedByAdmins,
  'directory.updateMember': admins,
  'directory.setRole': owners,
  'directory.disableMember': admins,
  'directory.enableMember': admins,
  'directory.removeMember': admins,
  'directory.updateMe': own,
  'directory.createDepartment': ownedByAdmins,
  'directory.updateDepartment': admins,
  'directory.deleteDepartment': admins,
  'directory.updateTenant': ownedByAdmins,
  'directory.createInvitation': ownedByAdmins,
  'directory.listInvitations': ownedByAdmins,
  'directory.revokeInvitation': admins,
  'directory.getInvitation': anyone,
  'directory.acceptInvitation': anyone,
  'directory.joinTenant': own,
  'directory.listJoinRequests': ownedByAdmins,
  'directory.decideJoinRequest': admins,
  'files.getFile': colleagues,
  'files.signUrls': own,
  'files.getUsage': ownedByAdmins,
  'files.setLimits': ownedByAdmins,
  'messaging.openDirect': colleagues,
  'messaging.createGroup': own,
  'messaging.sendMessage': colleagues,
  'messaging.listMessages': colleagues,
  'messaging.recallMessage': colleagues,
  'messaging.hideMessages': colleagues,
  'messaging.markRead': colleagues,
  'messaging.markUnread': colleagues,
  'messaging.updateMembership': colleagues,
  'messaging.saveDraft': colleagues,
  'messaging.getConversation': colleagues,
  'messaging.listMembers': colleagues,
  'messaging.listSharedGroups': colleagues,
  'messaging.updateGroup': colleagues,
  'messaging.addMembers': colleagues,
  'messaging.removeMembers': colleagues,
  'messaging.leaveConversation': colleagues,
  'messaging.transferOwnership': colleagues,
  'messaging.setAdmin': colleagues,
  'messaging.dissolveGroup': colleagues,
  'messaging.getMessages': colleagues,
  'messaging.forwardMessages': colleagues,
  'messaging.setGroupNotice': colleagues,
  'messaging.setNickname': colleagues,
  'messaging.listNicknames': colleagues,
  'messaging.createGroupLink': colleagues,
  'messaging.listGroupLinks': colleagues,
  'messaging.revokeGroupLink': colleagues,
  'messaging.getGroupLink': colleagues,
  'messaging.joinByLink': colleagues,
  'messaging.listGroupJoinRequests': colleagues,
  'messaging.decideGroupJoinRequest': colleagues,
  'sync.heads': own,
  'sync.pull': own,
  'sync.watch': own,
  'sync.signal': own,
  'operator.createTenant': operators,
  'operator.listTenants': operators,
  'operator.setTenantState': operators,
  'operator.deleteTenant': operators,
  'operator.createAdmin': operators,
  'operator.resetPassword': operators,
  'operator.listDeadJobs': operators,
  'operator.replayJob': operators,
}

/** What somebody’s place in a conversation lets them do there. Whoever has none gets `not_found`. */
export const conversationActions = {
  read: ['owner', 'admin', 'member'],
  send: ['owner', 'admin', 'member'],
  sendWhileMuted: ['owner', 'admin'],
  recallOwn: ['owner', 'admin', 'member'],
  recallOthers: ['owner', 'admin'],
  keepMine: ['owner', 'admin', 'member'],
  addMembers: ['owner', 'admin', 'member'],
  rename: ['owner', 'admin', 'member'],
  configure: ['owner', 'admin'],
  removeMember: ['owner', 'admin'],
  removeAdmin: ['owner'],
  setNotice: ['owner', 'admin'],
  /** Members only where the group lets every member make links. */
  makeLink: ['owner', 'admin', 'member'],
  keepLinks: ['owner', 'admin'],
  letIn: ['owner', 'admin'],
  leave: ['admin', 'member'],
  transfer: ['owner'],
  setAdmin: ['owner'],
  dissolve: ['owner'],
} as const satisfies Record<string, readonly ('owner' | 'admin' | 'member')[]>
export type ConversationAction = keyof typeof conversationActions
