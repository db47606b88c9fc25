import { expect, test } from 'vitest'
import { startTestServer } from '../../test/server.js'
import { until } from '../../test/until.js'
import { rows, sql } from './db.js'
import { addJob, Jobs } from './jobs.js'

test('a job runs if and only if its transaction commits; failures back off, die and are replayed', async () => {
  await using server = await startTestServer({ now: '2030-01-01T00:00:00.000Z' })
  const { db, clock, log } = server.app.kernel
  const jobs = new Jobs({ db, clock, log, everyMs: 1_000_000 })
  const done: unknown[] = []
  let failing = true
  jobs.handle('test.do', async ({ data, tx }) => {
    await sql`insert into sign_in_failure (key, failures, last_at) values (${`ran ${JSON.stringify(data)}`}, 1, now()) on conflict do nothing`.execute(
      tx,
    )
    if (failing) throw new Error('not today')
    done.push(data)
  })
  await db
    .transaction()
    .execute(async (tx) => {
      await addJob(tx, clock, { kind: 'test.do', data: { n: 1 } })
      throw new Error('rolled back')
    })
    .catch(() => undefined)
  expect(await jobs.runDue()).toBe(0)
  await addJob(db, clock, { kind: 'test.do', data: { n: 2 }, key: 'once' })
  await addJob(db, clock, { kind: 'test.do', data: { n: 2 }, key: 'once' })
  for (let attempt = 0; attempt < 8; attempt++) {
    expect(await jobs.runDue()).toBe(1)
    expect(await jobs.runDue()).toBe(0)
    server.clock.pass(2 * 2 ** attempt)
  }
  const dead = await jobs.dead(null, 10)
  expect(dead).toMatchObject([{ kind: 'test.do', tries: 8, lastError: 'not today' }])
  // What a failed run wrote was taken back with it.
  expect(await rows(db, sql`select 1 from sign_in_failure where key like 'ran%'`)).toHaveLength(0)
  failing = false
  expect(await jobs.replay(db, dead[0]?.id ?? '')).toBe(true)
  expect(await jobs.replay(db, 'job_unknown')).toBe(false)
  expect(await jobs.runDue()).toBe(1)
  expect(done).toEqual([{ n: 2 }])
})

test('a schedule fires once across copies and makes good what was missed', async () => {
  await using server = await startTestServer({ now: '2030-01-01T00:00:30.000Z' })
  const { db, clock, log } = server.app.kernel
  let runs = 0
  const copies = Array.from({ length: 3 }, () => {
    const jobs = new Jobs({ db, clock, log, everyMs: 20 })
    jobs.schedule({ kind: 'test.hourly', cron: '0 * * * *' }, async () => {
      runs++
    })
    return jobs
  })
  for (const jobs of copies) await jobs.start()
  server.clock.set('2030-01-01T01:00:01.000Z')
  await until(() => runs === 1)
  // Three hours without any copy: one run makes them good.
  for (const jobs of copies) await jobs.stop()
  server.clock.set('2030-01-01T04:30:00.000Z')
  const later = new Jobs({ db, clock, log, everyMs: 20 })
  later.schedule({ kind: 'test.hourly', cron: '0 * * * *' }, async () => {
    runs++
  })
  await later.start()
  await until(() => runs === 2)
  await later.runDue()
  expect(runs).toBe(2)
  await later.stop()
})
