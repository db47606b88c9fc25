import { expect, test } from 'vitest'
import { withDuration } from './webm'

const ebml = [0x1a, 0x45, 0xdf, 0xa3, 0x80]
const segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
const scale = [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40]
const info = (...body: number[]) => [0x15, 0x49, 0xa9, 0x66, 0x80 | body.length, ...body]
const cluster = [0x1f, 0x43, 0xb6, 0x75, 0x81, 7]
const film = (...parts: number[][]) => Uint8Array.from(parts.flat())

test('the length is written into what a recorder wrote without', () => {
  const before = film(ebml, segment, info(...scale), cluster)
  const after = withDuration(before, 2_500)
  const length = [...new Uint8Array(new Float64Array([2_500]).buffer)].reverse()
  const body = [0x44, 0x89, 0x88, ...length, ...scale]
  expect([...after]).toEqual([
    ...ebml,
    ...segment,
    ...[0x15, 0x49, 0xa9, 0x66, 0x01, 0, 0, 0, 0, 0, 0, body.length],
    ...body,
    ...cluster,
  ])
  // It is there now.
  expect(withDuration(after, 9_000)).toBe(after)
})

test('what is not a film as recorders write them stays as it is', () => {
  const sized = [...segment.slice(0, 4), 0x90]
  for (const other of [film(ebml), film(ebml, sized, info(...scale)), film([1, 2, 3]), new Uint8Array(), film(segment)])
    expect(withDuration(other, 1_000)).toBe(other)
})
