import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, cutBlocks, type Entry, entryOf, kindGram, makeBlock } from './rules/entry.js'
import { fold, foldWithPlaces } from './rules/fold.js'
import { addGrams, gramsFor } from './rules/grams.js'
import { findTerms, gramsOfTerms, hasTerms, readTerms, snippetOf } from './rules/query.js'

const gramsOf = (text: string): Set<number> => {
  const grams = new Set<number>()
  addGrams(fold(text), grams)
  return grams
}
const finds = (query: string, text: string): boolean => hasTerms(fold(text), readTerms(query))
const marked = (query: string, text: string): string[] =>
  (findTerms(text, readTerms(query)) ?? []).map(([from, to]) => text.slice(from, to))

/** Texts as people write them, with everything that a search must see through. */
const chars = [...'上海東东邊边家在的。，PO-2024号aAéÉ１Ａｖ V3.2 \n\t"“👍🏽한국がカﾊﾞﬁ𠮷\u0301#@']
const text = fc.array(fc.constantFrom(...chars), { maxLength: 40 }).map((parts) => parts.join(''))

describe('folding', () => {
  test('case, width, accents, script and spaces beside Chinese do not count', () => {
    expect(fold('  訂單 ＰＯ－２０２４ 號  ')).toBe('订单po-2024号')
    expect(fold('Café  DÉJÀ\nvu')).toBe('cafe deja vu')
    expect(fold('臺灣“裡”面')).toBe('台湾"里"面')
    expect(fold('ガ')).not.toBe(fold('カ'))
    expect(fold('👍🏽\u200b')).toBe(fold('👍🏽'))
  })

  test('with places it folds to the same, and each place is in the text', () => {
    fc.assert(
      fc.property(text, (some) => {
        const { text: folded, starts, ends } = foldWithPlaces(some)
        expect(folded).toBe(fold(some))
        expect([starts.length, ends.length]).toEqual([folded.length, folded.length])
        for (const [at, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(starts[at - 1] ?? 0)
          expect(ends[at]).toBeGreaterThan(start)
          expect(ends[at]).toBeLessThanOrEqual(some.length)
        }
      }),
    )
  })

  test('has no line breaks, for the index keeps one text a line', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (some) => !/[\n\r]/.test(fold(some))))
  })
})

describe('grams', () => {
  test('every part of a text has only grams that the text has', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (some, a, b) => {
        const folded = Array.from(fold(some))
        const [from, to] = [a % (folded.length + 1), b % (folded.length + 1)].sort((x, y) => x - y)
        const part = folded.slice(from, to).join('')
        // A letter alone is looked for at the beginning of words only.
        if (/^[\p{L}\p{N}]$/u.test(part) && !hasTerms(fold(some), [{ folded: part, atWord: true }])) return
        const all = gramsOf(some)
        for (const gram of gramsFor(part)) expect(all.has(gram)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('different pieces have different numbers', () => {
    const grams = new Set<number>()
    let pieces = 0
    for (let a = 0x4e00; a < 0x4e00 + 400; a++)
      for (let b = 0x5000; b < 0x5000 + 400; b++) {
        const [one] = gramsFor(String.fromCharCode(a, b))
        grams.add(one ?? 0)
        pieces++
      }
    expect(pieces - grams.size).toBeLessThan(20)
  })
})

describe('what is looked for', () => {
  test('words must all be there; quotes keep them together', () => {
    expect(finds('上海', '我家在上海东边')).toBe(true)
    expect(finds('海在', '我家在上海东边')).toBe(false)
    expect(finds('东边 上海', '我家在上海东边')).toBe(true)
    expect(finds('next week', 'week after next')).toBe(true)
    expect(finds('"next week"', 'week after next')).toBe(false)
    expect(finds('“next week”', 'See you Next  Week!')).toBe(true)
    expect(finds('po-2024', '订单PO-2024号')).toBe(true)
    expect(finds('2024号', '订单 PO-2024 号')).toBe(true)
    expect(finds('v3.2', '升级到Ｖ３．２了')).toBe(true)
    expect(finds('3.2', 'v13.25')).toBe(true)
    expect(finds('訂單', '订单')).toBe(true)
    expect(finds('meet', 'the meeting')).toBe(true)
    expect(finds('e', 'the meeting')).toBe(false)
    expect(finds('m', 'the meeting')).toBe(true)
    expect(finds('c++', '用 C++ 写')).toBe(true)
    expect(finds('👍', '好👍')).toBe(true)
  })

  test('what is found is marked where it stands in the original', () => {
    expect(marked('上海', '上海、上海滩')).toEqual(['上海', '上海'])
    expect(marked('cafe', 'un Cafe\u0301 noir')).toEqual(['Cafe\u0301'])
    expect(marked('订单po', '訂單 ＰＯ－１')).toEqual(['訂單 ＰＯ'])
    expect(marked('𠮷', '吉𠮷吉')).toEqual(['𠮷'])
    expect(findTerms('上海', readTerms('北京'))).toBeNull()
  })

  test('a text has what is looked for exactly when the places of it are found', () => {
    fc.assert(
      fc.property(text, text, (query, some) => {
        const terms = readTerms(query)
        const ranges = findTerms(some, terms)
        expect(ranges !== null).toBe(hasTerms(fold(some), terms))
        let before = -1
        for (const [from, to] of ranges ?? []) {
          expect(from).toBeGreaterThan(before)
          expect(to).toBeGreaterThan(from)
          before = to
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('the part that is shown has the first place in it, and no halves of characters', () => {
    const long = `${'好'.repeat(300)}👍上海${'👍'.repeat(300)}`
    const { text: shown, ranges } = snippetOf(long, findTerms(long, readTerms('上海')) ?? [])
    expect(ranges.map(([from, to]) => shown.slice(from, to))).toEqual(['上海'])
    expect(shown.length).toBeLessThan(200)
    expect(shown.isWellFormed?.() ?? true).toBe(true)
    expect([shown.startsWith('…'), shown.endsWith('…')]).toEqual([true, true])
    expect(snippetOf('上海\n东边', [[0, 2]])).toEqual({ text: '上海 东边', ranges: [[0, 2]] })
  })

  test('punctuation alone asks nothing of the index', () => {
    expect(gramsOfTerms(readTerms('！？'))).toEqual([])
    expect(readTerms('  ')).toEqual([])
  })
})

describe('blocks', () => {
  const entry = (seq: number, folded: string, sentAt = '2030-01-01T00:00:00.000Z'): Entry => ({
    seq,
    sentAt,
    folded,
    marks: [],
  })

  test('hold consecutive messages, whole and in order; what fills none is left', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 200 }), (sizes) => {
        const all = sizes.map((size, i) => entry(i + 1, 'x'.repeat(size)))
        const { full, rest } = cutBlocks(all)
        expect([...full.flat(), ...rest]).toEqual(all)
        for (const one of full) expect(one.length).toBeLessThanOrEqual(64)
        expect(rest.length).toBeLessThan(64)
      }),
    )
  })

  test('say where and when each of their lines was', () => {
    const block: Block = makeBlock('con_1', [
      entry(7, '上海', '2030-01-01T00:00:01.900Z'),
      entry(9, '北京', '2030-01-01T00:01:00.100Z'),
    ])
    expect(block).toMatchObject({ firstSeq: 7, lastSeq: 9, places: [0, 2], seconds: [0, 59], folded: '上海\n北京' })
    expect(block.grams).toEqual(expect.arrayContaining([...gramsOf('上海'), ...gramsOf('北京')]))
  })

  test('leave out what is recalled, says nothing, or was written by the system', () => {
    const message = { conversation: 'con_1', seq: 1, sender: 'mem_1', kind: 'text', state: 'sent', sentAt: '' }
    expect(entryOf({ ...message, body: { text: '看 https://example.com/a' } })?.marks).toContain(kindGram('link'))
    expect(entryOf({ ...message, kind: 'file', body: { name: '报价单.pdf' } })?.folded).toBe('报价单.pdf')
    const relay = { kind: 'relay', body: { title: '聚餐', example: '王一', endsAt: null } }
    expect(entryOf({ ...message, ...relay, relay: { lines: [{ text: '两个人' }] } })?.folded).toBe('聚餐两个人')
    const sentOn = { ...relay.body, result: { count: 1, lines: [{ text: '三个人' }] } }
    expect(entryOf({ ...message, kind: 'relay', body: sentOn })?.folded).toBe('聚餐三个人')
    expect(entryOf({ ...message, state: 'recalled', body: null })).toBeNull()
    expect(entryOf({ ...message, body: { text: ' \n' } })).toBeNull()
    expect(entryOf({ ...message, kind: 'system', body: { event: 'renamed', name: '新名' } })).toBeNull()
  })
})
