/**
 * The people and departments of 栖岸家居（示例）, a furniture company that does not exist. Everything here is made up:
 * telephone numbers come from a block that cannot be dialled (190-0000-00xx), mail addresses end in `.example`.
 */

type DepartmentKey = string
export type PersonKey = string

export type SampleDepartment = {
  key: DepartmentKey
  parent: DepartmentKey | null
  name: string
  /** Order among its siblings, smallest first. */
  position: number
  leaders: PersonKey[]
}

export type SamplePerson = {
  key: PersonKey
  name: string
  account: string
  /** A nickname or an English name; empty where there is none. */
  alias: string
  position: string
  phone: string
  email: string
  /** The first is the main one. */
  departments: DepartmentKey[]
  role: 'owner' | 'admin' | 'member'
  /** The language this person writes in. */
  locale: 'zh-CN' | 'en'
}

export const company = { name: '栖岸家居（示例）', locale: 'zh-CN', timeZone: 'Asia/Shanghai', sample: true } as const

/** The person whose screen a demo opens. */
export const mainPerson: PersonKey = 'linzhixia'

export const departments: SampleDepartment[] = [
  { key: 'office', parent: null, name: '总经办', position: 1, leaders: ['gunanqiao'] },
  { key: 'product', parent: null, name: '产品中心', position: 2, leaders: ['gunanqiao'] },
  { key: 'planning', parent: 'product', name: '产品规划', position: 1, leaders: ['linzhixia'] },
  { key: 'brand', parent: 'product', name: '品牌设计部', position: 2, leaders: ['shenruoxi'] },
  { key: 'studio', parent: 'brand', name: '影像与色彩', position: 1, leaders: ['wenyan'] },
  { key: 'prototyping', parent: 'product', name: '研发与打样', position: 3, leaders: ['xiehao'] },
  { key: 'marketing', parent: null, name: '市场部', position: 3, leaders: ['zhouyuan'] },
  { key: 'overseas', parent: 'marketing', name: '海外业务组 Overseas', position: 1, leaders: ['xuyimin'] },
  { key: 'retail', parent: null, name: '门店运营', position: 4, leaders: ['duanmurui'] },
  { key: 'showroom', parent: 'retail', name: '杭州展厅', position: 1, leaders: ['mosheng'] },
  { key: 'supply', parent: null, name: '供应链与品控', position: 5, leaders: ['hemu'] },
  { key: 'logistics', parent: 'supply', name: '仓储物流', position: 1, leaders: ['chenyu03'] },
  { key: 'service', parent: null, name: '客户服务', position: 6, leaders: ['chenyu02'] },
  { key: 'finance', parent: null, name: '财务与人力', position: 7, leaders: ['zhouyuan02'] },
  { key: 'it', parent: 'finance', name: '信息与行政', position: 1, leaders: ['tangyiming'] },
]

// account, name, alias, position, departments (main one first). The account is the key. Surnames that read unlike
// their characters (单 Shàn, 曾 Zēng, 解 Xiè, 仇 Qiú, 朴 Piáo, 翟 Zhái, 冼 Xiǎn, 盖 Gě), two-character surnames (欧阳, 端木,
// 尉迟) and homophones (陈屿 陈雨 陈宇, 江临 姜琳, 罗薇 骆伟, 周予安 周媛) are there to make the search work for its living.
const roster: [account: string, name: string, alias: string, position: string, departments: string][] = [
  ['gunanqiao', '顾南乔', '', '总经理 · 产品中心负责人', 'office product'],
  ['ouyangming', '欧阳明', '', '副总经理', 'office'],
  ['jihe', '纪和', '', '总经理助理', 'office'],
  ['linzhixia', '林知夏', '知夏', '新品项目负责人', 'planning'],
  ['shanyi', '单翊', '', '产品经理', 'planning'],
  ['zengkeyi', '曾可忆', '可忆', '用户研究员', 'planning'],
  ['luowei', '罗薇', 'Vivi', '商品企划', 'planning'],
  ['shenruoxi', '沈若溪', '若溪', '品牌设计总监', 'brand'],
  ['chenyu', '陈屿', '', '高级视觉设计师', 'brand'],
  ['suhe', '苏禾', '小禾', '视觉设计师', 'brand'],
  ['chengxiaoman', '程小满', '小满', '插画与动效', 'brand'],
  ['songwan', '宋晚', '', '空间陈列设计师', 'brand showroom'],
  ['jianglin', '江临', '', '包装设计师', 'brand'],
  ['heyinuo', '何一诺', '一诺', '平面设计师', 'brand'],
  ['bailu', '白鹭', '', '平面设计师', 'brand'],
  ['wenyan', '温言', '', '摄影与后期', 'studio brand'],
  ['baizhi', '白芷', '', '色彩与材料顾问', 'studio brand'],
  ['gexinghe', '葛星河', '星河', '设计实习生', 'studio'],
  ['xiehao', '解皓', '', '结构工程师', 'prototyping'],
  ['luzhou', '陆舟', '', '打样协调', 'prototyping brand'],
  ['qiuyuan', '仇远', '仇师傅', '打样师傅', 'prototyping'],
  ['liuwendi', '柳闻笛', '笛子', '打样实习生', 'prototyping'],
  ['zhouyuan', '周予安', '予安', '市场部经理', 'marketing'],
  ['tangtang', '唐棠', '糖糖', '新媒体运营', 'marketing'],
  ['yuchiqing', '尉迟青', '', '活动策划', 'marketing'],
  ['liangzhou', '梁州', '', '渠道销售', 'marketing'],
  ['fangyuan', '方圆', '圆圆', '内容编辑', 'marketing'],
  ['xuyimin', '许伊敏', 'Emily', 'Overseas Lead 海外负责人', 'overseas'],
  ['danielwhitmore', 'Daniel Whitmore', 'Dan', 'Key Account Manager, UK', 'overseas'],
  ['sofialindholm', 'Sofia Lindholm', '', 'Nordic Partnerships', 'overseas'],
  ['marcustan', 'Marcus Tan', '', 'Regional Sales, Singapore', 'overseas'],
  ['priyanair', 'Priya Nair', '', 'Content & Localisation', 'overseas'],
  ['piaominya', '朴敏雅', 'Mina', '海外内容与本地化', 'overseas'],
  ['zhaoqihang', '赵启航', 'Leo', '海外物流专员', 'overseas logistics'],
  ['duanmurui', '端木蕊', '蕊姐', '门店运营总监', 'retail'],
  ['jiangling', '蒋玲', '', '区域督导', 'retail'],
  ['jianglin02', '姜琳', '', '滨江店店长', 'retail'],
  ['mosheng', '莫笙', '', '展厅主管', 'showroom'],
  ['tianye', '田野', '', '空间顾问', 'showroom'],
  ['heqing', '贺晴', '', '空间顾问', 'showroom'],
  ['gaolan', '高岚', '', '软装搭配师', 'showroom'],
  ['hemu', '何牧', '', '供应链与品控负责人', 'supply'],
  ['qilin', '齐霖', '', '采购经理', 'supply'],
  ['zhuyun', '朱芸', '', '品控工程师', 'supply'],
  ['fanshu', '樊树', '', '质检员', 'supply'],
  ['luowei02', '骆伟', '', '生产计划', 'supply'],
  ['zhaiyu', '翟宇', '', '供应商质量', 'supply'],
  ['chenyu03', '陈宇', '', '仓储主管', 'logistics'],
  ['guofang', '郭放', '', '配送调度', 'logistics'],
  ['mashan', '马杉', '', '库管员', 'logistics'],
  ['chenyu02', '陈雨', '', '客户服务主管', 'service'],
  ['ruanqing', '阮青', '', '客服专员', 'service'],
  ['qiaomu', '乔木', '', '客服专员', 'service'],
  ['xianrui', '冼睿', '', '售后工程师', 'service'],
  ['zhouyuan02', '周媛', '', '财务经理', 'finance'],
  ['gexin', '盖欣', '', '会计', 'finance'],
  ['ningke', '宁可', '可可', '人力资源 HRBP', 'finance'],
  ['qinyue', '秦越', '', '招聘专员', 'finance'],
  ['tangyiming', '唐一鸣', '', '系统管理员', 'it brand'],
  ['suchen', '苏晨', '', 'IT 支持工程师', 'it'],
]

const roles: Record<PersonKey, SamplePerson['role']> = { gunanqiao: 'owner', tangyiming: 'admin', ningke: 'admin' }
const writeEnglish = new Set(['danielwhitmore', 'sofialindholm', 'marcustan', 'priyanair'])

export const people: SamplePerson[] = roster.map(([account, name, alias, position, inDepartments], index) => ({
  key: account,
  name,
  account,
  alias,
  position,
  phone: `190-0000-00${String(index + 1).padStart(2, '0')}`,
  email: `${account}@qian.example`,
  departments: inDepartments.split(' '),
  role: roles[account] ?? 'member',
  locale: writeEnglish.has(account) ? 'en' : 'zh-CN',
}))

const byKey = new Map(people.map((person) => [person.key, person]))

/** @throws Error where nobody has this key: the sample texts name somebody who does not work here. */
export function getPerson(key: PersonKey): SamplePerson {
  const person = byKey.get(key)
  if (!person) throw new Error(`sample: nobody is called ${key}`)
  return person
}

const longSurnames = ['欧阳', '端木', '尉迟']

/** What colleagues call somebody in conversation: the nickname, else the given name where that is natural. */
export function calledName(key: PersonKey): string {
  const { name, alias } = getPerson(key)
  if (alias) return alias
  if (name.includes(' ')) return name.split(' ')[0] ?? name
  return name.length === 3 && !longSurnames.some((surname) => name.startsWith(surname)) ? name.slice(1) : name
}
