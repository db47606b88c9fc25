import type { ChatState } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { toastFailure } from '@heyi/ui/toast'
import { AtSign, Image, Maximize2, Minimize2, Paperclip, SendHorizontal, Smile, X } from 'lucide-react'
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
import { pressed } from '../../app/keyboard'
import { useMedia, widths } from '../../app/media'
import styles from './Composer.module.css'
import { useTitle } from './conversation'
import { MentionPicker, type MentionPickerHandle } from './MentionPicker'
import { QuoteDraft } from './Quote'
import { findMentions, type Nameable } from './rich-text'
import { useMentionable } from './useMentionable'

const EmojiPicker = lazy(() => import('./EmojiPicker').then((module) => ({ default: module.EmojiPicker })))

export interface ComposerHandle {
  focus: () => void
  setText: (text: string) => void
}

interface Props {
  id: string
  chat: ChatState
  quote: number | null
  onQuote: (seq: number | null) => void
  onFiles: (files: readonly File[]) => void
  onSent: () => void
  ref: Ref<ComposerHandle>
}

type MyText = Extract<Message, { kind: 'text' }>

const typingEveryMs = 3000
/** `@` at the start or after something that is not a word, and what was typed behind it. */
const mentionAt = /(?:^|[^\w])@([^\s@]{0,20})$/

export function Composer({ id, chat, quote, onQuote, onFiles, onSent, ref }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMe()
  const phone = useMedia(widths.phone)
  const touch = useMedia('(pointer: coarse)')
  const title = useTitle(chat.conversation, chat.members)
  const group = chat.conversation?.kind === 'group'
  const area = useRef<HTMLTextAreaElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const images = useRef<HTMLInputElement>(null)
  const picker = useRef<MentionPickerHandle>(null)
  const picked = useRef<Nameable[]>([])
  const typedAt = useRef(0)
  const [text, setText] = useState(() => chat.draft?.text ?? '')
  const [touched, setTouched] = useState(false)
  const [asked, setAsked] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [emoji, setEmoji] = useState(false)
  const [tall, setTall] = useState(false)
  const [corrected, setCorrected] = useState<MyText | null>(null)
  const mentionable = useMentionable(id, chat, group && asked !== null)
  const enterSends = me?.preferences.enterSends ?? true

  // A draft of another device is taken over until something is typed here.
  const draft = chat.draft
  useEffect(() => {
    if (touched || !draft) return
    setText(draft.text)
    if (draft.quote !== null) onQuote(draft.quote)
  }, [draft, touched, onQuote])
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
    if (!corrected) client.saveDraft(id, next, withQuote)
  }
  const leaveCorrecting = () => {
    setCorrected(null)
    setText('')
    setAsked(null)
  }
  /** My last text, where it may still be taken back. */
  const correctLast = () => {
    const last = chat.messages.findLast(
      ({ object }) => object.kind === 'text' && object.sender === me?.profile.id && object.state === 'sent',
    )?.object
    if (last?.kind !== 'text' || !last.body) return false
    if (Date.now() - Date.parse(last.sentAt) > limits.recallSeconds * 1000) return false
    const { text: said, mentions = [] } = last.body
    picked.current = mentions.map(({ principal, start, length }) => ({
      principal,
      name: said.slice(start + 1, start + length),
    }))
    setTouched(true)
    setCorrected(last)
    setText(said)
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
  const tooLong = text.length > limits.messageChars
  const empty = text.trim() === ''
  const send = async () => {
    if (empty || tooLong || busy) return
    const body = text.trim()
    const mentions = group
      ? findMentions(body, [...picked.current, ...mentionable.known]).slice(0, limits.mentions)
      : []
    if (corrected?.body?.text === body) return leaveCorrecting()
    if (corrected && client.connection !== 'online') return toastFailure(t('composer.correctOffline'))
    setBusy(true)
    try {
      if (corrected) await client.call('messaging.recallMessage', { conversation: id, seq: corrected.seq })
      await client.send(
        id,
        { kind: 'text', text: body, ...(mentions.length > 0 && { mentions }) },
        corrected ? corrected.quote : quote,
      )
      picked.current = []
      if (corrected) leaveCorrecting()
      else {
        onQuote(null)
        put('', null)
      }
      setAsked(null)
      setTall(false)
      onSent()
    } catch (error) {
      // Nothing was queued: the text stays where it is.
      toastError(error)
    } finally {
      setBusy(false)
      area.current?.focus()
    }
  }
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
      return client.saveDraft(id, text, null)
    }
    if (pressed(event, 'editLast') >= 0 && text === '' && quote === null && correctLast()) return event.preventDefault()
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
  const pickFiles = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])])
    event.target.value = ''
  }
  const tools = (
    <>
      <IconButton
        small
        data-emoji-button
        label={t('composer.emoji')}
        aria-expanded={emoji}
        onClick={() => setEmoji(!emoji)}
      >
        <Smile size={18} />
      </IconButton>
      <IconButton small label={t('composer.file')} onClick={() => files.current?.click()}>
        <Paperclip size={18} />
      </IconButton>
      <IconButton small label={t('composer.image')} onClick={() => images.current?.click()}>
        <Image size={18} />
      </IconButton>
      {group && !phone && (
        <IconButton small label={t('composer.mention')} onClick={askMention}>
          <AtSign size={18} />
        </IconButton>
      )}
      {!phone && (
        <IconButton
          small
          className={styles.expand}
          label={tall ? t('composer.shrink') : t('composer.expand')}
          pressed={tall}
          onClick={() => {
            setTall(!tall)
            area.current?.focus()
          }}
        >
          {tall ? <Minimize2 size={16} /> : <Maximize2 size={16} />}
        </IconButton>
      )}
    </>
  )
  return (
    <div className={styles.composer}>
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
      {quote !== null && !corrected && (
        <QuoteDraft
          conversation={id}
          seq={quote}
          onClose={() => {
            onQuote(null)
            client.saveDraft(id, text, null)
          }}
        />
      )}
      <div className={styles.tools} role="toolbar" aria-label={t('composer.tools')}>
        {tools}
      </div>
      <div className={styles.write}>
        <textarea
          ref={area}
          rows={1}
          className={styles.area}
          aria-label={t('composer.to', { title })}
          placeholder={phone ? t('composer.short') : t('composer.to', { title })}
          value={text}
          enterKeyHint={touch ? 'enter' : 'send'}
          aria-invalid={tooLong || undefined}
          onChange={changed}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          // A phone shows its keyboard there.
          onFocus={() => phone && setEmoji(false)}
        />
        {phone && (
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
      <input ref={files} type="file" multiple hidden onChange={pickFiles} />
      <input ref={images} type="file" accept="image/*" multiple hidden onChange={pickFiles} />
    </div>
  )
}
