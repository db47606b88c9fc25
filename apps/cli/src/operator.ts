import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Answer, type Output, printAnswer, progressOn } from './output.js'
import { root } from './root.js'

/** What the built server offers to the command line; it is found by path, for a client imports no server. */
interface Server {
  main(argv: string[]): Promise<void>
  operate(command: string, args: unknown, progress: (what: string, part: number) => void): Promise<Answer>
}

const built = (name: string): string => join(root, 'dist', 'server', name)

async function loadServer(): Promise<Server> {
  const path = built('main.mjs')
  if (!existsSync(path)) throw new Error('The server is not built: run npm run build.')
  return import(pathToFileURL(path).href)
}

/** Runs one of the operator's commands and prints what it answers; the exit code. */
export async function operate(output: Output, command: string, args: object): Promise<number> {
  const server = await loadServer()
  const progress = progressOn(output)
  const answer = await server.operate(command, args, progress.report).finally(progress.end)
  return printAnswer(output, answer)
}

/** Becomes the server; it goes on when this returns. */
export async function serve(words: string[]): Promise<undefined> {
  await (await loadServer()).main(['serve', ...words])
}

/** A process of its own, whose words and output are its own. */
export function bench(words: string[]): Promise<number> {
  const program = built('entry-bench.mjs')
  if (!existsSync(program)) throw new Error('The benchmark is not built: run npm run build.')
  const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
