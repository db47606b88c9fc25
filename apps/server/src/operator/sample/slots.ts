/** What fills `{…}` in a dialogue: products, suppliers, numbers, dates. All of it is invented. */
import { type Day, monthAndDate, weekdayOf, workdayFrom } from './calendar.js'
import { type Chance, chance, hashOf } from './random.js'

const pools: Record<string, readonly string[]> = {
  product: [
    '云屿三人位',
    '云屿单椅',
    '「檐」落地灯',
    '松间餐桌',
    '汀步茶几',
    '拾光书柜',
    '半岛床',
    '雾里地毯',
    '归雁玄关柜',
    '听潮躺椅',
    '青禾儿童桌',
    '折枝衣帽架',
    '云屿脚凳',
  ],
  productEn: [
    'Yunyu three-seater',
    'Yunyu armchair',
    'Eaves floor lamp',
    'Pinewood dining table',
    'Stepstone coffee table',
    'Peninsula bed',
    'Mistral rug',
    'Tide lounger',
    'Yunyu ottoman',
    'Twig coat stand',
    'Homeward console',
  ],
  material: [
    '亚麻混纺',
    '松烟绿绒布',
    '白蜡木',
    '黑胡桃木',
    '灰橘色灯芯绒',
    '羊羔绒',
    '猫抓布',
    '洗水棉',
    '红橡木',
    '藤编面板',
    '磨砂不锈钢',
  ],
  colour: ['松烟绿', '灰橘', '燕麦白', '雾蓝', '陶土红', '麦秆黄', '砚黑'],
  supplier: [
    '远山木业',
    '云锦布艺',
    '明合五金',
    '竹里工坊',
    '恒川海绵',
    '栖光印务',
    '白露灯饰',
    '北塘包装',
    '青檀家具厂',
    '同舟货运',
    '半夏软装',
  ],
  store: ['杭州展厅', '滨江店', '湖畔店', '苏州园区店', '宁波东部店', '南京河西店', '上海静安店'],
  room: ['湖畔厅', '松风厅', '听雨厅', '三楼小会议室', '四楼玻璃房', '影棚', '材料间'],
  customer: [
    '方女士',
    '霍先生',
    '邵先生',
    '简女士',
    '莫女士',
    '施先生',
    '钟女士',
    '裘先生',
    '滕女士',
    '闻先生',
    '甘女士',
  ],
  part: [
    '扶手内衬',
    '底框螺母',
    '靠背拉链',
    '抽屉滑轨',
    '脚垫',
    '灯罩卡扣',
    '床板横梁',
    '合页',
    '坐垫拉筋',
    '封边条',
    '护角',
  ],
  flaw: ['色差', '针距不匀', '边缘毛刺', '轻微划痕', '回弹偏慢', '漆面颗粒', '异响', '缝线跳针', '含水率偏高'],
  channel: ['小程序商城', '天际旗舰店', '微光直播间', '线下门店', '设计师渠道', '老客社群', '公众号'],
  theme: [
    '一张沙发的二十道工序',
    '傍晚的客厅该用什么色温',
    '猫、沙发与和平共处',
    '搬去湖边的第一年',
    '小户型的三盏灯',
    '亚麻面料养护指南',
    '周末在家喝茶的角落',
  ],
  dish: [
    '片儿川',
    '葱油拌面',
    '酸菜鱼',
    '麻辣烫',
    '轻食沙拉',
    '黄焖鸡',
    '牛肉粉',
    '煲仔饭',
    '咖喱饭',
    '小笼包',
    '冒菜',
    '拌川',
  ],
  eatery: ['湖边那家面馆', '巷口老灶', '阿婆私厨', '绿皮小馆', 'B1 的粉店', '后街砂锅', '桥头那家店'],
  city: ['临安', '桐乡', '余姚', '海宁', '安吉', '嘉善', '上海', '苏州', '宁波'],
  cityEn: ['London', 'Stockholm', 'Singapore', 'Manchester', 'Gothenburg', 'Copenhagen', 'Bristol'],
  retailerEn: ['Larkmoor Interiors', 'Fjord & Feather', 'Quayside Rooms', 'Lanes & Lofts', 'Sunbird House'],
  portEn: ['Felixstowe', 'Gothenburg', 'Singapore', 'Rotterdam', 'Aarhus'],
  device: ['打印机', '投影', '门禁', '会议室摄像头', '绘图屏', '扫描枪', '显示器', '无线网络'],
  software: ['渲染软件', '修图软件', '设计软件', '报表系统', '仓库系统', '字体库'],
  kelvin: ['2700K', '3000K', '3500K', '4000K', '4200K'],
}

/** When a run begins, when the collection comes out, and at which local minute the whole story ends. */
export type When = { day: Day; minute: number; launch: Day; endMinute: number }
type Maker = (luck: Chance, when: When, days: number) => string

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const weekdaysEn = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function chineseDate(day: Day): string {
  const { month, date } = monthAndDate(day)
  return `${month} 月 ${date} 日`
}
function englishDate(day: Day): string {
  const { month, date } = monthAndDate(day)
  return `${date} ${months[month - 1] ?? ''}`
}
const twoDigits = (n: number) => String(n).padStart(2, '0')
const clock = (minute: number) => `${Math.floor(minute / 60)}:${twoDigits(minute % 60)}`
const money = (yuan: number) => yuan.toLocaleString('en-US', { minimumFractionDigits: 2 })
const code = (luck: Chance, length: number) => Array.from({ length }, () => luck.between(0, 35).toString(36)).join('')
const meets = (day: Day, days: number) => workdayFrom(day + days)

const makers: Record<string, Maker> = {
  n: (luck) => String(luck.between(2, 9)),
  qty: (luck) => String(luck.between(4, 60) * 6),
  pct: (luck) => (luck.between(952, 998) / 10).toFixed(1),
  cm: (luck) => String(luck.between(42, 228)),
  money: (luck) => `¥ ${money(luck.between(3, 380) * 52)}`,
  price: (luck) => `¥ ${(luck.between(8, 92) * 100 - 20).toLocaleString('en-US')}`,
  gbp: (luck) => `£${luck.between(19, 140) * 10 - 1}`,
  batch: (_, { day }, days) => {
    const { month, date } = monthAndDate(day + days)
    return `${twoDigits(month)}${twoDigits(date)}`
  },
  order: (luck, { day }) => `26${twoDigits(monthAndDate(day).month)}-${String(luck.between(12, 480)).padStart(4, '0')}`,
  ticket: (luck) => `IT-${luck.between(2100, 2980)}`,
  meeting: (luck) => `${luck.between(601, 699)} ${luck.between(100, 999)} ${luck.between(100, 999)}`,
  doc: (luck) => `https://docs.qian.example/d/${code(luck, 8)}`,
  link: (luck) => `https://www.qian.example/p/${code(luck, 6)}`,
  track: (luck) => `TZ${luck.between(10000000, 99999999)}`,
  // Later on the same day while there is time for it.
  hour: (luck, { minute }) => {
    const halfHours = Math.ceil(minute / 30) + luck.between(1, 5)
    return clock((halfHours <= 35 ? halfHours : luck.between(19, 23)) * 30)
  },
  today: (_, { day }) => chineseDate(day),
  date: (_, { day }, days) => chineseDate(meets(day, days)),
  day: (_, { day }, days) => weekdays[weekdayOf(meets(day, days))] ?? '',
  dateEn: (_, { day }, days) => englishDate(meets(day, days)),
  dayEn: (_, { day }, days) => weekdaysEn[weekdayOf(meets(day, days))] ?? '',
  launch: (_, { launch }) => chineseDate(launch),
  launchEn: (_, { launch }) => englishDate(launch),
  countdown: (_, { day, launch }) => String(launch - day),
  // Deadlines named in the endings, which are told at whatever hour the sample is made.
  deadline: (_, { endMinute }) => clockTime(endMinute + 180, 17 * 60),
  soon: (_, { endMinute }) => clockTime(endMinute + 90, 15 * 60),
}

/** The full hour after `minute` while that is still today's work, else tomorrow morning. */
function clockTime(minute: number, usual: number): string {
  const hour = Math.ceil(Math.max(minute, usual) / 60)
  return hour <= 18 ? `今天 ${hour}:00` : `明天 ${minute > usual + 120 ? '12:00' : '10:00'}`
}

/**
 * The words for a slot such as `product`, `product2` or `date+3`; undefined where there is no such slot. The same slot
 * stays the same within one run, and consecutive runs get different ones.
 */
export function fillSlot(slot: string, run: { key: string; number: number }, when: When): string | undefined {
  const [, name = '', place = '', days = '0'] = /^([a-zA-Z]+)(\d?)([+-]\d+)?$/.exec(slot) ?? []
  const pool = pools[name]
  if (pool) return pool[(hashOf(`${run.key}/${name}`) + run.number * 4 + Number(place || 1) * 3) % pool.length]
  return makers[name]?.(chance(`${run.key}/${run.number}/${name}${place}`), when, Number(days))
}
