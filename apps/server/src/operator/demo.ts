import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { App } from '../app.js'
import type { MemberActor } from '../kernel/actor.js'
import { isLoopback } from '../kernel/address.js'
import type { Origin } from '../kernel/context.js'
import type { Settings } from '../kernel/settings.js'
import { writeTransaction } from '../kernel/write.js'
import type { Outcome } from './commands.js'
import { seedSampleCompany } from './demo-seed.js'
import * as store from './demo-store.js'
import { callHere, reach } from './reach.js'
import type { Runtime } from './runtime.js'
import { company, conversations, mainPerson, type PersonKey, people } from './sample/index.js'
import { type Served, serve } from './serve.js'
import { readStamp, version, writeStamp } from './version.js'

/** The first is whom a demo opens with; the first three have passwords. */
const shown: PersonKey[] = [mainPerson, 'gunanqiao', 'chenyu', 'xuyimin', 'danielwhitmore', 'tangyiming']
const withPassword = shown.slice(0, 3)
const owner = 'gunanqiao'

/** The server with the sample company in its folder, made where there is none, and one-click sign-ins on this machine. */
export async function serveDemo(settings: Settings): Promise<Served & { notes: string[] }> {
  let demo: Demo | undefined
  const served = await serve(settings, async (runtime) => {
    demo = await prepareDemo(runtime)
  })
  return { ...served, notes: demo ? notesOf(demo, settings) : [] }
}

function notesOf({ people: members }: Demo, { HEYI_HOST: host }: Settings): string[] {
  const here = `On this machine one click signs in as ${members.map(({ name }) => name).join(', ')}.`
  if (host === 'localhost' || isLoopback(host)) return [here]
  const signIns = members.flatMap(({ account, name, password }) =>
    password === null ? [] : [`  ${account}  ${password}  ${name}`],
  )
  return [here, 'From other devices:', ...signIns]
}

/** @throws Error one sentence, if the folder holds a company that no demo made */
async function prepareDemo({ app, ground }: Runtime): Promise<Demo> {
  const { dataDir } = ground
  if (!readStamp(dataDir)?.demo && (await store.tenantExists(app.kernel.db)))
    throw new Error(
      `The folder ${dataDir} holds a company already, and the demo needs one of its own: leave HEYI_DATA unset, or set it to a new folder.`,
    )
  writeStamp(dataDir, { version, demo: true })
  const demo = await openDemo(app, dataDir)
  app.identity.setDemo(demo.people.map(({ member, name, position }) => ({ member, name, position })))
  return demo
}

interface DemoPerson {
  key: PersonKey
  member: string
  personId: string
  name: string
  position: string
  role: store.TenantMember['role']
  account: string
  /** Null: this one only signs in by one click, or by a token of `heyi demo --json`. */
  password: string | null
}

interface Demo {
  tenant: store.SampleTenant
  people: DemoPerson[]
  conversations: { key: string; id: string; kind: 'direct' | 'group'; name: string; members: string[] }[]
}

/** The sample company as it is in the database, made first where it is missing. */
async function openDemo(app: App, dataDir: string): Promise<Demo> {
  const tenant = (await store.findSampleTenant(app.kernel.db)) ?? (await makeTenant(app))
  await requireSeeded(app, tenant.id)
  const members = await store.listMembers(app.kernel.db, tenant.id)
  const byAccount = new Map(members.map((member) => [member.account, member]))
  const passwords = await readPasswords(app, dataDir, tenant.id, byAccount)
  const shownPeople = shown.flatMap((key): DemoPerson[] => {
    const { account = '' } = people.find((person) => person.key === key) ?? {}
    const member = byAccount.get(account)
    if (!member) return []
    const { id, personId, name, position, role } = member
    return [{ key, member: id, personId, name, position, role, account, password: passwords[account] ?? null }]
  })
  return { tenant, people: shownPeople, conversations: await readConversations(app, tenant.id, byAccount) }
}

async function makeTenant(app: App): Promise<store.SampleTenant> {
  const { name, locale, timeZone } = company
  const ownerName = people.find(({ key }) => key === owner)?.name ?? owner
  const { tenant } = await callHere(app.operations, 'operator.createTenant', {
    name,
    locale,
    timeZone,
    ownerName,
    ownerAccount: owner,
  })
  // Before it is filled: a start that is cut short goes on with this company and makes no other.
  await writeTransaction(app.kernel, (db) => store.adoptTenant(db, tenant.id))
  return tenant
}

async function requireSeeded(app: App, tenantId: string): Promise<void> {
  const before = await store.listMembers(app.kernel.db, tenantId)
  const boss = before.find(({ account }) => account === owner)
  if (before.length === 1 && before[0])
    await seedSampleCompany(app, tenantId, { memberId: before[0].id, is: boss ? owner : null })
  if (boss?.position === '') await completeOwner(app, tenantId, boss)
  // The feeds of people and departments are told by jobs; a first look shall find them all.
  if (before.length === 1) await app.kernel.jobs.runDue()
}

const localOrigin = (): Origin => ({
  transport: 'local',
  address: '127.0.0.1',
  loopback: true,
  secure: true,
  requestId: randomBytes(12).toString('hex'),
  open: () => true,
})

/** The owner was made with the company and has no profile yet; as anybody else’s it is changed by the operation. */
async function completeOwner(app: App, tenantId: string, { id, personId }: store.TenantMember): Promise<void> {
  const { alias, position, phone, email } = people.find(({ key }) => key === owner) ?? {}
  const actor: MemberActor = {
    kind: 'member',
    tenantId,
    memberId: id,
    personId,
    sessionId: '',
    role: 'owner',
    scopes: null,
  }
  const run = (name: string, input: unknown) => {
    const origin = localOrigin()
    return app.operations.run(name, input, { actor, origin, requestId: origin.requestId, setCookie: () => undefined })
  }
  const { items } = (await run('directory.listDepartments', { parent: null, cursor: null, limit: 20 })) as {
    items: { id: string; leaders: string[] }[]
  }
  const { member } = (await run('directory.getMember', { member: id })) as { member: { version: number } }
  const departments = items.filter(({ leaders }) => leaders.includes(id)).map((department) => department.id)
  await run('directory.updateMember', {
    member: id,
    version: member.version,
    alias,
    position,
    phone,
    email,
    departments: departments.slice(0, 1),
  })
}

/** Those of this folder, kept for the next start; made and set where there are none yet. */
async function readPasswords(
  app: App,
  dataDir: string,
  tenantId: string,
  members: Map<string | null, store.TenantMember>,
): Promise<Record<string, string>> {
  const file = join(dataDir, 'demo.json')
  const kept = readKept(file, tenantId)
  if (kept) return kept
  const made: Record<string, string> = {}
  for (const account of withPassword) {
    const member = members.get(account)
    if (!member) continue
    made[account] = `qian-${randomBytes(6).toString('base64url')}`
    const hash = await app.identity.hashPassword(made[account], [account])
    await writeTransaction(app.kernel, (db) => store.setPassword(db, tenantId, member.id, hash))
  }
  writeFileSync(file, `${JSON.stringify({ tenant: tenantId, passwords: made })}\n`, { mode: 0o600 })
  return made
}

function readKept(file: string, tenantId: string): Record<string, string> | null {
  try {
    const { tenant, passwords } = JSON.parse(readFileSync(file, 'utf8'))
    return tenant === tenantId ? passwords : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function readConversations(
  app: App,
  tenantId: string,
  members: Map<string | null, store.TenantMember>,
): Promise<Demo['conversations']> {
  const rows = await store.listConversations(app.kernel.db, tenantId)
  return conversations.flatMap(({ key, kind, name, members: keys }) => {
    const ids = keys.map((person) => members.get(person)?.id ?? '')
    const directKey = [...ids].sort().join(' ')
    const found = rows.find((row) =>
      kind === 'direct' ? row.directKey === directKey : row.kind === 'group' && row.name === name,
    )
    return found ? [{ key, id: found.id, kind, name, members: ids }] : []
  })
}

/** Everything that whoever builds on Heyi needs to try it, with new tokens each time. */
export async function describeDemo(settings: Settings): Promise<Outcome> {
  await using on = await reach(settings)
  const app = await on.app()
  // A folder that nobody has used is a demo’s from now on.
  if (!on.running && !(await store.tenantExists(app.kernel.db))) writeStamp(on.dataDir, { version, demo: true })
  const demo = await openDemo(app, resolve(on.dataDir))
  const url = on.running?.publicUrl ?? app.kernel.publicUrl()
  const members = await Promise.all(
    demo.people.map(async ({ personId, ...person }) => ({
      ...person,
      token: await newToken(app, demo.tenant.id, personId, person.member),
    })),
  )
  const value = {
    url,
    running: on.running !== null,
    api: `${url}/api/`,
    socket: `${url.replace(/^http/, 'ws')}/socket`,
    tenant: demo.tenant,
    people: members,
    conversations: demo.conversations,
  }
  const lines = members.map(({ name, account, password }) => `  ${account}  ${password ?? '(one click)'}  ${name}`)
  return {
    value,
    text: [
      `${demo.tenant.name} (${demo.tenant.id}) at ${url}${on.running ? '' : ', which does not run now'}`,
      ...lines,
      'With --json: member ids, tokens and conversations.',
    ].join('\n'),
  }
}

function newToken(app: App, tenantId: string, personId: string, memberId: string): Promise<string | null> {
  const call = { actor: { kind: 'operator' as const }, origin: localOrigin(), setCookie: () => undefined }
  return writeTransaction(app.kernel, async (db, changes) => {
    const session = { personId, tenantId, memberId, device: 'heyi demo', via: 'token' as const, keep: true }
    return (await app.identity.issueSession({ db, changes }, call, session)).token
  })
}
