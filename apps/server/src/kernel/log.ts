import { type Logger, pino } from 'pino'

export type Log = Logger

/** One JSON line an event on standard error. Bodies, tokens, cookies and passwords are never handed to it. */
export function createLog(level: string, destination?: NodeJS.WritableStream): Log {
  const options = {
    level,
    base: null,
    redact: {
      paths: [
        'password',
        'token',
        'body',
        'text',
        'authorization',
        'cookie',
        '*.password',
        '*.token',
        '*.body',
        '*.text',
      ],
      remove: true,
    },
  }
  return destination ? pino(options, destination) : pino(options, pino.destination({ fd: 2, sync: true }))
}
