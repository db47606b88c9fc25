import type { HeldMessage } from '@heyi/client'
import { expect, test } from 'vitest'
import { chatRows, messagesOf } from './rows'

const text = (seq: number, sender: string, sentAt: string): HeldMessage => ({
  rev: seq,
  object: { seq, sender, sentAt, quote: null, state: 'sent', kind: 'text', body: { text: `${seq}` } },
})
const dayOf = (iso: string) => iso.slice(0, 10)

test('a run is one sender within three minutes of the message before, on one day, not across the new-message line', () => {
  const messages = [
    text(1, 'a', '2030-01-01T23:56:00Z'),
    text(2, 'a', '2030-01-01T23:58:30Z'),
    text(3, 'a', '2030-01-02T00:00:00Z'),
    text(4, 'b', '2030-01-02T00:00:10Z'),
    text(5, 'b', '2030-01-02T00:03:11Z'),
    text(6, 'b', '2030-01-02T00:03:12Z'),
  ]
  const rows = chatRows({ messages, pending: [], uploads: [], me: 'me', newAfter: 5, dayOf })
  expect(rows.map((row) => row.head)).toEqual([true, false, true, true, true, true])
  expect(rows.map((row) => row.day !== null)).toEqual([true, false, true, false, false, false])
  expect(rows.flatMap((row) => (row.kind === 'message' && row.newLine ? [row.held.object.seq] : []))).toEqual([6])
})

test('no line where everything new is mine', () => {
  const rows = chatRows({
    messages: [text(1, 'a', '2030-01-01T00:00:00Z'), text(2, 'me', '2030-01-01T00:00:01Z')],
    pending: [],
    uploads: [],
    me: 'me',
    newAfter: 1,
    dayOf,
  })
  expect(rows.some((row) => row.kind === 'message' && row.newLine)).toBe(false)
})

test('pictures of one run stand in one grid; an answer, a text or the new-message line parts them', () => {
  const picture = (seq: number, quote: number | null = null): HeldMessage => ({
    rev: seq,
    object: {
      seq,
      sender: 'a',
      sentAt: `2030-01-01T00:00:0${seq}Z`,
      quote,
      state: 'sent',
      kind: 'image',
      body: { file: `f${seq}`, name: '', sizeBytes: 1, mime: 'image/png', width: 1, height: 1 },
    },
  })
  const messages = [picture(1), picture(2), picture(3, 1), picture(4), picture(5), text(6, 'a', '2030-01-01T00:00:06Z')]
  const seqs = (newAfter: number | null) =>
    chatRows({ messages, pending: [], uploads: [], me: 'me', newAfter, dayOf }).map((row) =>
      messagesOf(row).map(({ object }) => object.seq),
    )
  expect(seqs(null)).toEqual([[1, 2], [3], [4, 5], [6]])
  expect(seqs(1)).toEqual([[1], [2], [3], [4, 5], [6]])
})
