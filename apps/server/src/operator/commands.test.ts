import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { newDatabase } from '../../test/databases.js'
import { databaseOf } from '../../test/global-setup.js'
import { readSettings } from '../kernel/settings.js'
import { run } from './commands.js'
import { serve } from './serve.js'

const silent = () => undefined
const operate = (command: string, args: object = {}) => run(command, args, silent)

let environment: NodeJS.ProcessEnv
let database: string

/** A data folder and an outside database of its own, named by the environment as an operator would. */
beforeEach(async () => {
  environment = { ...process.env }
  const config = inject('postgres')
  database = `heyi_test_${process.pid}_operate_${randomBytes(4).toString('hex')}`
  await asAdmin((admin) => newDatabase(admin, database, null))
  process.env.HEYI_DATA = mkdtempSync(join(tmpdir(), 'heyi-operate-'))
  process.env.DATABASE_URL = urlOf(databaseOf(config, database))
  process.env.HEYI_LOG = 'silent'
  process.env.HEYI_PORT = '0'
  // Of the command line, and no business of the server’s.
  process.env.HEYI_TOKEN = 'somebody’s'
})

afterEach(async () => {
  rmSync(process.env.HEYI_DATA ?? '', { recursive: true, force: true })
  process.env = environment
  await asAdmin((admin) => admin.query(`drop database "${database}" with (force)`))
})

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client(inject('postgres'))
  await admin.connect()
  await work(admin).finally(() => admin.end())
}

/** On the database that the commands work on. */
async function asOperated(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(databaseOf(inject('postgres'), database))
  await client.connect()
  await work(client).finally(() => client.end())
}

function urlOf({ connectionString, host, port, user, password, database: name }: pg.ClientConfig): string {
  if (connectionString) return connectionString
  return `postgres://${user}:${password}@localhost/${name}?host=${encodeURIComponent(host ?? '')}&port=${port}`
}

const settings = () =>
  readSettings(Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'HEYI_TOKEN')))

test('a command does the same whether a server runs or not', async () => {
  const made = await operate('admin create', { account: 'ann', name: '安', company: '甲公司' })
  expect(made.value).toMatchObject({ url: expect.stringContaining('/link/') })
  const apart = await operate('tenant list')
  expect(apart.value).toMatchObject({ items: [{ name: '甲公司', state: 'active', members: 1 }] })

  const served = await serve(settings())
  try {
    expect(existsSync(join(process.env.HEYI_DATA ?? '', 'address.json'))).toBe(true)
    expect(await operate('tenant list')).toEqual(apart)
    const reset = await operate('admin reset', { login: 'ANN' })
    expect(reset.value).toMatchObject({ url: expect.stringContaining(served.url) })
    await expect(operate('admin reset', { login: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
    await operate('tenant create', { name: '乙公司', ownerAccount: 'bo' })
    expect((await operate('tenant suspend', { tenant: '乙公司' })).value).toMatchObject({ state: 'suspended' })
    const digest = await operate('digest')
    const file = join(process.env.HEYI_DATA ?? '', 'one.heyi')
    expect((await operate('backup', { file })).value).toMatchObject({ file, lost: [] })
    await expect(operate('restore', { file })).rejects.toThrow('stop it, then restore')
    expect((await operate('doctor')).failed).toBeUndefined()
    expect(await operate('digest')).toEqual(digest)
  } finally {
    await served[Symbol.asyncDispose]()
  }
  await expect(operate('tenant delete', { tenant: '乙公司', name: '乙' })).rejects.toThrow('repeat exactly that')
  await expect(operate('tenant delete', { tenant: '甲公司', name: '甲公司' })).rejects.toThrow('suspend it first')
  await operate('tenant delete', { tenant: '乙公司', name: '乙公司' })
  expect((await operate('tenant list')).value).toMatchObject({
    items: [{ name: '甲公司' }, { name: '乙公司', state: 'deleting' }],
  })
  await expect(operate('restore', { file: join(process.env.HEYI_DATA ?? '', 'one.heyi') })).rejects.toThrow(
    'there is a company in it',
  )
}, 60_000)

test('what failed for good is listed and tried again', async () => {
  await operate('admin create', { account: 'ann', name: '安', company: '甲公司' })
  expect((await operate('jobs list')).text).toBe('No job has failed for good.')
  await asOperated((client) =>
    client.query(
      `insert into job (id, kind, data, run_at, created_at, state, tries, last_error) values ('job_00000000000000000001', 'identity.sendMail', '{}', now(), now(), 'dead', 8, 'no answer')`,
    ),
  )
  const listed = await operate('jobs list')
  expect(listed.value).toMatchObject({ items: [{ kind: 'identity.sendMail', tries: 8, lastError: 'no answer' }] })
  await operate('jobs retry', { job: 'job_00000000000000000001' })
  expect((await operate('jobs list')).value).toEqual({ items: [] })
  await expect(operate('jobs retry', { job: 'job_00000000000000000001' })).rejects.toMatchObject({ code: 'not_found' })
}, 60_000)

test('the address of a server that is gone leads to nothing', async () => {
  const address = {
    url: 'http://127.0.0.1:9',
    publicUrl: 'http://localhost:9',
    pid: process.pid,
    operatorToken: 'x'.repeat(43),
    database: null,
  }
  writeFileSync(join(process.env.HEYI_DATA ?? '', 'address.json'), JSON.stringify(address))
  expect((await operate('tenant list')).value).toEqual({ items: [] })
})

test('what is missing or wrong is said, and the command fails', async () => {
  process.env.SMTP_URL = 'smtp://127.0.0.1:9'
  process.env.SMTP_FROM = 'heyi@example.com'
  process.env.HEYI_TLS_CERT = '/nowhere/cert.pem'
  process.env.HEYI_TLS_KEY = '/nowhere/key.pem'
  const found = await operate('doctor')
  expect(found.failed).toBe(true)
  const failing = (found.value as { checks: { name: string; state: string }[] }).checks.filter(
    ({ state }) => state === 'fail',
  )
  expect(failing.map(({ name }) => name).sort()).toEqual(['certificate', 'mail'])
  const { value } = await operate('config')
  expect(value).toMatchObject({
    settings: expect.arrayContaining([expect.objectContaining({ name: 'DATABASE_URL', value: '(set)' })]),
  })
  await expect(operate('no such')).rejects.toThrow('There is no command')
})
