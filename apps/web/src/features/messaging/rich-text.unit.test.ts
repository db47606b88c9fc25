import { expect, test } from 'vitest'
import { findMentions, segments } from './rich-text'

test('only http, https and mail become links, without the punctuation of the sentence', () => {
  const links = (text: string) => segments(text).flatMap((segment) => (segment.kind === 'link' ? [segment.href] : []))
  expect(links('see https://a.example/x?y=1#z, or http://b.example.')).toEqual([
    'https://a.example/x?y=1#z',
    'http://b.example',
  ])
  expect(links('见 https://a.example/路径，谢谢')).toEqual(['https://a.example/路径'])
  expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([])
  expect(links('ask ann@qian.example today')).toEqual(['mailto:ann@qian.example'])
})

test('segments give the text back whole, whatever the mentions claim', () => {
  const text = 'hi @Ann see https://a.example'
  const mentions = [
    { principal: 'mem_1', start: 3, length: 4 },
    { principal: 'mem_2', start: 4, length: 4 },
    { principal: 'mem_3', start: 20, length: 99 },
  ]
  expect(
    segments(text, mentions)
      .map((segment) => segment.text)
      .join(''),
  ).toBe(text)
  expect(segments(text, mentions).filter((segment) => segment.kind === 'mention')).toHaveLength(1)
})

test('the longer of two names is meant', () => {
  const people = [
    { principal: 'a', name: '林知' },
    { principal: 'b', name: '林知夏' },
  ]
  expect(findMentions('@林知夏 @林知 a@b', people)).toEqual([
    { principal: 'b', start: 0, length: 4 },
    { principal: 'a', start: 5, length: 3 },
  ])
})
