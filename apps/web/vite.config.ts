import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:7300'

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      '/api': server,
      '/upload': server,
      '/files': server,
      '/socket': { target: server, ws: true },
    },
  },
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 600 },
})
