import { expect, test } from 'vitest'
import { type Asked, filtersOf, isFiltered, readAsked, withoutFilters, writeAsked } from './rules'

const plain: Asked = withoutFilters({ text: '上海 报价', group: 'files' } as Asked)

test('what is looked for is in the address and comes back from it; what nobody knows is left out', () => {
  const asked: Asked = { ...plain, from: 'mem_1', kind: 'image', since: '2030-01-02', until: '2030-01-31' }
  expect(readAsked(new URLSearchParams(writeAsked(asked, 7)))).toEqual(asked)
  expect(writeAsked(withoutFilters({ ...plain, text: '', group: 'all' }))).toBe('')
  expect(readAsked(new URLSearchParams('?q=a&group=cats&kind=song&since=soon')).group).toBe('all')
  expect(isFiltered(readAsked(new URLSearchParams('?q=a&kind=song&since=soon')))).toBe(false)
  expect(isFiltered(asked)).toBe(true)
})

test('days are whole days of the device', () => {
  const now = new Date(2030, 0, 31, 15, 30).getTime()
  expect(filtersOf({ ...plain, time: 'today' }, now)).toMatchObject({
    after: new Date(2030, 0, 31).toISOString(),
    before: null,
  })
  expect(filtersOf({ ...plain, since: '2030-01-01', until: '2030-01-31' }, now)).toMatchObject({
    after: new Date(2030, 0, 1).toISOString(),
    before: new Date(2030, 1, 1).toISOString(),
  })
})
