import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { scaleText } from '../../packages/ui/src/scale-text.ts'
import { compressFiles } from './build/compress.ts'
import { limitFirstLoad } from './build/first-load.ts'
import { shipPdfMaps } from './build/pdf-maps.ts'
import { makeServiceWorker } from './build/service-worker.ts'

const server = 'http://127.0.0.1:7300'

export default defineConfig({
  // React Aria brings its few words in 30 languages; ours are two.
  plugins: [
    react(),
    { ...optimizeLocales.vite({ locales: ['zh-CN', 'en-US'] }), enforce: 'pre' },
    limitFirstLoad(),
    shipPdfMaps(),
    makeServiceWorker(),
    compressFiles(),
  ],
  css: { postcss: { plugins: [scaleText()] } },
  server: {
    proxy: {
      '/api': server,
      '/upload': server,
      '/files': server,
      '/socket': { target: server, ws: true },
    },
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What several screens share goes into one file: fifty small ones and their styles cost a slow phone 0.2 s.
        // What looks at files is needed by few, and late.
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              minShareCount: 2,
              test: (id) =>
                /\.(tsx?|m?js|css)$/.test(id) && !/pdfjs-dist|docx-preview|jszip|xlsx|files\/viewer\/(?!kind)/.test(id),
            },
          ],
        },
      },
    },
  },
})
