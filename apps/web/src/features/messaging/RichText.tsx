import type { Mention } from '@heyi/contract/messaging'
import { useMemo } from 'react'
import { useMyId } from '../../app/data'
import { PersonCard } from '../directory/PersonCard'
import styles from './RichText.module.css'
import { segments } from './rich-text'

/** A message's text with its links and mentions; never as HTML. */
export function RichText({ text, mentions }: { text: string; mentions?: Mention[] | undefined }) {
  const me = useMyId()
  const parts = useMemo(() => segments(text, mentions), [text, mentions])
  return (
    <>
      {parts.map((part, index) => {
        // biome-ignore-start lint/suspicious/noArrayIndexKey: a text's parts never move
        if (part.kind === 'link')
          return (
            <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
              {part.text}
            </a>
          )
        if (part.kind === 'mention') {
          const className = part.principal === me ? styles.self : styles.mention
          if (part.principal === 'all')
            return (
              <span key={index} className={className}>
                {part.text}
              </span>
            )
          return (
            <PersonCard key={index} id={part.principal} className={className}>
              {part.text}
            </PersonCard>
          )
        }
        return <span key={index}>{part.text}</span>
        // biome-ignore-end lint/suspicious/noArrayIndexKey: a text's parts never move
      })}
    </>
  )
}
