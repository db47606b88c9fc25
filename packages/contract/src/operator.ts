import { z } from 'zod'
import { Cursor, Empty, Instant, JobId, LocaleName, Name, pageOf, TenantId, TimeZone } from './common.js'
import { operation } from './define.js'
import { Account, Login, PasswordLink } from './identity.js'
import { limits } from './limits.js'

/** A company as the operator of the installation sees it: never its content. */
export const TenantEntry = z.object({
  id: TenantId,
  name: z.string(),
  state: z.enum(['active', 'suspended', 'deleting']),
  members: z.int(),
  createdAt: Instant,
})
export type TenantEntry = z.infer<typeof TenantEntry>

export const createTenant = operation({
  name: 'operator.createTenant',
  kind: 'write',
  summary: 'Make a company with its first owner; the answer carries the link with which the owner chooses a password.',
  scope: 'operator',
  input: z.object({ name: Name, locale: LocaleName, timeZone: TimeZone, ownerName: Name, ownerAccount: Account }),
  output: z.object({ tenant: TenantEntry, link: PasswordLink.nullable() }),
  errors: ['login_taken'],
})

export const listTenants = operation({
  name: 'operator.listTenants',
  kind: 'read',
  summary: 'The companies of this installation.',
  scope: 'operator',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(TenantEntry),
  errors: [],
})

export const setTenantState = operation({
  name: 'operator.setTenantState',
  kind: 'write',
  summary: 'Suspend a company (its sessions end, nothing is lost) or let it work again.',
  scope: 'operator',
  input: z.object({ tenant: TenantId, state: z.enum(['active', 'suspended']) }),
  output: TenantEntry,
  errors: [],
})

export const deleteTenant = operation({
  name: 'operator.deleteTenant',
  kind: 'write',
  summary: 'Delete a suspended company with everything in it, for good. Its name must be repeated.',
  scope: 'operator',
  input: z.object({ tenant: TenantId, name: Name }),
  output: Empty,
  errors: [],
})

export const createAdmin = operation({
  name: 'operator.createAdmin',
  kind: 'write',
  summary: 'Give a company another owner, by a one-time link; on an empty installation, make the company too.',
  scope: 'operator',
  input: z.object({
    tenant: TenantId.nullable(),
    company: Name.optional(),
    name: Name,
    account: Account,
    locale: LocaleName,
    timeZone: TimeZone,
  }),
  output: PasswordLink,
  errors: ['login_taken', 'already_set_up'],
})

export const resetPassword = operation({
  name: 'operator.resetPassword',
  kind: 'write',
  summary: 'A one-time link with which whoever has this login chooses a new password; audited in their companies.',
  scope: 'operator',
  input: z.object({ login: Login }),
  output: PasswordLink,
  errors: [],
})

/** A job that failed eight times and waits for somebody to look at it. */
export const DeadJob = z.object({
  id: JobId,
  kind: z.string(),
  tries: z.int(),
  lastError: z.string().describe('Why the last try failed, as the program saw it; no content of a company.'),
  createdAt: Instant,
})
export type DeadJob = z.infer<typeof DeadJob>

export const listDeadJobs = operation({
  name: 'operator.listDeadJobs',
  kind: 'read',
  summary: 'Jobs that failed for good, oldest first.',
  scope: 'operator',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(DeadJob),
  errors: [],
})

export const replayJob = operation({
  name: 'operator.replayJob',
  kind: 'write',
  summary: 'Put a job that failed for good back to work, with all its tries.',
  scope: 'operator',
  input: z.object({ job: JobId }),
  output: Empty,
  errors: [],
})
