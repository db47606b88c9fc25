/**
 * How people are told of messages while the app is closed: what is decided (`rules.ts`) for each new message
 * (`reader.ts`), held while they rest and released as one summary (`release.ts`), sent by push, mail, SMS or an address
 * of their own (`deliver.ts`), and written into a ledger that says what became of it. Ladders (`ladder.ts`) reach those
 * who have not confirmed a message.
 */
import type { Anniversary } from '@heyi/contract/anniversaries'
import * as ops from '@heyi/contract/notifications'
import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import type { Operations } from '../../kernel/operations.js'
import { type DirectoryDoor, memberRemoved } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import { listenersOf } from '../messaging/index.js'
import type { RestDoor } from '../rest/index.js'
import { Deliverer } from './deliver.js'
import type { Deps, NoticeWaiting, Unconfirmed } from './deps.js'
import { scheduleDigests } from './digest.js'
import { greet } from './greetings.js'
import { fireStep, remind, startLadder, stepJob } from './ladder.js'
import { type LadderKey, setState } from './ladder-store.js'
import type { NoticeNews } from './notice-entries.js'
import { tellNotice } from './notices.js'
import { notificationReader } from './reader.js'
import { lookAtAll, lookAtOnce, release, releaseAll, releaseAllJob, releaseJob } from './release.js'
import { remindOfMessage } from './reminders.js'
import * as service from './service.js'
import { deleteMemberRows, deleteTenantRows } from './store.js'
import { remindTodo } from './todos.js'

export interface NotificationsDoor {
  /** Begins to remind, in the caller’s transaction, those who do not confirm a message. */
  startLadder(tx: Tx, ladder: LadderKey & { sender: string; steps: ops.LadderStep[] }): Promise<void>
  /** Reminds people of something they wanted to be reminded of, at rest too: they asked for this time. */
  remindTodo(
    tx: Tx,
    about: { tenantId: string; id: string; version: number; text: string; members: string[] },
  ): Promise<void>
  /**
   * Tells these people of a company notice, or once more. Who rests hears of a new one when their rest is over and of a
   * reminder not at all; answers who those are.
   */
  tellNotice(tx: Tx, about: NoticeNews): Promise<string[]>
  /** Who still does not know a notice; until somebody says, everybody. */
  onNoticeWaiting(ask: NoticeWaiting): void
  /** Greets people on their day by push, not those at rest; once for each day. */
  greet(tx: Tx, about: { tenantId: string; date: string; greeted: Anniversary[] }): Promise<void>
  /** Reminds somebody of a message at the time that they chose, at rest too. */
  remindOfMessage(
    tx: Tx,
    about: { tenantId: string; id: string; remindAt: string; member: string; conversation: string; seq: number },
  ): Promise<void>
  /** No further step of it is fired. */
  stopLadder(tx: Tx, key: LadderKey): Promise<void>
  /**
   * Tells these people of a message once more, at once; not those at rest unless on duty, nobody twice within ten
   * minutes. Who has no device or address of their own is in neither list.
   */
  remind(
    tx: Tx,
    about: LadderKey & { sender: string; members: string[] },
  ): Promise<{ told: string[]; resting: string[] }>
  /** Who has not confirmed a message; until somebody says, those who have not read it. */
  onUnconfirmed(ask: Unconfirmed): void
  /** Begins to send what is due. */
  start(): void
  stop(): Promise<void>
}

export function registerNotifications(
  kernel: Kernel,
  operations: Operations,
  doors: { identity: IdentityDoor; directory: DirectoryDoor; rest: RestDoor },
): NotificationsDoor {
  const deps: Deps = {
    kernel,
    ...doors,
    noticeWaiting: async (_on, _tenantId, about) => new Set(about.map(({ member, notice }) => `${member} ${notice}`)),
    unconfirmed: async (on, tenantId, conversation, seq) =>
      (await listenersOf(on, tenantId, [conversation], null))
        .filter(({ readSeq, fromSeq }) => fromSeq < seq && readSeq < seq)
        .map(({ member }) => member),
  }
  serve(deps, operations)
  kernel.kinds.addObjects('mem', {
    silent: async (_on, _tenantId, refs) =>
      new Map(refs.map(({ feed, id }) => [`${feed} ${id}`, { conversation: id }])),
  })
  kernel.outbox.add(notificationReader(deps))
  kernel.jobs.handle(releaseJob, (run) => release(deps, run))
  kernel.jobs.handle(releaseAllJob, (run) => releaseAll(deps, run))
  kernel.jobs.handle(stepJob, (run) => fireStep(deps, run))
  scheduleDigests(deps)
  doors.rest.onChangedForAll((tx, tenantId) => lookAtAll(deps, tx, tenantId))
  doors.rest.onChanged((tx, tenantId, member) => lookAtOnce(deps, tx, tenantId, member))
  kernel.events.on(memberRemoved, 'notifications.forget', (tx, { tenantId, memberId }) =>
    deleteMemberRows(tx, tenantId, memberId),
  )
  doors.identity.onTenantDeleted(deleteTenantRows)
  const deliverer = new Deliverer(deps)
  return {
    startLadder: (tx, ladder) => startLadder(kernel.clock, tx, ladder),
    remindTodo: (tx, about) => remindTodo(deps, tx, about),
    tellNotice: (tx, about) => tellNotice(deps, tx, about),
    onNoticeWaiting: (ask) => {
      deps.noticeWaiting = ask
    },
    greet: (tx, about) => greet(deps, tx, about),
    remindOfMessage: (tx, about) => remindOfMessage(deps, tx, about),
    stopLadder: (tx, key) => setState(tx, key, 'stopped'),
    remind: (tx, about) => remind(deps, tx, about),
    onUnconfirmed: (ask) => {
      deps.unconfirmed = ask
    },
    start: () => deliverer.start(),
    stop: () => deliverer.stop(),
  }
}

function serve(deps: Deps, operations: Operations): void {
  operations.serve(ops.getNotificationSettings, (ctx) => service.getSettings(deps, ctx))
  operations.serve(ops.updateNotificationSettings, (ctx, input) => service.updateSettings(deps, ctx, input))
  operations.serve(ops.setLevel, service.setLevel)
  operations.serve(ops.subscribePush, (ctx, input) => service.subscribePush(deps, ctx, input))
  operations.serve(ops.updateDevice, (ctx, input) => service.updateDevice(deps, ctx, input))
  operations.serve(ops.removeDevice, (ctx, input) => service.removeDevice(deps, ctx, input))
  operations.serve(ops.testDevice, (ctx, input) => service.testDevice(deps, ctx, input))
  operations.serve(ops.addChannel, (ctx, input) => service.addChannel(deps, ctx, input))
  operations.serve(ops.removeChannel, (ctx, input) => service.removeChannel(deps, ctx, input))
  operations.serve(ops.testChannel, (ctx, input) => service.testChannel(deps, ctx, input))
  operations.serve(ops.reportNotification, service.report)
  operations.serve(ops.listLedger, service.listLedger)
  operations.serve(ops.explainNotification, (ctx, input) => service.explain(deps, ctx, input))
  operations.serve(ops.getNotificationPolicy, service.getPolicy)
  operations.serve(ops.setNotificationPolicy, (ctx, input) => service.setPolicy(deps, ctx, input))
  operations.serve(ops.listCosts, (ctx, input) => service.listCosts(deps, ctx, input))
  operations.serve(ops.previewLadder, (ctx, input) => service.previewLadder(deps, ctx, input))
  operations.serve(ops.getLadder, (ctx, input) => service.getLadder(deps, ctx, input))
}
