import type { HeldMessage } from '@heyi/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeChatRows, messagesOf } from './rows'

const text = (seq: number, sender: string, sentAt: string): HeldMessage => ({
  rev: seq,
  object: { seq, sender, sentAt, quote: null, state: 'sent', kind: 'text', body: { text: `${seq}` } },
})
const image = (seq: number, sender: string, sentAt: string, quote: number | null = null): HeldMessage => ({
  rev: seq,
  object: {
    seq,
    sender,
    sentAt,
    quote,
    state: 'sent',
    kind: 'image',
    body: { file: `f${seq}`, name: '', sizeBytes: 1, mime: 'image/png', width: 1, height: 1 },
  },
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
  const rows = makeChatRows()({
    messages,
    more: false,
    pending: [],
    uploads: [],
    scheduled: [],
    me: 'me',
    newAfter: 5,
    dayOf,
  })
  expect(rows.map((row) => row.head)).toEqual([true, false, true, true, true, true])
  expect(rows.map((row) => row.day !== null)).toEqual([true, false, true, false, false, false])
  expect(rows.flatMap((row) => (row.kind === 'message' && row.newLine ? [row.held.object.seq] : []))).toEqual([6])
})

test('no line where everything new is mine', () => {
  const rows = makeChatRows()({
    messages: [text(1, 'a', '2030-01-01T00:00:00Z'), text(2, 'me', '2030-01-01T00:00:01Z')],
    more: false,
    pending: [],
    uploads: [],
    scheduled: [],
    me: 'me',
    newAfter: 1,
    dayOf,
  })
  expect(rows.some((row) => row.kind === 'message' && row.newLine)).toBe(false)
})

test('pictures of one run stand in one grid; an answer, a text or the new-message line parts them', () => {
  const picture = (seq: number, quote: number | null = null) => image(seq, 'a', `2030-01-01T00:00:0${seq}Z`, quote)
  const messages = [picture(1), picture(2), picture(3, 1), picture(4), picture(5), text(6, 'a', '2030-01-01T00:00:06Z')]
  const seqs = (newAfter: number | null) =>
    makeChatRows()({ messages, more: false, pending: [], uploads: [], scheduled: [], me: 'me', newAfter, dayOf }).map(
      (row) => messagesOf(row).map(({ object }) => object.seq),
    )
  expect(seqs(null)).toEqual([[1, 2], [3], [4, 5], [6]])
  expect(seqs(1)).toEqual([[1], [2], [3], [4, 5], [6]])
})

test('rows made from the ones before are those made from nothing, and a message that stands as before has the same row', () => {
  const spoken = fc.record({
    seq: fc.integer({ min: 1, max: 40 }),
    sender: fc.constantFrom('a', 'b', 'me'),
    minute: fc.integer({ min: 0, max: 3 }),
  })
  const held = new Map<string, HeldMessage>()
  // A message is one object for as long as it says the same.
  const one = ({ seq, sender, minute }: { seq: number; sender: string; minute: number }) => {
    const key = `${seq} ${sender} ${minute}`
    const made = held.get(key) ?? text(seq, sender, `2030-01-0${1 + (seq >> 4)}T00:0${minute}:00Z`)
    held.set(key, made)
    return made
  }
  const states = fc.array(fc.record({ messages: fc.array(spoken, { maxLength: 12 }), line: fc.boolean() }), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(states, (list) => {
      const rows = makeChatRows()
      for (const { messages, line } of list) {
        const places = new Map(messages.map((message) => [message.seq, one(message)]))
        const inOrder = [...places].sort(([a], [b]) => a - b).map(([, message]) => message)
        const input = {
          messages: inOrder,
          more: false,
          pending: [],
          uploads: [],
          scheduled: [],
          me: 'me',
          newAfter: line ? 10 : null,
          dayOf,
        }
        const now = rows(input)
        expect(now).toEqual(makeChatRows()(input))
        expect(rows({ ...input, messages: [...inOrder] })).toEqual(now)
        for (const [index, row] of rows({ ...input, messages: [...inOrder] }).entries()) expect(row).toBe(now[index])
      }
    }),
  )
})

test('no row that is drawn looks different once the older messages above it are held', () => {
  const said = fc.record({ isImage: fc.boolean(), sender: fc.constantFrom('a', 'b'), hours: fc.constantFrom(0, 0, 9) })
  fc.assert(
    fc.property(fc.array(said, { minLength: 21, maxLength: 60 }), fc.nat(), (list, part) => {
      let at = Date.parse('2030-01-01T00:00:00Z')
      const messages = list.map(({ isImage, sender, hours }, index) => {
        at += hours * 3_600_000 + 1000
        return (isImage ? image : text)(index + 1, sender, new Date(at).toISOString())
      })
      const held = messages.slice(part % (messages.length - 20))
      const input = { pending: [], uploads: [], scheduled: [], me: 'me', newAfter: null, dayOf }
      const rows = makeChatRows()({ ...input, messages: held, more: true })
      const all = makeChatRows()({ ...input, messages, more: false })
      expect(rows).toEqual(rows.length === 0 ? [] : all.slice(-rows.length))
    }),
  )
})
