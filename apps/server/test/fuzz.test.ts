import { errors } from '@heyi/contract/errors'
import { operations } from '@heyi/contract/operations'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { rows, sql } from '../src/kernel/db.js'
import { startTestServer, type TestMember, type TestServer } from './server.js'

/** Whatever arrives, the answer is a named refusal or an answer of the contract, and never `internal`. */

let server: TestServer
let member: TestMember
beforeAll(async () => {
  server = await startTestServer()
  member = await server.member({ role: 'admin' })
})
afterAll(() => server.stop())

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant('\u0000'),
  fc.constant('💥'.repeat(50)),
  fc.constant("'; drop table message; --"),
  fc.constant('../../etc/passwd'),
)
const anything = fc.oneof(
  { depthSize: 'small' },
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(nasty, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 8 }), nasty, { maxKeys: 3 }),
)

/** Values that nearly fit a schema: right here, broken there. */
function near(schema: z.core.JSONSchema._JSONSchema, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean' || depth > 4) return anything
  const fitting = ((): fc.Arbitrary<unknown> => {
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if (schema.const !== undefined) return fc.constant(schema.const)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return fc.oneof(...choices.map((one) => near(one, depth + 1)))
    if (schema.type === 'object')
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, near(one, depth + 1)])),
        { requiredKeys: [] },
      )
    if (schema.type === 'array')
      return fc.array(
        typeof schema.items === 'object' && !Array.isArray(schema.items) ? near(schema.items, depth + 1) : anything,
        { maxLength: 3 },
      )
    if (schema.type === 'integer' || schema.type === 'number')
      return fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer(), fc.constant(9007199254740991))
    if (schema.type === 'boolean') return fc.boolean()
    if (schema.pattern?.includes('_[0-9a-z]{20}'))
      return fc.constantFrom(
        member?.id ?? `mem_${'0'.repeat(20)}`,
        `con_${'0'.repeat(20)}`,
        `dep_${'0'.repeat(20)}`,
        `fil_${'0'.repeat(20)}`,
      )
    return fc.oneof(fc.string({ maxLength: 30 }), nasty)
  })()
  return fc.oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: anything })
}

// Ending its own session or hashing passwords by the hundred is not what is tried here.
const left = new Set([
  'identity.signOut',
  'identity.signIn',
  'identity.setUp',
  'identity.redeemLink',
  'identity.changePassword',
  'directory.acceptInvitation',
  'directory.removeMember',
  'directory.disableMember',
  'directory.setRole',
])

for (const [name, operation] of Object.entries(operations).filter(([name]) => !left.has(name)))
  test(`${name} bears anything`, { timeout: 60_000 }, async () => {
    const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' })
    let serial = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: near(schema) }, { weight: 1, arbitrary: anything }),
        async (input) => {
          const response = await fetch(`${server.url}/api/${name}`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              authorization: `Bearer ${member.token}`,
              'request-id': `fuzz-${name.replace('.', '-')}-${++serial}`,
            },
            body: JSON.stringify(input) ?? 'null',
          })
          const body = (await response.json()) as { error?: { code: string } }
          if (response.ok) return
          expect(Object.keys(errors)).toContain(body.error?.code)
          expect(body.error?.code, JSON.stringify(input)).not.toBe('internal')
        },
      ),
      { numRuns: process.env.HEYI_TEST_NIGHTLY === '1' ? 500 : 20, seed: 7_300 },
    )
  })

test('nothing of it was taken for SQL, and the program still answers', async () => {
  expect(await rows(server.app.kernel.db, sql`select 1 from pg_tables where tablename = 'message'`)).toHaveLength(1)
  expect((await fetch(`${server.url}/api/identity.getInstallation`, { method: 'POST' })).status).toBe(200)
})
