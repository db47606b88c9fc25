import type { Read } from './rules.js'

let loading: Promise<{ name: Read; text: Read }> | null = null

/**
 * How Chinese is read aloud, as a name (surnames have readings of their own) or as plain text. The dictionary is
 * loaded at first use, for it is large.
 */
export function readings(): Promise<{ name: Read; text: Read }> {
  loading ??= load()
  return loading
}

async function load(): Promise<{ name: Read; text: Read }> {
  const { pinyin } = await import('pinyin-pro')
  const plain = { toneType: 'none', type: 'array', v: true } as const
  const each = (text: string, surname: 'head' | 'off'): string[] => {
    const chars = [...text]
    const whole = pinyin(text, { ...plain, surname })
    return whole.length === chars.length ? whole : chars.map((char) => pinyin(char, plain)[0] ?? char)
  }
  const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))]
  return {
    name: (text) => {
      const [asName, asText] = [each(text, 'head'), each(text, 'off')]
      const first = [...text][0]
      const surname = first === undefined ? [] : pinyin(first, { ...plain, multiple: true })
      return asName.map((reading, index) => unique([reading, asText[index], ...(index === 0 ? surname : [])]))
    },
    text: (text) => each(text, 'off').map((reading) => [reading]),
  }
}
