/**
 * `node scripts/check-contrast.mjs [--all]`: every pairing of a text or mark with its ground in tokens.css meets WCAG 2.2
 * AA (4.5:1 for text, 3:1 for marks and control edges, success criteria 1.4.3 and 1.4.11), in light and in dark.
 */
import { readFileSync } from 'node:fs'
import { at } from './lib/root.mjs'

const text = 4.5
const mark = 3

const css = readFileSync(at('packages', 'ui', 'src', 'tokens.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
const light = tokensOf(/:root\s*\{([^}]*)\}/)
const dark = { ...light, ...tokensOf(/\[data-theme=["']dark["']\]\s*\{([^}]*)\}/) }
const all = pairings()
const failing = all.filter(report)
console.log(`${all.length} pairings checked in two themes, ${failing.length} failing`)
process.exitCode = failing.length > 0 ? 1 : 0

function tokensOf(block) {
  const [, body] = block.exec(css) ?? []
  if (body === undefined) throw new Error(`tokens.css has no block ${block}`)
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]),
  )
}

/** Triples of foreground, ground and the least contrast between them. */
function pairings() {
  const grounds = ['bg-app', 'bg-list', 'bg-surface', 'bg-raised', 'bg-sunken', 'bg-selected', 'bubble-other']
  const meanings = ['brand', 'ext', 'danger', 'warn', 'ok', 'info', 'rest']
  const people = [1, 2, 3, 4, 5, 6, 7, 8]
  return [
    ...['fg-1', 'fg-2', 'fg-3'].flatMap((fg) => grounds.map((ground) => [fg, ground, text])),
    ...['fg-1', 'fg-2', 'fg-link', 'brand-fg'].map((fg) => [fg, 'bubble-me', text]),
    ...['fg-link', 'brand-fg'].flatMap((fg) => ['bg-surface', 'bubble-other'].map((ground) => [fg, ground, text])),
    ...meanings.flatMap((meaning) => [
      ['fg-on-fill', meaning, text],
      [`${meaning}-fg`, `${meaning}-soft`, text],
      [`${meaning}-fg`, 'bg-surface', text],
      [`${meaning}-fg`, 'bg-raised', text],
      [`${meaning}-mark`, 'bg-surface', mark],
    ]),
    ...['brand', 'ext', 'rest'].map((meaning) => [`${meaning}-fg`, `${meaning}-soft-2`, text]),
    ['ext-fg', 'bg-selected', text],
    ['fg-on-fill', 'unread', text],
    ['fg-on-fill', 'unread-muted', text],
    ['line-control', 'bg-surface', mark],
    // What components put on each other beyond the table of the design.
    ...['brand-hover', 'brand-press', 'bg-tooltip'].map((ground) => ['fg-on-fill', ground, text]),
    ...['fg-1', 'fg-2'].map((fg) => [fg, 'neutral-soft', text]),
    ...['fg-3', 'brand-fg'].map((fg) => [fg, 'bg-selected', text]),
    ['fg-3', 'neutral-soft', text],
    ['dai-300', 'bg-tooltip', text],
    ['line-control', 'bg-raised', mark],
    ['brand-mark', 'bg-raised', mark],
    ...people.map((n) => [`p${n}`, `p${n}s`, text]),
  ]
}

function report([fg, ground, least]) {
  const ratios = [light, dark].map((theme) => contrast(colourOf(theme, fg), colourOf(theme, ground)))
  const fails = ratios.some((ratio) => ratio < least)
  if (fails || process.argv.includes('--all')) {
    const [inLight, inDark] = ratios.map((ratio) => ratio.toFixed(2))
    console.log(`${fails ? 'FAIL' : 'ok  '} ${fg} on ${ground}: needs ${least}, light ${inLight}, dark ${inDark}`)
  }
  return fails
}

function colourOf(theme, name) {
  const value = theme[`--${name}`]
  const [, other] = /^var\(--([\w-]+)\)$/.exec(value ?? '') ?? []
  if (other) return colourOf(theme, other)
  if (!/^#([\da-f]{3}|[\da-f]{6})$/i.test(value ?? '')) throw new Error(`--${name} is not a plain colour: ${value}`)
  return value.length === 4 ? [...value.slice(1)].map((digit) => digit + digit).join('') : value.slice(1)
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** WCAG 2.2, "relative luminance", of six hexadecimal digits. */
function luminance(hex) {
  const [red, green, blue] = [0, 2, 4].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
