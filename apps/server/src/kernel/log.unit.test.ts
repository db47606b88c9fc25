import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from './log.js'

test('bodies, texts, tokens and passwords never reach the log', () => {
  let written = ''
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _encoding, done) => {
        written += chunk
        done()
      },
    }),
  )
  const secret = 'not-for-the-log'
  log.info(
    {
      text: secret,
      body: secret,
      token: secret,
      password: secret,
      message: { body: secret, text: secret, token: secret },
      seq: 7,
    },
    'stored',
  )
  expect(written).toContain('"seq":7')
  expect(written).not.toContain(secret)
})
