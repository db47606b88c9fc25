import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { type Running, serverCore, start } from './processes.js'
import { openSeeder, type Seeder } from './seed-store.js'

export interface Product extends AsyncDisposable {
  running: Running
  port: number
  dataDir: string
  startedMs: number
  /** The way to its database. */
  connection(): pg.ClientConfig
  seeder(): Promise<Seeder>
}

/** A folder for one benchmark; its path is short, so that a unix socket fits into it. */
export function tempFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'heyi-b'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts the product on the server’s core. Only its rate limits are lifted, by their settings. */
export async function startProduct(dataDir: string): Promise<Product> {
  const started = performance.now()
  const running = start('entry-server', [], serverCore, {
    HEYI_DATA: dataDir,
    HEYI_PORT: '0',
    HEYI_HOST: '127.0.0.1',
    HEYI_LOG: 'error',
    HEYI_SEND_RATE: '1000000',
    HEYI_CALL_RATE: '1000000',
    DATABASE_URL: '',
    NATS_URL: '',
  })
  const line = await running.line(/^Heyi is ready at /)
  const startedMs = performance.now() - started
  const connection = () => ({
    host: join(dataDir, 'run'),
    port: 5432,
    user: 'heyi',
    password: readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim(),
    database: 'heyi',
  })
  return {
    running,
    port: Number(/:(\d+)/.exec(line.replace(/^.*\/\//, ''))?.[1]),
    dataDir,
    startedMs,
    connection,
    seeder: () => openSeeder(connection()),
    [Symbol.asyncDispose]: async () => running[Symbol.asyncDispose](),
  }
}
