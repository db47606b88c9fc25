import { mainPerson, type PersonKey, people } from './company.js'

export type ConversationKey = string

export type SampleConversation = {
  key: ConversationKey
  kind: 'group' | 'direct'
  /** Empty for a direct conversation: it bears the other's name. */
  name: string
  /** The owner comes first. In a direct conversation: the two. */
  members: PersonKey[]
  /** Null in a direct conversation. */
  owner: PersonKey | null
  admins: PersonKey[]
  /** How 林知夏, the main person, keeps it; false where she is not in it. */
  pinned: boolean
  muted: boolean
}

type Keeping = 'pinned' | 'muted' | 'plain'

const group = (
  key: ConversationKey,
  name: string,
  members: string,
  admins: string,
  keeping: Keeping = 'plain',
): SampleConversation => {
  const keys = members.split(' ')
  return {
    key,
    kind: 'group',
    name,
    members: keys,
    owner: keys[0] ?? null,
    admins: admins ? admins.split(' ') : [],
    pinned: keeping === 'pinned',
    muted: keeping === 'muted',
  }
}

const direct = (
  key: ConversationKey,
  other: PersonKey,
  one: PersonKey = mainPerson,
  keeping: Keeping = 'plain',
): SampleConversation => ({
  key,
  kind: 'direct',
  name: '',
  members: [one, other],
  owner: null,
  admins: [],
  pinned: keeping === 'pinned',
  muted: keeping === 'muted',
})

const launchTeam =
  'gunanqiao linzhixia chenyu zhouyuan suhe hemu jianglin shenruoxi luzhou chengxiaoman songwan yuchiqing mosheng xuyimin qilin'
const brandTeam =
  'shenruoxi chenyu suhe chengxiaoman songwan jianglin heyinuo bailu wenyan baizhi gexinghe luzhou tangyiming linzhixia'
const productTeam =
  'gunanqiao linzhixia shanyi zengkeyi luowei shenruoxi chenyu suhe jianglin baizhi xiehao luzhou qiuyuan liuwendi'
const qualityTeam = 'hemu qilin zhuyun fanshu luowei02 zhaiyu chenyu03 guofang mashan luzhou xiehao baizhi linzhixia'
const marketingTeam = 'zhouyuan tangtang yuchiqing liangzhou fangyuan xuyimin linzhixia chenyu suhe'
const retailTeam = 'duanmurui jiangling jianglin02 mosheng tianye heqing gaolan yuchiqing guofang ruanqing'
const overseasTeam =
  'xuyimin danielwhitmore sofialindholm marcustan priyanair piaominya zhaoqihang linzhixia chenyu hemu'
const showroomTeam = 'mosheng songwan linzhixia luzhou gaolan tianye heqing chengxiaoman'
const financeTeam = 'zhouyuan02 gexin linzhixia suhe luzhou qilin yuchiqing duanmurui xuyimin ningke'
const helpTeam =
  'tangyiming suchen ningke linzhixia chenyu wenyan bailu zengkeyi fangyuan tianye zhuyun ruanqing gexin heyinuo marcustan'
const newcomers = 'ningke qinyue gexinghe liuwendi qiaomu bailu linzhixia suchen jihe'
const serviceTeam = 'chenyu02 ruanqing qiaomu xianrui guofang zhaiyu tianye jianglin02'
const lunchTeam = 'chengxiaoman linzhixia suhe bailu tangtang zengkeyi'

/** The most important person first, everybody of the company after. */
const everybody = ['gunanqiao', ...people.map((person) => person.key).filter((key) => key !== 'gunanqiao')].join(' ')

export const conversations: SampleConversation[] = [
  group('launch', '秋季新品上市项目组', launchTeam, 'linzhixia zhouyuan', 'pinned'),
  group('everyone', '栖岸家居全员群（示例）', everybody, 'jihe ningke', 'muted'),
  group('brand', '品牌设计部', brandTeam, 'chenyu'),
  group('product', '产品中心', productTeam, 'linzhixia'),
  group('quality', '供应链与品控', qualityTeam, 'zhuyun'),
  group('marketing', '市场部日常', marketingTeam, ''),
  group('retail', '门店运营协同', retailTeam, 'jiangling'),
  group('overseas', 'Overseas launch', overseasTeam, 'danielwhitmore'),
  group('showroom', '杭州展厅焕新', showroomTeam, 'songwan'),
  group('finance', '报销与预算答疑', financeTeam, 'gexin'),
  group('help', 'IT 与行政服务台', helpTeam, 'suchen', 'muted'),
  group('newcomers', '新同事加油站', newcomers, 'qinyue'),
  group('service', '客服与售后协同', serviceTeam, 'xianrui'),
  group('lunch', '湖畔楼干饭小分队', lunchTeam, '', 'muted'),
  direct('lin-chenyu', 'chenyu', mainPerson, 'pinned'),
  direct('lin-gu', 'gunanqiao'),
  direct('lin-shen', 'shenruoxi'),
  direct('lin-zhou', 'zhouyuan'),
  direct('lin-emily', 'xuyimin'),
  direct('chenyu-suhe', 'suhe', 'chenyu'),
]

const byKey = new Map(conversations.map((conversation) => [conversation.key, conversation]))

/** @throws Error where the sample has no such conversation. */
export function getConversation(key: ConversationKey): SampleConversation {
  const conversation = byKey.get(key)
  if (!conversation) throw new Error(`sample: no conversation ${key}`)
  return conversation
}
