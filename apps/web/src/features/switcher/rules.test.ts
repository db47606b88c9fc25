import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, find, initialsOf, rank, readQuery, type Sources, sectionsFor, turnScope } from './rules'

const candidate = (title: string, more: Partial<Candidate> = {}): Candidate => ({
  kind: 'conversation',
  id: title,
  title,
  under: '',
  words: '',
  at: '2030-01-01T00:00:00.000Z',
  person: null,
  group: true,
  ...more,
})
const titles = (found: { title: string }[]) => found.map(({ title }) => title)
const marked = (text: string, one: Candidate) =>
  find(text, one)?.marks.title.map(([from, to]) => one.title.slice(from, to)) ?? null

test('a sign typed first chooses among what is looked, half or full width', () => {
  expect(readQuery('云屿')).toEqual({ scope: 'all', text: '云屿' })
  expect(readQuery('@ gnq ')).toEqual({ scope: 'people', text: 'gnq' })
  expect(readQuery('＃产品')).toEqual({ scope: 'groups', text: '产品' })
  expect(readQuery(' >')).toEqual({ scope: 'commands', text: '' })
  expect(turnScope('云屿', 1)).toBe('@云屿')
  expect(turnScope('@云屿', -1)).toBe('云屿')
  expect(turnScope('>云屿', 1)).toBe('云屿')
})

test('initials of Chinese titles, and of words', () => {
  expect(initialsOf('秋季新品上市项目组').letters).toBe('qjxpssxmz')
  expect(initialsOf('林知夏').letters).toBe('lzx')
  expect(initialsOf('Q4 复盘 Design review').letters).toBe('q4fpdr')
  expect(marked('xpss', candidate('秋季新品上市项目组'))).toEqual(['新品上市'])
  expect(marked('dr', candidate('Design review'))).toEqual(['D', 'r'])
})

test('the nearer the whole title, the better; then what was used last', () => {
  const list = [
    candidate('供应链与产品'),
    candidate('x', { under: '新产品到了' }),
    candidate('产品中心', { at: '2029-01-01T00:00:00.000Z' }),
    candidate('产品例会', { at: '2030-06-01T00:00:00.000Z' }),
    candidate('y', { words: '产品' }),
    candidate('别的'),
    candidate('产品'),
  ]
  expect(titles(rank('产品', list))).toEqual(['产品', '产品例会', '产品中心', '供应链与产品', 'y', 'x'])
  expect(titles(rank('cp', list))).toEqual(['产品例会', '产品', '产品中心', '供应链与产品'])
  expect(titles(rank('例会 产', list))).toEqual(['产品例会'])
  expect(marked('例会 产', candidate('产品例会'))).toEqual(['产', '例会'])
  expect(find('产品', candidate('x', { under: '新产品到了' }))?.marks.under).toEqual([[1, 3]])
  expect(find('规划', candidate('顾南乔', { under: '好的', words: '产品规划' }))).toMatchObject({
    under: '产品规划',
    marks: { under: [[2, 4]] },
  })
})

test('law: a mark in the title is what was typed; what holds the title’s own piece is always found', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (title, a, b) => {
      const chars = Array.from(title)
      const from = a % chars.length
      const typed = chars.slice(from, from + 1 + (b % (chars.length - from))).join('')
      const found = find(typed, candidate(title))
      expect(found).not.toBeNull()
      for (const [start, end] of found?.marks.title ?? []) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(title.length)
        expect(end).toBeGreaterThan(start)
      }
    }),
  )
})

const person = (title: string, more: Partial<Candidate> = {}) =>
  candidate(title, { kind: 'person', id: `mem_${title}`, person: `mem_${title}`, group: false, ...more })
const direct = (title: string, at: string) =>
  candidate(title, { id: `con_${title}`, person: `mem_${title}`, group: false, at })

const sources: Sources = {
  conversations: [
    candidate('产品中心', { id: 'con_1', at: '2030-01-03T00:00:00.000Z' }),
    direct('顾南乔', '2030-01-02T00:00:00.000Z'),
    candidate('设置组', { id: 'con_3', at: '2030-01-01T00:00:00.000Z' }),
  ],
  people: [person('顾南乔'), person('顾北')],
  commands: [candidate('新建群聊', { kind: 'command' }), candidate('设置', { kind: 'command' })],
  current: 'con_1',
}
const shape = (typed: string, held = sources) =>
  sectionsFor(readQuery(typed), held).map(({ name, items }) => [name, ...titles(items)])

test('with nothing typed: what was used last without the chat on screen, then commands', () => {
  expect(shape('')).toEqual([
    ['recent', '顾南乔', '设置组'],
    ['commands', '新建群聊', '设置'],
  ])
  expect(shape('@')).toEqual([['recent', '顾南乔']])
  expect(shape('#')).toEqual([['recent', '设置组']])
  expect(shape('>')).toEqual([['commands', '新建群聊', '设置']])
})

test('a person whose chat is offered is not offered again; commands lead where they fit better', () => {
  expect(shape('顾')).toEqual([
    ['conversations', '顾南乔'],
    ['people', '顾北'],
  ])
  expect(shape('设置')).toEqual([
    ['commands', '设置'],
    ['conversations', '设置组'],
    ['people', '顾南乔', '顾北'],
  ])
  expect(shape('#设置')).toEqual([['conversations', '设置组']])
  expect(shape('无', { ...sources, people: [] })).toEqual([])
})
