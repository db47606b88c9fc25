import { LocaleName } from '@heyi/contract/common'
import { limits } from '@heyi/contract/limits'
import type { DeadJob, TenantEntry } from '@heyi/contract/operator'
import { z } from 'zod'
import { describeSettings, readSettings, type Settings } from '../kernel/settings.js'
import { type BackupMade, makeBackup, megabytes } from './backup.js'
import type { Progress } from './backup-format.js'
import { serverEnvironment } from './environment.js'
import { type Installation, Refused, reach } from './reach.js'

/**
 * The operator's commands: what `heyi tenant`, `admin`, `backup`, `restore`, `digest`, `doctor`, `config` and `demo` do.
 * The command line only names the command, gives its words and prints.
 */
export interface Outcome {
  /** For machines. */
  value: unknown
  /** For people. */
  text: string
  /** The command did its work and has bad news. */
  failed?: true
}

interface Task {
  settings: Settings
  progress: Progress
}

/** The settings of the environment, quieter than a server: a command's own words are enough. */
function operatorSettings(env: NodeJS.ProcessEnv): Settings {
  return readSettings({ HEYI_LOG: 'warn', ...serverEnvironment(env) })
}

/**
 * @param args the words of the command, already told apart
 * @throws Refused a refusal of an operation; Error one sentence for people
 */
export async function run(command: string, args: unknown, progress: Progress): Promise<Outcome> {
  const act = commands[command]
  if (!act) throw new Error(`There is no command ${command}.`)
  const env = command === 'demo' ? { HEYI_DATA: './demo-data', ...process.env } : process.env
  return act(args, { settings: operatorSettings(env), progress })
}

type Command = (args: unknown, task: Task) => Promise<Outcome>

/** A command whose words are read once, here. */
const command = <T extends z.ZodType>(words: T, act: (args: z.output<T>, task: Task) => Promise<Outcome>): Command => {
  return (args, task) => act(words.parse(args), task)
}

const ofTenant = z.object({ tenant: z.string() })
const locally = { locale: LocaleName.default('zh-CN'), timeZone: z.string().default('Asia/Shanghai') }

const commands: Record<string, Command> = {
  config: command(z.object({}), async (_args, { settings }) => {
    const all = describeSettings(settings)
    return { value: { settings: all }, text: all.map(describe).join('\n\n') }
  }),
  doctor: command(z.object({}), async (_args, { settings }) => (await import('./doctor.js')).doctor(settings)),
  digest: command(z.object({}), async (_args, task) => {
    const { logicalDigest } = await import('./digest.js')
    const value = await withInstallation(task.settings, (on) => logicalDigest(on, task.progress))
    return { value, text: value.digest }
  }),
  backup: command(z.object({ file: z.string().optional() }), async ({ file }, task) => {
    const made = await withInstallation(task.settings, (on) =>
      makeBackup(on, file ?? nameOf(on, new Date()), task.progress),
    )
    return { value: made, text: sayBackup(made) }
  }),
  restore: command(z.object({ file: z.string() }), async ({ file }, task) => {
    const { restoreInto } = await import('./restore-into.js')
    const value = await restoreInto(task.settings, file, task.progress)
    const text =
      `Restored ${value.rows} rows and ${value.blobs} files of ${value.madeAt} (Heyi ${value.version}). ${sayLost(value.lost)}`.trim()
    return { value, text }
  }),
  'jobs list': command(z.object({}), async (_args, { settings }) => {
    const items = await withInstallation(settings, listDeadJobs)
    return {
      value: { items },
      text: items.length === 0 ? 'No job has failed for good.' : items.map(sayDeadJob).join('\n'),
    }
  }),
  'jobs retry': command(z.object({ job: z.string() }), async ({ job }, { settings }) => {
    await withInstallation(settings, (on) => on.call('operator.replayJob', { job }))
    return { value: {}, text: `${job} is tried again.` }
  }),
  demo: command(z.object({}), async (_args, { settings }) => (await import('./demo.js')).describeDemo(settings)),
  'tenant list': command(z.object({}), async (_args, { settings }) => {
    const items = await withInstallation(settings, listTenants)
    return { value: { items }, text: items.length === 0 ? 'There is no company yet.' : items.map(sayTenant).join('\n') }
  }),
  'tenant create': command(
    z.object({ name: z.string(), ownerAccount: z.string(), ownerName: z.string().optional(), ...locally }),
    async ({ name, ownerAccount, ownerName = ownerAccount, locale, timeZone }, { settings }) => {
      const value = await withInstallation(settings, (on) =>
        on.call('operator.createTenant', { name, locale, timeZone, ownerName, ownerAccount }),
      )
      return {
        value,
        text: `${sayTenant(value.tenant)}\n${value.link ? sayLink(ownerAccount, value.link) : `${ownerAccount} has a password already and signs in with it.`}`,
      }
    },
  ),
  'tenant suspend': command(ofTenant, ({ tenant }, { settings }) => setTenantState(settings, tenant, 'suspended')),
  'tenant resume': command(ofTenant, ({ tenant }, { settings }) => setTenantState(settings, tenant, 'active')),
  'tenant delete': command(ofTenant.extend({ name: z.string() }), async ({ tenant, name }, { settings }) => {
    await withInstallation(settings, async (on) => {
      const found = await findTenant(on, tenant)
      if (found.name !== name)
        throw new Error(`The company ${found.id} is called “${found.name}”: repeat exactly that with --name.`)
      if (found.state === 'active')
        throw new Error(
          `“${found.name}” still works: suspend it first (npx heyi tenant suspend ${found.id}), look around, then delete it.`,
        )
      await on.call('operator.deleteTenant', { tenant: found.id, name })
    })
    return { value: {}, text: `“${name}” is being deleted with everything in it.` }
  }),
  'admin create': command(
    z.object({
      account: z.string(),
      name: z.string().optional(),
      company: z.string().optional(),
      tenant: z.string().optional(),
      ...locally,
    }),
    async ({ account, name = account, company, tenant, locale, timeZone }, { settings }) => {
      const value = await withInstallation(settings, async (on) => {
        const id = tenant === undefined ? null : (await findTenant(on, tenant)).id
        return on.call('operator.createAdmin', {
          tenant: id,
          name,
          account,
          locale,
          timeZone,
          ...(company !== undefined && { company }),
        })
      })
      return { value, text: sayLink(account, value) }
    },
  ),
  'admin reset': command(z.object({ login: z.string() }), async ({ login }, { settings }) => {
    const value = await withInstallation(settings, (on) => on.call('operator.resetPassword', { login }))
    return { value, text: sayLink(login, value) }
  }),
}

async function everyPage<T>(
  read: (cursor: string | null) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: T[]; next: string | null } = await read(cursor)
    items.push(...page.items)
    cursor = page.next
    if (cursor === null) return items
  }
}

async function withInstallation<T>(settings: Settings, work: (on: Installation) => Promise<T>): Promise<T> {
  await using on = await reach(settings)
  return await work(on)
}

const listTenants = (on: Installation): Promise<TenantEntry[]> =>
  everyPage((cursor) => on.call('operator.listTenants', { cursor, limit: limits.pageSize }))

const listDeadJobs = (on: Installation): Promise<DeadJob[]> =>
  everyPage((cursor) => on.call('operator.listDeadJobs', { cursor, limit: limits.pageSize }))

const sayDeadJob = ({ id, kind, tries, lastError, createdAt }: DeadJob): string =>
  `${id}  ${kind}  since ${createdAt}, ${tries} tries: ${lastError.split('\n')[0]}`

/** By its id, or by its name where only one bears it. */
async function findTenant(on: Installation, idOrName: string): Promise<TenantEntry> {
  const all = await listTenants(on)
  const named = all.filter(({ id, name }) => id === idOrName || name === idOrName)
  if (named.length > 1)
    throw new Error(`${named.length} companies are called “${idOrName}”: say which by its id (npx heyi tenant list).`)
  if (!named[0]) throw new Refused('not_found')
  return named[0]
}

async function setTenantState(settings: Settings, idOrName: string, state: 'active' | 'suspended'): Promise<Outcome> {
  const value = await withInstallation(settings, async (on) =>
    on.call('operator.setTenantState', { tenant: (await findTenant(on, idOrName)).id, state }),
  )
  return { value, text: sayTenant(value) }
}

const sayTenant = ({ id, name, state, members }: TenantEntry): string => `${id}  ${state}  ${members} people  ${name}`
const sayLink = (login: string, { url, expiresAt }: { url: string; expiresAt: string }): string =>
  `${login} chooses a password here (until ${expiresAt}, works once):\n${url}`
const sayLost = (lost: string[]): string =>
  lost.length === 0 ? '' : `Of ${lost.length} files the bytes are missing or damaged on this disk.`

function sayBackup({ file, bytes, rows, blobs, lost }: BackupMade): string {
  return `${file}: ${rows} rows and ${blobs} files, ${megabytes(bytes)}. ${sayLost(lost)}`.trim()
}

/** Beside the automatic backups, under a name that sorts by time. */
function nameOf(on: Installation, now: Date): string {
  return `${on.dataDir}/backups/heyi-${now.toISOString().replace(/[:.]/g, '')}.heyi`
}

function describe({
  name,
  value,
  fallback,
  meaning,
}: {
  name: string
  value: string
  fallback: string
  meaning: string
}): string {
  const set = value !== fallback && value !== '' ? ` = ${value}` : ''
  return `${name}${set}\n  ${meaning}${fallback === '' ? '' : ` (default ${fallback})`}`
}
