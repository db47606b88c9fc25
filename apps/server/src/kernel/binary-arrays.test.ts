import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { int4Array, int8Array, textArray } from './binary-arrays.js'

test('PostgreSQL reads the arrays as they were', async () => {
  const client = new pg.Client(inject('postgres'))
  await client.connect()
  const texts = ['', 'plain', '中文 “quoted”, {braces} \\ back', '👍🏽', 'x'.repeat(100_000)]
  const { rows } = await client.query('select $1::text[] as texts, $2::int4[] as ints, $3::int8[]::text[] as longs', [
    textArray(texts),
    int4Array([0, -1, 2 ** 31 - 1]),
    int8Array([null, 0, -5, Number.MAX_SAFE_INTEGER]),
  ])
  expect(rows).toEqual([{ texts, ints: [0, -1, 2 ** 31 - 1], longs: [null, '0', '-5', '9007199254740991'] }])
  await client.end()
})

test('an empty array has no elements', async () => {
  const client = new pg.Client(inject('postgres'))
  await client.connect()
  const { rows } = await client.query('select cardinality($1::text[]) as size', [textArray([])])
  expect(rows).toEqual([{ size: 0 }])
  await client.end()
})
