import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const worthMore = 1024

/** Puts compressed copies beside the hashed texts, which the server sends as they are. Over plain HTTP browsers take no Brotli. */
export function compressFiles(): Plugin {
  return {
    name: 'heyi:compress',
    apply: 'build',
    writeBundle: {
      order: 'post',
      handler({ dir }) {
        const folder = join(dir ?? '', 'assets')
        for (const name of readdirSync(folder)) {
          if (!/\.(js|css|svg|json)$/.test(name)) continue
          const path = join(folder, name)
          const bytes = readFileSync(path)
          if (bytes.length < worthMore) continue
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
          writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
        }
      },
    },
  }
}
