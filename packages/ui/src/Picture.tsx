import { Moon } from 'lucide-react'
import { useState } from 'react'
import { cx } from './cx'
import styles from './Picture.module.css'

export type Presence = 'present' | 'out' | 'meeting' | 'rest' | 'offline'

interface PictureProps {
  id: string
  name: string
  src: string | null
  /** 20, 24, 28, 36, 40, 48, 56 or 88; grows with the text. */
  size: number
  /** People are circles; things a company owns are rounded squares. */
  shape?: 'round' | 'square'
  external?: boolean
  /** A dot at the lower right. Lists and cards say the same in words beside it. */
  presence?: Presence
}

/** Tint 5 is persimmon and kept for people from outside. */
const inside = [1, 2, 3, 4, 6, 7, 8]

function tint(id: string): number {
  let hash = 0
  for (let index = 0; index < id.length; index++) hash = (hash * 31 + id.charCodeAt(index)) >>> 0
  return inside[hash % inside.length] ?? 1
}

/** Two letters at most: the end of a Chinese name, the initials of another. */
function monogram(name: string, size: number): string {
  const clean = name.replace(/[（(].*$/, '').trim()
  if (/\p{Script=Han}/u.test(clean)) return [...clean].slice(size >= 36 ? -2 : -1).join('')
  const words = clean.split(/\s+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** Decorative: the name always stands beside it. */
export function Picture({ id, name, src, size, shape = 'round', external = false, presence }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const hue = external ? 5 : tint(id)
  const text = monogram(name, size)
  const face = (
    <span
      aria-hidden="true"
      className={cx(styles.picture, styles[shape])}
      style={{
        width: `${size / 16}rem`,
        height: `${size / 16}rem`,
        background: `var(--p${hue}s)`,
        color: `var(--p${hue})`,
        fontSize: `${Math.round(size * (text.length > 1 ? 0.36 : 0.45)) / 16}rem`,
      }}
    >
      {src && src !== broken ? (
        <img src={src} alt="" width={size} height={size} onError={() => setBroken(src)} />
      ) : (
        text
      )}
    </span>
  )
  if (!presence) return face
  const dot = presence === 'rest' ? clamp(13, size * 0.38, 22) : clamp(9, size * 0.29, 18)
  return (
    <span className={styles.with}>
      {face}
      <span
        aria-hidden="true"
        className={cx(styles.dot, styles[presence])}
        style={{ width: `${dot / 16}rem`, height: `${dot / 16}rem` }}
      >
        {presence === 'rest' && <Moon />}
      </span>
    </span>
  )
}

const clamp = (least: number, wanted: number, most: number) => Math.max(least, Math.min(most, wanted))
