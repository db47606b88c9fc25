import { useSyncExternalStore } from 'react'

/** One voice plays at a time, in the whole page. */
interface Playing {
  /** `conversation seq` of what plays or is paused; null before the first. */
  key: string | null
  playing: boolean
  /** Seconds. */
  at: number
  rate: number
}

const rates = [1, 1.5, 2] as const
const toldEveryMs = 100

let state: Playing = { key: null, playing: false, at: 0, rate: 1 }
let audio: HTMLAudioElement | null = null
let timer: ReturnType<typeof setInterval> | undefined
let ended: (() => void) | null = null
const listeners = new Set<() => void>()

function put(change: Partial<Playing>) {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

function element(): HTMLAudioElement {
  if (audio) return audio
  audio = new Audio()
  audio.addEventListener('ended', () => {
    stopped()
    put({ key: null, at: 0 })
    ended?.()
  })
  audio.addEventListener('pause', stopped)
  return audio
}

function stopped() {
  clearInterval(timer)
  put({ playing: false })
}

/** Plays, or goes on where it was paused. Rejects where the browser cannot. */
export async function playVoice(key: string, url: string, onEnded: () => void): Promise<void> {
  const player = element()
  ended = onEnded
  if (state.key !== key) {
    player.src = url
    put({ key, at: 0 })
  }
  player.playbackRate = state.rate
  await player.play()
  clearInterval(timer)
  timer = setInterval(() => put({ at: player.currentTime }), toldEveryMs)
  put({ playing: true })
}

export const pauseVoice = (): void => audio?.pause()

/** The next of the speeds; it holds for what comes after as well. */
export function nextRate(): void {
  const rate = rates[(rates.indexOf(state.rate as (typeof rates)[number]) + 1) % rates.length] ?? 1
  if (audio) audio.playbackRate = rate
  put({ rate })
}

const idle: Playing = { key: null, playing: false, at: 0, rate: 1 }
let idleAt = idle

/** How a voice plays; the same object for all that do not. */
export function useVoice(key: string): Playing {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => {
      if (state.key === key) return state
      if (idleAt.rate !== state.rate) idleAt = { ...idle, rate: state.rate }
      return idleAt
    },
  )
}
