import type { Chosen } from '../files/uploads'
import { withDuration } from './webm'

/** It stops by itself. */
export const longestFilmMs = 60_000
const kinds = ['video/mp4;codecs=avc1.42E01E,mp4a.40.2', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4']
/** A minute of it stays under ten megabytes. */
const bitsPerSecond = { videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 64_000 }

/**
 * The camera that looks at what one holds it to, with the microphone where there is one.
 *
 * @throws DOMException where there is none or it may not be used
 */
export async function openCamera(): Promise<MediaStream> {
  const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } }
  const devices = navigator.mediaDevices
  return devices.getUserMedia({ video, audio: true }).catch(() => devices.getUserMedia({ video }))
}

export interface Filming {
  stop(): Promise<Chosen>
  cancel(): void
}

/** Records what the camera sees; the camera stays open. */
export function startFilming(stream: MediaStream, onLongest: () => void): Filming {
  const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind))
  const recorder = new MediaRecorder(stream, { ...bitsPerSecond, ...(mimeType && { mimeType }) })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const ended = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()))
  recorder.start(1_000)
  const startedAt = performance.now()
  const timer = setTimeout(onLongest, longestFilmMs)
  const end = () => {
    clearTimeout(timer)
    if (recorder.state !== 'inactive') recorder.stop()
  }
  return {
    cancel: end,
    async stop() {
      const durationMs = Math.min(longestFilmMs, Math.round(performance.now() - startedAt))
      end()
      await ended
      const type = (recorder.mimeType || 'video/webm').split(';')[0] ?? 'video/webm'
      const whole = new Blob(parts, { type })
      const name = `clip-${new Date().toISOString().replace(/[:.]/g, '-')}.${type === 'video/mp4' ? 'mp4' : 'webm'}`
      if (type !== 'video/webm') return { file: whole, name }
      return { file: new Blob([withDuration(new Uint8Array(await whole.arrayBuffer()), durationMs)], { type }), name }
    },
  }
}
