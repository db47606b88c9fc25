import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Kernel } from '../../kernel/context.js'
import { webRoot } from '../../paths.js'
import type { FilesDoor } from '../files/index.js'
import { isReadable } from './extract.js'
import * as store from './file-store.js'
import { conversationGram } from './rules/entry.js'
import { fold } from './rules/fold.js'
import { addGrams } from './rules/grams.js'

const job = 'search.readFiles'
/** A larger file is found by its name alone. */
const mostBytes = 20 * 1024 * 1024
const patienceMs = 15_000
const claimMs = 60_000
/** A file that ended the program is not begun for ever. */
const mostTries = 3
const mostMemoryMb = 256

const source = new URL('./entry-extract.ts', import.meta.url)
const built = !existsSync(fileURLToPath(source))
/** From its source, as tests run it, a thread first has to learn to read TypeScript. */
const [entry, asText] = built
  ? [new URL('./entry-extract.mjs', import.meta.url), false]
  : [`import('tsx/esm/api').then(({ register }) => (register(), import('${source.href}')))`, true]
const maps = built
  ? join(webRoot, 'pdf') + sep
  : join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps') + sep

/**
 * Reads the files that wait in `search_file`, one at a time, each in a thread with bounds on time and memory. A job wakes
 * it; the reading itself keeps no other job waiting, and a claim keeps two copies from reading the same.
 */
export class FileReader {
  #running: Promise<void> | null = null
  #stopped = false
  #thread: Worker | null = null

  constructor(
    private readonly kernel: Kernel,
    private readonly files: Pick<FilesDoor, 'readWhole'>,
  ) {
    kernel.jobs.handle(job, async () => this.#wake())
    // What a copy left behind that died.
    kernel.jobs.schedule({ kind: `${job}Left`, cron: '*/5 * * * *' }, async () => this.#wake())
  }

  /** In the transaction that notes them. */
  static readonly job = job

  async close(): Promise<void> {
    this.#stopped = true
    await this.#thread?.terminate()
    await this.#running
  }

  #wake(): void {
    if (this.#stopped) return
    const before = this.#running ?? Promise.resolve()
    const run: Promise<void> = before
      .then(() => this.#drain())
      .catch((error: unknown) => this.kernel.log.warn({ err: error }, 'files could not be read for the search'))
      .finally(() => {
        if (this.#running === run) this.#running = null
      })
    this.#running = run
  }

  async #drain(): Promise<void> {
    const { db, clock } = this.kernel
    while (!this.#stopped) {
      const until = new Date(clock.ms() + claimMs).toISOString()
      const file = await store.claim(db, clock.now(), until, mostTries)
      if (!file) return
      const content = await this.#read(file)
      if (!this.#stopped) await store.keepText(db, file, content === null ? null : indexed(file, content))
    }
  }

  /** Null where there is nothing to be read in it. */
  async #read({ tenantId, file }: store.WaitingFile): Promise<string | null> {
    const held = await this.files.readWhole(this.kernel.db, tenantId, file, mostBytes)
    if (!held || !isReadable(held.mime)) return null
    const text = await this.#inThread(held.bytes, held.mime).catch((error: unknown) => {
      this.kernel.log.info({ err: error, mime: held.mime }, 'the text inside of a file could not be read')
      return null
    })
    return text === '' ? null : text
  }

  #inThread(bytes: Uint8Array, mime: string): Promise<string> {
    return new Promise((done, failed) => {
      const thread = new Worker(entry, {
        workerData: { bytes, mime, maps },
        eval: asText,
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
        env: {},
        stdout: true,
        stderr: true,
      })
      this.#thread = thread
      const late = setTimeout(() => void thread.terminate(), patienceMs)
      thread.once('message', ({ text, error }: { text?: string; error?: string }) => {
        if (text === undefined) failed(new Error(error))
        else done(text)
        void thread.terminate()
      })
      thread.once('error', failed)
      thread.once('exit', () => {
        clearTimeout(late)
        failed(new Error('It was ended: too long, or too much memory.'))
      })
    })
  }
}

/** Name and content together, so that what is looked for may be part in one and part in the other. */
function indexed({ conversation, name }: store.WaitingFile, content: string) {
  const folded = fold(`${name}\n${content}`)
  const grams = new Set<number>([conversationGram(conversation)])
  addGrams(folded, grams)
  return { content, folded, grams: [...grams] }
}
