/** Pictures and files the sample company sends around; all of them are made here, in code. */
import { files } from './media/files.js'
import { illustrations } from './media/illustrations.js'

/** A drawing; whoever stores it turns `svg` into `mime` at `width` × `height` pixels first. */
export type SampleImage = {
  key: string
  kind: 'image'
  name: string
  mime: 'image/png' | 'image/jpeg'
  width: number
  height: number
  svg: string
}

/** A file with its real bytes. They are the same at every call. */
export type SampleFile = { key: string; kind: 'file'; name: string; mime: string; bytes: () => Uint8Array }

export const media: (SampleImage | SampleFile)[] = [...illustrations, ...files]

const byKey = new Map(media.map((one) => [one.key, one]))

/** @throws Error where the sample has no such picture or file. */
export function getMedia(key: string): SampleImage | SampleFile {
  const one = byKey.get(key)
  if (!one) throw new Error(`sample: no media ${key}`)
  return one
}
