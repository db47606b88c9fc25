import type { ChatState } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { AtSign, Image, Paperclip, SendHorizontal } from 'lucide-react'
import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMe } from '../../app/data'
import { toastError } from '../../app/errors'
import { useMedia, widths } from '../../app/media'
import styles from './Composer.module.css'
import { useTitle } from './conversation'
import { MentionPicker, type MentionPickerHandle } from './MentionPicker'
import { QuoteDraft } from './Quote'
import { findMentions, type Nameable } from './rich-text'
import { useMentionable } from './useMentionable'

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
    box.style.height = `${Math.min(box.scrollHeight, phone ? 132 : 200)}px`
  }, [text, phone])
  useEffect(() => {
    if (!touch) area.current?.focus()
  }, [touch])

  const put = (next: string, withQuote = quote) => {
    setTouched(true)
    setText(next)
    client.saveDraft(id, next, withQuote)
  }
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
    setBusy(true)
    try {
      await client.send(id, { kind: 'text', text: body, ...(mentions.length > 0 && { mentions }) }, quote)
      picked.current = []
      onQuote(null)
      put('', null)
      setAsked(null)
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
    if (event.key === 'Escape' && quote !== null) {
      event.preventDefault()
      return onQuote(null)
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
    const withCtrl = event.ctrlKey || event.metaKey
    if (enterSends || withCtrl) {
      if (!withCtrl && touch) return
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
      {quote !== null && (
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
