import { Surface } from '@heyi/ui/Surface'
import { SmilePlus } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './ReactPicker.module.css'

const EmojiPicker = lazy(() => import('./EmojiPicker').then((module) => ({ default: module.EmojiPicker })))

const quick = ['👍', '❤️', '😄', '🎉', '👀', '🙏']

/** The few that are used most, and a way to all. */
export function QuickReactions({ onPick, onMore }: { onPick: (emoji: string) => void; onMore: () => void }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a fieldset
    <div className={styles.quick} role="group" aria-label={t('reaction.add')}>
      {quick.map((emoji) => (
        <button key={emoji} type="button" aria-label={t('reaction.with', { emoji })} onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
      <button type="button" aria-label={t('reaction.more')} onClick={onMore}>
        <SmilePlus size={18} />
      </button>
    </div>
  )
}

interface Props {
  place: { x: number; y: number }
  /** Begins with all of them. */
  all?: boolean
  onPick: (emoji: string) => void
  onClose: () => void
}

export function ReactPicker({ place, all = false, onPick, onClose }: Props) {
  const { t } = useTranslation()
  const [more, setMore] = useState(all)
  // A point has no element: the page stands in.
  const page = useRef(document.documentElement)
  const pick = (emoji: string) => {
    onClose()
    onPick(emoji)
  }
  return (
    <Surface
      label={t('reaction.add')}
      onClose={onClose}
      triggerRef={page}
      getTargetRect={() => new DOMRect(place.x, place.y, 0, 0)}
      placement="bottom start"
      offset={0}
    >
      {more ? (
        <Suspense fallback={<div className={styles.coming} />}>
          <EmojiPicker inside onPick={pick} onClose={onClose} />
        </Suspense>
      ) : (
        <QuickReactions onPick={pick} onMore={() => setMore(true)} />
      )}
    </Surface>
  )
}
