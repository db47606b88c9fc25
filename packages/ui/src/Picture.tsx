import { useState } from 'react'
import styles from './Picture.module.css'

interface PictureProps {
  id: string
  name: string
  src: string | null
  size: number
  /** People are circles; things a company owns are rounded squares. */
  shape?: 'round' | 'square'
  external?: boolean
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
export function Picture({ id, name, src, size, shape = 'round', external = false }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const hue = external ? 5 : tint(id)
  const text = monogram(name, size)
  return (
    <span
      aria-hidden="true"
      className={[styles.picture, styles[shape]].join(' ')}
      style={{
        width: size,
        height: size,
        background: `var(--p${hue}s)`,
        color: `var(--p${hue})`,
        fontSize: Math.round(size * (text.length > 1 ? 0.36 : 0.45)),
      }}
    >
      {src && src !== broken ? (
        <img src={src} alt="" width={size} height={size} onError={() => setBroken(src)} />
      ) : (
        text
      )}
    </span>
  )
}
