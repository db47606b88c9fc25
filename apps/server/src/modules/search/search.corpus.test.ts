import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/search'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { type CorpusQuery, makeQueries, makeSentences } from './corpus/make.js'

const folder = join(import.meta.dirname, 'corpus')
const sentences = makeSentences()
const queries = makeQueries(sentences)

const files = {
  'sentences.tsv': sentences.map(({ plain, written }) => (plain === written ? plain : `${plain}\t${written}`)),
  'queries.tsv': queries.map(({ kind, text, hits }) => `${kind}\t${text}\t${hits.join(' ')}`),
}

let server: TestServer
let reader: TestMember
let conversation: string
/** The number of the sentence in each place of the conversation. */
const sentenceAt = new Map<number, number>()

beforeAll(async () => {
  server = await startTestServer()
  reader = await server.member()
  const made = await server.as(reader).call(messaging.createGroup, { name: '语料', members: [] })
  conversation = made.conversation.id
  for (let from = 0; from < sentences.length; from += 200)
    await Promise.all(
      sentences.slice(from, from + 200).map(async ({ written }, i) => {
        const { seq } = await server.as(reader).call(messaging.sendMessage, {
          conversation,
          key: `corpus-${from + i}`,
          message: { kind: 'text', text: written },
        })
        sentenceAt.set(seq, from + i)
      }),
    )
  await server.app.kernel.outbox.readAll()
  await server.app.kernel.jobs.runDue()
}, 120_000)
afterAll(() => server.stop())

test('the corpus in the repository is the one that is tested', () => {
  for (const [name, lines] of Object.entries(files)) {
    const text = `${lines.join('\n')}\n`
    if (process.env.HEYI_WRITE_CORPUS || !existsSync(join(folder, name))) writeFileSync(join(folder, name), text)
    expect(readFileSync(join(folder, name), 'utf8') === text, name).toBe(true)
  }
  expect(sentences.length).toBeGreaterThanOrEqual(4_000)
})

type Found = z.output<typeof ops.search.output>['messages']

async function found(text: string): Promise<number[]> {
  const all: number[] = []
  let cursor = null as string | null
  do {
    const input: z.input<typeof ops.search.input> = { text, group: 'messages', cursor, limit: 50 }
    const { items, next }: Found = (await server.as(reader).call(ops.search, input)).messages
    all.push(...items.map(({ seq }) => sentenceAt.get(seq) ?? -1))
    cursor = next
  } while (cursor !== null)
  return all
}

test('recall over the corpus is at least 0.99 for each kind of query, and precision is told', {
  timeout: 300_000,
}, async () => {
  const sums = new Map<CorpusQuery['kind'], { queries: number; wanted: number; met: number; found: number }>()
  const worst: string[] = []
  for (const { kind, text, hits } of queries) {
    const got = await found(text)
    // A page after another brings nothing twice.
    expect(new Set(got).size).toBe(got.length)
    const set = new Set(got)
    const met = hits.filter((hit) => set.has(hit)).length
    const sum = sums.get(kind) ?? { queries: 0, wanted: 0, met: 0, found: 0 }
    sums.set(kind, {
      queries: sum.queries + 1,
      wanted: sum.wanted + hits.length,
      met: sum.met + met,
      found: sum.found + got.length,
    })
    if (met < hits.length || got.length > hits.length)
      worst.push(`${kind} ${text}: ${met} of ${hits.length}, found ${got.length}`)
  }
  for (const [kind, { queries: asked, wanted, met, found: got }] of sums)
    console.log(`${kind}: ${asked} queries, recall ${(met / wanted).toFixed(4)}, precision ${(met / got).toFixed(4)}`)
  if (worst.length > 0) console.log(worst.slice(0, 20).join('\n'))
  for (const [kind, { wanted, met, found: got }] of sums) {
    expect([kind, met / wanted >= 0.99]).toEqual([kind, true])
    expect([kind, met / got >= 0.99]).toEqual([kind, true])
  }
})
