import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readLicences } from './licences'

test('every package of docs/licences.md is read, under its licence', () => {
  const markdown = readFileSync(new URL('../../../../../../docs/licences.md', import.meta.url), 'utf8')
  const groups = readLicences(markdown)
  const lines = markdown.split('\n').filter((line) => /^\| (?!Package|---)/.test(line))
  expect(groups.flatMap(({ packages }) => packages)).toHaveLength(lines.length)
  expect(groups.find(({ licence }) => licence === 'MIT')?.packages).toContainEqual(
    expect.stringMatching(/^react \d+\./),
  )
  expect(readLicences('')).toEqual([])
})
