import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { toastFailure } from '@heyi/ui/toast'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastError } from '../../app/errors'
import type { Chosen } from '../files/uploads'
import styles from './ClipDialog.module.css'
import { type Filming, longestFilmMs, openCamera, startFilming } from './film-recorder'

interface Props {
  onClip: (clip: Chosen) => void
  onClose: () => void
}

/** What was pressed is gone; the keys go on with what comes. Not with sending, which a key held down would press at once. */
const focus = (element: HTMLElement | null) => element?.focus()

/** Films with the camera, a minute at most; what was filmed is looked at before it goes. */
export function ClipDialog({ onClip, onClose }: Props) {
  const { t } = useTranslation()
  const view = useRef<HTMLVideoElement>(null)
  const [camera, setCamera] = useState<MediaStream | null>(null)
  const [filming, setFilming] = useState<Filming | null>(null)
  const [clip, setClip] = useState<(Chosen & { address: string }) | null>(null)
  const closing = useRef(onClose)
  closing.current = onClose
  const taken = clip !== null
  // Its light goes out while the clip is looked at, and once the dialog is left.
  useEffect(() => {
    if (taken) return
    if (!navigator.mediaDevices) {
      toastFailure(t('card.clip.insecure'))
      return closing.current()
    }
    let stream: MediaStream | null = null
    let live = true
    const end = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    openCamera().then(
      (opened) => {
        stream = opened
        if (live) setCamera(opened)
        else end()
      },
      () => {
        if (!live) return
        toastFailure(t('card.clip.refused'))
        closing.current()
      },
    )
    return () => {
      live = false
      setCamera(null)
      end()
    }
  }, [taken, t])
  useEffect(() => {
    if (view.current && !taken) view.current.srcObject = camera
  }, [camera, taken])
  const look = useCallback((element: HTMLVideoElement | null) => {
    view.current = element
    focus(element)
  }, [])
  useEffect(() => () => filming?.cancel(), [filming])
  useEffect(
    () => () => {
      if (clip) URL.revokeObjectURL(clip.address)
    },
    [clip],
  )
  const stop = useRef<() => void>(() => undefined)
  stop.current = () => {
    if (!filming) return
    filming
      .stop()
      .then((made) => {
        setFilming(null)
        setClip({ ...made, address: URL.createObjectURL(made.file) })
      })
      .catch(toastError)
  }
  const start = () => {
    if (camera) setFilming(startFilming(camera, () => stop.current()))
  }
  const send = () => {
    if (!clip) return
    const { address: _, ...made } = clip
    onClip(made)
    onClose()
  }
  return (
    <Dialog
      title={t('card.clip.record')}
      size="m"
      onClose={onClose}
      footer={
        clip ? (
          <>
            <Button size="l" onClick={() => setClip(null)}>
              {t('card.clip.again')}
            </Button>
            <Button look="primary" size="l" onClick={send}>
              {t('card.clip.send')}
            </Button>
          </>
        ) : filming ? (
          <Button key="stop" autoFocus look="primary" size="l" onClick={() => stop.current()}>
            {t('card.clip.stop')}
          </Button>
        ) : (
          <Button key={camera ? 'start' : 'wait'} autoFocus look="primary" size="l" disabled={!camera} onClick={start}>
            {t('card.clip.start')}
          </Button>
        )
      }
    >
      <div className={styles.stage}>
        {clip ? (
          // biome-ignore lint/a11y/useMediaCaption: what people film has none
          <video key="clip" ref={focus} src={clip.address} controls playsInline aria-label={t('card.clip.preview')} />
        ) : (
          <video key="camera" ref={look} tabIndex={-1} autoPlay muted playsInline aria-label={t('card.clip.camera')} />
        )}
        {filming && <Passed />}
      </div>
      <p className={styles.help}>{t('card.clip.longest')}</p>
    </Dialog>
  )
}

function Passed() {
  const { t } = useTranslation()
  const [startedAt] = useState(() => performance.now())
  const [now, setNow] = useState(startedAt)
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 200)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.floor(Math.min(longestFilmMs, Math.max(0, now - startedAt)) / 1000)
  return (
    <span className={`num ${styles.time}`} role="timer" aria-label={t('card.clip.recording')}>
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}
