import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, readMigrations } from '../src/kernel/migrate.js'
import { startEmbeddedPostgres } from '../src/kernel/postgres/embedded.js'
import { migrationsRoot } from '../src/paths.js'
import { newDatabase, templateName } from './databases.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test databases are made; its `database` is one to connect to for that. */
    postgres: pg.ClientConfig
  }
}

/** Starts a PostgreSQL for the run (or uses HEYI_TEST_DATABASE_URL) and migrates the template that every test file copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const outside = process.env.HEYI_TEST_DATABASE_URL
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-tests-'))
  const embedded = outside ? null : await startEmbeddedPostgres({ dataDir, log: () => undefined })
  const config: pg.ClientConfig = embedded
    ? { ...embedded.connection, database: 'heyi' }
    : { connectionString: outside }
  project.provide('postgres', config)
  await makeTemplate(config)
  return async () => {
    await embedded?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function makeTemplate(config: pg.ClientConfig): Promise<void> {
  const admin = new pg.Client(config)
  await admin.connect()
  await admin.query(`drop database if exists ${templateName} with (force)`)
  const left = await admin.query<{ datname: string }>(
    `select datname from pg_database where datname like 'heyi\\_test\\_%'`,
  )
  for (const { datname } of left.rows) await admin.query(`drop database if exists "${datname}" with (force)`)
  await newDatabase(admin, templateName, null)
  await admin.end()
  const client = new pg.Client(databaseOf(config, templateName))
  await client.connect()
  await migrate(client, await readMigrations(migrationsRoot))
  await client.end()
}

export function databaseOf(config: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!config.connectionString) return { ...config, database }
  const url = new URL(config.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}
