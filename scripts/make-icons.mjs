/**
 * `node scripts/make-icons.mjs`: makes the icons of the installed program from the logo (apps/web/public/icon.svg). Their
 * PNG files are committed; run it again when the logo changes.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { at } from './lib/root.mjs'

const logo = readFileSync(at('apps', 'web', 'public', 'icon.svg'), 'utf8')
const [, colour] = /<rect [^>]*fill="([^"]+)"/.exec(logo) ?? []
const [, strokes] = /(<g [\s\S]*<\/g>)/.exec(logo) ?? []
if (!colour || !strokes) throw new Error('icon.svg has no tile or no strokes')

/** Systems cut their own shape out: colour to the edges, the strokes inside the circle of 80 % that always stays. */
const whole = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="${colour}"/><g transform="translate(24 24) scale(.78) translate(-24 -24)">${strokes}</g></svg>`

const folder = at('apps', 'web', 'public', 'icons')
mkdirSync(folder, { recursive: true })
for (const [name, svg, size] of [
  ['icon-192', logo, 192],
  ['icon-512', logo, 512],
  ['maskable-192', whole, 192],
  ['maskable-512', whole, 512],
  ['apple-touch-180', whole, 180],
])
  await sharp(Buffer.from(svg), { density: (72 * size) / 48 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(`${folder}/${name}.png`)
