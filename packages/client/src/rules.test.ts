import type { Membership, Message } from '@heyi/contract/messaging'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merge, newFeed, settle, toRow, unload, windowOf } from './feed-state.js'
import { allRules, countRange, judgeFrame, looksLike, splitText, unread, unreadAndMentions } from './rules.js'

const me = 'mem_me'
const membership = (place: Partial<Membership> = {}): Membership => ({
  conversation: 'con_1',
  view: 'v',
  fromSeq: 0,
  readSeq: 0,
  muted: false,
  pinned: false,
  role: 'member',
  nickname: null,
  silenced: null,
  version: 1,
  ...place,
})
const text = (seq: number, sender: string, body: string | null, mention?: string): Message => ({
  seq,
  sender,
  quote: null,
  sentAt: '2030-01-01T00:00:00.000Z',
  kind: 'text',
  state: body === null ? 'recalled' : 'sent',
  body:
    body === null
      ? null
      : { text: body, ...(mention ? { mentions: [{ principal: mention, start: 0, length: 1 }] } : {}) },
})
const system = (seq: number): Message => ({
  seq,
  sender: 'mem_x',
  quote: null,
  sentAt: '2030-01-01T00:00:00.000Z',
  kind: 'system',
  state: 'sent',
  body: { event: 'added' },
})

/** A whole log: places grow, with gaps where other things took a rev. */
const log = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 3 }),
      sender: fc.constantFrom(me, 'mem_a', 'mem_b'),
      kind: fc.constantFrom('text', 'text', 'recalled', 'system'),
      mention: fc.constantFrom(undefined, undefined, me, 'all', 'mem_a'),
    }),
    { maxLength: 150 },
  )
  .map((entries) => {
    let seq = 0
    return entries.map(({ gap, sender, kind, mention }) => {
      seq += gap
      const object = kind === 'system' ? system(seq) : text(seq, sender, kind === 'recalled' ? null : 'hi', mention)
      return { rev: seq, object }
    })
  })
const place = fc.integer({ min: 0, max: 320 })

test('unread, from what is held above the floor and the count under it, is what the whole log says', () => {
  fc.assert(
    fc.property(log, place, place, place, fc.array(place), (all, readSeq, fromSeq, floor, hiddenSeqs) => {
      const at = membership({ readSeq, fromSeq })
      const hidden = new Set(hiddenSeqs)
      const naive = all.filter(
        ({ object }) =>
          object.seq > readSeq &&
          object.seq > fromSeq &&
          object.sender !== me &&
          object.state === 'sent' &&
          object.kind !== 'system' &&
          !hidden.has(object.seq),
      )
      const below = countRange(all, 0, floor, at, hidden, me)
      const held = all.filter(({ object }) => object.seq > floor)
      expect(unread(held, at, hidden, below, floor, me)).toBe(Math.min(100, naive.length))
      const mentioning = naive.filter(
        ({ object }) =>
          object.kind === 'text' && object.body?.mentions?.some((m) => m.principal === me || m.principal === 'all'),
      )
      expect(unreadAndMentions(held, at, hidden, below, floor, me).mentions).toBe(Math.min(100, mentioning.length))
    }),
  )
})

test('what memory lets go is still counted', () => {
  fc.assert(
    fc.property(log, place, fc.integer({ min: 1, max: 20 }), (all, readSeq, keep) => {
      const at = membership({ readSeq })
      const state = newFeed('con_1', 'v', 0)
      for (const { rev, object } of all)
        merge(state, { kind: 'message', id: String(object.seq), rev, object }, at, allRules)
      const before = unread(state.messages, at, new Set(), null, 0, me)
      unload(state, keep, at, new Set(), me)
      expect(state.messages.length).toBe(Math.min(keep, all.length))
      expect(unread(state.messages, at, new Set(), state.between, state.loaded, me)).toBe(before)
      const row = toRow(state, at, new Set(), me)
      expect(unread(row.last ? [row.last] : [], at, new Set(), row.between, row.loaded, me)).toBe(before)
    }),
  )
})

/** States of a few messages and an object; the rev decides, so no two are alike. */
const changes = fc
  .uniqueArray(fc.record({ rev: fc.integer({ min: 1, max: 60 }), about: fc.nat(5), end: fc.boolean() }), {
    selector: ({ rev }) => rev,
    maxLength: 40,
  })
  .map((all) =>
    all.map(({ rev, about, end }) => {
      if (about === 5)
        return end
          ? { kind: 'members', id: 'con_1', rev, removed: true as const }
          : { kind: 'members', id: 'con_1', rev, object: { count: rev, first: [] } }
      return { kind: 'message', id: String(about + 1), rev, object: text(about + 1, 'mem_a', end ? null : `@${rev}`) }
    }),
  )
const shuffledTwice = changes.chain((all) =>
  fc.tuple(
    fc.shuffledSubarray(all, { minLength: all.length }),
    fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }),
  ),
)

test('while a request is open, changes may come in any order and twice: the newest of each object stays', () => {
  fc.assert(
    fc.property(shuffledTwice, ([one, other]) => {
      const [a, b] = [one, other].map((order) => {
        const state = newFeed('con_1', 'v', 0)
        state.openRequests = 1
        for (const change of order) merge(state, change, undefined, allRules)
        state.openRequests = 0
        settle(state)
        return { messages: state.messages, objects: [...state.objects] }
      })
      expect(a).toEqual(b)
    }),
  )
})

test('with the newest rev no longer winning, the order decides: the law above does notice', () => {
  const rules = { ...allRules, newerRevWins: false }
  const state = newFeed('con_1', 'v', 0)
  merge(state, { kind: 'message', id: '1', rev: 9, object: text(1, 'mem_a', null) }, undefined, rules)
  merge(state, { kind: 'message', id: '1', rev: 1, object: text(1, 'mem_a', 'again') }, undefined, rules)
  expect(state.messages[0]?.object.state).toBe('sent')
})

test('a change under the floor waits for its page, and asks for the count again where it may be unread', () => {
  const state = newFeed('con_1', 'v', 10)
  state.openRequests = 1
  const recall = { kind: 'message', id: '5', rev: 12, object: text(5, 'mem_a', null) }
  expect(merge(state, recall, membership({ readSeq: 7 }), allRules)).toBe('outside')
  expect(state.recount).toBe(false)
  expect(merge(state, { ...recall, rev: 13 }, membership({ readSeq: 3 }), allRules)).toBe('outside')
  expect(state.recount).toBe(true)
  state.floor = state.loaded = 0
  const page = { kind: 'message', id: '5', rev: 5, object: text(5, 'mem_a', 'said') }
  expect(merge(state, page, undefined, allRules)).toBe('ignored')
  expect(windowOf(state)).toMatchObject([{ rev: 13, object: { state: 'recalled' } }])
})

test('frames are merged exactly when they join what is held: none is lost, none is merged twice', () => {
  const frames = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 }).map((steps) => {
    let rev = 0
    return steps.map((step) => {
      const prev = rev
      rev += step
      return { prev, rev, changes: [] }
    })
  })
  const received = frames.chain((all) =>
    fc.tuple(fc.constant(all), fc.array(fc.constantFrom(...all), { maxLength: 60 })),
  )
  fc.assert(
    fc.property(received, ([all, order]) => {
      let own = 0
      const merged = new Set<number>()
      for (const frame of order) {
        const verdict = judgeFrame(frame, own, allRules)
        if (verdict === 'drop') expect(merged.has(frame.rev)).toBe(true)
        if (verdict === 'pull') expect(frame.prev).toBeGreaterThan(own)
        if (verdict !== 'merge') continue
        expect(merged.has(frame.rev)).toBe(false)
        merged.add(frame.rev)
        own = frame.rev
      }
      expect([...merged]).toEqual(all.slice(0, merged.size).map(({ rev }) => rev))
    }),
  )
  expect(judgeFrame({ prev: 0, rev: 3 }, 0, allRules)).toBe('pull')
  expect(judgeFrame({ prev: 2, rev: 3, changes: [] }, 0, { ...allRules, prevFrame: false })).toBe('merge')
})

test('a long text is cut without losing a character, splitting a mention or a pair of surrogates', () => {
  const piece = fc.constantFrom('a', '你好', '😀', '\n', 'word ')
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 8, max: 20 }),
      fc.nat(60),
      (pieces, most, at) => {
        const whole = pieces.join('')
        const mentions = at + 6 <= whole.length ? [{ principal: 'all', start: at, length: 6 }] : []
        const parts = splitText({ kind: 'text', text: whole, mentions }, most)
        expect(parts.map((part) => part.text).join('')).toBe(whole)
        for (const part of parts) {
          expect(part.text.length).toBeGreaterThan(0)
          expect(part.text.length).toBeLessThanOrEqual(most)
          for (const { start, length } of part.mentions ?? [])
            expect(part.text.slice(start, start + length)).toBe(whole.slice(at, at + 6))
        }
        expect(parts.flatMap((part) => part.mentions ?? [])).toHaveLength(mentions.length)
      },
    ),
  )
})

test('a send is recognised by what it says, only after it was tried', () => {
  const outgoing = { kind: 'text' as const, text: 'hi' }
  expect(looksLike(text(11, me, 'hi'), outgoing, 10, me)).toBe(true)
  expect(looksLike(text(10, me, 'hi'), outgoing, 10, me)).toBe(false)
  expect(looksLike(text(11, 'mem_a', 'hi'), outgoing, 10, me)).toBe(false)
  expect(looksLike(text(11, me, null), outgoing, 10, me)).toBe(false)
})
