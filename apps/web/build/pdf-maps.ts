import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Old Chinese, Japanese and Korean PDFs need tables to be read. They lie beside the program, one file each, at /pdf/. */
export function shipPdfMaps(): Plugin {
  return {
    name: 'heyi:pdf-maps',
    apply: 'build',
    generateBundle() {
      const folder = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps')
      for (const name of readdirSync(folder))
        this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source: readFileSync(join(folder, name)) })
    },
  }
}
