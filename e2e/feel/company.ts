import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { fillConversation } from '../../apps/server/src/operator/bench/seed-store.js'
import { openPerson, type Person } from '../browser.js'
import { type Caller, write } from '../callers.js'
import { makePng } from '../picture.js'

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
  const [oldest] = await write(speaker, conversation.id, ['这是第一句'])
  const bulk = Math.max(0, count - 42)
  await fillConversation(databaseOf(dataDir), conversation.id, [speaker.member, reader.member], sentences, bulk)
  const newest = Array.from({ length: 40 }, (_, n) => {
    const file = n % 4 === 1 ? pictures[n % 3] : undefined
    return file ? { kind: 'image', file } : sentences[n % sentences.length]
  })
  await write(speaker, conversation.id, newest)
  await write(speaker, conversation.id, ['这是最后一句'], oldest)
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
