import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as messaging from '@heyi/contract/messaging'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { main } from '../../../cli/src/main.js'
import { startTestServer, type TestServer } from '../../test/server.js'
import { until } from '../../test/until.js'

/** The command line’s send and tail against a real server; a client’s own tests cannot start one. */
let environment: NodeJS.ProcessEnv
let folder: string

beforeEach(() => {
  environment = { ...process.env }
  folder = mkdtempSync(join(tmpdir(), 'heyi-member-'))
  process.env.XDG_CONFIG_HOME = folder
})
afterEach(() => {
  process.env = environment
  rmSync(folder, { recursive: true })
})

interface Said {
  out: string
  err: string
}

function heyi(words: string[], said: Said = { out: '', err: '' }): Promise<Said & { code: number | undefined }> {
  const into = (stream: keyof Said) => ({
    write: (text: string | Uint8Array) => {
      said[stream] += String(text)
      return true
    },
  })
  return main(words, { stdout: into('out'), stderr: into('err') }).then((code) => ({ ...said, code }))
}

async function talking(server: TestServer) {
  const [ann, bo] = [await server.member({ name: '安' }), await server.member({ name: '波' })]
  process.env.HEYI_URL = server.url
  process.env.HEYI_TOKEN = ann.token
  return { ann, bo }
}

test('send reaches somebody by account, name or id, and a conversation by its id', async () => {
  await using server = await startTestServer()
  const { bo } = await talking(server)
  const sent = await heyi(['send', '--to', bo.id, '第一条', '--json'])
  expect(sent).toMatchObject({ code: 0, err: '' })
  const { conversation, seq } = JSON.parse(sent.out)
  expect(await heyi(['send', '--to', conversation, '第二条'])).toMatchObject({ code: 0 })
  const { messages } = await server.as(bo).call(messaging.listMessages, { conversation, before: 1_000, limit: 10 })
  expect(messages.map(({ object }) => object.body)).toEqual([{ text: '第一条' }, { text: '第二条' }])
  expect(messages[0]?.object.seq).toBe(seq)
  const nobody = await heyi(['send', '--to', 'nobody', '…', '--json'])
  expect({ code: nobody.code, error: JSON.parse(nobody.err).error.code }).toEqual({ code: 1, error: 'not_found' })
  process.env.HEYI_TOKEN = 'x'.repeat(43)
  expect(await heyi(['send', '--to', bo.id, '…'])).toMatchObject({ code: 1, err: 'Sign in first\n' })
})

test('tail prints what comes, a line each, and ends after as many as asked', async () => {
  await using server = await startTestServer()
  const { ann, bo } = await talking(server)
  const { conversation } = await server.as(bo).call(messaging.openDirect, { with: ann.id })
  const say = (n: number) =>
    server.as(bo).call(messaging.sendMessage, {
      conversation: conversation.id,
      key: `key-tail-${n}`,
      message: { kind: 'text', text: `第 ${n} 条` },
    })
  await say(1)
  const said: Said = { out: '', err: '' }
  const following = heyi(['tail', conversation.id, '--count', '3', '--json'], said)
  await until(() => said.out.includes('第 1 条'))
  await say(2)
  await say(3)
  expect(await following).toMatchObject({ code: 0, err: '' })
  const lines = said.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ body }) => body.text)).toEqual(['第 1 条', '第 2 条', '第 3 条'])
  expect(lines[0]).toMatchObject({ conversation: conversation.id, sender: bo.id, name: '波' })
  const strange = await heyi(['tail', 'con_00000000000000000000', '--json'])
  expect({ code: strange.code, error: JSON.parse(strange.err).error.code }).toEqual({ code: 1, error: 'not_found' })
})

test('login keeps a token that only its owner reads, for the server that gave it', async () => {
  const { keepAccount, readAccount } = await import('../../../cli/src/account.js')
  delete process.env.HEYI_TOKEN
  delete process.env.HEYI_URL
  const file = keepAccount({ url: 'http://127.0.0.1:1', token: 'secret' })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readAccount({})).toEqual({ url: 'http://127.0.0.1:1', token: 'secret' })
  expect(() => readAccount({ url: 'http://other/' })).toThrow('Nobody is signed in at http://other/')
})
