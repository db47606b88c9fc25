import type { Message } from '@heyi/contract/messaging'
import { Globe } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { segments } from '../messaging/rich-text'
import styles from './LinkCard.module.css'
import { useLinkCard, useLinkCardsOn } from './link-cards'

interface Props {
  conversation: string
  message: Message
  mine: boolean
}

/** Below a text: what its first link leads to. It has its height before that is known, so that nothing jumps. */
export function LinkCards({ conversation, message, mine }: Props) {
  const on = useLinkCardsOn()
  if (!on || message.kind !== 'text' || !message.body || (message.receipt === 'open' && !mine)) return null
  const { text, mentions } = message.body
  const link = segments(text, mentions).find((part) => part.kind === 'link' && /^https?:/.test(part.href))
  if (link?.kind !== 'link') return null
  return <Card conversation={conversation} seq={message.seq} url={link.href} />
}

function Card({ conversation, seq, url }: { conversation: string; seq: number; url: string }) {
  const { t } = useTranslation()
  const card = useLinkCard(conversation, seq, url)
  const host = new URL(url).host
  const title = card?.title ?? host
  return (
    <a
      className={styles.card}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      aria-busy={card === undefined}
      aria-label={t('linkCard.open', { title, site: card?.site ?? host })}
    >
      <span className={styles.text}>
        <b className={card === undefined ? styles.wait : undefined}>{title}</b>
        {(card === undefined || card?.description) && (
          <span className={card === undefined ? styles.wait : undefined}>{card?.description ?? ' '}</span>
        )}
        <small>{card ? card.site : url.replace(/^https?:\/\//, '')}</small>
      </span>
      <span className={styles.image}>
        {card?.image ? (
          <img src={`data:image/webp;base64,${card.image}`} alt="" width={52} height={52} />
        ) : (
          <Globe size={22} aria-hidden="true" />
        )}
      </span>
    </a>
  )
}
