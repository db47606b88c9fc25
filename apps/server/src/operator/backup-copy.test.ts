import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { copyIn, copyOut } from './backup-copy.js'

async function connected(): Promise<pg.Client> {
  const client = new pg.Client(inject('postgres'))
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const rows = 300_000
const much = `copy (select n, repeat('x', 50) from generate_series(1, ${rows}) n) to stdout`

test('a slow taker holds the server back; every row comes once', async () => {
  const client = await connected()
  let bytes = 0
  let waiting = 0
  let most = 0
  const taken = await copyOut(client, much, (row) => {
    bytes += row.length
    if (bytes % 64 !== 0) return undefined
    most = Math.max(most, ++waiting)
    return new Promise((resolve) =>
      setImmediate(() => {
        waiting--
        resolve()
      }),
    )
  })
  expect(taken).toBe(rows)
  // What came in one piece from the socket, and no more: the rest was not read.
  expect(most).toBeLessThan(2_000)
  await client.end()
})

test('a taker that fails ends the copy with its own error, and the connection closes', async () => {
  const client = await connected()
  let taken = 0
  const copy = copyOut(client, much, () =>
    ++taken === 1_000 ? Promise.reject(new Error('the disk is full')) : undefined,
  )
  await expect(copy).rejects.toThrow('the disk is full')
  expect(taken).toBeLessThan(rows)
  await client.end()
})

test('a query that is refused, and rows that are, fail the copy and leave the connection usable', async () => {
  const client = await connected()
  await expect(copyOut(client, 'copy (select 1 / 0) to stdout', () => undefined)).rejects.toThrow('division by zero')
  await client.query('create temp table few (n int primary key)')
  const twice = (async function* () {
    for (let n = 0; n < 100; n++) yield Buffer.from('1\n')
  })()
  await expect(copyIn(client, 'copy few from stdin', twice)).rejects.toThrow('duplicate key')
  const broken = (async function* () {
    yield Buffer.from('1\n')
    throw new Error('the file ends here')
  })()
  await expect(copyIn(client, 'copy few from stdin', broken)).rejects.toThrow('the file ends here')
  expect((await client.query('select count(*)::int as n from few')).rows).toEqual([{ n: 0 }])
  await client.end()
})
