import type { Message } from '@heyi/contract/messaging'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../app/data'
import { useMedia, widths } from '../../app/media'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { useChatActions } from './chat-context'
import styles from './MessageBody.module.css'
import { Quote } from './Quote'
import { RichText } from './RichText'

interface Props {
  conversation: string
  message: Message
  mine: boolean
}

/** What was said, in its own shape. */
export function MessageBody({ conversation, message, mine }: Props) {
  const quote = message.quote !== null && <Quote conversation={conversation} seq={message.quote} />
  if (!message.body || message.kind === 'system') return null
  if (message.kind === 'text')
    return (
      <div className={[styles.bubble, mine && styles.mine].filter(Boolean).join(' ')}>
        {quote}
        <RichText text={message.body.text} mentions={message.body.mentions} />
      </div>
    )
  return (
    <>
      {quote && <div className={styles.quoteAlone}>{quote}</div>}
      {message.kind === 'image' ? (
        <Picture conversation={conversation} message={message} body={message.body} />
      ) : (
        <File conversation={conversation} message={message} body={message.body} />
      )}
    </>
  )
}

type Attached = Extract<Message, { kind: 'image' | 'file' }>
interface AttachedProps {
  conversation: string
  message: Attached
  body: NonNullable<Attached['body']>
}

function Picture({ conversation, message, body }: AttachedProps) {
  const { t } = useTranslation()
  const phone = useMedia(widths.phone)
  const { view } = useChatActions()
  const size = fit(body.width, body.height, phone ? 220 : 280)
  const src = useHeyi((client) => client.fileUrl(body.file, { conversation, seq: message.seq }, 'thumbnail'))
  return (
    <button
      type="button"
      data-open
      className={styles.picture}
      style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}` }}
      aria-label={t('file.view', { name: body.name })}
      onClick={() => view(message.seq)}
    >
      {src && <img src={src} alt={body.name} width={size.width} height={size.height} draggable={false} />}
    </button>
  )
}

function File({ conversation, message, body }: AttachedProps) {
  const { t } = useTranslation()
  const href = useHeyi((client) => client.fileUrl(body.file, { conversation, seq: message.seq }, 'original'))
  return (
    <FileCard
      name={body.name}
      sizeBytes={body.sizeBytes}
      href={href}
      label={t('file.download', { name: body.name })}
      note={t('file.downloadShort')}
    />
  )
}
