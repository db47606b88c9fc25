import { type PersonKey, people } from '../company.js'
import { chance } from '../random.js'

// The design's people colours and their tints, without p5, which marks what comes from outside.
const colours = [
  ['#0f7277', '#e0f1f0'],
  ['#3f62bd', '#e6ecf9'],
  ['#6f59a4', '#eeeaf7'],
  ['#ab3f77', '#f9e7f0'],
  ['#80590a', '#f9efd2'],
  ['#3a7432', '#e5f2e1'],
  ['#56655e', '#e9edea'],
] as const
const skins = ['#f8dcc6', '#f6d5bb', '#f3cfb2', '#e9bd98', '#dcab83'] as const
const hairs = ['#2a2523', '#2a2523', '#332822', '#3d2f28', '#5a4334', '#6e655f'] as const

/** Hair behind the head and hair before it, on a grid of 96. */
type Cut = readonly [back: string, front: string]
const shortCuts: readonly Cut[] = [
  ['', 'M27 44a21 21 0 0 1 42 0c-4-9-9-12-14-12-10 3-19 2-28 12z'],
  ['', 'M26 46c-3-24 11-31 23-31 14 0 24 10 21 31-3-9-8-14-14-16-9 4-20 3-24 5-3 2-5 6-6 11z'],
  ['', 'M27 45c-2-20 8-28 21-28s23 8 21 28c-2-8-4-12-8-15-8-2-18-2-26 0-4 3-6 7-8 15z'],
  ['', 'M26 45c-2-14 4-24 12-27 3-4 14-5 20-1 9 3 14 14 12 28-3-6-5-12-10-16-6 5-16 4-24 2-4 4-7 8-10 14z'],
]
const longCuts: readonly Cut[] = [
  ['M24 70V42a24 24 0 0 1 48 0v28z', 'M28 42c3-13 13-17 20-17s17 4 20 17c-8-2-14-6-18-11-4 5-12 9-22 11z'],
  [
    'M48 18c19 0 26 14 25 27l4 30H19l4-30c-1-13 6-27 25-27z',
    'M28 44c2-12 8-19 20-20 13 1 19 8 20 20-4-7-9-11-15-13-6 5-15 7-25 13z',
  ],
  ['M38 14a10 10 0 1 1 20 0 10 10 0 1 1-20 0z', 'M27 44c0-17 9-24 21-24s21 7 21 24c-5-8-12-12-21-12s-16 4-21 12z'],
  [
    'M22 50c-6-20 6-36 26-36s32 16 26 36c-1 6-4 10-8 12H30c-4-2-7-6-8-12z',
    'M28 46c0-14 8-19 20-19s20 5 20 19c-3-6-6-8-8-12-8 3-16 3-24 0-2 4-5 6-8 12z',
  ],
]
const shortHaired = new Set(
  'ouyangming jihe chenyu jianglin heyinuo wenyan gexinghe xiehao luzhou qiuyuan zhouyuan liangzhou danielwhitmore marcustan zhaoqihang tianye hemu qilin fanshu luowei02 zhaiyu chenyu03 guofang mashan xianrui qinyue tangyiming suchen'.split(
    ' ',
  ),
)

function face(key: PersonKey): string {
  const luck = chance(`avatar/${key}`)
  const [cloth, tint] = luck.pick(colours)
  const [skin, hair] = [luck.pick(skins), luck.pick(hairs)]
  const [back, front] = luck.pick(shortHaired.has(key) ? shortCuts : longCuts)
  const glasses = luck.next() < 0.3
  const smile = luck.between(3, 6)
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 96 96">',
    `<rect width="96" height="96" fill="${tint}"/>`,
    back && `<path d="${back}" fill="${hair}"/>`,
    `<path d="M10 100c1-20 15-28 30-29h16c15 1 29 9 30 29z" fill="${cloth}"/>`,
    `<path d="M40 60h16v13c-3 6-13 6-16 0z" fill="${skin}"/>`,
    `<path d="M40 66c5 3 11 3 16 0v4c-5 3-11 3-16 0z" fill="#00000018"/>`,
    `<ellipse cx="48" cy="47" rx="20" ry="22" fill="${skin}"/>`,
    '<circle cx="40.500" cy="48" r="2" fill="#33291f"/><circle cx="55.500" cy="48" r="2" fill="#33291f"/>',
    `<path d="M42 57q6 ${smile} 12 0" fill="none" stroke="#9c5b46" stroke-width="2" stroke-linecap="round"/>`,
    `<path d="${front}" fill="${hair}"/>`,
    glasses &&
      '<g fill="none" stroke="#463d37" stroke-width="1.800"><circle cx="40" cy="48" r="6.500"/><circle cx="56" cy="48" r="6.500"/><path d="M46.500 48h3"/></g>',
    '</svg>',
  ]
    .filter(Boolean)
    .join('')
}

// A third of the company has not chosen a picture, as anywhere; those one sees most all have.
const always = new Set(
  'gunanqiao linzhixia chenyu zhouyuan suhe hemu jianglin shenruoxi luzhou chengxiaoman xuyimin danielwhitmore'.split(
    ' ',
  ),
)

/** Avatars as square SVG, to be rasterised like the illustrations; people who are not here have none. */
export const avatars: ReadonlyMap<PersonKey, string> = new Map(
  people.filter(({ key }, index) => always.has(key) || index % 3 !== 2).map(({ key }) => [key, face(key)]),
)
