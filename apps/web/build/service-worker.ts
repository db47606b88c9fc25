import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Plugin } from 'vite'
import { firstLoad } from './first-load.ts'

const source = fileURLToPath(new URL('../src/service-worker.ts', import.meta.url))
/** A part larger than this, in bytes, is kept on the device only once it is used. */
const largePart = 150_000
/** Files of fixed names that an installed program needs without a network. */
const fixed = ['/', '/icon.svg', '/icons/icon-192.png', '/manifest.webmanifest']

/**
 * Makes /service-worker.js, which holds this build's version (a digest of all its files) and the list of what it keeps.
 * Also asks for the Latin letters at once: found only in the style sheet they would come late and replace others.
 */
export function makeServiceWorker(): Plugin {
  return {
    name: 'heyi:service-worker',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => /inter-latin-wght-normal[^/]*\.woff2$/.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${name}` },
            injectTo: 'head' as const,
          })),
    },
    writeBundle: {
      order: 'post',
      async handler({ dir }, bundle) {
        if (!dir) throw new Error('the build has no folder')
        const needed = new Set(firstLoad(bundle).map(({ fileName }) => fileName))
        const files = readdirSync(dir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
          .filter((name) => name !== 'service-worker.js' && !/\.(br|gz)$/.test(name))
          .sort()
        const digest = createHash('sha256')
        for (const name of files) digest.update(`${name}\0`).update(readFileSync(join(dir, name)))
        const kept = files.filter(
          (name) =>
            name.startsWith('assets/') &&
            (needed.has(name) || !name.endsWith('.js') || statSync(join(dir, name)).size < largePart),
        )
        const { outputFiles } = await build({
          entryPoints: [source],
          bundle: true,
          minify: true,
          write: false,
          format: 'iife',
          target: 'es2022',
          define: {
            heyiVersion: JSON.stringify(digest.digest('hex').slice(0, 16)),
            heyiFiles: JSON.stringify([...fixed, ...kept.map((name) => `/${name}`)]),
          },
        })
        writeFileSync(join(dir, 'service-worker.js'), outputFiles[0]?.contents ?? '')
      },
    },
  }
}
