import type { ChatState, Outgoing } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import type { Mention, Message } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { toast, toastFailure } from '@heyi/ui/toast'
import { Mic, SendHorizontal, X } from 'lucide-react'
import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type Ref,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMe } from '../../app/data'
import { toastError } from '../../app/errors'
import { useFormat } from '../../app/format'
import { pressed, useShortcut } from '../../app/keyboard'
import { useMedia, widths } from '../../app/media'
import type { Chosen } from '../files/uploads'
import styles from './Composer.module.css'
import { ComposerTools } from './ComposerTools'
import { useTitle } from './conversation'
import { MentionPicker, type MentionPickerHandle } from './MentionPicker'
import { QuoteDraft } from './Quote'
import type { Asking } from './ReceiptBar'
import { keepReplyDraft, replyDraft } from './reply-drafts'
import { findMentions, type Nameable } from './rich-text'
import { useMentionable } from './useMentionable'

const ReceiptBar = lazy(() => import('./ReceiptBar').then((module) => ({ default: module.ReceiptBar })))
const VoiceRecorder = lazy(() => import('./VoiceRecorder').then((module) => ({ default: module.VoiceRecorder })))
const EmojiPicker = lazy(() => import('./EmojiPicker').then((module) => ({ default: module.EmojiPicker })))

export interface ComposerHandle {
  focus: () => void
  setText: (text: string) => void
  /** Puts a text of mine in, to be put right. */
  correct: (seq: number) => void
  /** Has what is written sent at this instant. */
  sendLater: (at: string) => void
}

interface Props {
  id: string
  chat: ChatState
  /** The thread that it writes in, if any. */
  root?: number
  quote: number | null
  onQuote: (seq: number | null) => void
  onFiles: (files: readonly File[]) => void
  /** A voice or a film, to be sent as it is. */
  onRecorded: (recorded: Chosen) => void
  /** Offers to have a voice or a card sent later. */
  onLater?: ((what: { voice: Chosen } | { card: Outgoing }) => void) | undefined
  onSent: () => void
  ref: Ref<ComposerHandle>
}

type MyText = Extract<Message, { kind: 'text' }>

const typingEveryMs = 3000
/** `@` at the start or after something that is not a word, and what was typed behind it. */
const mentionAt = /(?:^|[^\w])@([^\s@]{0,20})$/

export function Composer({ id, chat, root, quote, onQuote, onFiles, onRecorded, onLater, onSent, ref }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMe()
  const format = useFormat()
  const phone = useMedia(widths.phone)
  const touch = useMedia('(pointer: coarse)')
  const title = useTitle(chat.conversation, chat.members)
  const group = chat.conversation?.kind === 'group'
  const label = root === undefined ? t('composer.to', { title }) : t('thread.write')
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<MentionPickerHandle>(null)
  const picked = useRef<Nameable[]>([])
  const typedAt = useRef(0)
  const [text, setShown] = useState(() => (root === undefined ? chat.draft : replyDraft(id, root))?.text ?? '')
  /** What is written, for whoever comes back from waiting. */
  const written = useRef(text)
  const setText = useCallback((next: string) => {
    written.current = next
    setShown(next)
  }, [])
  const [touched, setTouched] = useState(false)
  const [asked, setAsked] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [emoji, setEmoji] = useState(false)
  const [tall, setTall] = useState(false)
  const [recording, setRecording] = useState<'held' | 'free' | null>(null)
  const [timing, setTiming] = useState(false)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [corrected, setCorrected] = useState<MyText | null>(null)
  const mentionable = useMentionable(id, chat, group && asked !== null)
  const enterSends = me?.preferences.enterSends ?? true

  // A draft of another device is taken over until something is typed here.
  const draft = root === undefined ? chat.draft : null
  const saveDraft = (next: string, withQuote: number | null) =>
    root === undefined
      ? client.saveDraft(id, next, withQuote)
      : keepReplyDraft(id, root, { text: next, quote: withQuote })
  useEffect(() => {
    if (touched || !draft) return
    setText(draft.text)
    if (draft.quote !== null) onQuote(draft.quote)
  }, [draft, touched, onQuote, setText])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const box = area.current
    if (!box) return
    box.style.height = 'auto'
    box.style.height = tall ? 'min(56dvh, 560px)' : `${Math.min(box.scrollHeight, phone ? 132 : 200)}px`
  }, [text, phone, tall])
  useEffect(() => {
    if (!touch) area.current?.focus()
  }, [touch])

  const put = (next: string, withQuote = quote) => {
    setTouched(true)
    setText(next)
    // What corrects a message is not a draft of another.
    if (!corrected) saveDraft(next, withQuote)
  }
  const leaveCorrecting = () => {
    setCorrected(null)
    setText('')
    setAsked(null)
  }
  const mayCorrect = (message: Message | null | undefined): message is MyText =>
    message?.kind === 'text' &&
    message.sender === me?.profile.id &&
    message.body !== null &&
    !message.receipt &&
    Date.now() - Date.parse(message.sentAt) < limits.editSeconds * 1000
  const correct = (message: MyText) => {
    const { text: said = '', mentions = [] } = message.body ?? {}
    picked.current = mentions.map(({ principal, start, length }) => ({
      principal,
      name: said.slice(start + 1, start + length),
    }))
    setTouched(true)
    setCorrected(message)
    setText(said)
  }
  /** My last message, where it is a text that may still be put right. */
  const correctLast = () => {
    const last = chat.messages.findLast(({ object }) => object.sender === me?.profile.id && object.kind !== 'system')
    if (!mayCorrect(last?.object)) return false
    correct(last.object)
    return true
  }
  const insert = (piece: string) => {
    const box = area.current
    if (!box) return
    const at = box.selectionStart + piece.length
    put(text.slice(0, box.selectionStart) + piece + text.slice(box.selectionEnd))
    if (!phone) box.focus()
    requestAnimationFrame(() => box.setSelectionRange(at, at))
  }
  const closeEmoji = useCallback(() => setEmoji(false), [])
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    correct: (seq) => {
      const message = client.message(id, seq)
      if (!mayCorrect(message)) return toastFailure(t('edit.late'))
      correct(message)
      area.current?.focus()
    },
    sendLater: (at) => {
      if (mayWait) void sendAt(at).catch(toastError)
      else area.current?.focus()
    },
    setText: (next) => {
      put(text ? `${text}\n${next}` : next)
      area.current?.focus()
    },
  }))
  const changed = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value, selectionEnd } = event.target
    put(value)
    if (value && Date.now() - typedAt.current > typingEveryMs) {
      typedAt.current = Date.now()
      client.typing(id)
    }
    setAsked(group ? (mentionAt.exec(value.slice(0, selectionEnd))?.[1] ?? null) : null)
  }
  const mention = (person: Nameable) => {
    const box = area.current
    if (!box) return
    const end = box.selectionEnd
    const start = text.slice(0, end).lastIndexOf('@')
    const next = `${text.slice(0, start)}@${person.name} `
    picked.current.push(person)
    put(next + text.slice(end))
    setAsked(null)
    box.focus()
    requestAnimationFrame(() => box.setSelectionRange(next.length, next.length))
  }
  const askMention = () => {
    const box = area.current
    if (!box) return
    const end = box.selectionEnd
    const before = text.slice(0, end)
    const gap = before && !/\s$/.test(before) ? ' ' : ''
    put(`${before}${gap}@${text.slice(end)}`)
    setAsked('')
    box.focus()
    const at = end + gap.length + 1
    requestAnimationFrame(() => box.setSelectionRange(at, at))
  }
  const toggleReceipt = () => setAsking(asking ? null : { mode: 'tap', ladder: [] })
  useShortcut('receipt', toggleReceipt, root === undefined)
  const tooLong = text.length > limits.messageChars
  const empty = text.trim() === ''
  const named = (body: string) =>
    group ? findMentions(body, [...picked.current, ...mentionable.known]).slice(0, limits.mentions) : []
  /** For what is written next. */
  const clear = () => {
    picked.current = []
    setText('')
    onQuote(null)
    setAsking(null)
    setAsked(null)
    setTall(false)
  }
  const send = async () => {
    if (empty || tooLong || busy) return
    const body = text.trim()
    const mentions = named(body)
    if (corrected) return saveCorrection(corrected, body, mentions)
    const taken = { text, quote, asking, picked: picked.current }
    // At once: what is typed while the message is being stored belongs to the next.
    clear()
    try {
      const mentioned = mentions.length > 0 && { mentions }
      const asked = asking && {
        receipt: asking.mode,
        ...(asking.ladder.length > 0 && { ladder: asking.ladder }),
      }
      await client.send(id, { kind: 'text', text: body, ...mentioned, ...asked }, quote, root ?? null)
      if (written.current === '') saveDraft('', null)
      onSent()
    } catch (error) {
      // Nothing was queued: it is to be sent still, before what was typed since.
      picked.current = [...taken.picked, ...picked.current]
      setAsking(taken.asking)
      onQuote(taken.quote)
      put(written.current ? `${taken.text}\n${written.current}` : taken.text, taken.quote)
      toastError(error)
    } finally {
      area.current?.focus()
    }
  }
  const saveCorrection = async (message: MyText, body: string, mentions: Mention[]) => {
    if (message.body?.text === body) return leaveCorrecting()
    if (client.connection !== 'online') return toastFailure(t('composer.correctOffline'))
    setBusy(true)
    try {
      const mentioned = mentions.length > 0 && { mentions }
      await client.call('messaging.editMessage', { conversation: id, seq: message.seq, text: body, ...mentioned })
      picked.current = []
      leaveCorrecting()
      setTall(false)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
      area.current?.focus()
    }
  }
  const sendAt = async (at: string) => {
    const body = text.trim()
    const mentions = named(body)
    setBusy(true)
    try {
      await client.call('messaging.scheduleMessage', {
        conversation: id,
        body: { text: body, ...(mentions.length > 0 && { mentions }) },
        quote,
        receipt: asking?.mode ?? null,
        ladder: asking && asking.ladder.length > 0 ? asking.ladder : null,
        sendAt: at,
      })
      clear()
      client.saveDraft(id, '', null)
    } finally {
      setBusy(false)
    }
    toast(t('schedule.done', { time: format.soon(at) }))
  }
  const mayWait = !empty && !tooLong && !busy && !corrected && root === undefined
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what some browsers report for the key that ends a composition.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (asked !== null && picker.current?.onKey(event)) return
    if (pressed(event, 'back') >= 0 && emoji) {
      event.stopPropagation()
      return setEmoji(false)
    }
    if (pressed(event, 'back') >= 0 && (corrected || quote !== null)) {
      event.preventDefault()
      event.stopPropagation()
      if (corrected) return leaveCorrecting()
      onQuote(null)
      return saveDraft(text, null)
    }
    if (pressed(event, 'editLast') >= 0 && text === '' && quote === null && correctLast()) return event.preventDefault()
    if (pressed(event, 'sendLater') >= 0 && mayWait) {
      event.preventDefault()
      return setTiming(true)
    }
    // The first of its keys is Enter alone: a new line where the member or a touch keyboard has it so.
    const which = pressed(event, 'send')
    if (which > 0 || (which === 0 && enterSends && !touch)) {
      event.preventDefault()
      void send()
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length === 0) return
    event.preventDefault()
    onFiles(pasted)
  }
  const sendCard = async (outgoing: Outgoing) => {
    await client.send(id, outgoing, quote, root ?? null)
    if (quote !== null) onQuote(null)
    onSent()
  }
  return (
    <div className={styles.composer} data-recording={recording ? '' : undefined}>
      {recording && (
        <Suspense fallback={null}>
          <VoiceRecorder
            held={recording === 'held'}
            onVoice={onRecorded}
            onLater={onLater && ((voice) => onLater({ voice }))}
            onClose={() => setRecording(null)}
          />
        </Suspense>
      )}
      {asked !== null && (
        <MentionPicker
          ref={picker}
          text={asked}
          mentionable={mentionable}
          onPick={mention}
          onClose={() => setAsked(null)}
        />
      )}
      {emoji && (
        <Suspense fallback={null}>
          <EmojiPicker
            onPick={(one) => {
              insert(one)
              if (!phone) setEmoji(false)
            }}
            onSticker={({ id: sticker, ...shown }) => {
              setEmoji(false)
              void sendCard({ kind: 'sticker', sticker, ...shown }).catch(toastError)
            }}
            onClose={closeEmoji}
          />
        </Suspense>
      )}
      {corrected && (
        <div className={styles.correcting} role="status">
          <span>{t('composer.correcting')}</span>
          <IconButton small label={t('composer.leaveCorrecting')} onClick={leaveCorrecting}>
            <X size={14} />
          </IconButton>
        </div>
      )}
      {asking && !corrected && (
        <Suspense fallback={null}>
          <ReceiptBar conversation={id} asking={asking} onAsking={setAsking} />
        </Suspense>
      )}
      {quote !== null && !corrected && (
        <QuoteDraft
          conversation={id}
          seq={quote}
          onClose={() => {
            onQuote(null)
            saveDraft(text, null)
          }}
        />
      )}
      <ComposerTools
        onRecorded={onRecorded}
        id={id}
        group={group}
        thread={root !== undefined}
        emoji={emoji}
        onEmoji={() => setEmoji(!emoji)}
        onFiles={onFiles}
        onRecord={() => setRecording('free')}
        onMention={askMention}
        sendCard={sendCard}
        onLater={onLater && ((card) => onLater({ card }))}
        onSent={onSent}
        asking={asking !== null}
        onReceipt={toggleReceipt}
        mayWait={mayWait}
        sendAt={sendAt}
        tall={tall}
        onTall={() => {
          setTall(!tall)
          area.current?.focus()
        }}
        timing={timing}
        onTiming={setTiming}
      />
      <div className={styles.write}>
        <textarea
          ref={area}
          rows={1}
          className={styles.area}
          aria-label={label}
          placeholder={phone && root === undefined ? t('composer.short') : label}
          value={text}
          readOnly={busy}
          enterKeyHint={touch ? 'enter' : 'send'}
          aria-invalid={tooLong || undefined}
          onChange={changed}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          // A phone shows its keyboard there.
          onFocus={() => phone && setEmoji(false)}
        />
        {phone && empty && !corrected && (
          <IconButton
            label={t('voice.record')}
            className={styles.hold}
            onPointerDown={() => setRecording('held')}
            // By keys or a screen reader there is no pointer to hold.
            onClick={(event) => event.detail === 0 && setRecording('free')}
          >
            <Mic size={22} />
          </IconButton>
        )}
        {phone && (!empty || corrected) && (
          <IconButton
            label={t('composer.send')}
            className={styles.sendIcon}
            disabled={empty || tooLong || busy}
            onClick={() => void send()}
          >
            <SendHorizontal size={22} />
          </IconButton>
        )}
      </div>
      {!phone && (
        <div className={styles.foot}>
          <span className={tooLong ? styles.over : undefined} role={tooLong ? 'alert' : undefined}>
            {tooLong
              ? t('composer.tooLong', { count: text.length - limits.messageChars })
              : enterSends
                ? t('composer.hintEnter')
                : t('composer.hintCtrl')}
          </span>
          <Button look="primary" disabled={empty || tooLong || busy} onClick={() => void send()}>
            {t('composer.send')}
          </Button>
        </div>
      )}
      {phone && tooLong && (
        <p role="alert" className={styles.over}>
          {t('composer.tooLong', { count: text.length - limits.messageChars })}
        </p>
      )}
    </div>
  )
}
