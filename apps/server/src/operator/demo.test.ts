import * as directory from '@heyi/contract/directory'
import * as files from '@heyi/contract/files'
import * as identity from '@heyi/contract/identity'
import * as messaging from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../test/server.js'
import { until } from '../../test/until.js'
import { rows, sql } from '../kernel/db.js'
import { writeTransaction } from '../kernel/write.js'
import { offerSampleCompany } from './demo-offer.js'
import { seedSampleCompany } from './demo-seed.js'
import { conversations, people } from './sample/index.js'

/** A session of somebody the sample made. */
async function signedIn(server: TestServer, account: string): Promise<TestMember> {
  const [found] = await rows(
    server.app.kernel.db,
    sql<{ id: string; tenantId: string; personId: string; name: string }>`
      select m.id, m.tenant_id as "tenantId", m.person_id as "personId", m.name from member m join login l on l.person_id = m.person_id where l.value = ${account}`,
  )
  if (!found) throw new Error(`nobody is ${account}`)
  const { kernel, identity } = server.app
  const origin = {
    transport: 'local' as const,
    address: '127.0.0.1',
    loopback: true,
    secure: true,
    requestId: 'test',
    open: () => true,
  }
  const call = { actor: { kind: 'operator' as const }, origin, setCookie: () => undefined }
  const session = {
    personId: found.personId,
    tenantId: found.tenantId,
    memberId: found.id,
    device: 'test',
    via: 'token' as const,
    keep: true,
  }
  const { session: sessionId, token } = await writeTransaction(kernel, (db, changes) =>
    identity.issueSession({ db, changes }, call, session),
  )
  return { ...found, account, sessionId, token: token ?? '' }
}

test('a real owner gets the sample company, and every feed in it is whole', async () => {
  await using server = await startTestServer()
  const ann = await server.member({ role: 'owner', name: '安' })
  await seedSampleCompany(server.app, ann.tenantId, { memberId: ann.id, is: null })
  await server.app.kernel.jobs.runDue()

  const { heads } = await server.as(ann).call(sync.heads, { mark: null })
  const joined = heads.filter(([feed]) => feed.startsWith('con_'))
  expect(joined.length).toBeGreaterThan(5)
  const pulled = await server
    .as(ann)
    .call(sync.pull, { feeds: joined.map(([feed]) => ({ feed, rev: null, view: null, floor: 0, take: 100 })) })
  for (const page of pulled.feeds) {
    if ('gone' in page) throw new Error('a conversation is gone')
    const [, rev, lastSeq] = joined.find(([feed]) => feed === page.feed) ?? []
    expect(page.rev).toBe(rev)
    const messages = page.changes
      .filter(({ kind }) => kind === 'message')
      .map(({ object }) => messaging.Message.parse(object))
    expect(Math.max(...messages.map(({ seq }) => seq))).toBe(lastSeq)
    expect(page.changes.map(({ kind }) => kind)).toContain('members')
    for (const message of messages) expect(message.body === null).toBe(message.state === 'recalled')
  }

  // A second time nothing happens, also where a job is tried again.
  const count = async () =>
    (await rows(server.app.kernel.db, sql<{ n: number }>`select count(*)::int as n from message`))[0]?.n
  const before = await count()
  expect(before).toBeGreaterThan(2_500)
  await seedSampleCompany(server.app, ann.tenantId, { memberId: ann.id, is: null })
  expect(await count()).toBe(before)
})

test('its people find each other, their departments, their pictures and what they have not read', async () => {
  await using server = await startTestServer()
  const boss = await server.member({ role: 'owner', name: '顾南乔' })
  await seedSampleCompany(server.app, boss.tenantId, { memberId: boss.id, is: 'gunanqiao' })
  await server.app.kernel.jobs.runDue()
  const lin = await signedIn(server, 'linzhixia')
  const as = server.as(lin)

  const { people: found } = await as.call(directory.searchDirectory, { text: 'chenyu', limit: 10 })
  expect(found.map(({ name }) => name).sort()).toEqual(['陈宇', '陈屿', '陈雨'].sort())
  const { items } = await as.call(directory.listDepartments, { parent: null, cursor: null, limit: 50 })
  expect(items.map(({ name }) => name)).toContain('产品中心')
  expect(items.every(({ leaders }) => leaders.length > 0)).toBe(true)

  const { heads } = await as.call(sync.heads, { mark: null })
  expect(heads.filter(([feed]) => feed.startsWith('con_'))).toHaveLength(
    conversations.filter(({ members }) => members.includes('linzhixia')).length,
  )
  const mine = heads.find(([feed]) => feed === lin.id)
  const { feeds } = await as.call(sync.pull, { feeds: [{ feed: lin.id, rev: null, view: null, floor: 0, take: 0 }] })
  const page = feeds[0]
  if (!page || 'gone' in page) throw new Error('no feed')
  expect(page.rev).toBe(mine?.[1])
  const memberships = page.changes
    .filter(({ kind }) => kind === 'membership')
    .map(({ object }) => messaging.Membership.parse(object))
  expect(memberships.filter(({ pinned }) => pinned)).toHaveLength(2)
  const unread = memberships.filter(
    ({ conversation, readSeq }) => readSeq < (heads.find(([feed]) => feed === conversation)?.[2] ?? 0),
  )
  expect(unread.length).toBeGreaterThan(3)
  expect(page.changes.map(({ kind }) => kind)).toContain('me')

  const group = memberships.find(({ pinned, role }) => pinned && role === 'owner') ?? memberships[0]
  const { messages } = await as.call(messaging.listMessages, {
    conversation: group?.conversation ?? '',
    before: 100_000,
    limit: 200,
  })
  const carrier = messages.find(({ object }) => object.kind === 'image' && object.body !== null)?.object
  if (carrier?.kind !== 'image' || !carrier.body) throw new Error('no picture was sent')
  const signed = await as.call(files.signUrls, {
    items: [
      {
        file: carrier.body.file,
        via: { conversation: group?.conversation ?? '', seq: carrier.seq },
        variant: 'original',
      },
    ],
  })
  const picture = await fetch(new URL(signed.items[0]?.url ?? '', server.url))
  expect(picture.status).toBe(200)
  expect((await picture.arrayBuffer()).byteLength).toBe(carrier.body.sizeBytes)
  const profiles = await as.call(directory.listProfiles, { ids: [lin.id] })
  expect(profiles.items[0]?.avatar).not.toBeNull()
})

test('the wizard’s sample data arrives by itself; a second company gets it beside the first', async () => {
  await using server = await startTestServer()
  offerSampleCompany(server.app)
  const company = {
    company: '真实公司',
    locale: 'zh-CN' as const,
    timeZone: 'Asia/Shanghai',
    name: '安',
    account: 'ann',
    password: 'correct horse',
    sampleData: true,
  }
  const token = (await server.app.identity.setupToken()) ?? ''
  const signedIn = await server.as(null).call(identity.setUp, { ...company, token, device: 'test', via: 'token' })
  const countOf = async (tenantId: string) =>
    (
      await rows(
        server.app.kernel.db,
        sql<{ n: number }>`select count(*)::int as n from member where tenant_id = ${tenantId} and state = 'active'`,
      )
    )[0]?.n
  await until(async () => (await countOf(signedIn.tenant.id)) === people.length + 1, 20_000)

  const other = await server.tenant('第二家')
  const bo = await server.member({ role: 'owner', tenant: other })
  await seedSampleCompany(server.app, other.id, { memberId: bo.id, is: null })
  expect(await countOf(other.id)).toBe(people.length + 1)
})
