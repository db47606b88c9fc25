import type { SampleImage } from '../media.js'

const draw = (key: string, name: string, body: string, width = 1200, height = 800): SampleImage => ({
  key,
  kind: 'image',
  name,
  mime: name.endsWith('.png') ? 'image/png' : 'image/jpeg',
  width,
  height,
  // Every drawing lives on a grid of 240 units' width.
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 240 ${Math.round((240 * height) / width)}">${body}</svg>`,
})

const rect = (x: number, y: number, w: number, h: number, fill: string, r = 0) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`
const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`
const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
const circle = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`
const each = <T>(items: readonly T[], of: (item: T, index: number) => string) => items.map(of).join('')

const room = (wall: string, floor: string, horizon = 116) =>
  rect(0, 0, 240, 160, wall) + rect(0, horizon, 240, 160 - horizon, floor)
const sofa = (x: number, y: number, back: string, seat: string, wide = 104) =>
  rect(x, y, wide, 34, back, 13) +
  rect(x - 10, y + 16, wide + 20, 26, seat, 12) +
  line(`M${x + wide / 2} ${y + 6}v14`, back, 2) +
  line(`M${x} ${y + 42}v8M${x + wide} ${y + 42}v8`, '#54463a', 4)
const plant = (x: number, y: number) =>
  line(
    `M${x} ${y}c-3-26-1-40 3-56M${x + 1} ${y - 38}c-11-2-18-9-20-20M${x + 2} ${y - 48}c2-13 9-20 21-22M${x} ${y - 24}c8-8 16-9 25-6`,
    '#5c8566',
    4,
  ) + path(`M${x - 12} ${y - 4}h26l-4 22h-18z`, '#e5d9c9')
const floorLamp = (x: number, y: number, tall: number) =>
  path(`M${x} ${y}l15 24h-30z`, '#f2d59f') + line(`M${x} ${y + 24}v${tall}M${x - 12} ${y + 24 + tall}h24`, '#54463a', 3)

const sofaEvening =
  room('#ece3d6', '#c6b299') +
  rect(20, 14, 64, 78, '#f3c9a0', 2) +
  path('M20 74c14-16 26-16 36-6 9-8 18-8 28-2v26h-64z', '#b98f86') +
  circle(66, 44, 9, '#f8e3b4') +
  line('M52 14v78M20 52h64', '#fff9f0', 3) +
  `<ellipse cx="132" cy="140" rx="84" ry="6" fill="#a8937b" opacity=".55"/>` +
  sofa(84, 80, '#7b978f', '#8fab9f') +
  rect(98, 84, 24, 20, '#d98a56', 6) +
  floorLamp(208, 42, 66)

const windowChair =
  room('#dee4e1', '#b9aea1', 118) +
  rect(132, 14, 84, 70, '#bcd5dc', 2) +
  path('M132 66c20-18 40-18 52-8 12-6 22-6 32 0v26h-84z', '#a3c0ae') +
  line('M174 14v70', '#fff', 4) +
  rect(40, 62, 72, 58, '#c58b5f', 18) +
  rect(30, 88, 92, 34, '#d69d73', 13) +
  line('M44 122v10M108 122v10', '#43392f', 4) +
  plant(176, 132)

const lampEaves =
  room('#2f3a3a', '#24302f', 124) +
  path('M64 54l56-24 56 24-6 8-50-18-50 18z', '#d8c08c') +
  path('M84 60l36-13 36 13-18 64h-36z', '#f7e6b8') +
  `<path d="M84 60l36-13 36 13 22 84h-116z" fill="#f7e6b8" opacity=".16"/>` +
  line('M120 62v76M100 138h40', '#c9a86a', 4) +
  circle(120, 56, 5, '#fff6dc')

const diningRoom =
  room('#efe9df', '#cdb99d', 108) +
  line('M120 0v30', '#54463a', 2) +
  path('M96 46c4-12 12-16 24-16s20 4 24 16z', '#3c5a55') +
  rect(48, 86, 144, 8, '#9a6f4b', 3) +
  line('M60 94v40M180 94v40', '#835b3b', 5) +
  each([70, 150], (x) => rect(x, 70, 22, 40, '#b5845b', 6) + line(`M${x + 3} 110v22M${x + 19} 110v22`, '#835b3b', 3)) +
  path('M106 76h24c0 7-4 10-7 10h-10c-3 0-7-3-7-10z', '#f4efe6') +
  circle(113, 74, 4, '#d98a56') +
  circle(121, 73, 4, '#8fab6f') +
  rect(16, 24, 44, 34, '#dfe6df', 1) +
  path('M20 54l12-16 9 10 6-7 9 13z', '#9cb7a2')

const peninsulaBed =
  room('#e3e6ea', '#c3b6a6', 112) +
  rect(50, 40, 140, 54, '#a98f77', 14) +
  rect(42, 84, 156, 40, '#f4f1ea', 10) +
  rect(42, 100, 156, 26, '#8aa3b4', 8) +
  rect(62, 74, 44, 20, '#fff', 8) +
  rect(134, 74, 44, 20, '#fff', 8) +
  line('M52 126v10M188 126v10', '#54463a', 4) +
  rect(206, 92, 22, 34, '#b5845b', 3) +
  circle(217, 82, 8, '#f2d59f')

const swatchColours = [
  '#3f5f53',
  '#c9754a',
  '#e9e1d2',
  '#8ba0b1',
  '#a65541',
  '#d8b766',
  '#2c302e',
  '#7b978f',
  '#e2b79a',
  '#b4a58f',
  '#5b6f86',
  '#d9cfc0',
]
const swatches =
  rect(0, 0, 240, 160, '#f7f5f1') +
  each(swatchColours, (fill, i) => {
    const [x, y] = [18 + (i % 4) * 52, 14 + Math.floor(i / 4) * 46]
    return (
      rect(x, y, 46, 38, fill, 3) +
      rect(x, y + 30, 46, 8, '#ffffff', 0) +
      line(`M${x + 4} ${y + 34}h${14 + (i % 3) * 7}`, '#9b958b', 1.6)
    )
  })

const floorPlan =
  rect(0, 0, 240, 160, '#fbfaf7') +
  line('M20 16h200v128H20zM20 80h76M96 16v40M96 72v72M150 144v-50M150 80V64h70', '#3b4440', 4) +
  line('M96 56a16 16 0 0 0 16 16M150 94a14 14 0 0 1 14-14', '#9aa39e', 1.2) +
  rect(30, 112, 50, 20, '#a9c4b8', 5) +
  rect(112, 22, 80, 24, '#dfe9e4', 4) +
  rect(166, 104, 40, 28, '#e8d8c3', 4) +
  circle(58, 46, 15, '#e7cfa9') +
  each(
    [
      [36, 46],
      [80, 46],
      [58, 24],
      [58, 68],
    ] as const,
    ([x, y]) => circle(x, y, 4, '#c79f70'),
  ) +
  line('M20 152h200M20 149v6M96 149v6M220 149v6', '#c0603a', 1.2)

const bars = [38, 52, 47, 66, 61, 83, 92]
const salesChart =
  rect(0, 0, 240, 160, '#ffffff') +
  each([30, 60, 90, 120], (y) => line(`M24 ${y}h200`, '#e6e9e6', 1)) +
  each(bars, (tall, i) => rect(32 + i * 28, 136 - tall, 15, tall, i === bars.length - 1 ? '#0f7277' : '#9fcfcd', 3)) +
  line(`M${bars.map((tall, i) => `${39.5 + i * 28} ${118 - tall * 0.9}`).join('L')}`, '#cf6220', 2.2) +
  each(bars, (tall, i) => circle(39.5 + i * 28, 118 - tall * 0.9, 2.6, '#cf6220')) +
  line('M24 136h200', '#77807a', 1.4)

const posterDraft =
  rect(0, 0, 240, 360, '#e7ded0') +
  circle(168, 84, 40, '#f0b98a') +
  path('M0 150c40-34 74-30 108-8 38-26 84-24 132 4v60H0z', '#93aca0') +
  path('M0 184c52-24 96-16 130 4 34-16 70-14 110 0v172H0z', '#6d8b80') +
  rect(60, 214, 120, 42, '#e9e2d4', 18) +
  rect(46, 236, 148, 38, '#f6f1e7', 16) +
  rect(84, 220, 32, 28, '#d98a56', 8) +
  line('M62 274v12M178 274v12', '#43392f', 5) +
  line('M60 318h120M84 332h72', '#f6f1e7', 4)

const fabricCloseup =
  rect(0, 0, 240, 160, '#557468') +
  each(Array.from({ length: 20 }), (_, i) =>
    line(`M0 ${i * 8 + 4}c20-3 40 3 60 0s40 3 60 0 40 3 60 0 40 3 60 0`, i % 2 ? '#638577' : '#496659', 3),
  ) +
  each(Array.from({ length: 30 }), (_, i) => line(`M${i * 8 + 4} 0v160`, i % 3 ? '#5f8073' : '#7d9b8e', 1)) +
  rect(150, 96, 66, 44, '#f7f5f1', 3) +
  line('M158 108h44M158 118h30M158 128h38', '#8b857b', 2)

const packagingBox =
  rect(0, 0, 240, 160, '#eef0ec') +
  path('M58 62l62-28 62 28-62 28z', '#d9bb91') +
  path('M58 62l62 28v56l-62-30z', '#c7a373') +
  path('M182 62l-62 28v56l62-30z', '#b48f60') +
  path('M112 37l-62 28M128 37l54 25', '#d9bb91') +
  path('M150 79l16-7v20l-16 8z', '#f5efe4') +
  line('M76 92l12 6v14M82 95v14', '#7a5b36', 2.4) +
  `<ellipse cx="122" cy="148" rx="74" ry="5" fill="#c9cdc6"/>`

const lunchBowl =
  rect(0, 0, 240, 160, '#e9d9c4') +
  each([0, 1, 2, 3, 4, 5], (i) => line(`M0 ${i * 32 + 8}h240`, '#dfcbb1', 2)) +
  circle(112, 82, 58, '#2f5d62') +
  circle(112, 82, 50, '#f3e3b8') +
  line('M78 70c12-10 24 8 36-2s22 6 34-2M76 84c12-8 26 8 38 0s22 6 34-2M82 98c12-6 22 6 32 0s20 4 30-2', '#e0b75f', 5) +
  circle(94, 64, 11, '#fffaf0') +
  circle(94, 64, 5, '#eb9a3c') +
  each(
    [
      [128, 60],
      [136, 100],
      [98, 104],
      [120, 84],
    ] as const,
    ([x, y]) => circle(x, y, 4, '#6a9a52'),
  ) +
  line('M184 26l30 108M196 22l28 108', '#8a5a34', 4)

export const illustrations: SampleImage[] = [
  draw('sofa-evening', '云屿主图_A_傍晚客厅.jpg', sofaEvening),
  draw('window-chair', '云屿主图_B_窗边单椅.jpg', windowChair),
  draw('lamp-eaves', '檐_落地灯_夜景.jpg', lampEaves),
  draw('dining-room', '松间餐桌_场景.jpg', diningRoom),
  draw('peninsula-bed', '半岛床_样板间.jpg', peninsulaBed),
  draw('swatches', '秋季色卡.png', swatches),
  draw('floor-plan', '展厅平面图.png', floorPlan),
  draw('sales-chart', '周销量走势.png', salesChart),
  draw('poster-draft', '上市海报草稿.png', posterDraft, 800, 1200),
  draw('fabric-closeup', '面料近照.jpg', fabricCloseup),
  draw('packaging-box', '外箱打样.jpg', packagingBox),
  draw('lunch-bowl', '今天的午饭.jpg', lunchBowl),
]
