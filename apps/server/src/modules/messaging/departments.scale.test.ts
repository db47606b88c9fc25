import * as directory from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { outboxSettled } from '../../../test/outbox.js'
import { startTestServer, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { writeTransaction } from '../../kernel/write.js'
import { createEntries } from '../directory/entries.js'

const chunk = 2_000

/** Colleagues in these departments, without a device. */
async function colleagues(server: TestServer, tenantId: string, count: number, departments: string[]) {
  const { kernel, identity } = server.app
  const ids: string[] = []
  while (ids.length < count) {
    const from = ids.length
    const entries = Array.from({ length: Math.min(chunk, count - from) }, (_, i) => ({
      name: `同事${from + i}`,
      account: `scale${from + i}`,
    }))
    const made = await writeTransaction(kernel, async (db, changes) => {
      const persons = await identity.createPersons(db, entries)
      return createEntries(
        { kernel, identity, avatarChecks: [], imported: [] },
        { db, changes },
        tenantId,
        entries.map((entry, i) => ({
          ...entry,
          personId: persons[i] ?? '',
          role: 'member',
          state: 'active',
          departments: [departments[(from + i) % departments.length] ?? ''],
        })),
      )
    })
    ids.push(...made)
  }
  return ids
}

/** Takes a minute: `HEYI_TEST_SCALE=1 npx vitest run --project unit departments.scale`, and part of `npm run test:nightly`. */
test('the group of a department of 10,000 fills up, and follows who comes and goes then', {
  timeout: 900_000,
}, async (ctx) => {
  if (!process.env.HEYI_TEST_SCALE && !process.env.HEYI_TEST_NIGHTLY)
    return ctx.skip('takes a minute; HEYI_TEST_SCALE=1 runs it')
  await using server = await startTestServer({ checkAnswers: false })
  const boss = await server.member({ role: 'owner' })
  const { kernel } = server.app
  const make = async (name: string, parent: string | null) =>
    (await server.as(boss).call(directory.createDepartment, { parent, name })).id
  const whole = await make('全公司', null)
  const parts: string[] = []
  for (let n = 0; n < 10; n++) parts.push(await make(`第 ${n} 部`, whole))
  const people = await colleagues(server, boss.tenantId, limits.groupMembers - 1, parts)
  const place = async (member: string, departments: string[]) => {
    const { member: entry } = await server.as(boss).call(directory.getMember, { member })
    await server.as(boss).call(directory.updateMember, { member, version: entry.version, departments })
  }
  /** Until the group has so many, and how long that took. */
  const reaches = async (count: number): Promise<number> => {
    const since = performance.now()
    await outboxSettled(kernel.db)
    await until(async () => {
      await kernel.outbox.readAll()
      await kernel.jobs.runDue()
      const { group } = await server.as(boss).call(ops.getDepartmentGroup, { department: whole })
      return group?.count === count
    }, 600_000)
    return performance.now() - since
  }
  const { group } = await server.as(boss).call(ops.setDepartmentGroup, { department: whole, on: true, below: true })
  const filled = await reaches(limits.groupMembers - 1)
  const [first = ''] = people
  await place(boss.id, [parts[0] ?? ''])
  const came = await reaches(limits.groupMembers)
  await place(first, [])
  const went = await reaches(limits.groupMembers - 1)
  // A tenth of them move to where the group does not reach.
  const { department } = await server.as(boss).call(directory.getDepartment, { department: parts[9] ?? '' })
  await server
    .as(boss)
    .call(directory.updateDepartment, { department: department.id, version: department.version, parent: null })
  const gone = people.filter((_, i) => i % parts.length === 9).length
  const moved = await reaches(limits.groupMembers - 1 - gone)
  const conversation = group?.conversation ?? ''
  const { seq } = await server.as(boss).call(ops.sendMessage, {
    conversation,
    key: 'to-all-of-them',
    message: { kind: 'text', text: '大家好' },
  })
  expect(seq).toBeGreaterThan(0)
  const ms = Object.entries({ filled, came, went, moved }).map(([what, took]) => `${what} ${took.toFixed(0)} ms`)
  console.log(`a department of 10,000: ${ms.join(', ')}`)
  for (const one of [came, went]) expect(one).toBeLessThan(10_000)
})
