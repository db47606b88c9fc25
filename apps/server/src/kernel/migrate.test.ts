import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { newDatabase } from '../../test/databases.js'
import { databaseOf } from '../../test/global-setup.js'
import { migrate } from './migrate.js'

async function emptyDatabase(): Promise<pg.Client & AsyncDisposable> {
  const name = `heyi_test_migrate_${randomBytes(4).toString('hex')}`
  const admin = new pg.Client(inject('postgres'))
  await admin.connect()
  await newDatabase(admin, name, null)
  const client = new pg.Client(databaseOf(inject('postgres'), name))
  await client.connect()
  return Object.assign(client, {
    [Symbol.asyncDispose]: async () => {
      await client.end()
      await admin.query(`drop database "${name}" with (force)`)
      await admin.end()
    },
  })
}

const one = { name: '203001010000-one.sql', sql: 'create table one (n int)' }
const two = { name: '203001010001-two.sql', sql: 'insert into one values (2)' }

test('migrations run once, in order, each whole or not at all', async () => {
  await using client = await emptyDatabase()
  expect(await migrate(client, [one])).toEqual([one.name])
  let asked = 0
  const broken = { name: '203001010002-broken.sql', sql: 'insert into one values (3); select nonsense' }
  await expect(migrate(client, [one, two, broken], async () => void asked++)).rejects.toThrow(
    '203001010002-broken.sql failed',
  )
  expect((await client.query('select n from one')).rows).toEqual([{ n: 2 }])
  expect(await migrate(client, [one, two])).toEqual([])
  // Asked before the first change of a database that holds data, and only then.
  expect(asked).toBe(1)
})

test('an older program refuses a newer database', async () => {
  await using client = await emptyDatabase()
  await migrate(client, [one, two])
  await expect(migrate(client, [one])).rejects.toThrow(/made by a newer Heyi/)
})
