/**
 * `node scripts/emoji.mjs`: writes the emoji that the composer offers, from emojibase-data (MIT) of the npm registry.
 *
 * The package is many megabytes and is wanted for this only, so it is fetched into a temporary folder and not installed.
 * Country flags are left out, for Windows draws them as two letters; so is what is too new for most devices.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at } from './lib/root.mjs'

const source = 'emojibase-data@17.0.0'
const newest = 15
/** Numbers of emojibase’s groups, in the order shown. */
const groups = { smileys: 0, people: 1, nature: 3, food: 4, travel: 5, activities: 6, objects: 7, symbols: 8, flags: 9 }
const tones = [1, 2, 3, 4, 5]

const folder = mkdtempSync(join(tmpdir(), 'heyi-emoji-'))
try {
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', source, '--json'], { cwd: folder, encoding: 'utf8' }))
  execFileSync('tar', ['xzf', filename, 'package/zh/data.json', 'package/en/data.json'], { cwd: folder })
  const read = (locale) => JSON.parse(readFileSync(join(folder, 'package', locale, 'data.json'), 'utf8'))
  const chinese = new Map(read('zh').map((emoji) => [emoji.hexcode, emoji]))
  const lists = Object.entries(groups).map(([name, group]) => [
    name,
    read('en')
      .filter((emoji) => emoji.group === group && emoji.version <= newest && !isCountry(emoji))
      .sort((a, b) => a.order - b.order)
      .map((emoji) => entry(emoji, chinese.get(emoji.hexcode))),
  ])
  const file = at('apps/web/src/features/messaging/emoji.generated.json')
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(lists))}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function isCountry({ emoji }) {
  const first = emoji.codePointAt(0)
  return (first >= 0x1f1e6 && first <= 0x1f1ff) || emoji.includes(String.fromCodePoint(0xe0067))
}

/** [emoji, name in Chinese, name in English, other words to find it by, the five tones where it has them] */
function entry(en, zh) {
  const words = [...new Set([...(zh.tags ?? []), ...(en.tags ?? [])])].filter((w) => w !== zh.label && w !== en.label)
  const toned = tones.map((tone) => en.skins?.find(({ tone: has }) => [has].flat().every((one) => one === tone))?.emoji)
  return [en.emoji, zh.label, en.label, words.join(' '), ...(toned.every(Boolean) ? [toned] : [])]
}
