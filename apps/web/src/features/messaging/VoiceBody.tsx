import type { Client } from '@heyi/client'
import type { VoiceBody as Voice } from '@heyi/contract/messaging'
import { toastFailure } from '@heyi/ui/toast'
import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { useTranscript } from './transcripts'
import styles from './VoiceBody.module.css'
import { nextRate, pauseVoice, playVoice, useVoice } from './voice-player'

interface Props {
  conversation: string
  seq: number
  body: Voice
  mine: boolean
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** A voice: play and pause, how loud it is, how long, and a dot until it was listened to. The next one follows by itself. */
export function VoiceBody({ conversation, seq, body, mine }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const key = `${conversation} ${seq} ${body.file}`
  const voice = useVoice(key)
  const url = useHeyi((held) => held.fileUrl(body.file, { conversation, seq }, 'original'))
  const played = useHeyi((held) => mine || held.played(conversation, seq))
  const written = useTranscript(conversation, seq)
  const seconds = Math.max(1, Math.round(body.durationMs / 1000))
  const share = voice.key === key ? Math.min(1, (voice.at * 1000) / body.durationMs) : 0
  const toggle = () => {
    if (voice.playing) return pauseVoice()
    void play(client, me, { conversation, seq, body }).catch(() => toastFailure(t('voice.failed')))
  }
  return (
    <>
      <div className={styles.voice}>
        <div className={[styles.bubble, mine && styles.mine].filter(Boolean).join(' ')}>
          <button
            type="button"
            data-open
            className={styles.play}
            disabled={!url}
            aria-label={voice.playing ? t('voice.pause') : t('voice.play', { count: seconds })}
            onClick={toggle}
          >
            {voice.playing ? <Pause size={14} fill="currentColor" /> : <Play size={14} fill="currentColor" />}
          </button>
          <Waves waveform={body.waveform} share={share} />
          <span className="num">{clock(voice.key === key ? voice.at : seconds)}</span>
          {voice.key === key && (
            <button
              type="button"
              className={styles.rate}
              aria-label={t('voice.speed', { rate: voice.rate })}
              onClick={nextRate}
            >
              {voice.rate}×
            </button>
          )}
        </div>
        {!played && <span className={styles.dot} role="img" aria-label={t('voice.unplayed')} />}
      </div>
      {written !== null && (
        <p className={styles.text} role="note" aria-label={t('voice.transcript')}>
          {written === undefined ? t('voice.making') : written === '' ? t('voice.nothing') : written}
        </p>
      )}
    </>
  )
}

interface Heard {
  conversation: string
  seq: number
  body: Voice
}

async function play(client: Client, me: string, { conversation, seq, body }: Heard): Promise<void> {
  const url = client.fileUrl(body.file, { conversation, seq }, 'original')
  if (!url) return
  await playVoice(`${conversation} ${seq} ${body.file}`, url, () => {
    const next = nextUnplayed(client, me, conversation, seq)
    if (next) void play(client, me, next).catch(() => undefined)
  })
  const isMine = client.message(conversation, seq)?.sender === me
  if (isMine || client.played(conversation, seq)) return
  await client.call('messaging.markPlayed', { conversation, seq }).catch(() => undefined)
}

/** The voice of somebody else that comes next and was not listened to. */
function nextUnplayed(client: Client, me: string, conversation: string, after: number): Heard | null {
  for (const { object } of client.chat(conversation).messages) {
    if (object.seq <= after || object.kind !== 'voice' || !object.body || object.sender === me) continue
    if (!client.played(conversation, object.seq)) return { conversation, seq: object.seq, body: object.body }
  }
  return null
}

function Waves({ waveform, share }: { waveform: readonly number[]; share: number }) {
  const bars = waveform.length > 0 ? waveform : [4, 8, 4]
  return (
    <svg
      className={styles.waves}
      viewBox={`0 0 ${bars.length * 4} 24`}
      style={{ width: `${bars.length * 4}px` }}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((loud, index) => {
        const height = 3 + (loud / 31) * 19
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
            key={index}
            x={index * 4}
            y={12 - height / 2}
            width={2}
            height={height}
            rx={1}
            className={index / bars.length < share ? styles.heard : undefined}
          />
        )
      })}
    </svg>
  )
}
