import type { Message } from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { exportFile } from './export-file'

test('what people wrote stays text in the page, and comes back whole from its JSON', async () => {
  const text = '</script><script>alert(1)</script> & "引号" <b>'
  const message: Message = {
    seq: 7,
    sender: 'mem_a',
    quote: null,
    state: 'sent',
    sentAt: '2030-01-01T00:00:00.000Z',
    kind: 'text',
    body: { text },
  }
  const rows = [{ message, name: '<林>', time: '08:00', line: text }]
  const words = { locale: 'zh-CN', about: '1 条' }
  const page = await exportFile({ title: '样品 <x>', startedAt: message.sentAt, rows, cut: false }, words).text()
  expect(page).not.toMatch(/<script>|<b><|<x>|<林>/)
  expect(page.match(/<script/g)).toHaveLength(1)
  const json = /id="messages">(.*)<\/script>/.exec(page)?.[1] ?? ''
  expect(JSON.parse(json)).toMatchObject({ cut: false, messages: [{ ...message, name: '<林>' }] })
})
