import { Button, IconButton } from '@heyi/ui/Button'
import { toastFailure } from '@heyi/ui/toast'
import { Clock, Mic, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chosen } from '../files/uploads'
import { longestMs, type Recording, startRecording } from './recorder'
import styles from './VoiceRecorder.module.css'

interface Props {
  /** A finger holds the button: letting go sends, sliding up cancels. A mere tap leaves it on. */
  held: boolean
  onVoice: (voice: Chosen) => void
  /** Offers to have it sent later. */
  onLater: ((voice: Chosen) => void) | undefined
  onClose: () => void
}

/** Held for less, it was a tap. */
const tapMs = 350
/** So far up cancels. */
const cancelPx = 80
/** How far before the end it says so. */
const nearEndMs = 10_000

/** Records at once, in the composer’s place, until it is sent or cancelled; it stops by itself at its longest. */
export function VoiceRecorder({ held, onVoice, onLater, onClose }: Props) {
  const { t } = useTranslation()
  const recording = useRef<Recording | null>(null)
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const [now, setNow] = useState(0)
  const [full, setFull] = useState(false)
  const latest = useRef({ onVoice, onClose })
  latest.current = { onVoice, onClose }
  useEffect(() => {
    let live = true
    if (!navigator.mediaDevices) {
      toastFailure(t('voice.insecure'))
      latest.current.onClose()
      return
    }
    startRecording(() => setFull(true)).then(
      (started) => {
        if (!live) return started.cancel()
        recording.current = started
        setStartedAt(performance.now())
      },
      () => {
        if (!live) return
        toastFailure(t('voice.refused'))
        latest.current.onClose()
      },
    )
    const timer = setInterval(() => setNow(performance.now()), 200)
    return () => {
      live = false
      clearInterval(timer)
      recording.current?.cancel()
    }
  }, [t])
  const [holding, setHolding] = useState(held)
  const [leaving, setLeaving] = useState(false)
  const ending = useRef<(send: boolean) => void>(() => undefined)
  useEffect(() => {
    if (!holding) return
    const since = performance.now()
    const abort = new AbortController()
    const on = (name: 'pointermove' | 'pointerup' | 'pointercancel', heard: (event: PointerEvent) => void) =>
      window.addEventListener(name, heard, { signal: abort.signal })
    const isAway = ({ clientY }: PointerEvent) => window.innerHeight - clientY > cancelPx + 60
    on('pointermove', (event) => setLeaving(isAway(event)))
    on('pointercancel', () => setHolding(false))
    on('pointerup', (event) => {
      setHolding(false)
      if (performance.now() - since >= tapMs) ending.current(!isAway(event))
    })
    return () => abort.abort()
  }, [holding])
  const passed = startedAt === null ? 0 : Math.min(longestMs, Math.max(0, now - startedAt))
  const left = Math.ceil((longestMs - passed) / 1000)
  const finish = async (onDone: (voice: Chosen) => void) => {
    const voice = await recording.current?.stop()
    recording.current = null
    if (voice) onDone(voice)
    latest.current.onClose()
  }
  const send = () => finish((voice) => latest.current.onVoice(voice))
  ending.current = (wanted) => (wanted ? void send() : onClose())
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a fieldset
    <div data-recorder className={styles.recorder} role="group" aria-label={t('voice.recording')}>
      <IconButton label={t('voice.cancel')} onClick={onClose}>
        <X size={18} />
      </IconButton>
      <span className={styles.now} role="status">
        <Mic size={18} className={full ? undefined : styles.live} aria-hidden="true" />
        {holding ? t(leaving ? 'voice.leave' : 'voice.holding') : t('voice.recording')}
      </span>
      <span className="num" role="timer">
        {passed > longestMs - nearEndMs
          ? t('voice.left', { count: left })
          : `${Math.floor(passed / 60_000)}:${String(Math.floor(passed / 1000) % 60).padStart(2, '0')}`}
      </span>
      {onLater && !holding && (
        <IconButton label={t('schedule.later')} disabled={startedAt === null} onClick={() => void finish(onLater)}>
          <Clock size={18} />
        </IconButton>
      )}
      <Button look="primary" size="l" data-first disabled={startedAt === null} onClick={() => void send()}>
        {t('voice.send')}
      </Button>
    </div>
  )
}
