import { z } from 'zod'
import {
  Cursor,
  Empty,
  Instant,
  LocaleName,
  MemberId,
  Name,
  PersonId,
  pageOf,
  SessionId,
  TenantId,
  TimeZone,
} from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

export const Role = z.enum(['owner', 'admin', 'member'])
export type Role = z.infer<typeof Role>

/** An account name, a phone number or a mail address; letters count without case. */
export const Login = z.string().trim().min(2).max(120)
export const Account = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/)
export const Phone = z
  .string()
  .trim()
  .regex(/^(?=(?:[^0-9]*[0-9]){5})\+?[0-9 -]{5,20}$/)
  .describe('At least five digits; spaces and hyphens do not count.')
export const Email = z.email().max(120)
export const Password = z.string().min(1).max(limits.passwordMaxChars)
export const LinkToken = z.string().min(16).max(80)
const Device = z.string().trim().min(1).max(80).describe('What the device list shows, e.g. “Firefox on Debian”.')
const Via = z.enum(['cookie', 'token']).describe('A browser takes an httpOnly cookie, other clients a bearer token.')

export const Tenant = z.object({
  id: TenantId,
  name: Name,
  locale: LocaleName,
  timeZone: TimeZone,
  sample: z.boolean().describe('True where the company and its people are made-up sample data.'),
})
export type Tenant = z.infer<typeof Tenant>

export const SignedIn = z.object({
  session: SessionId,
  token: z.string().nullable().describe('The bearer token when it was asked for, shown once.'),
  tenant: Tenant,
  member: MemberId,
})
export type SignedIn = z.infer<typeof SignedIn>

export const getInstallation = operation({
  name: 'identity.getInstallation',
  kind: 'read',
  summary: 'What a sign-in page needs to know before anybody is signed in.',
  scope: 'public',
  input: Empty,
  output: z.object({
    version: z.string(),
    setUp: z.boolean().describe('False: only the set-up link opens the wizard.'),
    name: z.string().nullable().describe('The company’s name where the installation has exactly one.'),
    sample: z.boolean(),
    demoSignIns: z
      .array(z.object({ member: MemberId, name: z.string(), position: z.string() }))
      .describe('One-click sign-ins; only in a folder made by the demo, only from this machine.'),
    transcripts: z.boolean().describe('Voices can be written down.'),
    mail: z.boolean().describe('A forgotten password can be reset by mail.'),
    authority: z.boolean().describe('This address uses a certificate of our own authority; /trust hands it out.'),
  }),
  errors: [],
})

export const setUp = operation({
  name: 'identity.setUp',
  kind: 'write',
  summary: 'Make the first company and its owner, with the one-time token of the printed link.',
  scope: 'public',
  input: z.object({
    token: LinkToken,
    company: Name,
    locale: LocaleName,
    timeZone: TimeZone,
    name: Name,
    account: Account,
    password: Password,
    sampleData: z.boolean(),
    device: Device,
    via: Via,
  }),
  output: SignedIn,
  errors: ['setup_token_invalid', 'already_set_up', 'password_weak'],
  ownRetry: true,
})

export const signIn = operation({
  name: 'identity.signIn',
  kind: 'write',
  summary: 'Sign in by account, phone or mail and password.',
  scope: 'public',
  input: z.object({ login: Login, password: Password, device: Device, via: Via, keep: z.boolean() }),
  output: SignedIn,
  errors: ['sign_in_failed', 'sign_in_throttled', 'account_disabled', 'tenant_suspended'],
  ownRetry: true,
})

export const signInDemo = operation({
  name: 'identity.signInDemo',
  kind: 'write',
  summary: 'One-click sign-in of the sample company.',
  scope: 'public',
  input: z.object({ member: MemberId, device: Device, via: Via }),
  output: SignedIn,
  errors: ['loopback_only'],
  ownRetry: true,
})

export const signOut = operation({
  name: 'identity.signOut',
  kind: 'write',
  summary: 'End this session.',
  scope: 'identity:write',
  input: Empty,
  output: Empty,
  errors: [],
  ownRetry: true,
})

export const Me = z.object({
  person: PersonId,
  session: SessionId,
  tenant: Tenant,
  member: MemberId,
  role: Role,
  tenants: z.array(z.object({ tenant: TenantId, name: Name, member: MemberId })),
})
export type Me = z.infer<typeof Me>

export const getMe = operation({
  name: 'identity.getMe',
  kind: 'read',
  summary: 'Who I am here, and in which other companies.',
  scope: 'identity:read',
  input: Empty,
  output: Me,
  errors: [],
})

export const switchTenant = operation({
  name: 'identity.switchTenant',
  kind: 'write',
  summary: 'Go on in another of my companies; open sockets of this session close and come back there.',
  scope: 'identity:write',
  input: z.object({ tenant: TenantId }),
  output: Me,
  errors: ['tenant_suspended'],
})

export const DeviceEntry = z.object({
  session: SessionId,
  device: z.string(),
  address: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
})
export type DeviceEntry = z.infer<typeof DeviceEntry>

export const listDevices = operation({
  name: 'identity.listDevices',
  kind: 'read',
  summary: 'Where I am signed in.',
  scope: 'identity:read',
  input: Empty,
  output: z.object({ items: z.array(DeviceEntry).max(100) }),
  errors: [],
})

export const revokeDevice = operation({
  name: 'identity.revokeDevice',
  kind: 'write',
  summary: 'Sign another device of mine out; its open socket closes within seconds.',
  scope: 'identity:write',
  input: z.object({ session: SessionId }),
  output: Empty,
  errors: [],
})

export const changePassword = operation({
  name: 'identity.changePassword',
  kind: 'write',
  summary: 'Choose a new password; every other session of mine ends.',
  scope: 'identity:write',
  input: z.object({ current: Password, next: Password }),
  output: Empty,
  errors: ['password_wrong', 'password_weak', 'sign_in_throttled'],
  ownRetry: true,
})

export const requestPasswordLink = operation({
  name: 'identity.requestPasswordLink',
  kind: 'write',
  summary: 'Mail a one-time link to whoever has this login. Says nothing about whether somebody has.',
  scope: 'public',
  input: z.object({ login: Login }),
  output: Empty,
  errors: ['sign_in_throttled', 'unavailable'],
  ownRetry: true,
})

export const PasswordLink = z.object({ url: z.string(), expiresAt: Instant })
export type PasswordLink = z.infer<typeof PasswordLink>

export const createPasswordLink = operation({
  name: 'identity.createPasswordLink',
  kind: 'write',
  summary: 'A one-time link with which a member of my company chooses a password. Shown once.',
  scope: 'directory:admin',
  input: z.object({ member: MemberId }),
  output: PasswordLink,
  errors: [],
})

export const getLink = operation({
  name: 'identity.getLink',
  kind: 'read',
  summary: 'Whom a one-time password link is for.',
  scope: 'public',
  input: z.object({ token: LinkToken }),
  output: z.object({ name: z.string(), login: z.string(), tenant: z.string(), first: z.boolean() }),
  errors: ['link_invalid'],
})

export const redeemLink = operation({
  name: 'identity.redeemLink',
  kind: 'write',
  summary: 'Choose a password by a one-time link; every session there was ends, and a new one begins.',
  scope: 'public',
  input: z.object({ token: LinkToken, password: Password, device: Device, via: Via }),
  output: SignedIn,
  errors: ['link_invalid', 'password_weak', 'account_disabled', 'tenant_suspended'],
  ownRetry: true,
})

export const AuditEntry = z.object({
  at: Instant,
  action: z.string(),
  actor: z.string().nullable(),
  actorName: z.string(),
  subject: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const listAudit = operation({
  name: 'identity.listAudit',
  kind: 'read',
  summary: 'What was done to accounts, people and settings of my company, newest first.',
  scope: 'directory:admin',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(AuditEntry),
  errors: [],
})
