import * as ops from '@heyi/contract/directory'
import type { Operations } from '../../kernel/operations.js'
import * as departments from './departments.js'
import type { Deps } from './deps.js'
import { importMembers } from './import.js'
import * as invitations from './invitations.js'
import * as members from './members.js'
import * as profiles from './profiles.js'
import { search } from './search.js'
import { Totals } from './totals.js'

export function serveDirectory(deps: Deps, operations: Operations): void {
  const totals = new Totals(deps.kernel.clock)
  operations.serve(ops.listProfiles, (ctx, input) => profiles.listProfiles(deps, ctx, input))
  operations.serve(ops.getMember, (ctx, input) => profiles.getMember(deps, ctx, input))
  operations.serve(ops.viewPhone, (ctx, input) => profiles.viewPhone(deps, ctx, input))
  operations.serve(ops.getDepartment, departments.getDepartment)
  operations.serve(ops.listDepartments, (ctx, input) => departments.listDepartments(totals, ctx, input))
  operations.serve(ops.listDepartmentMembers, (ctx, input) => departments.listDepartmentMembers(deps, ctx, input))
  operations.serve(ops.searchDirectory, (ctx, input) => search(deps, ctx, input))
  operations.serve(ops.addMember, (ctx, input) => members.addMember(deps, ctx, input))
  operations.serve(ops.importMembers, (ctx, input) => importMembers(deps, ctx, input))
  operations.serve(ops.updateMember, (ctx, input) => members.updateMember(deps, ctx, input))
  operations.serve(ops.setRole, (ctx, input) => members.setRole(deps, ctx, input))
  operations.serve(ops.disableMember, (ctx, input) => members.disableMember(deps, ctx, input))
  operations.serve(ops.enableMember, (ctx, input) => members.enableMember(deps, ctx, input))
  operations.serve(ops.removeMember, (ctx, input) => members.removeMember(deps, ctx, input))
  operations.serve(ops.updateMe, (ctx, input) => members.updateMe(deps, ctx, input))
  operations.serve(ops.createDepartment, (ctx, input) => departments.createDepartment(deps, ctx, input))
  operations.serve(ops.updateDepartment, (ctx, input) => departments.updateDepartment(deps, ctx, input))
  operations.serve(ops.deleteDepartment, (ctx, input) => departments.deleteDepartment(deps, ctx, input))
  operations.serve(ops.updateTenant, (ctx, input) => departments.updateTenant(deps, ctx, input))
  operations.serve(ops.createInvitation, (ctx, input) => invitations.createInvitation(deps, ctx, input))
  operations.serve(ops.listInvitations, (ctx, input) => invitations.listInvitations(deps, ctx, input))
  operations.serve(ops.revokeInvitation, (ctx, input) => invitations.revokeInvitation(deps, ctx, input))
  operations.servePublic(ops.getInvitation, (ctx, input) => invitations.getInvitation(deps, ctx, input))
  operations.serveOwnTransaction(ops.acceptInvitation, (ctx, input) => invitations.acceptInvitation(deps, ctx, input))
  operations.serve(ops.joinTenant, (ctx, input) => invitations.joinTenant(deps, ctx, input))
  operations.serve(ops.listJoinRequests, (ctx, input) => invitations.listJoinRequests(deps, ctx, input))
  operations.serve(ops.decideJoinRequest, (ctx, input) => invitations.decideJoinRequest(deps, ctx, input))
}
