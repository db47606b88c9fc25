import * as ops from '@heyi/contract/identity'
import * as operator from '@heyi/contract/operator'
import type { Operations } from '../../kernel/operations.js'
import { listAudit } from './audit.js'
import * as links from './links.js'
import { requestPasswordLink } from './mail.js'
import * as tenants from './operator.js'
import * as sessions from './sessions.js'
import * as setUp from './set-up.js'
import * as signIn from './sign-in.js'
import type { IdentityState } from './state.js'

export function serveIdentity(state: IdentityState, operations: Operations): void {
  operations.servePublic(ops.getInstallation, (ctx) => setUp.getInstallation(state, ctx))
  operations.serveOwnTransaction(ops.setUp, (ctx, input) => setUp.setUp(state, ctx, input))
  operations.serveOwnTransaction(ops.signIn, (ctx, input) => signIn.signIn(state, ctx, input))
  operations.serveOwnTransaction(ops.signInDemo, (ctx, input) => signIn.signInDemo(state, ctx, input))
  operations.servePublic(ops.requestPasswordLink, (ctx, input) => requestPasswordLink(state, ctx, input))
  operations.servePublic(ops.getLink, links.getLink)
  operations.serveOwnTransaction(ops.redeemLink, (ctx, input) => links.redeemLink(state, ctx, input))
  operations.serve(ops.signOut, sessions.signOut)
  operations.serve(ops.getMe, sessions.getMe)
  operations.serve(ops.switchTenant, sessions.switchTenant)
  operations.serve(ops.listDevices, sessions.listDevices)
  operations.serve(ops.revokeDevice, sessions.revokeDevice)
  operations.serveOwnTransaction(ops.changePassword, (ctx, input) => signIn.changePassword(state, ctx, input))
  operations.serve(ops.createPasswordLink, links.createPasswordLink)
  operations.serve(ops.listAudit, listAudit)
  operations.serveOperator(operator.createTenant, (ctx, input) => tenants.createTenant(state, ctx, input))
  operations.serveOperator(operator.listTenants, tenants.listTenants)
  operations.serveOperator(operator.setTenantState, tenants.setTenantState)
  operations.serveOperator(operator.deleteTenant, tenants.deleteTenant)
  operations.serveOperator(operator.createAdmin, (ctx, input) => tenants.createAdmin(state, ctx, input))
  operations.serveOperator(operator.resetPassword, tenants.resetPassword)
}
