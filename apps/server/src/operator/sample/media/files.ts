import type { SampleFile } from '../media.js'
import { illustrations } from './illustrations.js'
import { type PdfPage, pdfOf } from './pdf.js'
import { zipOf } from './zip.js'

const utf8 = (text: string) => new TextEncoder().encode(text)
const byteOrderMark = '\ufeff'

const pdf = (key: string, name: string, title: string, pages: PdfPage[]): SampleFile => ({
  key,
  kind: 'file',
  name,
  mime: 'application/pdf',
  bytes: () => pdfOf(title, pages),
})
// Spreadsheet programs read a CSV as UTF-8 only when it begins with a byte order mark.
const csv = (key: string, name: string, rows: (string | number)[][]): SampleFile => ({
  key,
  kind: 'file',
  name,
  mime: 'text/csv',
  bytes: () => utf8(byteOrderMark + [...rows.map((row) => row.map(csvCell).join(',')), ''].join('\r\n')),
})
const csvCell = (cell: string | number) =>
  /[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell)
const note = (key: string, name: string, text: string): SampleFile => ({
  key,
  kind: 'file',
  name,
  mime: name.endsWith('.md') ? 'text/markdown' : 'text/plain',
  bytes: () => utf8(text),
})
const zip = (key: string, name: string, entries: () => { name: string; bytes: Uint8Array }[]): SampleFile => ({
  key,
  kind: 'file',
  name,
  mime: 'application/zip',
  bytes: () => zipOf(entries()),
})

/** Lines of text from the top of the page downwards, the first one as its heading. */
const sheet = (heading: string, lines: string[]): PdfPage => ({
  shapes: [
    { x: 0, y: 822, w: 595, h: 20, colour: '#0f7277' },
    { x: 56, y: 742, w: 483, h: 1, colour: '#cfd2cd' },
  ],
  text: [
    { x: 56, y: 760, size: 20, bold: true, words: heading },
    ...lines.map((words, i) => ({ x: 56, y: 712 - i * 22, size: 11, words })),
    { x: 56, y: 40, size: 8, words: 'Qi An Home (sample). Fictional company, fictional figures.' },
  ],
})

const poster = (version: string, warmth: { wall: string; sun: string; floor: string }): PdfPage[] => [
  {
    shapes: [
      { x: 0, y: 0, w: 595, h: 842, colour: warmth.wall },
      { x: 0, y: 0, w: 595, h: 250, colour: warmth.floor },
      { x: 430, y: 610, w: 0, h: 0, r: 86, colour: warmth.sun },
      { x: 150, y: 270, w: 300, h: 90, colour: '#7b978f' },
      { x: 118, y: 216, w: 364, h: 80, colour: '#8fab9f' },
      { x: 190, y: 290, w: 70, h: 58, colour: '#d98a56' },
      { x: 140, y: 190, w: 12, h: 26, colour: '#54463a' },
      { x: 448, y: 190, w: 12, h: 26, colour: '#54463a' },
    ],
    text: [
      { x: 56, y: 740, size: 46, bold: true, words: 'YUNYU' },
      { x: 58, y: 706, size: 16, words: 'Leave the room to living.' },
      { x: 58, y: 92, size: 14, words: 'Autumn collection. In all showrooms this season.' },
      { x: 58, y: 56, size: 9, words: `Draft ${version} - not for circulation - Qi An Home (sample)` },
    ],
  },
]

const brief = [
  sheet('Yunyu overseas launch brief', [
    'Audience: design-minded homes of 60 to 110 square metres, first sofa they choose themselves.',
    'Promise: a calm sofa that can be taken apart, washed and repaired.',
    'Range: three-seater, armchair, ottoman, Eaves floor lamp.',
    'Markets: United Kingdom first, the Nordics four weeks later, Singapore with the spring range.',
    'Tone: plain words, evening light, no superlatives.',
  ]),
  sheet('Timeline and owners', [
    'Week -6   Copy and care labels final                         Priya, Mina',
    'Week -5   Sample sets leave the warehouse                    Leo',
    'Week -4   Press images, 4200 K master                        Chen Yu',
    'Week -3   Retail partners trained                            Daniel, Sofia',
    'Week -1   Stock check and price list                         Marcus',
    'Week  0   Launch                                             everybody',
  ]),
]

const minutes = `# 新品上市周会纪要（示例）

**参会**：项目组全体　**记录**：林知夏

## 结论

1. 主图色温统一到 4200K，A 版傍晚客厅为首图。
2. 门店陈列在上市前一天闭店前完成，布展用电由陆舟与物业确认。
3. 面料批次报告未过的批次不排产，先做复检。
4. 预热最长 12 小时，以平台新规则为准。

## 待办

| 事项 | 负责人 | 截止 |
| --- | --- | --- |
| 海报第二版 | 周予安 | 本周四 |
| 价签与材质卡 42 套 | 江临 | 下周一 |
| 拆洗视频脚本 | 程小满 | 下周三 |
| 首批到货检验 | 何牧 | 到货当天 |

## 未决

- 滨江店橱窗尺寸需要复测。
- 三人位两件箱的跌落测试安排在下周。
`

const newcomerGuide = `# 新同事第一周（示例）

欢迎来到栖岸家居。第一周不用急着产出，先把人和东西认全。

- 第一天：领电脑和门禁，找苏晨开通账号；中午和部门一起吃饭。
- 第二天：逛展厅，每一件沙发都坐一遍，写下三个感受。
- 第三天：跟着陆舟看一次打样。
- 第四天：读《云屿上市物料清单》，在群里问至少一个问题。
- 第五天：和你的伙伴聊半小时，聊什么都行。

食堂在 B1，十一点五十以后排队会长。四楼茶水间的咖啡豆大家轮流买。
`

const careGuide = `亚麻混纺面料养护说明（示例）

一、日常：每周用软刷顺纹理吸尘一次，避免长时间直晒。
二、拆洗：坐垫套可拆，30 度以下轻柔水洗，深浅分开，不可烘干。
三、晾晒：反面朝外，阴凉处平铺，八成干时套回更服帖。
四、污渍：先用干布吸走，再用清水由外向内轻点，不要来回擦。
五、养猫家庭：建议选猫抓布套，磨耗测试 5 万次以上。

如有疑问，请联系栖岸家居客户服务（示例数据，非真实电话）。
`

const inspection: (string | number)[][] = [
  ['批次', '品名', '抽检数', '合格数', '合格率', '问题', '结论'],
  ['A-01', '云屿三人位 坐垫套', 42, 42, '100.0%', '', '放行'],
  ['A-02', '云屿单椅 靠背套', 36, 35, '97.2%', '缝线跳针 1 件', '返修后放行'],
  ['A-03', '「檐」落地灯 灯罩', 24, 24, '100.0%', '', '放行'],
  ['A-04', '松间餐桌 桌面', 18, 17, '94.4%', '漆面颗粒 1 件', '复检'],
  ['A-05', '汀步茶几 脚垫', 60, 60, '100.0%', '', '放行'],
  ['A-06', '半岛床 床板横梁', 30, 29, '96.7%', '含水率 12.8%，偏高', '复检'],
]

const channelPlan: (string | number)[][] = [
  ['渠道', '内容', '开始', '结束', '预算（元）', '负责人'],
  ['小程序商城', '首页焦点图 + 预约试坐', 'T-7', 'T+14', 48000, '唐棠'],
  ['公众号', '长文：傍晚的客厅', 'T-3', 'T-3', 6000, '方圆'],
  ['线下门店', '橱窗与地贴', 'T-1', 'T+30', 73500, '莫笙'],
  ['设计师渠道', '样板间开放日', 'T+2', 'T+3', 28000, '尉迟青'],
  ['老客社群', '以旧换新, 附保养课', 'T+5', 'T+20', 15000, '程小满'],
]

const packingList: (string | number)[][] = [
  ['Carton', 'Item', 'Qty', 'Gross kg', 'Size cm'],
  ['1-12', 'Yunyu three-seater, box 1 of 2', 12, 46.5, '232 x 96 x 48'],
  ['13-24', 'Yunyu three-seater, box 2 of 2', 12, 21, '98 x 92 x 40'],
  ['25-44', 'Yunyu armchair', 20, 27.4, '88 x 84 x 76'],
  ['45-74', 'Eaves floor lamp', 30, 6.8, '158 x 34 x 22'],
  ['75', 'Fabric swatch sets, spare feet', 60, 14.2, '60 x 40 x 40'],
]

const drawings = (keys: string[]) =>
  illustrations
    .filter(({ key }) => keys.includes(key))
    .map(({ key, svg }) => ({ name: `源文件/${key}.svg`, bytes: utf8(svg) }))

export const files: SampleFile[] = [
  pdf(
    'poster-v1',
    '云屿上市海报_第一版.pdf',
    'Yunyu poster, draft 1',
    poster('1', { wall: '#dfe3df', sun: '#f4ecd8', floor: '#b8ada0' }),
  ),
  pdf(
    'poster-v2',
    '云屿上市海报_第二版.pdf',
    'Yunyu poster, draft 2',
    poster('2', { wall: '#ece3d6', sun: '#f0b98a', floor: '#c6b299' }),
  ),
  pdf('fabric-report', '面料检测报告.pdf', 'Fabric test report', [
    sheet('Fabric test report (sample)', [
      'Sample: linen blend, pine-smoke green, three rolls',
      'Abrasion (Martindale, cycles):  52 000    required 40 000    passed',
      'Colour fastness to rubbing, dry:  4-5    wet: 4    passed',
      'Colour fastness to light:  5    passed',
      'Pilling after 2 000 cycles:  4    passed',
      'Formaldehyde:  not detected',
      'Result: release',
    ]),
  ]),
  pdf('supplier-quote', '供应商报价单.pdf', 'Quotation', [
    sheet('Quotation Q-118 (sample)', [
      'Track spotlight 3000 K       8 pcs      CNY 1,280.00      CNY 10,240.00',
      'Floor lamp Eaves             4 pcs      CNY 2,100.00      CNY  8,400.00',
      'Total                                                    CNY 18,640.00',
      'Lead time: 7 working days after confirmation. Prices include tax and delivery to Hangzhou.',
      'Two floor lamps can be borrowed for trial photographs at no charge.',
    ]),
  ]),
  pdf('overseas-brief', 'Yunyu-overseas-launch-brief.pdf', 'Yunyu overseas launch brief', brief),
  csv('inspection', '抽检记录.csv', inspection),
  csv('channel-plan', '渠道排期与预算.csv', channelPlan),
  csv('packing-list', 'packing-list.csv', packingList),
  note('meeting-notes', '新品上市周会纪要.md', minutes),
  note('newcomer-guide', '新同事第一周.md', newcomerGuide),
  note('care-guide', '亚麻面料养护说明.txt', careGuide),
  zip('poster-assets', '海报素材包.zip', () => [
    { name: '说明.txt', bytes: utf8('海报素材（示例）。请勿外传未定稿图片。\n') },
    ...drawings(['sofa-evening', 'window-chair', 'poster-draft']),
  ]),
  zip('label-artwork', 'care-labels-EN.zip', () => [
    { name: 'README.txt', bytes: utf8('Care labels, English. Sample data.\n') },
    {
      name: 'labels/yunyu-three-seater.txt',
      bytes: utf8('Wash covers below 30 C. Do not tumble dry. Dry flat in the shade.\n'),
    },
    ...drawings(['swatches']),
  ]),
]
