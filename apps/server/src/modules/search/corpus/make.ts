/**
 * The corpus by which the search is judged: sentences as people in a company write them, made from lists of our own, and
 * queries with the sentences that they must find. Each sentence exists twice: plain (simplified, half width, lower case,
 * without accents), and as somebody wrote it. What a query must find follows from the plain forms alone, and knows
 * nothing of how the search folds, cuts and compares.
 */

export interface Sentence {
  plain: string
  written: string
}

export interface CorpusQuery {
  kind: 'substring' | 'single' | 'phrase' | 'words'
  text: string
  /** Numbers of sentences, from 0. */
  hits: number[]
}

/** Chance that can be repeated (mulberry32). */
function chance(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const words = {
  place:
    '上海 北京 广州 深圳 杭州 苏州 成都 武汉 西安 南京 厦门 青岛 昆明 长沙 合肥 郑州 天津 重庆 宁波 佛山 东莞 无锡 福州 济南 大连 沈阳 哈尔滨 乌鲁木齐 呼和浩特 香港 澳门 台北 浦东 徐汇 静安 虹桥 滨江 余杭 西湖 海淀 朝阳 天河 南山 龙华 光谷 高新区 开发区 老城 码头 仓库 展厅 总部 分公司 门店 车间',
  person:
    '林知夏 顾南乔 沈若溪 陈屿 单翊 唐一鸣 周予安 许星河 叶可忆 方晴 陆子衿 宋时雨 程砚秋 苏念 贺知章 秦川 韩雪 何田田 江疏影 孟晚舟 曹静 龚琳 尤佳 裴文宣 褚健 曾庆 解缙 仇英 任盈 万俟雅 欧阳澜 上官云 王伟 李娜 张敏 刘洋 陈静 杨帆 黄蓉 赵云',
  department:
    '设计部 采购部 财务部 市场部 法务部 人事部 行政部 研发中心 客服组 物流组 质检科 销售一部 销售二部 工程部 信息技术部 品牌部 仓储部 生产计划科 安全环保处 董事会办公室',
  thing:
    '报价单 合同 发票 样品 图纸 海报 预算 方案 排期 会议纪要 采购清单 质检报告 送货单 验收单 宣传册 说明书 包装盒 展架 桌椅 沙发 台灯 窗帘 地毯 茶几 书柜 床垫 五金件 油漆 板材 面料 模具 服务器 打印机 投影仪 门禁卡 钥匙 工牌 电脑 显示器 机票 酒店 停车券 礼品 快递 订单 库存 退货 赔款 尾款 定金 押金 保证金 税率 工资条 考勤表 简历 录用通知 劳动合同 保密协议 授权书 营业执照 公章 档案 年报 周报 月报 复盘 需求文档 测试用例 接口 数据库 备份 证书 域名 流程 审批 权限 账号 密码',
  act: '改好了 发你了 还没收到 需要重做 已经确认 下周给你 今天寄出 卡在海关 被退回来了 审批通过 暂时搁置 交给我吧 请再看一遍 麻烦签字 有点问题 价格偏高 数量不对 颜色偏深 尺寸差两毫米 来得及吗 先别动 照旧 按老规矩 加急处理 延期三天 提前完成 少了一份 多了两箱 客户很满意 客户在催 对方改主意了 打样失败 效果不错 明早开会说 等财务入账 补一张说明 走线上流程 抄送给老板',
  time: '今天 明天 后天 下周一 周三下午 月底前 年前 国庆后 十点半 三点一刻 昨晚 上个月 下季度 春节期间 双十一 年中 周末 凌晨 午休时 下班前',
  feel: '辛苦了 谢谢 收到 好的 没问题 稍等 抱歉 恭喜 太好了 真不容易 加油 别急 放心 哈哈 可以的 明白 了解 知道了',
  chore:
    '量一下窗户 换灯泡 修空调 清理库房 搬办公桌 贴标签 拍产品照 写推文 剪视频 核对账目 盘点货架 打包装箱 联系司机 预订会议室 准备茶歇 更新官网 回访老客户 整理录音 翻译合同 校对样张 调试设备 培训新人 催收货款 办理入职 续签租约 注销旧卡 申请专利 组织团建 测体温 消毒',
  topic:
    '秋季新品 年会 搬家 展会 双十二大促 直播 绩效考核 团建 体检 消防演习 系统升级 品牌焕新 渠道返利 海外仓 碳排放 节能改造 客诉处理 供应商大会 校园招聘 股权激励 数据安全 等级保护 环评 安全生产月 旧房改造 样板间 家装节 儿童房系列 智能家居 全屋定制',
  code: 'PO-2024 SKU-8813 V3.2 v2.10.4 INV-00917 A4 B2B GB/T-19001 ISO9001 Q3 XJ-77 HY-2030-001 SF1390 EMS-5521 R&D 5G NB-IoT USB-C 3D 4K 2030-01-15 13900003812 021-5566 #1024 P0 K8S IPv6 10.0.0.7 TCP/443 C919 G60 MU5137',
  english:
    'deadline|kickoff meeting|follow up|purchase order|draft|final version|design review|roadmap|budget|invoice|shipping label|quick question|next week|sign off|release notes|hotfix|rollback|onboarding|out of office|customer feedback|press release|all hands|resume|cafe latte|deja vu|naive plan|uber pool|facade|senorita|zurich office|malmo team|sao paulo',
  product:
    'Heyi iPhone MacBook Excel WPS Photoshop AutoCAD GitHub MySQL PostgreSQL Node.js Wi-Fi PDF PPT JPG ERP CRM OA KPI OKR VPN API',
}

type List = keyof typeof words
const lists = Object.fromEntries(
  Object.entries(words).map(([name, all]) => [name, all.split(all.includes('|') ? '|' : /\s+/)]),
) as Record<List, string[]>

const templates = [
  '我家在{place}东边，{time}过去看看',
  '{person}说{thing}{act}',
  '{time}{department}开会，讨论{topic}',
  '{thing}{act}，{person}你跟一下',
  '订单{code}号的{thing}{act}',
  '{code} 这批{thing}{time}到{place}',
  '请把{product}里的{thing}导出来发给{person}',
  '{feel}，{thing}{act}',
  '{place}那边的{department}问{thing}什么时候能好',
  '@{person} {time}记得{chore}',
  '{topic}的{thing}我放在{product}了',
  '{english}：{thing}，{act}',
  '关于{topic}，{person}和{person}意见不一致',
  '{time}从{place}飞{place}，航班 {code}',
  '{product} {code} 升级之后{thing}打不开了',
  '帮忙{chore}，{time}之前要',
  '{department}新来的同事叫{person}，负责{topic}',
  '这个{thing}是{place}供应商的，编号 {code}，{act}',
  'the {english} for {product} is ready, please check {code}',
  '{person}：{english} 放到{time}吧',
  '{feel}{feel}，{time}{place}见',
  '「{topic}」第二版{thing}，{act}',
  '{chore}、{chore}、{chore}，都是{time}的事',
  '{place}下雨了，{thing}别淋湿，{feel}',
  '{thing}里第 3 页的“{topic}”写错了，应该是“{topic}”',
  '电话 {code} 打不通，{person}换个号码试试',
  '{department}的{thing}和{department}的{thing}对不上',
  'FYI: {english} / {english} ({code})',
  '{time}{chore}的时候发现{thing}少了，问问{person}',
  '{topic}预算{code}，{department}已经{act}',
]

/** Of these characters the corpus writes the traditional form now and then. */
const simplified =
  '东广汉苏厦门庆长郑乌鲁齐湾岛区开发码头仓库总设计购财务场销运质检办环处会报价单发纪图样宣传册说书装盒桌灯帘几柜垫漆板面钥机劳动协议营执业执档复盘测试例数据备证书域审权账号还没给过审签题价颜两规处级订给见办华丽话语读写时间个们这来为电脑显示驱动续订调训练练约专织体议图线网页讲谢对错阳阴'
const traditional =
  '東廣漢蘇廈門慶長鄭烏魯齊灣島區開發碼頭倉庫總設計購財務場銷運質檢辦環處會報價單發紀圖樣宣傳冊說書裝盒桌燈簾幾櫃墊漆板面鑰機勞動協議營執業執檔復盤測試例數據備證書域審權賬號還沒給過審簽題價顏兩規處級訂給見辦華麗話語讀寫時間個們這來為電腦顯示驅動續訂調訓練練約專織體議圖線網頁講謝對錯陽陰'
const toTraditional = new Map([...simplified].map((char, at) => [char, [...traditional][at] ?? char]))

const accented: Record<string, string> = {
  'cafe latte': 'café latte',
  'deja vu': 'déjà vu',
  'naive plan': 'naïve plan',
  'uber pool': 'über pool',
  facade: 'façade',
  senorita: 'señorita',
  'zurich office': 'Zürich office',
  'malmo team': 'Malmö team',
  'sao paulo': 'São Paulo',
  resume: 'résumé',
}

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
const asTraditional = (text: string): string => Array.from(text, (char) => toTraditional.get(char) ?? char).join('')
const withAccents = (text: string): string =>
  Object.entries(accented).reduce((now, [plain, written]) => now.replaceAll(plain, written), text)

/** One of the ways in which people write the same. */
function write(plain: string, random: () => number): string {
  const at = random()
  const cased =
    random() < 0.3 ? plain.toUpperCase() : random() < 0.5 ? plain.replace(/\b[a-z]/g, (c) => c.toUpperCase()) : plain
  if (at < 0.15) return asTraditional(cased)
  if (at < 0.25) return fullWidth(cased)
  if (at < 0.4) return withAccents(plain)
  return cased
}

const half = (text: string): string =>
  text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[“”「」]/g, '"')
    .toLowerCase()
/** Space beside Chinese is a matter of taste and means nothing. */
const isChinese = (char: string): boolean => /[\u4e00-\u9fff]/.test(char)
const plainOf = (text: string): string =>
  half(text).replace(/ /g, (space, at: number, all: string) =>
    isChinese(all[at - 1] ?? '') || isChinese(all[at + 1] ?? '') ? '' : space,
  )

export function makeSentences(count = 4_000): Sentence[] {
  const random = chance(20_261_121)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const all = new Map<string, Sentence>()
  for (let i = 0; all.size < count; i++) {
    const template = templates[i % templates.length] ?? ''
    const filled = template.replace(/\{(\w+)\}/g, (_, name: List) => pick(lists[name]))
    const spaced = filled.toLowerCase()
    const plain = plainOf(spaced)
    if (!all.has(plain)) all.set(plain, { plain, written: write(spaced, random) })
  }
  return [...all.values()]
}

const hasLetter = (text: string): boolean => /[\u4e00-\u9fffa-z0-9]/.test(text)

export function makeQueries(sentences: readonly Sentence[]): CorpusQuery[] {
  const random = chance(8_813)
  const queries = new Map<string, CorpusQuery>()
  const hitsOf = (parts: string[]) =>
    sentences.flatMap(({ plain }, number) => (parts.every((part) => plain.includes(part)) ? [number] : []))
  const add = (kind: CorpusQuery['kind'], parts: string[], text: string) => {
    if (!queries.has(text)) queries.set(text, { kind, text, hits: hitsOf(parts) })
  }
  const cut = (least: number, most: number): string => {
    for (;;) {
      const { plain } = sentences[Math.floor(random() * sentences.length)] as Sentence
      const length = least + Math.floor(random() * (most - least + 1))
      const from = Math.floor(random() * Math.max(1, plain.length - length))
      const part = plain.slice(from, from + length)
      if (part.length >= least && part.trim() === part && !part.includes('"') && hasLetter(part)) return part
    }
  }
  const count = (kind: CorpusQuery['kind']) => [...queries.values()].filter((one) => one.kind === kind).length
  while (count('substring') < 900) {
    const part = cut(2, 8)
    if (!part.includes(' ')) add('substring', [part], write(part, random))
  }
  while (count('single') < 120) {
    const part = cut(1, 1)
    if (isChinese(part)) add('single', [part], random() < 0.2 ? asTraditional(part) : part)
  }
  while (count('phrase') < 120) {
    const part = cut(4, 16)
    add('phrase', [part], `"${write(part, random)}"`)
  }
  while (count('words') < 120) {
    const { plain } = sentences[Math.floor(random() * sentences.length)] as Sentence
    const [one, other] = [plain.slice(0, 2), plain.slice(-3, -1)]
    if ([one, other].every((part) => part.length === 2 && !/[ "]/.test(part) && hasLetter(part)))
      add('words', [one, other], `${other} ${one}`)
  }
  return [...queries.values()]
}
