import { CallError } from '@heyi/client/call-error'
import type { ErrorCode } from '@heyi/contract/errors'
import { errorText } from '@heyi/contract/texts'

/** How a command speaks: its answer on stdout, everything else on stderr. */
export interface Output {
  json: boolean
  stdout: Pick<NodeJS.WriteStream, 'write'>
  stderr: Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean }
}

/** What a command answers: for machines and for people. */
export interface Answer {
  value: unknown
  text: string
  /** The command did its work and has bad news. */
  failed?: true
}

export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const

export function printAnswer({ json, stdout }: Output, { value, text, failed }: Answer): number {
  stdout.write(`${json ? JSON.stringify(value) : text}\n`)
  return failed ? exitCodes.failed : exitCodes.ok
}

export function printError({ json, stderr }: Output, error: unknown): void {
  const { code, message } = describeError(error)
  stderr.write(`${json ? JSON.stringify({ error: { code, message } }) : message}\n`)
}

function describeError(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'failed', message: String(error) }
  if (error instanceof CallError) return { code: error.code, message: sentence(error.code, error.data) }
  // A system error's code (ENOENT) is no refusal of ours.
  const code = 'code' in error && typeof error.code === 'string' && /^[a-z_]+$/.test(error.code) ? error.code : 'failed'
  return { code, message: error.message }
}

const sentence = (code: ErrorCode, data: Record<string, unknown>): string => errorText(code, 'en', data)

const redrawMs = 100

/** Shows on a terminal what long work does and how far it is; elsewhere it says nothing. */
export function progressOn({ stderr }: Output): { report: (what: string, part: number) => void; end: () => void } {
  let shownMs = 0
  let shown = false
  const clear = () => stderr.write('\r\u001b[K')
  return {
    report: (what, part) => {
      if (!stderr.isTTY || Date.now() - shownMs < redrawMs) return
      shownMs = Date.now()
      shown = true
      clear()
      stderr.write(`${String(Math.floor(part * 100)).padStart(3)} %  ${what}`)
    },
    end: () => {
      if (shown) clear()
    },
  }
}
