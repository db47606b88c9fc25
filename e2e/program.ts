import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The program as a person starts it: `npm start` in a folder of its own. */
export interface Program {
  child: ChildProcess
  url: string
  /** Null once a company exists. */
  setupUrl: string | null
  output(): string
  /** SIGTERM, and waits for the end. */
  stop(): Promise<number | null>
  /** kill -9. */
  kill(): Promise<void>
}

/** @param folder of the program: the clone, or an unpacked bundle */
export async function startProgram(
  dataDir: string,
  options: { env?: Record<string, string>; folder?: string; args?: string[] } = {},
): Promise<Program> {
  // What is said to the journeys is no setting of the program, which refuses what it does not know.
  const { HEYI_BUNDLE_DIR: _, ...own } = process.env
  const env = { ...own, HEYI_PORT: '0', HEYI_LOG: 'warn', ...options.env, HEYI_DATA: dataDir }
  const folder = options.folder ?? root
  // While sources are being edited, HEYI_TEST_BUILT=1 takes the build that is there instead of making another.
  const program = process.env.HEYI_TEST_BUILT
    ? [
        '-e',
        `import(${JSON.stringify(join(folder, 'dist', 'server', 'main.mjs'))}).then((m) => m.main(${JSON.stringify(options.args?.includes('--demo') ? ['demo-serve'] : ['serve', ...(options.args ?? [])])}))`,
      ]
    : [join(folder, 'scripts', 'start.mjs'), ...(options.args ?? [])]
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (data: Buffer) => {
      output += data
      // The set-up link is a line of its own after the ready line; both come in one write.
      if (/Heyi is ready at \S+.*\n/.test(output)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then((code) => reject(new Error(`The program ended with ${code}: ${output}`)))
  })
  await ready
  return {
    child,
    url: /Heyi is ready at (\S+)/.exec(output)?.[1] ?? '',
    setupUrl: /(\S+\/setup\?token=\S+)/.exec(output)?.[1] ?? null,
    output: () => output,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
