import { limits } from '@heyi/contract/limits'
import type { Chosen } from '../files/uploads'

/** It stops by itself a little before the server would refuse it. */
export const longestMs = limits.voiceMs - 1_000
/** Less is a slip of the finger. */
const shortestMs = 500
const kinds = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/webm']

export interface Recording {
  /** Null where it was too short, or nothing came of it. */
  stop(): Promise<Chosen | null>
  cancel(): void
}

/**
 * Records from the microphone.
 *
 * @throws DOMException where there is none or it may not be used; TypeError where the page has no HTTPS
 */
export async function startRecording(onLongest: () => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind))
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType, audioBitsPerSecond: 24_000 } : {})
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const ended = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()))
  recorder.start(1_000)
  const startedAt = performance.now()
  const timer = setTimeout(onLongest, longestMs)
  const end = () => {
    clearTimeout(timer)
    if (recorder.state !== 'inactive') recorder.stop()
    for (const track of stream.getTracks()) track.stop()
  }
  return {
    cancel: end,
    async stop() {
      const durationMs = Math.min(longestMs, Math.round(performance.now() - startedAt))
      end()
      await ended
      if (durationMs < shortestMs) return null
      const type = (recorder.mimeType || 'audio/webm').split(';')[0] ?? 'audio/webm'
      const file = new Blob(parts, { type })
      const name = `voice-${new Date().toISOString().replace(/[:.]/g, '-')}.${type === 'audio/mp4' ? 'm4a' : 'webm'}`
      return { file, name, voice: { durationMs, waveform: await waveformOf(file) } }
    },
  }
}

/** How loud the sound is, in steps of about half a second of a minute; empty where it cannot be told. */
async function waveformOf(file: Blob): Promise<number[]> {
  try {
    const context = new OfflineAudioContext(1, 1, 16_000)
    const samples = (await context.decodeAudioData(await file.arrayBuffer())).getChannelData(0)
    return loudness(samples, Math.max(8, Math.min(limits.waveformSteps, Math.round(samples.length / 8_000) + 8)))
  } catch (error) {
    console.warn('how loud a voice is could not be told', error)
    return []
  }
}

/** The mean of each step, 0 to 31, the loudest step at the top. */
export function loudness(samples: ArrayLike<number>, steps: number): number[] {
  const size = Math.max(1, Math.floor(samples.length / steps))
  const means = Array.from({ length: steps }, (_, step) => {
    let sum = 0
    for (let i = step * size; i < (step + 1) * size; i++) sum += Math.abs(samples[i] ?? 0)
    return sum / size
  })
  const most = Math.max(...means)
  return means.map((mean) => (most > 0 ? Math.round((mean / most) * 31) : 0))
}
