import type { LinkCard } from '@heyi/contract/linkcards'
import { type Fetching, fetchOutside } from '../../kernel/outbound.js'
import { decodePage, readPage } from './rules.js'

const pageBytes = 256 * 1024
const pictureBytes = 2 * 1024 * 1024
const pageMs = 5_000
const pictureMs = 4_000
/** The square that cards show, on a fine screen. */
const pixels = 112
const mostPixels = 20_000_000
const decodeSeconds = 5

type Network = Pick<Fetching, 'reach'>

/** What the page at an address says about itself; null where it is no page, or says nothing. @throws what went wrong */
export async function readCard(url: string, language: string, network: Network): Promise<LinkCard | null> {
  const found = await fetchOutside({
    ...network,
    url,
    headers: { accept: 'text/html', 'accept-language': language, 'user-agent': 'Heyi (link preview)' },
    wants: (type) => /^(text\/html|application\/xhtml\+xml)\b/i.test(type),
    mostBytes: pageBytes,
    totalMs: pageMs,
    redirects: 4,
  })
  const page = found && readPage(decodePage(found.bytes, found.type), found.url)
  if (!page) return null
  const { title, description, site, images } = page
  for (const image of images) {
    const small = await readPicture(image, network).catch(() => null)
    if (small) return { title, description, site, image: small.toString('base64') }
  }
  return { title, description, site, image: null }
}

async function readPicture(url: string, network: Network): Promise<Buffer | null> {
  const found = await fetchOutside({
    ...network,
    url,
    headers: { accept: 'image/webp,image/png,image/jpeg', 'user-agent': 'Heyi (link preview)' },
    wants: (type) => /^image\/(png|jpeg|webp|gif)\b/i.test(type),
    mostBytes: pictureBytes,
    totalMs: pictureMs,
    redirects: 2,
  })
  if (!found || found.cut || !isPicture(found.bytes)) return null
  const { default: sharp } = await import('sharp')
  return sharp(found.bytes, { limitInputPixels: mostPixels, pages: 1, failOn: 'error' })
    .autoOrient()
    .resize({ width: pixels, height: pixels, fit: 'cover' })
    .webp({ quality: 72 })
    .timeout({ seconds: decodeSeconds })
    .toBuffer()
}

/** By its first bytes, whatever was claimed: nothing else reaches a decoder, drawings that are programs least of all. */
function isPicture(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12).toString('latin1')
  return /^(\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF[\s\S]{4}WEBP)/.test(start)
}
