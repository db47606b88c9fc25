import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { main } from './main.js'
import { root } from './root.js'

async function heyi(...words: string[]): Promise<{ code: number | undefined; out: string; err: string }> {
  const said = { out: '', err: '' }
  const into = (stream: 'out' | 'err') => ({
    write: (text: string | Uint8Array) => {
      said[stream] += String(text)
      return true
    },
  })
  const code = await main(words, { stdout: into('out'), stderr: into('err') })
  return { code, ...said }
}

test('help and version are answers; a wrong word is an error of usage', async () => {
  expect(await heyi('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  expect(await heyi('tenant', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('suspend') })
  expect(await heyi('tenat')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('tenant') })
  expect(await heyi()).toMatchObject({ code: 2, out: '' })
  expect(await heyi('restore')).toMatchObject({ code: 2, err: expect.stringContaining('file') })
})

test('with --json, wherever it stands, a failure is one JSON value on stderr and nothing on stdout', async () => {
  for (const words of [
    ['--json', 'tenant', 'lst'],
    ['tenant', 'lst', '--json'],
  ]) {
    const { code, out, err } = await heyi(...words)
    expect({ code, out, error: JSON.parse(err).error.code }).toEqual({ code: 2, out: '', error: 'usage' })
  }
})

test('a member’s command says that nobody is signed in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heyi-cli-'))
  const before = { ...process.env }
  process.env.XDG_CONFIG_HOME = folder
  delete process.env.HEYI_TOKEN
  try {
    const { code, err } = await heyi('send', '--to', 'ann', 'hello', '--json')
    expect({ code, error: JSON.parse(err).error.code }).toEqual({ code: 1, error: 'unauthenticated' })
  } finally {
    process.env = before
    rmSync(folder, { recursive: true })
  }
})

test('the built command line lists the settings and refuses a wrong one', async (context) => {
  const entry = join(root, 'dist', 'cli', 'main.mjs')
  if (!existsSync(entry) || !existsSync(join(root, 'dist', 'server', 'main.mjs')))
    return context.skip('nothing is built here')
  const script = `const { main } = await import(${JSON.stringify(pathToFileURL(entry).href)}); process.exitCode = await main(process.argv.slice(1))`
  const started = (env: NodeJS.ProcessEnv, ...words: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const args = ['--input-type=module', '-e', script, '--', ...words]
      execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  const listed = await started({ HEYI_TOKEN: 'of the command line' }, 'config', '--json')
  expect(listed).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(listed.out).settings).toContainEqual(
    expect.objectContaining({ name: 'HEYI_PORT', fallback: '7300' }),
  )
  const wrong = await started({ HEYI_PORT: 'x' }, 'config', '--json')
  expect(wrong).toMatchObject({ code: 1, out: '' })
  expect(JSON.parse(wrong.err).error.message).toContain('HEYI_PORT')
})
