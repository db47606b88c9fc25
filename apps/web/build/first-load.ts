import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** What a signed-in person's browser may load before a chat is there: gzip-compressed JavaScript, in kB of 1,000 bytes. */
const mostKb = 320

/** Loaded for `/chat/<id>` besides the entry, wherever the build puts them. Of the catalogues one is, so the larger counts. */
const routeModules = ['/src/features/messaging/ChatScreen.tsx', '/src/features/messaging/Chat.tsx']
const catalogues = ['/src/texts/zh-CN.ts', '/src/texts/en.ts']

type Chunk = Rolldown.OutputChunk
type Bundle = Record<string, Chunk | Rolldown.OutputAsset>

/** The chunks a browser loads first for `/chat/<id>`: the entry, the route and one catalogue, with all they import. */
export function firstLoad(bundle: Bundle): Chunk[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const holding = (module: string) => chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)))
  const found = new Map<string, Chunk>()
  const add = (chunk: Chunk | undefined) => {
    if (!chunk || found.has(chunk.fileName)) return
    found.set(chunk.fileName, chunk)
    for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name))
  }
  for (const chunk of chunks) if (chunk.isEntry) add(chunk)
  for (const module of routeModules) {
    const own = holding(module)
    if (own.length === 0) throw new Error(`${module} is in no chunk: name in build/first-load.ts what a chat loads now`)
    own.forEach(add)
  }
  const [largest] = catalogues.flatMap(holding).sort((a, b) => b.code.length - a.code.length)
  add(largest)
  return [...found.values()]
}

/** Prints what the first load weighs and stops the build that is too heavy, or that brings zod to the browser. */
export function limitFirstLoad(): Plugin {
  return {
    name: 'heyi:first-load',
    apply: 'build',
    writeBundle: {
      order: 'post',
      handler(_options, bundle) {
        const sizes = firstLoad(bundle)
          .map(({ fileName, code }) => ({ fileName, bytes: gzipSync(code, { level: 9 }).length }))
          .sort((a, b) => b.bytes - a.bytes)
        const kb = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
        const parts = sizes.map(({ fileName, bytes }) => `  ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${fileName}`)
        const withZod = Object.values(bundle).filter(
          (file) => file.type === 'chunk' && file.moduleIds.some((id) => /node_modules\/zod\//.test(id)),
        )
        const said = `first load of a chat: ${kb.toFixed(1)} kB of JavaScript (gzip), at most ${mostKb} kB`
        if (withZod.length > 0)
          this.error(`zod is in the browser bundle (${withZod.map(({ fileName }) => fileName).join(', ')})`)
        if (kb > mostKb) this.error([said, ...parts].join('\n'))
        console.log([said, ...(process.env.HEYI_TEST_SIZES ? parts : [])].join('\n'))
      },
    },
  }
}
