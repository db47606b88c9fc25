import { z } from 'zod'
import {
  Cursor,
  DepartmentId,
  Empty,
  FileId,
  Instant,
  InvitationId,
  JoinRequestId,
  LocaleName,
  MemberId,
  Name,
  PrincipalId,
  pageOf,
  TimeZone,
} from './common.js'
import { feedObject, operation } from './define.js'
import { Account, Email, LinkToken, Password, Phone, Role, SignedIn, Tenant } from './identity.js'
import { limits } from './limits.js'

const Position = z.int().min(-limits.departmentPosition).max(limits.departmentPosition)
const short = z.string().trim().max(limits.nameChars)

/** What everybody in the company may see of somebody, wherever a name stands. */
export const Profile = z.object({
  id: PrincipalId,
  kind: z.enum(['member', 'contact']),
  name: z.string(),
  alias: z.string(),
  position: z.string(),
  department: z.string().describe('Name of the main department, empty where there is none.'),
  avatar: FileId.nullable(),
  external: z.boolean(),
  state: z.enum(['invited', 'active', 'disabled', 'removed']),
})
export type Profile = z.infer<typeof Profile>

export const Member = z.object({
  id: MemberId,
  name: Name,
  alias: short,
  account: z.string().nullable(),
  position: short,
  phone: z.string(),
  email: z.string(),
  avatar: FileId.nullable(),
  fields: z.record(z.string().max(40), z.string().max(400)),
  departments: z.array(DepartmentId).max(20).describe('The first is the main one.'),
  role: Role,
  state: z.enum(['invited', 'active', 'disabled', 'removed']),
  version: z.int(),
})
export type Member = z.infer<typeof Member>

export const Department = z.object({
  id: DepartmentId,
  parent: DepartmentId.nullable(),
  name: Name,
  position: z.int().describe('Order among its siblings, smallest first.'),
  leaders: z.array(MemberId).max(10),
  memberCount: z.int().describe('People directly in it.'),
  childCount: z.int(),
  version: z.int(),
})
export type Department = z.infer<typeof Department>

/** A department as it stands in the tree. */
export const TreeDepartment = Department.extend({
  totalCount: z.int().describe('People in it and in all below it, each once; in large companies some seconds old.'),
})
export type TreeDepartment = z.infer<typeof TreeDepartment>

/** My own settings, in my member feed. */
export const Preferences = z.object({
  locale: LocaleName.nullable().describe('Null follows the company.'),
  timeZone: TimeZone.nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  enterSends: z.boolean(),
  density: z.enum(['comfortable', 'compact']).describe('Of the list of conversations.'),
  messages: z.enum(['sides', 'left']).describe('Own messages on the right, or all of them on the left.'),
})
export type Preferences = z.infer<typeof Preferences>
export const MeObject = z.object({ profile: Profile, role: Role, preferences: Preferences, tenant: Tenant })
export type MeObject = z.infer<typeof MeObject>

export const meObject = feedObject({ kind: 'me', feed: 'member', payload: MeObject })
export const departmentObject = feedObject({ kind: 'department', feed: 'department', payload: Department })
export const departmentMemberObject = feedObject({ kind: 'departmentMember', feed: 'department', payload: Profile })

export const listProfiles = operation({
  name: 'directory.listProfiles',
  kind: 'read',
  summary: 'Profile cards by id; what I may not see is left out.',
  scope: 'directory:read',
  input: z.object({ ids: z.array(PrincipalId).min(1).max(limits.profilesPerCall) }),
  output: z.object({ items: z.array(Profile) }),
  errors: [],
})

export const getMember = operation({
  name: 'directory.getMember',
  kind: 'read',
  summary: 'The whole profile of a colleague; the phone of somebody else is masked, except to admins.',
  scope: 'directory:read',
  input: z.object({ member: MemberId }),
  output: z.object({
    member: Member,
    phoneMasked: z.boolean().describe('`directory.viewPhone` gives the whole number.'),
    departments: z.array(z.object({ id: DepartmentId, path: z.array(z.string()) })),
    reporting: z.array(MemberId).describe('Who leads the departments above, top first, without the member.'),
  }),
  errors: [],
})

export const viewPhone = operation({
  name: 'directory.viewPhone',
  kind: 'write',
  summary: 'The whole phone number of a colleague; that I asked is in the audit log.',
  scope: 'directory:read',
  input: z.object({ member: MemberId }),
  output: z.object({ phone: z.string() }),
  errors: [],
})

export const getDepartment = operation({
  name: 'directory.getDepartment',
  kind: 'read',
  summary: 'A department and those above it.',
  scope: 'directory:read',
  input: z.object({ department: DepartmentId }),
  output: z.object({
    department: Department,
    path: z.array(z.object({ id: DepartmentId, name: Name })).describe('From the top down to the department itself.'),
  }),
  errors: [],
})

export const listDepartments = operation({
  name: 'directory.listDepartments',
  kind: 'read',
  summary: 'The departments directly below one, in order; below none: the top.',
  scope: 'directory:read',
  input: z.object({
    parent: DepartmentId.nullable(),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(TreeDepartment),
  errors: [],
})

export const listDepartmentMembers = operation({
  name: 'directory.listDepartmentMembers',
  kind: 'read',
  summary: 'People directly in a department, leaders first, then by name; without one, those in none.',
  scope: 'directory:read',
  input: z.object({
    department: DepartmentId.nullable(),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(Profile),
  errors: [],
})

export const searchDirectory = operation({
  name: 'directory.search',
  kind: 'read',
  summary: 'Find people and departments by name, pinyin, initials, alias, account, phone or department.',
  scope: 'directory:read',
  input: z.object({ text: z.string().trim().min(1).max(80), limit: z.int().min(1).max(limits.searchResults) }),
  output: z.object({ people: z.array(Profile), departments: z.array(Department) }),
  errors: [],
})

export const MemberInput = z.object({
  name: Name,
  account: Account.optional(),
  alias: short.optional(),
  position: short.optional(),
  phone: Phone.optional(),
  email: Email.optional(),
  fields: z.record(z.string().max(40), z.string().max(400)).optional(),
  departments: z.array(DepartmentId).max(20).optional(),
})
export type MemberInput = z.infer<typeof MemberInput>

export const addMember = operation({
  name: 'directory.addMember',
  kind: 'write',
  summary: 'Add somebody; the answer carries the one-time link with which they choose their password.',
  scope: 'directory:admin',
  input: MemberInput,
  output: z.object({
    member: Member,
    link: z.string().nullable().describe('Null for a person who has a password already.'),
  }),
  errors: ['login_taken', 'already_member', 'not_found'],
})

export const importMembers = operation({
  name: 'directory.importMembers',
  kind: 'write',
  summary: 'Add people from pasted CSV (name, account, phone, email, position, department path). All or nothing.',
  scope: 'directory:admin',
  input: z.object({ csv: z.string().min(1).max(limits.csvBytes), dryRun: z.boolean() }),
  output: z.object({
    added: z.int(),
    departmentsAdded: z.int(),
    members: z.array(
      z.object({ line: z.int(), id: MemberId.nullable(), name: z.string(), link: z.string().nullable() }),
    ),
  }),
  errors: ['csv_invalid', 'login_taken'],
})

export const updateMember = operation({
  name: 'directory.updateMember',
  kind: 'write',
  summary: 'Change somebody’s entry.',
  scope: 'directory:admin',
  input: MemberInput.omit({ account: true })
    .partial()
    .extend({
      member: MemberId,
      version: z.int(),
      phone: Phone.nullable().optional().describe('Null takes it away.'),
      email: Email.nullable().optional().describe('Null takes it away.'),
    }),
  output: Member,
  errors: ['version_conflict', 'login_taken'],
})

export const setRole = operation({
  name: 'directory.setRole',
  kind: 'write',
  summary: 'Make a member an owner, an admin or neither. Owners only.',
  scope: 'directory:admin',
  input: z.object({ member: MemberId, role: Role }),
  output: Member,
  errors: ['last_owner'],
})

export const disableMember = operation({
  name: 'directory.disableMember',
  kind: 'write',
  summary: 'Stop somebody from signing in here; their sessions end within seconds, what they wrote stays.',
  scope: 'directory:admin',
  input: z.object({ member: MemberId }),
  output: Member,
  errors: ['last_owner'],
})

export const enableMember = operation({
  name: 'directory.enableMember',
  kind: 'write',
  summary: 'Let a disabled member in again.',
  scope: 'directory:admin',
  input: z.object({ member: MemberId }),
  output: Member,
  errors: [],
})

export const removeMember = operation({
  name: 'directory.removeMember',
  kind: 'write',
  summary: 'Take somebody out of the company; they leave every conversation, what they wrote stays.',
  scope: 'directory:admin',
  input: z.object({ member: MemberId }),
  output: Empty,
  errors: ['last_owner'],
})

export const updateMe = operation({
  name: 'directory.updateMe',
  kind: 'write',
  summary: 'Change my own alias, avatar and preferences.',
  scope: 'directory:write',
  input: z.object({
    alias: short.optional(),
    avatar: FileId.nullable().optional(),
    preferences: Preferences.partial().optional(),
  }),
  output: MeObject,
  errors: [],
})

export const createDepartment = operation({
  name: 'directory.createDepartment',
  kind: 'write',
  summary: 'Add a department.',
  scope: 'directory:admin',
  input: z.object({ parent: DepartmentId.nullable(), name: Name, position: Position.optional() }),
  output: Department,
  errors: [],
})

export const updateDepartment = operation({
  name: 'directory.updateDepartment',
  kind: 'write',
  summary: 'Rename, move, reorder a department or set its leaders.',
  scope: 'directory:admin',
  input: z.object({
    department: DepartmentId,
    version: z.int(),
    parent: DepartmentId.nullable().optional(),
    name: Name.optional(),
    position: Position.optional(),
    leaders: z.array(MemberId).max(10).optional(),
  }),
  output: Department,
  errors: ['version_conflict', 'department_cycle'],
})

export const deleteDepartment = operation({
  name: 'directory.deleteDepartment',
  kind: 'write',
  summary: 'Delete an empty department.',
  scope: 'directory:admin',
  input: z.object({ department: DepartmentId }),
  output: Empty,
  errors: ['department_not_empty'],
})

export const updateTenant = operation({
  name: 'directory.updateTenant',
  kind: 'write',
  summary: 'Change the company’s name, language or time zone.',
  scope: 'directory:admin',
  input: z.object({ name: Name.optional(), locale: LocaleName.optional(), timeZone: TimeZone.optional() }),
  output: Tenant,
  errors: [],
})

export const Invitation = z.object({
  id: InvitationId,
  url: z.string().describe('The address to hand out; a QR code shows the same.'),
  department: DepartmentId.nullable(),
  approval: z.boolean(),
  uses: z.int(),
  maxUses: z.int(),
  expiresAt: Instant,
  createdAt: Instant,
  state: z.enum(['open', 'expired', 'used_up', 'revoked']),
})
export type Invitation = z.infer<typeof Invitation>

export const createInvitation = operation({
  name: 'directory.createInvitation',
  kind: 'write',
  summary: 'A link with which colleagues join by themselves.',
  scope: 'directory:admin',
  input: z.object({
    department: DepartmentId.nullable(),
    approval: z.boolean(),
    maxUses: z.int().min(1).max(10_000),
    expiresInHours: z
      .int()
      .min(1)
      .max(24 * 90),
  }),
  output: Invitation,
  errors: [],
})

export const listInvitations = operation({
  name: 'directory.listInvitations',
  kind: 'read',
  summary: 'Invitation links, newest first.',
  scope: 'directory:admin',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(Invitation),
  errors: [],
})

export const revokeInvitation = operation({
  name: 'directory.revokeInvitation',
  kind: 'write',
  summary: 'Make an invitation link useless.',
  scope: 'directory:admin',
  input: z.object({ invitation: InvitationId }),
  output: Empty,
  errors: [],
})

export const getInvitation = operation({
  name: 'directory.getInvitation',
  kind: 'read',
  summary: 'Who invites, by the token of the link.',
  scope: 'public',
  input: z.object({ token: LinkToken }),
  output: z.object({
    tenant: z.string(),
    invitedBy: z.string(),
    department: z.string().nullable(),
    approval: z.boolean(),
  }),
  errors: ['invitation_invalid'],
})

export const acceptInvitation = operation({
  name: 'directory.acceptInvitation',
  kind: 'write',
  summary: 'Join by an invitation link with a new account; with approval, wait to be let in.',
  scope: 'public',
  input: z.object({
    token: LinkToken,
    name: Name,
    account: Account,
    password: Password,
    phone: Phone.optional(),
    email: Email.optional(),
    device: z.string().trim().min(1).max(80),
    via: z.enum(['cookie', 'token']),
  }),
  output: z.object({ waiting: z.boolean(), signedIn: SignedIn.nullable() }),
  errors: ['invitation_invalid', 'login_taken', 'password_weak', 'tenant_suspended'],
  ownRetry: true,
})

export const joinTenant = operation({
  name: 'directory.joinTenant',
  kind: 'write',
  summary: 'Join another company by its invitation link with the account I am signed in with.',
  scope: 'identity:write',
  input: z.object({ token: LinkToken }),
  output: z.object({ waiting: z.boolean() }),
  errors: ['invitation_invalid', 'already_member', 'tenant_suspended'],
})

export const JoinRequest = z.object({
  id: JoinRequestId,
  name: z.string(),
  login: z.string(),
  department: DepartmentId.nullable(),
  createdAt: Instant,
})
export type JoinRequest = z.infer<typeof JoinRequest>

export const listJoinRequests = operation({
  name: 'directory.listJoinRequests',
  kind: 'read',
  summary: 'Who waits to be let in, oldest first.',
  scope: 'directory:admin',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(JoinRequest),
  errors: [],
})

export const decideJoinRequest = operation({
  name: 'directory.decideJoinRequest',
  kind: 'write',
  summary: 'Let somebody in, or not.',
  scope: 'directory:admin',
  input: z.object({ request: JoinRequestId, accept: z.boolean() }),
  output: Empty,
  errors: [],
})
