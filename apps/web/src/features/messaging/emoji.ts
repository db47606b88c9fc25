/** [emoji, name in Chinese, name in English, other words to find it by, the five tones where it has them] */
export type Emoji = [emoji: string, zh: string, en: string, words: string, tones?: string[]]
export type EmojiGroup =
  | 'smileys'
  | 'people'
  | 'nature'
  | 'food'
  | 'travel'
  | 'activities'
  | 'objects'
  | 'symbols'
  | 'flags'
export type EmojiData = Record<EmojiGroup, Emoji[]>

const recentKey = 'heyi.emoji.recent'
const toneKey = 'heyi.emoji.tone'
const mostRecent = 24

let loading: Promise<EmojiData> | null = null

/** The data is a chunk of its own, loaded when the picker first opens; what this device has no picture for is left out. */
export function loadEmoji(): Promise<EmojiData> {
  loading ??= import('./emoji.generated.json').then(({ default: all }) => {
    const canDraw = drawing()
    const groups = Object.entries(all as unknown as EmojiData)
    return Object.fromEntries(groups.map(([group, list]) => [group, list.filter(([one]) => canDraw(one))])) as EmojiData
  })
  loading.catch(() => {
    loading = null
  })
  return loading
}

const side = 24

/** Tells by drawing it whether an emoji is one picture here, and not the box of a missing one or several in a row. */
function drawing(): (emoji: string) => boolean {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return () => true
  context.font = `16px ${getComputedStyle(document.body).fontFamily}`
  context.textBaseline = 'top'
  const draw = (text: string) => {
    context.clearRect(0, 0, side, side)
    context.fillText(text, 2, 2)
    return new Uint32Array(context.getImageData(0, 0, side, side).data.buffer)
  }
  // No font has this one: it is no character.
  const missing = draw('\u{1fffe}')
  const widest = Math.max(context.measureText('\u{1f600}').width, context.measureText('\u{1fffe}').width) * 1.4
  return (emoji) => context.measureText(emoji).width <= widest && draw(emoji).some((pixel, at) => pixel !== missing[at])
}

/** In the tone chosen; 0 is none. */
export const inTone = ([plain, , , , tones]: Emoji, tone: number): string => tones?.[tone - 1] ?? plain

/** All whose names or words contain every word typed; those whose name begins with it come first. */
export function findEmoji(data: EmojiData, text: string): Emoji[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const first = words[0]
  if (first === undefined) return []
  const hits = Object.values(data)
    .flat()
    .filter(([plain, zh, en, more]) =>
      words.every((word) => `${plain} ${zh} ${en} ${more}`.toLowerCase().includes(word)),
    )
  const rank = ([, zh, en]: Emoji) =>
    zh.startsWith(first) || en.startsWith(first) ? 0 : zh.includes(first) || en.includes(first) ? 1 : 2
  return hits
    .map((hit) => ({ hit, at: rank(hit) }))
    .sort((a, b) => a.at - b.at)
    .map(({ hit }) => hit)
}

export function recentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string): void {
  localStorage.setItem(
    recentKey,
    JSON.stringify([emoji, ...recentEmoji().filter((one) => one !== emoji)].slice(0, mostRecent)),
  )
}

export const keptTone = (): number => Math.min(5, Math.max(0, Number(localStorage.getItem(toneKey)) || 0))
export const keepTone = (tone: number): void => localStorage.setItem(toneKey, String(tone))
