import { inflateRawSync } from 'node:zlib'
import { Account, Email, Phone } from '@heyi/contract/identity'
import { expect, test } from 'vitest'
import { dayOf, instantOf, isWorkday, minuteOf } from './calendar.js'
import {
  avatars,
  company,
  conversations,
  departments,
  mainPerson,
  media,
  people,
  type SampleFile,
  sampleLaunchOn,
  sampleMessages,
} from './index.js'

const mondayMorning = '2030-10-21T02:43:00.000Z'
// A Saturday, a Monday before anybody is in, a busy afternoon, New Year's night.
const moments = [
  mondayMorning,
  '2030-06-15T07:00:00.000Z',
  '2030-03-03T23:30:00.000Z',
  '2030-08-14T08:05:30.500Z',
  '2029-12-31T17:00:00.000Z',
]
const personKeys = new Set(people.map(({ key }) => key))
const unique = (list: string[]) => expect(new Set(list).size).toBe(list.length)

test('sixty people with valid, unique accounts, addresses and numbers, one of them the owner', () => {
  expect(company.name).toContain('示例')
  expect(people).toHaveLength(60)
  for (const field of ['key', 'account', 'phone', 'email', 'name'] as const)
    unique(people.map((person) => person[field]))
  for (const person of people) {
    expect(Account.parse(person.account)).toBe(person.account)
    expect(Email.parse(person.email)).toMatch(/@qian\.example$/)
    expect(Phone.parse(person.phone)).toMatch(/^190-0000-00\d\d$/)
    expect(person.departments.length).toBeGreaterThan(0)
    for (const key of person.departments) expect(departments.map((department) => department.key)).toContain(key)
  }
  expect(people.filter(({ role }) => role === 'owner').map(({ key }) => key)).toEqual(['gunanqiao'])
  expect(personKeys).toContain(mainPerson)
})

test('departments form a tree of three levels whose leaders work in them', () => {
  unique(departments.map(({ key }) => key))
  const byKey = new Map(departments.map((department) => [department.key, department]))
  const depth = (key: string | null): number => (key === null ? 0 : 1 + depth(byKey.get(key)?.parent ?? null))
  expect(Math.max(...departments.map(({ key }) => depth(key)))).toBe(3)
  for (const [index, { key, parent, leaders }] of departments.entries()) {
    if (parent !== null) expect(departments.slice(0, index).map((above) => above.key)).toContain(parent)
    expect(leaders.length).toBeGreaterThan(0)
    // The head of the company also leads the product centre, without sitting in it.
    for (const leader of leaders.filter((one) => one !== 'gunanqiao')) {
      expect(people.find((person) => person.key === leader)?.departments).toContain(key)
    }
  }
  for (const { parent, position, key } of departments) {
    expect(
      departments.filter((other) => other.parent === parent && other.position === position).map((other) => other.key),
    ).toEqual([key])
  }
})

test('twenty conversations of people who exist', () => {
  expect(conversations).toHaveLength(20)
  unique(conversations.map(({ key }) => key))
  for (const { kind, members, owner, admins, name } of conversations) {
    unique(members)
    for (const key of members) expect(personKeys).toContain(key)
    for (const key of admins) expect(members).toContain(key)
    if (kind === 'direct') expect([members.length, owner, name]).toEqual([2, null, ''])
    else expect(members[0]).toBe(owner)
  }
  const sizeOf = (key: string) => conversations.find((conversation) => conversation.key === key)?.members.length
  expect([sizeOf('launch'), sizeOf('everyone')]).toEqual([15, 60])
})

test.each(moments)('at %s: messages by members, in order, never in the future, within sixty days', (now) => {
  const messages = sampleMessages(now)
  expect(messages.length).toBeGreaterThanOrEqual(2800)
  expect(messages.length).toBeLessThanOrEqual(3200)
  expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort())
  const first = Date.parse(messages[0]?.at ?? now)
  expect(Date.parse(now) - first).toBeLessThan(64 * 86_400_000)
  expect((messages.at(-1)?.at ?? '') <= now).toBe(true)

  for (const conversation of conversations) {
    const said = messages.filter((message) => message.conversation === conversation.key)
    expect(said.length).toBeGreaterThan(30)
    for (const [place, message] of said.entries()) {
      expect(conversation.members).toContain(message.sender)
      if (place > 0) expect(message.at > (said[place - 1]?.at ?? '')).toBe(true)
      if (message.quote !== undefined) {
        expect(message.quote).toBeGreaterThanOrEqual(0)
        expect(message.quote).toBeLessThan(place)
        expect(said[message.quote]?.recalled).toBeUndefined()
      }
      expect(isWorkday(dayOf(Date.parse(message.at)))).toBe(true)
      expect(minuteOf(Date.parse(message.at))).toBeGreaterThanOrEqual(9 * 60)
      expect(minuteOf(Date.parse(message.at))).toBeLessThanOrEqual(20 * 60)
    }
  }
})

test('a message is either a text or a picture or file that exists; mentions sit where they say', () => {
  const nameOf = new Map(people.map(({ key, name }) => [key, name]))
  let mentions = 0
  for (const message of sampleMessages(mondayMorning)) {
    if (message.kind === 'text') {
      expect(message.text?.trim()).toBeTruthy()
      expect(message.text).not.toMatch(/[{}[\]]|undefined|NaN/)
      expect(message.media).toBeUndefined()
    } else {
      expect(message.text).toBeUndefined()
      expect(media.find(({ key }) => key === message.media)?.kind).toBe(message.kind)
    }
    for (const { person, start, length } of message.mentions ?? []) {
      mentions++
      const written = message.text?.slice(start, start + length)
      if (person === 'all') expect(['@所有人', '@all']).toContain(written)
      else expect(written).toBe(`@${nameOf.get(person)}`)
    }
  }
  expect(mentions).toBeGreaterThan(50)
})

test('the same moment tells the same story, another one moves it', () => {
  expect(sampleMessages(mondayMorning)).toEqual(sampleMessages(mondayMorning))
  expect(sampleMessages(moments[3] ?? '')).not.toEqual(sampleMessages(mondayMorning))
  expect(new Date(sampleLaunchOn(mondayMorning)).getUTCDay()).toBe(5)
})

test('it sounds alive: many voices, no parrots, everything a chat can do', () => {
  const messages = sampleMessages(mondayMorning)
  expect(new Set(messages.map(({ sender }) => sender)).size).toBe(60)
  const times = new Map<string, number>()
  for (const { text = '' } of messages) if (text.length > 8) times.set(text, (times.get(text) ?? 0) + 1)
  expect([...times].filter(([, count]) => count > 3)).toEqual([])
  expect(messages.filter(({ recalled }) => recalled).length).toBeGreaterThan(5)
  expect(messages.filter(({ quote }) => quote !== undefined).length).toBeGreaterThan(150)
  expect(messages.filter(({ text }) => text?.includes('https://')).length).toBeGreaterThan(20)
  for (const { text } of messages) expect(text ?? '').not.toMatch(/https?:\/\/(?![\w.-]+\.example\/)/)
  const used = new Set(messages.map((message) => message.media))
  expect(media.filter(({ key }) => !used.has(key)).map(({ key }) => key)).toEqual([])
})

test('the project group ends with the poster', () => {
  const said = sampleMessages(mondayMorning).filter(({ conversation }) => conversation === 'launch')
  const [poster, last] = said.slice(-2)
  expect(poster).toMatchObject({ sender: 'zhouyuan', kind: 'file', media: 'poster-v2' })
  expect(last).toMatchObject({
    sender: 'zhouyuan',
    text: '海报第二版好了，大家看看 @所有人',
    mentions: [{ person: 'all', start: 13, length: 4 }],
  })
  expect(said.findLast(({ sender }) => sender === 'linzhixia')?.quote).toBe(said.length - 11)
  expect(Date.parse(last?.at ?? '')).toBe(instantOf(dayOf(Date.parse(mondayMorning)), 10 * 60 + 42))
})

test('pictures are SVG with a size, two thirds of the people have one of themselves', () => {
  const pictures = media.filter((one) => one.kind === 'image')
  expect(pictures).toHaveLength(12)
  for (const { svg, width, height } of pictures) {
    expect(svg).toMatch(/^<svg .*<\/svg>$/)
    expect(svg).toContain(`width="${width}" height="${height}"`)
    expect(svg).not.toMatch(/NaN|undefined/)
  }
  expect(avatars.size).toBeGreaterThanOrEqual(38)
  for (const key of avatars.keys()) expect(personKeys).toContain(key)
})

const filesOf = (mime: string): SampleFile[] =>
  media.filter((one) => one.kind === 'file').filter((one) => one.mime === mime)

test.each(filesOf('application/pdf'))(
  '$name is a PDF whose cross-reference table points at its objects',
  ({ bytes }) => {
    const text = Buffer.from(bytes()).toString('latin1')
    expect(text).toMatch(/^%PDF-1\.4\n/)
    expect(text).toMatch(/%%EOF\n$/)
    const start = Number(/startxref\n(\d+)\n%%EOF/.exec(text)?.[1])
    const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [fn] \n)+)trailer\n<< \/Size (\d+) /.exec(text.slice(start))
    const entries = table?.[2]?.match(/.{19}\n/g) ?? []
    expect([Number(table?.[1]), Number(table?.[3])]).toEqual([entries.length, entries.length])
    entries
      .slice(1)
      .forEach((entry, i) => expect(text.slice(Number(entry.slice(0, 10)))).toMatch(new RegExp(`^${i + 1} 0 obj\n`)))
    for (const [, length, stream] of text.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
      expect(stream?.length).toBe(Number(length))
  },
)

test.each(filesOf('application/zip'))('$name is a ZIP whose central directory leads to every entry', ({ bytes }) => {
  const zip = Buffer.from(bytes())
  const end = zip.length - 22
  expect(zip.readUInt32LE(end)).toBe(0x06054b50)
  let at = zip.readUInt32LE(end + 16)
  expect(at + zip.readUInt32LE(end + 12)).toBe(end)
  const count = zip.readUInt16LE(end + 10)
  expect(count).toBeGreaterThan(1)
  for (let i = 0; i < count; i++) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50)
    const [method, packed, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)]
    const nameLength = zip.readUInt16LE(at + 28)
    const local = zip.readUInt32LE(at + 42)
    expect(zip.readUInt32LE(local)).toBe(0x04034b50)
    expect(zip.subarray(local + 14, local + 28)).toEqual(zip.subarray(at + 16, at + 30))
    const data = zip.subarray(local + 30 + nameLength, local + 30 + nameLength + packed)
    expect((method === 8 ? inflateRawSync(data) : data).length).toBe(size)
    at += 46 + nameLength
  }
  expect(at).toBe(end)
})

test('every file gives the same bytes twice, and none is empty', () => {
  for (const file of media.filter((one) => one.kind === 'file')) {
    expect(file.bytes().length).toBeGreaterThan(300)
    expect(file.bytes()).toEqual(file.bytes())
  }
})
