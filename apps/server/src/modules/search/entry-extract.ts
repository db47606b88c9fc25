import { parentPort, workerData } from 'node:worker_threads'
import { extractText } from './extract.js'

// A thread that reads one file and ends.

const { bytes, mime, maps } = workerData as { bytes: Uint8Array; mime: string; maps: string }
extractText(bytes, mime, maps).then(
  (text) => parentPort?.postMessage({ text }),
  (error: unknown) => parentPort?.postMessage({ error: String(error) }),
)
