import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as identity from '@heyi/contract/identity'
import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/notifications'
import * as rest from '@heyi/contract/rest'
import { expect, test } from 'vitest'
import { isSignedBy, type PushService, startPushService } from '../../../test/push-service.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { row, sql } from '../../kernel/db.js'

// A Monday, 10:00 in Shanghai; in the past, for the outbox is kept an hour by the clock of the test, and written by the
// database's own.
const now = '2024-01-08T02:00:00.000Z'
const env = { HEYI_CALL_INSIDE: 'on' }

let serial = 0
async function say(server: TestServer, by: TestMember, conversation: string, text: string, mentions: string[] = []) {
  const message = {
    kind: 'text' as const,
    text,
    mentions: mentions.map((principal) => ({ principal: principal as 'all', start: 0, length: 1 })),
  }
  const key = `notified-${++serial}`
  return (await server.as(by).call(messaging.sendMessage, { conversation, key, message })).seq
}

async function direct(server: TestServer, a: TestMember, b: TestMember): Promise<string> {
  return (await server.as(a).call(messaging.openDirect, { with: b.id })).conversation.id
}

/** Everything committed so far was decided about. */
async function looked(server: TestServer): Promise<void> {
  const { db, outbox } = server.app.kernel
  const left = sql`select 1 from outbox o join outbox_reader r on r.name = 'notifications' and o.xid >= r.mark limit 1`
  await until(async () => {
    await outbox.readAll()
    return (await row(db, left)) === undefined
  })
}

/** The same, and its grace is over. */
async function decided(server: TestServer): Promise<void> {
  await looked(server)
  server.clock.pass(4)
}

const subscribe = (server: TestServer, who: TestMember, push: PushService, name: string) =>
  server.as(who).call(ops.subscribePush, push.browser(name).subscription)
const ledger = async (server: TestServer, who: TestMember) =>
  (await server.as(who).call(ops.listLedger, { cursor: null, limit: 50 })).items
const explain = (server: TestServer, who: TestMember, conversation: string, seq: number) =>
  server.as(who).call(ops.explainNotification, { conversation, seq })

/** The first look of a reader only finds its place. */
async function start(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer({ now, ...options, env: { ...env, ...options.env } })
  await server.app.kernel.outbox.readAll()
  return server
}

test('a message reaches a closed browser encrypted and signed; what it did is in the ledger', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo] = [await server.member({ name: '安' }), await server.member({ name: '博' })]
  const { publicKey, devices } = await subscribe(server, bo, push, 'phone')
  expect(devices).toMatchObject([{ name: 'phone', level: 'all', current: true, lastAcceptedAt: null }])
  expect(publicKey).toBe((await server.as(ann).call(ops.getNotificationSettings, {})).publicKey)
  const conversation = await direct(server, ann, bo)
  const seq = await say(server, ann, conversation, '海报第二版好了')
  await decided(server)
  const { payload, headers } = await until(() => push.pushed[0])
  expect(payload).toMatchObject({
    title: '安',
    body: '海报第二版好了',
    tag: conversation,
    path: `/chat/${conversation}`,
  })
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' })
  expect(isSignedBy(headers, publicKey)).toBe(true)
  const entry = await until(async () => (await ledger(server, bo)).find(({ state }) => state === 'accepted'))
  expect(entry).toMatchObject({ id: payload.id, seq, reason: 'direct', channel: 'push', target: 'phone', count: 1 })
  // The sender has no device, so nothing was written for them.
  expect(await ledger(server, ann)).toEqual([])

  // The device says what it did; nobody else can.
  await server.as(ann).call(ops.reportNotification, { id: payload.id, what: 'opened' })
  expect((await ledger(server, bo))[0]?.state).toBe('accepted')
  await server.as(bo).call(ops.reportNotification, { id: payload.id, what: 'shown' })
  await server.as(bo).call(ops.reportNotification, { id: payload.id, what: 'opened' })
  await server.as(bo).call(ops.reportNotification, { id: payload.id, what: 'shown' })
  expect((await ledger(server, bo))[0]).toMatchObject({ state: 'opened', shownAt: server.clock.now() })
  const settings = await server.as(bo).call(ops.getNotificationSettings, {})
  expect(settings.devices[0]).toMatchObject({ lastShownAt: server.clock.now() })
  expect(await explain(server, bo, conversation, seq)).toMatchObject({
    outcome: 'tell',
    reason: 'direct',
    devices: 1,
    unread: true,
    unreadBecause: 'new',
    entries: [{ id: payload.id }],
  })
})

test('what was read within moments, recalled or left is not sent; a device that is gone is forgotten', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo] = [await server.member(), await server.member()]
  await subscribe(server, bo, push, 'phone')
  const conversation = await direct(server, ann, bo)
  const read = await say(server, ann, conversation, '一')
  await looked(server)
  await server.as(bo).call(messaging.markRead, { conversation, seq: read })
  const recalled = await say(server, ann, conversation, '二')
  await looked(server)
  await server.as(ann).call(messaging.recallMessage, { conversation, seq: recalled })
  await decided(server)
  await until(async () => (await ledger(server, bo)).filter(({ state }) => state === 'dropped').length === 2)
  expect(push.pushed).toEqual([])

  // The push service says that the browser is no longer there.
  push.answers.set('phone', 410)
  await say(server, ann, conversation, '三')
  await decided(server)
  await until(async () => (await ledger(server, bo))[0]?.failure === 'device_gone')
  expect((await server.as(bo).call(ops.getNotificationSettings, {})).devices).toEqual([])
  // Whoever was signed out is told nothing any more.
  push.answers.clear()
  await subscribe(server, bo, push, 'phone')
  const before = push.pushed.length
  await say(server, ann, conversation, '四')
  await looked(server)
  await server.as(bo).call(identity.signOut, {})
  server.clock.pass(4)
  const { db } = server.app.kernel
  const gone = () => row(db, sql`select 1 from push_device`)
  await until(async () => (await gone()) === undefined)
  expect(push.pushed.length).toBe(before)
})

test('a push service that is busy is asked again', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo] = [await server.member(), await server.member()]
  await subscribe(server, bo, push, 'phone')
  push.answers.set('phone', 503)
  await say(server, ann, await direct(server, ann, bo), '喂')
  await decided(server)
  await until(async () => (await ledger(server, bo))[0]?.failure === 'status 503')
  push.answers.clear()
  server.clock.pass(10)
  await until(() => push.pushed[0])
  await until(async () => (await ledger(server, bo))[0]?.state === 'accepted')
})

test('levels of conversations and devices, keywords and @all decide who is told, and the page says why', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo, cy] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  await subscribe(server, bo, push, 'bo')
  const members = [bo.id, cy.id]
  const group = (await server.as(ann).call(messaging.createGroup, { name: '项目组', members })).conversation.id
  const bodies = () => push.pushed.map(({ payload }) => payload.body.split('：').at(-1))
  const setLevel = (level: ops.Level) => server.as(bo).call(ops.setLevel, { conversation: group, level })
  const membership = async () =>
    (await server.as(bo).call(messaging.getConversation, { conversation: group })).membership

  await setLevel('mentions')
  expect((await membership()).muted).toBe(true)
  await server.as(bo).call(ops.updateNotificationSettings, { keywords: ['批次', '批次'] })
  await server.as(ann).call(ops.setNotificationPolicy, { everybody: 'heads', digestHours: 24, dailyCap: 5 })
  const plain = await say(server, ann, group, '早')
  await say(server, ann, group, '@博 看看', [bo.id])
  await say(server, cy, group, '新批次到了')
  await say(server, cy, group, '@所有人 开会', ['all'])
  await decided(server)
  await until(() => push.pushed.length === 2)
  expect(new Set(bodies())).toEqual(new Set(['@博 看看', '新批次到了']))
  expect(await explain(server, bo, group, plain)).toMatchObject({
    outcome: 'skip',
    reason: 'level_mentions',
    level: 'mentions',
    entries: [],
    unread: true,
  })

  await setLevel('none')
  await say(server, ann, group, '@博 还在吗', [bo.id])
  const silent = await looked(server).then(() => ledger(server, bo))
  expect(silent).toHaveLength(2)
  await setLevel('all')
  expect((await membership()).muted).toBe(false)
  const { id: device } = (await server.as(bo).call(ops.getNotificationSettings, {})).devices[0] ?? { id: '' }
  await server.as(bo).call(ops.updateDevice, { device, level: 'mentions', content: false })
  await say(server, ann, group, '都看得到吗')
  await say(server, ann, await direct(server, ann, bo), '私下说')
  await decided(server)
  await until(() => push.pushed.length === 3)
  expect(push.pushed.at(-1)?.payload).toMatchObject({ title: '合一', body: '你有一条新消息' })
  await expect(server.as(cy).call(ops.updateDevice, { device, level: 'none' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a notification says where an answer to it goes, for who may answer and sees what was said', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo] = [await server.member({ name: '安' }), await server.member({ name: '博' })]
  await subscribe(server, bo, push, 'phone')
  const group = (await server.as(ann).call(messaging.createGroup, { name: '项目', members: [bo.id] })).conversation.id
  const told = async (seq: number) => {
    await decided(server)
    const { payload } = await until(() => push.pushed[seq])
    return payload
  }
  const root = await say(server, ann, group, '下午几点开会')
  expect(await told(0)).toMatchObject({ lang: 'zh-CN', reply: { conversation: group, root: null, member: bo.id } })
  await server.as(bo).call(messaging.sendMessage, {
    conversation: group,
    key: 'of-the-thread',
    message: { kind: 'text', text: '三点' },
    root,
  })
  await server.as(ann).call(messaging.sendMessage, {
    conversation: group,
    key: 'of-the-thread',
    message: { kind: 'text', text: '好' },
    root,
  })
  expect((await told(1)).reply).toEqual({ conversation: group, root, member: bo.id })

  // Where only some may speak the others have nothing to answer with, nor whoever is told without words.
  await server.as(ann).call(messaging.updateGroup, { conversation: group, muteAll: true })
  await say(server, ann, group, '通知：三点开会')
  const muted = await told(2)
  expect(muted.body).toContain('三点开会')
  expect(muted.reply).toBeUndefined()
  await server.as(ann).call(messaging.updateGroup, { conversation: group, muteAll: false })
  await server.as(ann).call(messaging.silenceMember, { conversation: group, member: bo.id, seconds: 600 })
  await say(server, ann, group, '先听我说')
  expect((await told(3)).reply).toBeUndefined()
  await server.as(ann).call(messaging.endSilence, { conversation: group, member: bo.id })
  const { id: device } = (await server.as(bo).call(ops.getNotificationSettings, {})).devices[0] ?? { id: '' }
  await server.as(bo).call(ops.updateDevice, { device, content: false })
  await say(server, ann, group, '看得见吗')
  expect((await told(4)).reply).toBeUndefined()
  await server.as(bo).call(ops.testDevice, { device })
  expect((await told(5)).reply).toBeUndefined()
})

test('a large group costs a row only for who has a device', async () => {
  await using push = await startPushService()
  await using server = await start()
  const ann = await server.member()
  const others = await Promise.all(Array.from({ length: 40 }, () => server.member()))
  const members = others.map(({ id }) => id)
  const group = (await server.as(ann).call(messaging.createGroup, { name: '全员', members })).conversation.id
  const count = async () =>
    (await row(server.app.kernel.db, sql<{ n: number }>`select count(*) as n from notification`))?.n
  await say(server, ann, group, '大家好')
  await decided(server)
  expect(await count()).toBe(0)
  const [bo] = others
  if (!bo) throw new Error('nobody')
  await subscribe(server, bo, push, 'bo')
  await say(server, ann, group, '大家好')
  await decided(server)
  await until(() => push.pushed[0])
  expect(await count()).toBe(1)
})

test('what comes while somebody rests is one summary when the rest ends; who was chosen passes', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member({ name: '陈' })]
  await subscribe(server, bo, push, 'bo')
  const [withAnn, withCy] = [await direct(server, ann, bo), await direct(server, cy, bo)]
  await server.as(bo).call(rest.updateRest, { chosen: [cy.id], passChosen: true })
  const end = '2024-01-08T03:00:00.000Z'
  await server.as(bo).call(rest.setRest, { until: end })
  const first = await say(server, ann, withAnn, '一')
  await say(server, ann, withAnn, '二')
  await say(server, cy, withCy, '急')
  await decided(server)
  await until(() => push.pushed[0])
  expect(push.pushed.map(({ payload }) => payload.body)).toEqual(['急'])
  expect(await explain(server, bo, withAnn, first)).toMatchObject({
    outcome: 'hold',
    reason: 'resting',
    resting: true,
    entries: [{ state: 'held', channel: null }],
  })
  server.clock.set(end)
  await until(() => push.pushed[1])
  expect(push.pushed[1]?.payload).toMatchObject({ title: '欢迎回来', tag: 'heyi' })
  expect(push.pushed[1]?.payload.body).toContain('2 条消息，来自 1 个会话')
  const states = async () => (await ledger(server, bo)).map(({ state, reason }) => `${reason} ${state}`)
  await until(async () => (await states()).includes('summary accepted'))
  expect((await states()).sort()).toEqual([
    'direct accepted',
    'resting released',
    'resting released',
    'summary accepted',
  ])

  // Ended early, the summary comes early; what was read meanwhile is in none.
  await server.as(bo).call(rest.setRest, { until: '2024-01-08T09:00:00.000Z' })
  const third = await say(server, ann, withAnn, '三')
  await say(server, ann, withAnn, '四')
  await decided(server)
  await until(async () => (await ledger(server, bo)).filter(({ state }) => state === 'held').length === 2)
  await server.as(bo).call(messaging.markRead, { conversation: withAnn, seq: third })
  await server.as(bo).call(rest.setRest, { until: null })
  await until(() => push.pushed[2])
  expect(push.pushed[2]?.payload.body).toContain('1 条消息，来自 1 个会话')
  expect(push.pushed).toHaveLength(3)
})

test('new hours of the company end rests at once, and what was held comes', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo] = [await server.member({ role: 'owner' }), await server.member()]
  await subscribe(server, bo, push, 'bo')
  // A Monday at 10:00: the company works in the evening only, for now.
  const week = (from: string, to: string) => Array.from({ length: 7 }, () => ({ from, to }))
  await server.as(ann).call(rest.setRestPolicy, { week: week('20:00', '22:00'), urgent: 'duty' })
  await say(server, ann, await direct(server, ann, bo), '一')
  await decided(server)
  await until(async () => (await ledger(server, bo))[0]?.state === 'held')
  await server.as(ann).call(rest.setRestPolicy, { week: week('09:00', '18:00'), urgent: 'duty' })
  expect((await until(() => push.pushed[0])).payload.title).toBe('欢迎回来')
})

test('an address of one’s own is called as it was written; inside addresses are refused', async () => {
  const calls: { url: string; method: string; body: string }[] = []
  const gateway = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      calls.push({ url: request.url ?? '', method: request.method ?? '', body })
      if (request.url?.startsWith('/away')) response.writeHead(302, { location: '/secret' })
      response.end(request.url?.startsWith('/wecom') ? '{"errcode":93000}' : '{"errcode":0}')
    })
  })
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  try {
    await using server = await start()
    const [ann, bo] = [await server.member({ name: '安' }), await server.member()]
    const add = (name: string, url: string, body: string) =>
      server.as(bo).call(ops.addChannel, { name, url, body, level: 'all', content: true })
    await add('bark', `${base}/bark/{title}/{text}`, '')
    await add('gotify', `${base}/gotify`, '{"title":"{title}","message":"{text}"}')
    await add('wecom', `${base}/wecom`, '{"text":"{text}"}')
    await add('away', `${base}/away`, '')
    await say(server, ann, await direct(server, ann, bo), '"引号" 和 / 斜杠')
    await decided(server)
    await until(() => calls.length === 4)
    expect(calls.find(({ url }) => url.startsWith('/bark'))).toEqual({
      url: `/bark/${encodeURIComponent('安')}/${encodeURIComponent('"引号" 和 / 斜杠')}`,
      method: 'GET',
      body: '',
    })
    expect(JSON.parse(calls.find(({ url }) => url === '/gotify')?.body ?? '')).toEqual({
      title: '安',
      message: '"引号" 和 / 斜杠',
    })
    const states = async () =>
      Object.fromEntries((await ledger(server, bo)).map(({ target, state, failure }) => [target, failure ?? state]))
    await until(async () => Object.values(await states()).every((state) => state !== 'queued' && state !== 'sending'))
    expect(await states()).toEqual({
      bark: 'accepted',
      gotify: 'accepted',
      wecom: 'errcode 93000',
      away: 'status 302',
    })
    expect(calls.some(({ url }) => url === '/secret')).toBe(false)
    const { channels } = await server.as(bo).call(ops.getNotificationSettings, {})
    expect(channels.find(({ name }) => name === 'wecom')?.lastFailure).toBe('errcode 93000')
    await add('fifth', `${base}/fifth`, '')
    await expect(add('sixth', `${base}/sixth`, '')).rejects.toMatchObject({ code: 'too_many_channels' })
    await expect(server.as(ann).call(ops.removeChannel, { channel: channels[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'not_found',
    })
  } finally {
    gateway.close()
  }
})

test('without the operator’s leave nothing inside can be called, by number or by name', async () => {
  await using push = await startPushService()
  await using server = await start({ env: { HEYI_CALL_INSIDE: 'off' } })
  const [ann, bo] = [await server.member(), await server.member()]
  const add = (url: string) =>
    server.as(bo).call(ops.addChannel, { name: 'x', url, body: '', level: 'all', content: true })
  for (const url of [
    'http://127.0.0.1/',
    'http://10.1.2.3/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://169.254.169.254/latest',
    'http://localhost:7300/',
    'http://box.internal/',
  ])
    await expect(add(url), url).rejects.toMatchObject({ code: 'channel_invalid' })
  await expect(subscribe(server, bo, push, 'phone')).rejects.toMatchObject({ code: 'channel_invalid' })
  // A name that turns out to mean this machine is refused when it is called.
  await add('http://example.com/{text}')
  await sql`update own_channel set url = 'http://localhost:1/{text}'`.execute(server.app.kernel.db)
  await say(server, ann, await direct(server, ann, bo), '喂')
  await decided(server)
  await until(async () => (await ledger(server, bo))[0]?.failure === 'inside_address')
})

test('a test reaches the device it is meant for, and only its owner can ask for it', async () => {
  await using push = await startPushService()
  await using server = await start()
  const [ann, bo] = [await server.member(), await server.member()]
  const { devices } = await subscribe(server, bo, push, 'bo')
  const device = devices[0]?.id ?? ''
  await expect(server.as(ann).call(ops.testDevice, { device })).rejects.toMatchObject({ code: 'not_found' })
  const { id } = await server.as(bo).call(ops.testDevice, { device })
  expect((await until(() => push.pushed[0])).payload).toMatchObject({ id, title: '合一', tag: 'heyi-test' })
  expect((await server.as(bo).call(ops.removeDevice, { device })).devices).toEqual([])
})
