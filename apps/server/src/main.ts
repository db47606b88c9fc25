import type { Outcome } from './operator/commands.js'
import { serverEnvironment } from './operator/environment.js'
import type { Served } from './operator/serve.js'

/** Starts and stops the program. `argv` are the words after `npm start --`, behind `serve` or `demo-serve`. */
export async function main(argv: string[]): Promise<void> {
  const started = performance.now()
  let served: Served & { notes?: string[] }
  try {
    served = await start(argv)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
    return
  }
  const lines = [
    `Heyi is ready at ${served.url}  (${((performance.now() - started) / 1000).toFixed(1)} s)`,
    ...(served.setupUrl ? [`Set up your company: ${served.setupUrl}`] : []),
    ...(await onTheNetwork(served)),
    ...(served.notes ?? []),
  ]
  // In one write: a program that waits for the first line has the others with it.
  console.log(lines.join('\n'))
  const stop = () => {
    process.off('SIGTERM', stop)
    process.off('SIGINT', stop)
    Promise.resolve(served[Symbol.asyncDispose]()).catch((error: unknown) => {
      console.error(error)
      process.exitCode = 1
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** What helps others to come in from their devices. */
async function onTheNetwork({ url, localUrl, trust }: Served): Promise<string[]> {
  if (localUrl === null && trust === null) return []
  const { renderUnicodeCompact } = await import('uqr')
  return [
    ...(localUrl === null ? [] : [`On this machine: ${localUrl}`]),
    ...(trust === null
      ? []
      : [
          `Other devices trust this server once, at ${trust.url} — if the fingerprint there is`,
          `  ${trust.fingerprint}`,
        ]),
    ...(process.stdout.isTTY ? [renderUnicodeCompact(url)] : []),
  ]
}

/** One of the operator's commands, for the command line. `progress` hears what long work does and how far it is. */
export async function operate(
  command: string,
  args: unknown,
  progress: (what: string, part: number) => void,
): Promise<Outcome> {
  const { run } = await import('./operator/commands.js')
  return run(command, args, progress)
}

async function start([command, ...rest]: string[]): Promise<Served & { notes?: string[] }> {
  const { readSettings } = await import('./kernel/settings.js')
  const demo = command === 'demo-serve'
  const words = demo || command === 'serve' ? rest : [command, ...rest].filter((word) => word !== undefined)
  const own = serverEnvironment(process.env)
  const env = withFlags(demo ? { HEYI_DATA: './demo-data', ...own } : own, words)
  if (demo) return (await import('./operator/demo.js')).serveDemo(readSettings(env))
  return (await import('./operator/serve.js')).serve(readSettings(env))
}

/** `--lan` and `--port N` are short for settings. */
function withFlags(env: NodeJS.ProcessEnv, argv: string[]): NodeJS.ProcessEnv {
  const flags: NodeJS.ProcessEnv = {}
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (word === '--lan') flags.HEYI_HOST = '0.0.0.0'
    else if (word === '--port') flags.HEYI_PORT = argv[++i]
    else throw new Error(`npm start does not know “${word}”; it takes --lan and --port N.`)
  }
  return { ...env, ...flags }
}
