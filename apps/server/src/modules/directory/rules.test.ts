import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readings } from './readings.js'
import { parseTable, readMembers } from './rules/csv.js'
import {
  departmentWords,
  fitting,
  invitationState,
  isCycle,
  maskPhone,
  memberWords,
  ownerOf,
  queryParts,
  reportingLine,
  sortKey,
} from './rules.js'

const finds = async (name: string, query: string, more: { alias?: string; phone?: string } = {}) => {
  const { name: read } = await readings()
  const words = memberWords({ name, alias: '', account: null, phone: '', email: '', ...more }, read)
  return queryParts(query).every((part) => words.some(({ word }) => word.startsWith(part)))
}

test.each([
  ['林知夏', ['林知', '知夏', 'linzhixia', 'LinZhi', 'zhixia', 'lzx', 'zx', 'lin zhixia']],
  ['单翊', ['shanyi', 'danyi', 'sy', 'dy']],
  ['曾可忆', ['zeng', 'ceng', 'zky', 'cky']],
  ['尉迟青', ['yuchi', 'weichi', 'ycq', 'wcq']],
  ['解皓', ['xiehao', 'jiehao']],
  ['欧阳明', ['ouyang', 'oym', '阳明']],
  ['Daniel Whitmore', ['daniel', 'WHITMORE', 'danielw', 'dw', 'whit dan']],
  ['许伊敏 Emily', ['emily', 'xuyimin', 'xyme', '伊敏']],
  ['绿萝', ['lvluo']],
])('%s is found by all of %j', async (name, queries) => {
  for (const query of queries) expect([query, await finds(name, query)]).toEqual([query, true])
  expect(await finds(name, 'qqq')).toBe(false)
})

test('alias, phone with and without spaces, and its last four digits', async () => {
  const more = { alias: '糖糖', phone: '+86 190-0000-0024' }
  for (const query of ['糖糖', 'tt', 'tangtang', '190 0000 0024', '19000000024', '0024'])
    expect([query, await finds('唐棠', query, more)]).toEqual([query, true])
})

test('departments by any end of their name; sorting by sound, then by character', async () => {
  const read = await readings()
  const words = departmentWords('品牌设计部', read.text).map(({ word }) => word)
  expect(words).toEqual(expect.arrayContaining(['品牌设计部', '设计部', 'shejibu', 'ppsjb']))
  const names = ['周予安', '陈宇', 'Anna', '单翊', '陈屿']
  const key = (name: string) => sortKey(name, read.name)
  expect(names.sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(['Anna', '陈宇', '陈屿', '单翊', '周予安'])
})

test('whatever the name and the query, words are bounded and nothing throws', async () => {
  const { name: read } = await readings()
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 64 }), fc.string({ maxLength: 80 }), (name, query) => {
      const words = memberWords({ name, alias: name, account: name, phone: query, email: query }, read)
      expect(words.length).toBeLessThan(1_000)
      expect(new Set(words.map(({ word }) => word)).size).toBe(words.length)
      for (const { word } of words) expect([...word].length).toBeLessThanOrEqual(64)
      expect(queryParts(query).length).toBeLessThanOrEqual(6)
    }),
  )
})

test('a department cannot stand under itself, however far', () => {
  const parents = new Map([
    ['a', null],
    ['b', 'a'],
    ['c', 'b'],
  ])
  expect(isCycle('a', 'c', parents)).toBe(true)
  expect(isCycle('a', 'a', parents)).toBe(true)
  expect(isCycle('c', 'a', parents)).toBe(false)
  expect(isCycle('c', null, parents)).toBe(false)
})

test('an invitation works until it is revoked, over, or used up', () => {
  const open = { uses: 0, maxUses: 1, expiresAt: '2030-01-02T00:00:00.000Z', revokedAt: null }
  const now = '2030-01-01T00:00:00.000Z'
  expect(invitationState(open, now)).toBe('open')
  expect(invitationState({ ...open, uses: 1 }, now)).toBe('used_up')
  expect(invitationState(open, open.expiresAt)).toBe('expired')
  expect(invitationState({ ...open, revokedAt: now }, now)).toBe('revoked')
})

test('logins of one person are that person; of two, or a free account beside a known phone, a clash', () => {
  const owners = new Map([
    ['lin', 'per_1'],
    ['190', 'per_1'],
    ['191', 'per_2'],
  ])
  const account = (value: string) => ({ value, kind: 'account' })
  const phone = (value: string) => ({ value, kind: 'phone' })
  expect(ownerOf([account('new'), phone('199')], owners)).toEqual({ new: true })
  expect(ownerOf([account('lin'), phone('199')], owners)).toEqual({ person: 'per_1' })
  expect(ownerOf([phone('190')], owners)).toEqual({ person: 'per_1' })
  expect(ownerOf([account('lin'), phone('191')], owners)).toEqual({ taken: '191' })
  expect(ownerOf([account('new'), phone('190')], owners)).toEqual({ taken: '190' })
})

test('some changes always fit, and never more than a transaction may hold', () => {
  const change = fc.record({ feeds: fc.uniqueArray(fc.nat(400).map(String), { minLength: 1, maxLength: 21 }) })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 60 }), (changes) => {
      const some = fitting(changes)
      expect(some.length).toBeGreaterThan(0)
      expect(new Set(some.flatMap(({ feeds }) => feeds)).size).toBeLessThanOrEqual(100)
    }),
  )
})

test('a table with quotes, line ends inside them, tabs and a byte order mark', () => {
  expect(parseTable('\uFEFFa,b\r\n"x, ""y""","1\n2"\n\nz,\n')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x, "y"', '1\n2'] },
    { line: 5, cells: ['z', ''] },
  ])
  expect(parseTable('a\tb\n1\t2,3')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', '2,3'] },
  ])
  expect(parseTable('a\n"b')).toMatchObject({ line: 2, reason: 'quote_open' })
})

test('whatever is written as RFC 4180 is read back', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '林', ' '), maxLength: 6 })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      const read = parseTable(text)
      const kept = rows.filter((r) => r.some((c) => c.trim() !== ''))
      expect(Array.isArray(read) && read.map(({ cells }) => cells)).toEqual(kept)
    }),
  )
})

test('columns in Chinese or English, others as extra fields, department paths', () => {
  const zh = readMembers('姓名,账号,手机,部门,工号\n林知夏,LinZhiXia,190 0000 0001,产品中心/产品规划；总经办,A-7\n')
  expect(zh).toMatchObject({
    errors: [],
    members: [
      {
        line: 2,
        name: '林知夏',
        account: 'linzhixia',
        phone: '190 0000 0001',
        departments: [['产品中心', '产品规划'], ['总经办']],
        fields: { 工号: 'A-7' },
      },
    ],
  })
  expect(readMembers('Name\tEmail\tTitle\nAnn\tann@example.com\tCEO').members).toMatchObject([
    { name: 'Ann', email: 'ann@example.com', position: 'CEO' },
  ])
})

test('every line that is wrong is named, and then nothing is read', () => {
  const { members, errors } = readMembers(
    '姓名,账号,手机,邮箱,部门\n,a1,,,\n李,1bad,,,\n王,,x,,\n赵,zhao,,nope,\n孙,sun,,,a//b\n周,,,,\n吴,wu,,,,多\n好,hao,,,\n',
  )
  expect(members).toEqual([])
  expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'name_missing'],
    [3, 'account_invalid'],
    [4, 'phone_invalid'],
    [5, 'email_invalid'],
    [6, 'department_invalid'],
    [7, 'login_missing'],
    [8, 'too_many_cells'],
  ])
  expect(readMembers('账号\nx').errors).toMatchObject([{ reason: 'header_without_name' }])
  expect(readMembers('姓名,name\nx,y').errors).toMatchObject([{ reason: 'header_repeated' }])
  expect(readMembers('姓名').errors).toMatchObject([{ reason: 'empty' }])
})

test('of a phone number only the ends are shown, of a short one nothing', () => {
  expect(['190-0000-0003', '+86 190 0000 0003', '021 5555 1234', '8021', ''].map(maskPhone)).toEqual([
    '190 **** 0003',
    '190 **** 0003',
    '021 **** 1234',
    '****',
    '****',
  ])
})

test('a reporting line names the first leader of each department once, top first, and never the member', () => {
  const path = [{ leaders: ['a', 'x'] }, { leaders: [] }, { leaders: ['b'] }, { leaders: ['a'] }]
  expect(reportingLine(path, 'me')).toEqual(['a', 'b'])
  expect(reportingLine(path, 'b')).toEqual(['a'])
})
