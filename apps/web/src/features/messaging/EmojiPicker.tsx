import type { Sticker } from '@heyi/contract/messaging'
import { SearchField } from '@heyi/ui/SearchField'
import { Segmented } from '@heyi/ui/Segmented'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Apple, Car, Flag, Hand, Heart, Leaf, Lightbulb, type LucideIcon, Smile, Trophy } from 'lucide-react'
import { type KeyboardEvent, lazy, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMedia, widths } from '../../app/media'
import { currentLocale } from '../../texts'
import styles from './EmojiPicker.module.css'
import {
  type Emoji,
  type EmojiData,
  type EmojiGroup,
  findEmoji,
  inTone,
  keepTone,
  keptTone,
  loadEmoji,
  recentEmoji,
  rememberEmoji,
} from './emoji'

const StickerPanel = lazy(() => import('./StickerPanel').then((module) => ({ default: module.StickerPanel })))

const tones = ['t0', 't1', 't2', 't3', 't4', 't5'] as const
const marks: Record<EmojiGroup, LucideIcon> = {
  smileys: Smile,
  people: Hand,
  nature: Leaf,
  food: Apple,
  travel: Car,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Heart,
  flags: Flag,
}

interface Props {
  /** Within a surface of its own, instead of above the composer. */
  inside?: boolean
  onPick: (emoji: string) => void
  /** Beside emoji it offers the stickers of the company. */
  onSticker?: (sticker: Sticker) => void
  onClose: () => void
}

interface Section {
  id: string
  title: string
  list: Emoji[]
}

/** Above the composer: recent ones, all by kind, and a search in both languages. The search field keeps the focus. */
export function EmojiPicker({ inside = false, onPick, onSticker, onClose }: Props) {
  const { t } = useTranslation()
  const phone = useMedia(widths.phone)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const [data, setData] = useState<EmojiData | null>(null)
  const [failed, setFailed] = useState(false)
  const [text, setText] = useState('')
  const [tone, setTone] = useState(keptTone)
  const [active, setActive] = useState<string | null>(null)
  const [recent] = useState(recentEmoji)
  const [stickers, setStickers] = useState(false)
  useEffect(() => {
    let live = true
    loadEmoji().then(
      (loaded) => live && setData(loaded),
      () => live && setFailed(true),
    )
    return () => {
      live = false
    }
  }, [])
  useEffect(() => {
    // On a phone the keyboard would cover what there is to see.
    if (!phone) search.current?.focus()
  }, [phone])
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const { target } = event
      if (target instanceof Element && (root.current?.contains(target) || target.closest('[data-emoji-button]'))) return
      onClose()
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [onClose])

  const sections = useMemo((): Section[] => {
    if (!data) return []
    if (text.trim()) return [{ id: 'found', title: t('emoji.found'), list: findEmoji(data, text) }]
    const all = (Object.entries(data) as [EmojiGroup, Emoji[]][]).map(([group, list]) => ({
      id: group,
      title: t(`emoji.group.${group}`),
      list,
    }))
    const flat = Object.values(data).flat()
    const known = recent.flatMap((one): Emoji[] => {
      const entry = flat.find(([plain, , , , tones]) => plain === one || tones?.includes(one))
      return entry ? [[one, entry[1], entry[2], entry[3]]] : []
    })
    return known.length > 0 ? [{ id: 'recent', title: t('emoji.recent'), list: known }, ...all] : all
  }, [data, text, recent, t])

  const pick = (emoji: string) => {
    rememberEmoji(emoji)
    onPick(emoji)
  }
  const cells = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])]
  const go = (key: string) => {
    const list = cells()
    const now = list.findIndex((cell) => cell.id === active)
    const from = list[now]
    const next = from ? neighbour(list, now, from, key) : list[0]
    if (!next) return
    setActive(next.id)
    next.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      return onClose()
    }
    if (event.target !== search.current) return
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp' || (sideways && active !== null)) {
      event.preventDefault()
      return go(event.key)
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    const list = cells()
    const chosen = (list.find((cell) => cell.id === active) ?? list[0])?.dataset.emoji
    if (chosen) pick(chosen)
  }
  const chinese = currentLocale() === 'zh-CN'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is in it
    <div
      ref={root}
      className={[styles.picker, inside && styles.inside].filter(Boolean).join(' ')}
      onKeyDown={onKeyDown}
    >
      {onSticker && (
        <div className={styles.tabs}>
          <Segmented
            label={t('sticker.panel')}
            value={stickers ? 'stickers' : 'emoji'}
            onChange={(next) => setStickers(next === 'stickers')}
            options={[
              { value: 'emoji', label: t('sticker.emojiTab') },
              { value: 'stickers', label: t('sticker.tab') },
            ]}
          />
        </div>
      )}
      {stickers && onSticker ? (
        <Suspense fallback={<Skeleton rows={3} square />}>
          <StickerPanel onPick={onSticker} />
        </Suspense>
      ) : (
        <>
          <div className={styles.head}>
            <SearchField
              label={t('emoji.search')}
              className={styles.search}
              inputRef={search}
              list={{ id, at: active ?? undefined }}
              value={text}
              onChange={(next) => {
                setText(next)
                setActive(null)
              }}
            />
            <select
              className={styles.tone}
              aria-label={t('emoji.tone')}
              value={tone}
              onChange={(event) => {
                setTone(Number(event.target.value))
                keepTone(Number(event.target.value))
              }}
            >
              {tones.map((name, index) => (
                <option key={name} value={index}>
                  {t(`emoji.tones.${name}`)}
                </option>
              ))}
            </select>
          </div>
          <div className={styles.list} id={id} role="listbox" aria-label={t('emoji.title')}>
            {!data && !failed && <Skeleton rows={3} square />}
            {failed && <p className={styles.none}>{t('error.unreachable')}</p>}
            {sections.map((section) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of a listbox, not a fieldset
              <div
                key={section.id}
                id={`${id}${section.id}`}
                className={styles.group}
                role="group"
                aria-label={section.title}
              >
                <p aria-hidden="true">{section.title}</p>
                <div className={styles.grid}>
                  {section.list.map((emoji) => {
                    const shown = inTone(emoji, tone)
                    const cell = `${id}${section.id}${emoji[0]}`
                    return (
                      // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
                      // biome-ignore lint/a11y/useKeyWithClickEvents: the search field hears the keys
                      <span
                        key={emoji[0]}
                        id={cell}
                        role="option"
                        aria-selected={cell === active}
                        aria-label={chinese ? emoji[1] : emoji[2]}
                        title={chinese ? emoji[1] : emoji[2]}
                        data-emoji={shown}
                        className={cell === active ? styles.at : undefined}
                        onMouseDown={(event) => event.preventDefault()}
                        onClick={() => pick(shown)}
                      >
                        {shown}
                      </span>
                    )
                  })}
                </div>
              </div>
            ))}
            {data && text.trim() && sections[0]?.list.length === 0 && (
              <p className={styles.none}>{t('picker.none', { text: text.trim() })}</p>
            )}
          </div>
          {data && !text.trim() && (
            <nav className={styles.kinds} aria-label={t('emoji.kinds')}>
              {(Object.entries(marks) as [EmojiGroup, LucideIcon][]).map(([group, Mark]) => (
                <button
                  key={group}
                  type="button"
                  aria-label={t(`emoji.group.${group}`)}
                  title={t(`emoji.group.${group}`)}
                  onClick={() => document.getElementById(`${id}${group}`)?.scrollIntoView()}
                >
                  <Mark size={18} />
                </button>
              ))}
            </nav>
          )}
        </>
      )}
    </div>
  )
}

/** The cell that a key leads to; up and down by where cells stand, for the kinds end in rows of different length. */
function neighbour(list: HTMLElement[], now: number, from: HTMLElement, key: string): HTMLElement | undefined {
  if (key === 'ArrowLeft') return list[now - 1]
  if (key === 'ArrowRight') return list[now + 1]
  const box = from.getBoundingClientRect()
  const ahead = key === 'ArrowDown' ? list.slice(now + 1) : list.slice(0, now).reverse()
  let row: number | null = null
  let best: HTMLElement | undefined
  let bestBy = Number.POSITIVE_INFINITY
  for (const cell of ahead) {
    const { top, left } = cell.getBoundingClientRect()
    if (top === box.top) continue
    row ??= top
    if (top !== row) break
    const by = Math.abs(left - box.left)
    if (by < bestBy) {
      best = cell
      bestBy = by
    }
  }
  return best
}
