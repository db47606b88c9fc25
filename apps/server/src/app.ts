import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import type { Bus } from './kernel/bus.js'
import { LocalBus } from './kernel/bus.js'
import type { Clock } from './kernel/clock.js'
import type { Kernel } from './kernel/context.js'
import { type Database, openDatabase, row, sql } from './kernel/db.js'
import { Events } from './kernel/events.js'
import { Hub } from './kernel/feeds/hub.js'
import { FeedKinds } from './kernel/feeds/kinds.js'
import { registerFeeds } from './kernel/feeds/routes.js'
import { allRules, type FeedRules } from './kernel/feeds/rules.js'
import { Sweep } from './kernel/feeds/sweep.js'
import { scheduleHousekeeping } from './kernel/housekeeping.js'
import { createHttpServer, type HttpServer } from './kernel/http.js'
import { serveJobs } from './kernel/job-routes.js'
import { Jobs } from './kernel/jobs.js'
import type { Log } from './kernel/log.js'
import { Metrics } from './kernel/metrics.js'
import { type Migration, migrateDatabase } from './kernel/migrate.js'
import { Operations } from './kernel/operations.js'
import { OutboxReaders } from './kernel/outbox-readers.js'
import type { Settings } from './kernel/settings.js'
import { type Sockets, serveSockets } from './kernel/sockets.js'
import { publicUrlOf } from './kernel/tls/names.js'
import type { Tls } from './kernel/tls/tls.js'
import { serveTrust } from './kernel/tls/trust.js'
import { registerAnniversaries } from './modules/anniversaries/index.js'
import { type DirectoryDoor, registerDirectory } from './modules/directory/index.js'
import { type FilesDoor, registerFiles } from './modules/files/index.js'
import { type IdentityDoor, registerIdentity } from './modules/identity/index.js'
import { registerLinkCards } from './modules/linkcards/index.js'
import { registerMessaging } from './modules/messaging/index.js'
import { registerNotices } from './modules/notices/index.js'
import { type NotificationsDoor, registerNotifications } from './modules/notifications/index.js'
import { registerReminders } from './modules/reminders/index.js'
import { registerRest } from './modules/rest/index.js'
import { registerSearch } from './modules/search/index.js'
import { registerTodos } from './modules/todos/index.js'

export interface AppOptions {
  settings: Settings
  clock: Clock
  log: Log
  version: string
  /** How to reach the database; it is migrated by `startApp`. */
  connection: pg.ClientConfig
  migrations: Migration[]
  /** Called before the first change to a database that already holds data. */
  beforeMigration?: () => Promise<void>
  /** How copies hear each other; without one this copy is alone. */
  bus?: Bus
  tls?: Tls | null
  rules?: Partial<FeedRules>
  /** Compare every answer with the contract; tests do, the product does not, for it costs a quarter of the throughput. */
  checkAnswers?: boolean
  sweepEveryMs?: number
  jobsEveryMs?: number
  /** How often readers of the outbox look for more. */
  outboxEveryMs?: number
}

export interface App {
  kernel: Kernel
  operations: Operations
  http: HttpServer
  metrics: Metrics
  identity: IdentityDoor
  directory: DirectoryDoor
  files: FilesDoor
  notifications: NotificationsDoor
  sweep: Sweep
  /** Starts to serve; resolves with the address. */
  listen(port: number, host: string): Promise<{ port: number }>
  /** Null while everything works; else why this copy should get no requests. */
  trouble(): Promise<string | null>
  stop(): Promise<void>
}

/** The composition root: the one file that knows every module. */
export async function startApp(options: AppOptions): Promise<App> {
  await migrateDatabase(options)
  const database = openDatabase(options.connection, {
    poolSize: options.settings.HEYI_POOL,
    onError: (error) => options.log.warn({ err: error }, 'a database connection was lost'),
  })
  const { kernel, metrics } = makeKernel(options, database)
  const operations = new Operations(kernel, metrics, { checkAnswers: options.checkAnswers ?? false })
  const identity = registerIdentity(kernel, operations)
  const http = await createHttpServer({
    kernel,
    operations,
    authenticate: identity.authenticate,
    tls: options.tls ?? null,
  })
  registerFeeds(kernel, operations)
  serveJobs(kernel, operations)
  const directory = registerDirectory(kernel, operations, identity)
  const files = registerFiles(kernel, operations, http, identity)
  directory.onAvatar(async (ctx, file) => {
    const [profile] = await directory.profilesByIds(ctx.db, ctx.actor.tenantId, [ctx.actor.memberId])
    await files.setAvatar(ctx, ctx.actor.memberId, profile?.avatar ?? null, file)
  })
  const messaging = registerMessaging(kernel, operations, metrics, { identity, directory, files })
  const rest = registerRest(kernel, operations, { identity, directory })
  const notifications = registerNotifications(kernel, operations, { identity, directory, rest })
  notifications.onUnconfirmed(messaging.unconfirmed)
  messaging.use({
    startLadder: (tx, ladder) => notifications.startLadder(tx, ladder),
    remind: (tx, about) => notifications.remind(tx, about),
  })
  registerReminders(kernel, operations, { identity, messaging, notifications })
  const todos = registerTodos(kernel, operations, { identity, directory, messaging, notifications })
  registerAnniversaries(kernel, operations, { identity, directory, notifications })
  registerLinkCards(kernel, operations, { identity, messaging })
  const notices = registerNotices(operations, { kernel, identity, directory, files, notifications })
  const search = registerSearch(kernel, operations, metrics, {
    identity,
    files,
    directory,
    messaging,
    notices,
    todos,
  })
  operations.requireAll()
  const tls = options.tls ?? null
  if (tls?.authority) {
    serveTrust(http.app, tls, () => kernel.publicUrl())
    identity.setAuthority(true)
  }

  const sockets: Sockets = serveSockets(http.app.server as Server, {
    kernel,
    operations,
    http,
    onConnect: () => undefined,
  })
  metrics.gauge('heyi_sockets', 'Devices connected to this copy.', () => sockets.count())
  const sweep = new Sweep({
    db: kernel.db,
    hub: kernel.hub,
    log: kernel.log,
    rules: kernel.rules,
    everyMs: options.sweepEveryMs ?? 1_000,
    onControl: (control) => kernel.hub.hearControl(control),
    now: () => kernel.clock.ms(),
  })
  const housekeeping = scheduleHousekeeping(kernel)

  let listening: AddressInfo | null = null
  kernel.publicUrl = () => publicUrlOf(options.settings, tls !== null, listening?.port ?? options.settings.HEYI_PORT)
  const trouble = async () => {
    try {
      await row(kernel.db, sql`select 1 as one`)
    } catch (error) {
      return `the database cannot be reached: ${error instanceof Error ? error.message : String(error)}`
    }
    return kernel.bus.trouble()
  }

  return {
    kernel,
    operations,
    http,
    metrics,
    identity,
    directory,
    files,
    notifications,
    sweep,
    trouble,
    listen: async (port, host) => {
      await sweep.start()
      await kernel.jobs.start()
      kernel.outbox.start()
      notifications.start()
      await http.app.listen({ port, host, backlog: 4096 })
      const address = http.app.server.address()
      if (address === null || typeof address === 'string') throw new Error('The server has no address.')
      listening = address
      return { port: address.port }
    },
    stop: async () => {
      housekeeping.stop()
      sweep.stop()
      await sockets.close()
      await http.app.close()
      await kernel.jobs.stop()
      await kernel.outbox.stop()
      await notifications.stop()
      await search.close()
      await messaging.close()
      await kernel.bus.close()
      await database.close()
    },
  }
}

function makeKernel(options: AppOptions, database: Database): { kernel: Kernel; metrics: Metrics } {
  const { settings, clock, log, version } = options
  const { db } = database
  const rules = { ...allRules, ...options.rules }
  const kinds = new FeedKinds()
  const bus = options.bus ?? new LocalBus()
  const jobs = new Jobs({ db, clock, log, everyMs: options.jobsEveryMs ?? 1_000 })
  const hub = new Hub({ db, kinds, bus, clock, log, rules })
  const outbox = new OutboxReaders({ db, clock, log, everyMs: options.outboxEveryMs ?? 250 })
  bus.onFrame(() => outbox.stir())
  const kernel: Kernel = {
    settings,
    clock,
    log,
    database,
    db,
    bus,
    kinds,
    hub,
    jobs,
    events: new Events(jobs, clock),
    outbox,
    rules,
    version,
    publicUrl: () => '',
  }
  return { kernel, metrics: new Metrics() }
}
