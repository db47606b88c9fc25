import type { Outgoing } from '@heyi/client'
import type { Operations } from '@heyi/contract'
import { limits } from '@heyi/contract/limits'
import { IconButton } from '@heyi/ui/Button'
import { toast } from '@heyi/ui/toast'
import { RotateCw, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../app/data'
import { localId } from '../../app/device'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { FileCard } from '../files/FileCard'
import { type Chosen, uploadFile } from '../files/uploads'
import { ScheduleDialog } from './ScheduleDialog'
import { cardLine, PartLine } from './ScheduledParts'
import styles from './ScheduledParts.module.css'

/** What is to be sent later: files or a voice, or one card; with some words or without. */
export interface Waiting {
  files: readonly Chosen[]
  card: Outgoing | null
  words: string
}

type NewPart = NonNullable<Operations['messaging.scheduleMessage']['input']['parts']>[number]

/** A file on its way to the server, where it then waits; there once it has an id. */
interface Kept {
  key: string
  chosen: Chosen
  file: string | null
  progress: number
  error: unknown
}

interface Props {
  conversation: string
  quote: number | null
  waiting: Waiting
  onDone: () => void
  onClose: () => void
}

const shownAsImage = /^image\/(png|jpeg|gif|webp|avif)$/

/** Files are put on the server at once, while the time is being chosen. */
export function SendLater({ conversation, quote, waiting, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [kept, setKept] = useState<Kept[]>(() =>
    waiting.files.map((chosen) => ({ key: localId(), chosen, file: null, progress: 0, error: null })),
  )
  const running = useRef(new Map<string, AbortController>())
  const begun = useRef(false)
  const begin = ({ key, chosen }: Kept) => {
    const put = (change: Partial<Kept>) =>
      setKept((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)))
    const abort = new AbortController()
    running.current.set(key, abort)
    put({ error: null, progress: 0 })
    uploadFile(chosen.file, chosen.name, (progress) => put({ progress }), abort.signal).then(
      (file) => put({ file, progress: 1 }),
      (error: unknown) => abort.signal.aborted || put({ error }),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what was chosen
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    for (const one of kept) begin(one)
  }, [])
  const remove = (key: string) => {
    running.current.get(key)?.abort()
    const left = kept.filter((one) => one.key !== key)
    setKept(left)
    if (left.length === 0) onClose()
  }
  const leave = () => {
    for (const { key, file } of kept) if (file === null) running.current.get(key)?.abort()
    onClose()
  }
  const tooMany = kept.length > limits.scheduledParts
  const sendAt = async (at: string, words: string) => {
    const parts = [...kept.map(partOf), ...(waiting.card ? [cardPart(waiting.card)] : [])]
    await client.call('messaging.scheduleMessage', {
      conversation,
      body: words ? { text: words } : null,
      parts,
      quote,
      receipt: null,
      ladder: null,
      sendAt: at,
    })
    onDone()
    toast(t('schedule.done', { time: format.soon(at) }))
  }
  const parts = (
    <div className={styles.lines}>
      {kept.map((one) => (
        <FileCard
          key={one.key}
          name={
            one.chosen.voice
              ? t('preview.voice', { count: Math.round(one.chosen.voice.durationMs / 1000) })
              : one.chosen.name
          }
          sizeBytes={one.chosen.file.size}
          note={one.error !== null ? errorMessage(one.error) : one.file === null ? t('schedule.uploading') : undefined}
          progress={one.file === null && one.error === null ? one.progress : undefined}
          actions={
            <>
              {one.error !== null && (
                <IconButton small label={t('action.retry')} onClick={() => begin(one)}>
                  <RotateCw size={16} />
                </IconButton>
              )}
              <IconButton
                small
                label={t('schedule.without', { name: one.chosen.name })}
                onClick={() => remove(one.key)}
              >
                <X size={16} />
              </IconButton>
            </>
          }
        />
      ))}
      {waiting.card && <PartLine name={cardLine(client, waiting.card, t)} onRemove={null} />}
      {tooMany && (
        <p role="alert" className={styles.why}>
          {t('schedule.tooMany', { count: limits.scheduledParts })}
        </p>
      )}
    </div>
  )
  return (
    <ScheduleDialog
      scheduled={null}
      words={waiting.words}
      parts={parts}
      ready={!tooMany && kept.every(({ file }) => file !== null)}
      onTime={sendAt}
      onClose={leave}
    />
  )
}

function partOf({ chosen, file }: Kept): NewPart {
  const id = file ?? ''
  if (chosen.voice) return { kind: 'voice', file: id, ...chosen.voice }
  return { kind: shownAsImage.test(chosen.file.type) ? 'image' : 'file', file: id }
}

function cardPart(card: Outgoing): NewPart {
  if (card.kind === 'sticker') return { kind: 'sticker', sticker: card.sticker }
  const { receipt: _receipt, ...part } = card
  return part as NewPart
}
