/**
 * Runs when the styles are built: sizes are written in px, as the design has them, and come out in rem where they must
 * follow the reader's text size (`--text-scale` in base.css, times the browser's own). These are type, heights, and the
 * widths of small things. Spaces, lines, radii and the widths of panes stay, so that large text keeps its room on a
 * phone. Nothing falls below the design's size: a target of 44 px stays one when the text is smaller.
 */

/** What is used of PostCSS. */
interface Declaration {
  prop: string
  value: string
}
interface Rule {
  walkDecls: (visit: (declaration: Declaration) => void) => void
}
interface Root {
  walkRules: (visit: (rule: Rule) => void) => void
}

const rootPx = 16
/** Thinner is a line, which stays. */
const linePx = 4
/** Wider is a pane, which stays. */
const boxPx = 64

const type = /^(font|font-size|line-height|--t-\d+)$/
const heights = /^(min-height|height)$/
const widths = /^(min-width|width)$/
const pixels = /(\d*\.?\d+)px/g
const onlyPixels = /^(\d*\.?\d+)px$/

const rem = (px: string | number) => `${Number(px) / rootPx}rem`

export function scaleText() {
  return {
    postcssPlugin: 'heyi-scale-text',
    // Once, not for each change: what comes out still holds px.
    Once: scaleRoot,
  }
}

const scaleRoot = (root: Root) => root.walkRules(scaleRule)

function scaleRule(rule: Rule) {
  rule.walkDecls((declaration) => {
    const { prop, value } = declaration
    if (type.test(prop)) declaration.value = value.replace(pixels, (_, px: string) => rem(px))
    if (prop === 'max-height') declaration.value = value.replace(onlyPixels, (_, px: string) => rem(px))
    const px = Number(onlyPixels.exec(value)?.[1] ?? 0)
    if (px <= linePx) return
    if (heights.test(prop) || (widths.test(prop) && px <= boxPx)) declaration.value = atLeast(px)
  })
}

const atLeast = (px: number) => `max(${px}px, ${rem(px)})`
