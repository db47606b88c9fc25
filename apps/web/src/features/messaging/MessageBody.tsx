import type { Message } from '@heyi/contract/messaging'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi } from '../../app/data'
import { useMedia, widths } from '../../app/media'
import { openOverlay } from '../../app/overlay'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { type ViewedFile, viewKind } from '../files/viewer/kind'
import { ThanksCard } from '../thanks/ThanksCard'
import { ContactCard } from './ContactCard'
import { useChatActions } from './chat-context'
import { Film } from './Film'
import { LocationCard } from './LocationCard'
import styles from './MessageBody.module.css'
import { PollCard } from './PollCard'
import { Quote } from './Quote'
import { RecordCard } from './RecordCard'
import { RelayCard } from './RelayCard'
import { RichText } from './RichText'
import { Sticker } from './Sticker'
import { VoiceBody } from './VoiceBody'

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
      {message.kind === 'poll' ? (
        <PollCard
          body={message.body}
          at={{ conversation, seq: message.seq, sender: message.sender, tally: message.poll }}
        />
      ) : message.kind === 'relay' ? (
        <RelayCard
          body={message.body}
          at={{ conversation, seq: message.seq, sender: message.sender, tally: message.relay }}
        />
      ) : message.kind === 'contact' ? (
        <ContactCard member={message.body.member} />
      ) : message.kind === 'location' ? (
        <LocationCard body={message.body} />
      ) : message.kind === 'sticker' ? (
        <Sticker body={message.body} />
      ) : message.kind === 'thanks' ? (
        <ThanksCard sender={message.sender} body={message.body} />
      ) : message.kind === 'record' ? (
        <RecordCard conversation={conversation} seq={message.seq} body={message.body} />
      ) : message.kind === 'voice' ? (
        <VoiceBody conversation={conversation} seq={message.seq} body={message.body} mine={mine} />
      ) : message.kind === 'image' ? (
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

/** What browsers play by themselves. */
const isFilm = (mime: string) => mime === 'video/mp4' || mime === 'video/webm'

function File({ conversation, message, body }: AttachedProps) {
  const { t } = useTranslation()
  const client = useClient()
  const href = useHeyi((client) => client.fileUrl(body.file, { conversation, seq: message.seq }, 'original'))
  if (isFilm(body.mime)) return <Film href={href} body={body} />
  if (viewKind(body)) {
    const files = () =>
      client
        .chat(conversation)
        .messages.flatMap(({ object }): ViewedFile[] =>
          object.kind === 'file' && object.body ? [{ conversation, seq: object.seq, ...object.body }] : [],
        )
    return (
      <FileCard
        name={body.name}
        sizeBytes={body.sizeBytes}
        label={t('fileViewer.open', { name: body.name })}
        onOpen={() => openOverlay({ kind: 'file', files: files(), start: message.seq })}
        download={href === null ? null : { href, label: t('file.download', { name: body.name }) }}
      />
    )
  }
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
