import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide, deviceHears, type Facts, fillBody, fillUrl, hasWord } from './rules.js'

const facts = (
  given: Partial<Omit<Facts, 'message' | 'place'>> & {
    message?: Partial<Facts['message']>
    place?: Facts['place']
  } = {},
): Facts => ({
  me: 'mem_me',
  silent: false,
  keywords: [],
  policy: { everybody: 'everyone' },
  resting: false,
  reachable: true,
  threadSeq: null,
  ...given,
  message: {
    seq: 10,
    sender: 'mem_bo',
    kind: 'text',
    state: 'sent',
    text: '面料批次报告',
    mentions: [],
    root: null,
    byHead: false,
    direct: false,
    ...given.message,
  },
  place: given.place === undefined ? { readSeq: 5, fromSeq: 1, muted: false } : given.place,
})
const muted = { readSeq: 5, fromSeq: 1, muted: true }
const why = (given: Parameters<typeof facts>[0]) => {
  const { outcome, reason } = decide(facts(given))
  return `${outcome} ${reason}`
}

test('of a thread hear those who follow it, from their place in it, and whoever is named', () => {
  const reply = { seq: 10, root: 2 }
  expect(why({ message: reply })).toBe('skip thread_not_followed')
  expect(why({ message: reply, threadSeq: 9 })).toBe('tell message')
  expect(why({ message: reply, threadSeq: 10 })).toBe('skip already_read')
  // The place in the conversation says nothing of the thread.
  expect(why({ message: reply, threadSeq: 9, place: { readSeq: 20, fromSeq: 1, muted: false } })).toBe('tell message')
  expect(why({ message: reply, threadSeq: 9, place: muted })).toBe('skip level_mentions')
  expect(why({ message: { ...reply, mentions: ['mem_me'] } })).toBe('tell mention')
  expect(why({ message: { ...reply, mentions: ['all'] } })).toBe('tell everybody')
})

test('each reason to tell, to hold and not to tell', () => {
  expect(why({})).toBe('tell message')
  expect(why({ message: { direct: true } })).toBe('tell direct')
  expect(why({ message: { mentions: ['mem_me'] } })).toBe('tell mention')
  expect(why({ message: { mentions: ['all'] } })).toBe('tell everybody')
  expect(why({ keywords: ['批次'] })).toBe('tell keyword')
  expect(why({ resting: true })).toBe('hold resting')
  expect(why({ message: { sender: 'mem_me' } })).toBe('skip own')
  expect(why({ message: { kind: 'system' } })).toBe('skip system')
  expect(why({ message: { state: 'recalled' } })).toBe('skip recalled')
  expect(why({ place: null })).toBe('skip not_member')
  expect(why({ place: { readSeq: 0, fromSeq: 10, muted: false } })).toBe('skip before_joining')
  expect(why({ place: { readSeq: 10, fromSeq: 1, muted: false } })).toBe('skip already_read')
  expect(why({ place: muted })).toBe('skip level_mentions')
  expect(why({ place: muted, silent: true, message: { mentions: ['mem_me'] } })).toBe('skip level_none')
  expect(why({ reachable: false })).toBe('skip no_channel')
})

test('a muted conversation tells of mentions, of @all as the company lets it, and of keywords', () => {
  expect(why({ place: muted, message: { mentions: ['mem_me'] } })).toBe('tell mention')
  expect(why({ place: muted, keywords: ['报告'] })).toBe('tell keyword')
  const all = { place: muted, message: { mentions: ['all'] } }
  expect(why({ ...all, policy: { everybody: 'everyone' } })).toBe('tell everybody')
  expect(why({ ...all, policy: { everybody: 'heads' } })).toBe('skip level_mentions')
  expect(why({ ...all, policy: { everybody: 'heads' }, message: { mentions: ['all'], byHead: true } })).toBe(
    'tell everybody',
  )
  expect(why({ ...all, policy: { everybody: 'nobody' }, message: { mentions: ['all'], byHead: true } })).toBe(
    'skip level_mentions',
  )
  // Where every message is told, @all is one like the others.
  expect(why({ policy: { everybody: 'nobody' }, message: { mentions: ['all'] } })).toBe('tell message')
})

test('a rest holds back what would be told, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.record({
        sender: fc.constantFrom('mem_me', 'mem_bo'),
        kind: fc.constantFrom('text', 'system', 'file'),
        state: fc.constantFrom('sent' as const, 'recalled' as const),
        mentions: fc.subarray(['mem_me', 'all', 'mem_x']),
        place: fc.option(fc.record({ readSeq: fc.nat(20), fromSeq: fc.nat(20), muted: fc.boolean() }), { nil: null }),
        silent: fc.boolean(),
        reachable: fc.boolean(),
        everybody: fc.constantFrom('everyone' as const, 'heads' as const, 'nobody' as const),
      }),
      ({ sender, kind, state, mentions, place, silent, reachable, everybody }) => {
        const given = { message: { sender, kind, state, mentions }, place, silent, reachable, policy: { everybody } }
        const awake = decide(facts(given))
        const resting = decide(facts({ ...given, resting: true }))
        expect(resting.outcome).toBe(awake.outcome === 'tell' ? 'hold' : awake.outcome)
        if (awake.outcome === 'skip') expect(resting).toEqual(awake)
      },
    ),
  )
})

test('words are found whatever their case and width; Latin ones stand alone', () => {
  expect(hasWord('ＡＰＩ 上线了', 'api')).toBe(true)
  expect(hasWord('capital', 'api')).toBe(false)
  expect(hasWord('新的api文档', 'API')).toBe(true)
  expect(hasWord('version 2.1', '2')).toBe(true)
  expect(hasWord('version 21', '2')).toBe(false)
  expect(hasWord('我家在上海东边', '上海')).toBe(true)
  expect(hasWord('anything', '')).toBe(false)
})

test('a device hears as much as it wants', () => {
  expect([deviceHears('all', 'message'), deviceHears('all', 'mention')]).toEqual([true, true])
  expect(deviceHears('mentions', 'message')).toBe(false)
  expect([deviceHears('mentions', 'direct'), deviceHears('mentions', 'keyword')]).toEqual([true, true])
  expect(deviceHears('none', 'mention')).toBe(false)
})

test('words are put into addresses and bodies so that they stay words', () => {
  const words = { title: '陈屿', text: 'a&b "c"\n/../x', url: 'https://h/chat' }
  expect(fillUrl('https://x/{title}/{text}?u={url}', words)).toBe(
    'https://x/%E9%99%88%E5%B1%BF/a%26b%20%22c%22%0A%2F..%2Fx?u=https%3A%2F%2Fh%2Fchat',
  )
  const { text, type } = fillBody('{"m":"{title}: {text}"}', words)
  expect(type).toContain('json')
  expect(JSON.parse(text)).toEqual({ m: '陈屿: a&b "c"\n/../x' })
  expect(fillBody('{title}\n{text}', words)).toMatchObject({ text: '陈屿\na&b "c"\n/../x' })
})
