import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { fillConversation } from '../../apps/server/src/operator/bench/seed-store.js'
import { openPerson, type Person } from '../browser.js'
import { makePng } from '../picture.js'

export interface Caller {
  member: string
  name: string
  call<T>(operation: string, input: unknown): Promise<T>
  upload(name: string, bytes: Buffer): Promise<string>
}

/** People of the sample company, signed in over the API. */
export async function signInAll(url: string): Promise<Caller[]> {
  const call = async <T>(operation: string, input: unknown, token?: string): Promise<T> => {
    const answer = await fetch(`${url}/api/${operation}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'request-id': randomUUID(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(input),
    })
    if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const { demoSignIns } = await call<{ demoSignIns: { member: string; name: string }[] }>(
    'identity.getInstallation',
    {},
  )
  return Promise.all(
    demoSignIns.map(async ({ member, name }) => {
      const { token } = await call<{ token: string }>('identity.signInDemo', { member, device: 'feel', via: 'token' })
      return {
        member,
        name,
        call: <T>(operation: string, input: unknown) => call<T>(operation, input, token),
        upload: (file: string, bytes: Buffer) => upload(url, token, file, bytes),
      }
    }),
  )
}

/** One tus upload in two requests. */
async function upload(url: string, token: string, name: string, bytes: Buffer): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const made = await fetch(`${url}/upload`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')},filetype ${Buffer.from('image/png').toString('base64')}`,
    },
  })
  const address = new URL(made.headers.get('location') ?? '', url)
  const done = await fetch(address, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  const id = done.headers.get('heyi-file')
  if (!id) throw new Error(`upload of ${name}: ${done.status} ${await done.text()}`)
  return id
}

const sentences = [
  '好的，收到。',
  '样品已经到仓库了，明天上午可以看。',
  '云屿沙发的面料换成了耐磨款，报价单里第三行要改，麻烦一起更新到 https://example.com/quote/7 里。',
  'The container leaves Ningbo on Thursday; documents follow by mail.',
  '这周的排期我整理了一下：周一打样，周二复尺，周三到周四两天拍摄，周五上午定稿，下午开会对一遍，有冲突的地方请在今天下班之前告诉我，我来协调。',
  '👌',
  '昨天客户问到交期，我答的是四周，如果工厂那边有变化请马上说。另外，展厅的灯光要在周末之前调好，摄影师周一九点到。',
]

/** The database inside the program's data folder. */
const databaseOf = (dataDir: string) => ({
  host: join(dataDir, 'run'),
  port: 5432,
  user: 'heyi',
  password: readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim(),
  database: 'heyi',
})

/**
 * A group with so many messages of two people: texts of all lengths by SQL, then pictures of three shapes among the newest
 * by the API; the newest answers the oldest. Resolves with its id.
 */
export async function writeLong(people: Caller[], count: number, dataDir: string): Promise<string> {
  const [reader, speaker] = people
  if (!reader || !speaker) throw new Error('the sample company has too few sign-ins')
  const members = people.slice(0, 6).flatMap((one) => (one === speaker ? [] : [one.member]))
  const { conversation } = await speaker.call<{ conversation: { id: string } }>('messaging.createGroup', {
    name: '五万条消息',
    members,
  })
  const sizes = [
    [320, 240],
    [200, 400],
    [640, 200],
  ] as const
  const pictures = await Promise.all(
    sizes.map(([width, height]) => speaker.upload(`样图 ${width}×${height}.png`, makePng(width, height))),
  )
  let sent = 0
  const send = (message: unknown, quote?: number) =>
    speaker.call<{ seq: number }>('messaging.sendMessage', {
      conversation: conversation.id,
      key: `feel-${++sent}-${conversation.id.slice(-12)}`,
      message,
      ...(quote && { quote }),
    })
  const oldest = await send({ kind: 'text', text: '这是第一句' })
  const bulk = Math.max(0, count - 42)
  await fillConversation(databaseOf(dataDir), conversation.id, [speaker.member, reader.member], sentences, bulk)
  for (let n = 0; n < 40; n++) {
    const file = n % 4 === 1 ? pictures[n % 3] : undefined
    await send(file ? { kind: 'image', file } : { kind: 'text', text: sentences[n % sentences.length] })
  }
  await send({ kind: 'text', text: '这是最后一句' }, oldest.seq)
  return conversation.id
}

/** A browser of this person, signed in and looking at the inbox. */
export async function openAs(browser: Browser, url: string, name: string): Promise<Person> {
  const person = await openPerson(browser)
  // What tsx puts around functions that have names is not there in a page.
  await person.context.addInitScript('globalThis.__name ??= (made) => made')
  await person.page.goto(`${url}/signin`)
  await person.page.getByRole('button', { name: new RegExp(name) }).click()
  await person.page.getByRole('list', { name: '会话列表' }).getByRole('listitem').first().waitFor()
  return person
}
