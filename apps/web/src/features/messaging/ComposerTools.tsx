import type { Outgoing } from '@heyi/client'
import { IconButton } from '@heyi/ui/Button'
import { MenuButton } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import {
  AtSign,
  CirclePlus,
  Clock,
  Contact,
  HeartHandshake,
  Image,
  ListOrdered,
  MailCheck,
  MapPin,
  Maximize2,
  Mic,
  Minimize2,
  Paperclip,
  Smile,
  Video,
  Vote,
} from 'lucide-react'
import { type ChangeEvent, lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastError } from '../../app/errors'
import { useFormat, useZone } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import type { Chosen } from '../files/uploads'
import styles from './Composer.module.css'
import type { CardKind } from './NewCard'
import { sendTimes } from './send-times'

const ScheduleDialog = lazy(() => import('./ScheduleDialog').then((module) => ({ default: module.ScheduleDialog })))
const NewCard = lazy(() => import('./NewCard').then((module) => ({ default: module.NewCard })))
const ClipDialog = lazy(() => import('./ClipDialog').then((module) => ({ default: module.ClipDialog })))
const ThanksDialog = lazy(() => import('../thanks/ThanksDialog').then((module) => ({ default: module.ThanksDialog })))

interface Props {
  id: string
  group: boolean
  /** Of a thread: nobody is asked to confirm or thanked, and nothing waits for its time. */
  thread: boolean
  emoji: boolean
  onEmoji: () => void
  onFiles: (files: readonly File[]) => void
  onRecord: () => void
  onRecorded: (recorded: Chosen) => void
  onMention: () => void
  sendCard: (outgoing: Outgoing) => Promise<unknown>
  onLater: ((card: Outgoing) => void) | undefined
  onSent: () => void
  /** A receipt is asked for. */
  asking: boolean
  onReceipt: () => void
  /** What is written may be sent later. */
  mayWait: boolean
  sendAt: (at: string) => Promise<unknown>
  /** The time is being chosen; a key opens that too. */
  timing: boolean
  onTiming: (timing: boolean) => void
  tall: boolean
  onTall: () => void
}

/** What else than words goes out, and how: above the field, on the phone beside it in one menu. */
export function ComposerTools({ id, group, thread, sendCard, onSent, mayWait, sendAt, timing, ...props }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const zone = useZone()
  const phone = useMedia(widths.phone)
  const files = useRef<HTMLInputElement>(null)
  const images = useRef<HTMLInputElement>(null)
  const [adding, setAdding] = useState<CardKind | 'thanks' | 'clip' | null>(null)
  const pickFiles = (event: ChangeEvent<HTMLInputElement>) => {
    props.onFiles([...(event.target.files ?? [])])
    event.target.value = ''
  }
  const pickTime = () => props.onTiming(true)
  const close = () => setAdding(null)
  const cards = [
    ...('MediaRecorder' in window
      ? [{ label: t('card.clip.record'), icon: <Video size={16} />, onSelect: () => setAdding('clip') }]
      : []),
    { label: t('poll.new'), icon: <Vote size={16} />, onSelect: () => setAdding('poll') },
    { label: t('relay.new'), icon: <ListOrdered size={16} />, onSelect: () => setAdding('relay') },
    { label: t('card.contact'), icon: <Contact size={16} />, onSelect: () => setAdding('contact') },
    { label: t('card.location'), icon: <MapPin size={16} />, onSelect: () => setAdding('location') },
    ...(thread
      ? []
      : [{ label: t('thanks.send'), icon: <HeartHandshake size={16} />, onSelect: () => setAdding('thanks') }]),
  ]
  const ways = [
    { label: t('receipt.ask'), icon: <MailCheck size={16} />, onSelect: props.onReceipt },
    { label: t('schedule.later'), icon: <Clock size={16} />, disabled: !mayWait, onSelect: pickTime },
  ]
  return (
    <>
      <div className={styles.tools} role="toolbar" aria-label={t('composer.tools')}>
        <IconButton
          small
          data-emoji-button
          label={t('composer.emoji')}
          aria-expanded={props.emoji}
          onClick={props.onEmoji}
        >
          <Smile size={18} />
        </IconButton>
        {phone ? (
          <MenuButton
            small
            label={t('composer.more')}
            icon={<CirclePlus size={20} />}
            entries={[
              { label: t('composer.image'), icon: <Image size={16} />, onSelect: () => images.current?.click() },
              { label: t('composer.file'), icon: <Paperclip size={16} />, onSelect: () => files.current?.click() },
              ...cards,
              ...(thread ? [] : ways),
            ]}
          />
        ) : (
          <>
            <IconButton small label={t('composer.file')} onClick={() => files.current?.click()}>
              <Paperclip size={18} />
            </IconButton>
            <IconButton small label={t('composer.image')} onClick={() => images.current?.click()}>
              <Image size={18} />
            </IconButton>
            <IconButton small label={t('voice.record')} onClick={props.onRecord}>
              <Mic size={18} />
            </IconButton>
            <MenuButton small label={t('card.add')} icon={<CirclePlus size={18} />} entries={cards} />
            {group && (
              <IconButton small label={t('composer.mention')} onClick={props.onMention}>
                <AtSign size={18} />
              </IconButton>
            )}
            {!thread && (
              <>
                <IconButton
                  small
                  className={styles.expand}
                  label={t('receipt.ask')}
                  pressed={props.asking}
                  onClick={props.onReceipt}
                >
                  <MailCheck size={18} />
                </IconButton>
                <MenuButton
                  small
                  label={t('schedule.later')}
                  icon={<Clock size={18} />}
                  disabled={!mayWait}
                  entries={[
                    ...sendTimes(zone, new Date()).map((at) => ({
                      label: format.soon(at.toISOString()),
                      onSelect: () => void sendAt(at.toISOString()).catch(toastError),
                    })),
                    { label: t('schedule.pick'), onSelect: pickTime },
                  ]}
                />
              </>
            )}
            <IconButton
              small
              label={props.tall ? t('composer.shrink') : t('composer.expand')}
              pressed={props.tall}
              onClick={props.onTall}
            >
              {props.tall ? <Minimize2 size={16} /> : <Maximize2 size={16} />}
            </IconButton>
          </>
        )}
      </div>
      <Presence>
        {adding && (
          <Suspense fallback={null}>
            {adding === 'thanks' ? (
              <ThanksDialog conversation={id} onSent={onSent} onClose={close} />
            ) : adding === 'clip' ? (
              <ClipDialog onClip={props.onRecorded} onClose={close} />
            ) : (
              <NewCard kind={adding} onSend={sendCard} onLater={props.onLater} onClose={close} />
            )}
          </Suspense>
        )}
      </Presence>
      <Presence>
        {timing && (
          <Suspense fallback={null}>
            <ScheduleDialog scheduled={null} words={null} onTime={sendAt} onClose={() => props.onTiming(false)} />
          </Suspense>
        )}
      </Presence>
      <input ref={files} type="file" multiple hidden onChange={pickFiles} />
      <input ref={images} type="file" accept="image/*" multiple hidden onChange={pickFiles} />
    </>
  )
}
