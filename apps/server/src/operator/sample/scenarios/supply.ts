import { type Scenario, scene } from '../script.js'

/** Suppliers, inspection, production plans, the warehouse and deliveries. */
export const supplyScenarios: Scenario[] = [
  scene(
    'batch-report',
    'quality quality quality quality',
    `
    fanshu: [{batch-1} 批次抽检 {qty} 件，合格率 {pct}%，不合格项：{flaw}|今日抽检完成，{batch} 批次{material}，{pct}%|{supplier}来料 {qty} 件，抽 {n}，有 {n2} 件{flaw}|上午三批都过了，最低的一批 {pct}%]
    fanshu: [!inspection|!fabric-closeup|!inspection|!inspection]
    zhuyun #why: [{flaw}集中在哪个工位？|数据比上周好，哪里变了？|不合格的照片发一下，要编号|首件留样了吗]
    fanshu >why: [三号机，换针以后就好了|他们换了新的裁床，边缘齐多了|照片在表格第二页，编号 A-04 到 A-06|留了，在样品柜第三层]
    hemu: [复检安排在{day+1}，结果出来之前不入库。|可以放行。连续三批稳定就恢复抽检比例。|把图发给{supplier}，今天要到改善措施。|辛苦。本月目标是 98.5%，还差一点。]
    zhaiyu: [已发 8D，要求{day+2}前回复|我跟他们约了下周复盘|对方回了，承认是换料没报备|收到]
    ?mashan: [待检区快满了，尽快给我结论|复检区给你们腾好了，二号门进来左边|放行单打印好了，过来签字|入库完成]
    ?luowei02: [排产我先空着这批|那计划不变|补料会影响{day+4}的线，我调一下|好]
  `,
  ),
  scene(
    'delivery-delay',
    'quality quality quality',
    `
    qilin: [{supplier}电话来了，{material}要晚 {n} 天，说是染缸检修|坏消息：{part}那家仓库漏水，湿了 {qty} 套|海绵涨价通知，{date+10}起涨 {n}%]
    luowei02: [那{day+3}的线只能换产品，先做{product}|库存够撑 {n2} 天|我把下月的量提前下了，锁旧价]
    hemu #alt: [备选供应商的样过了没有？|先别全退，挑选能用多少看多少|锁量的合同谁在跟？]
    baizhi >alt: [颜色 ΔE 0.8，肉眼分不出，可以|湿过的金属件别用，三个月以后才生锈|色卡那边没影响]
    qilin: [那我今天下 {qty2} 米的急单|明白，全退，对方也认|我在跟，{day+1}盖章]
    xiehao: [换供应商要重新跑一次耐磨，{n2} 天|{part}我可以临时用通用件替，强度够|配方没变吧？密度要重新测一次]
    linzhixia: [对上市有影响吗？请给一个明确日期。|替代件的外观给我看一眼|毛利表我更新一下]
    qilin: [{date+7} 到货，上市没影响|下午拍给你|谢谢]
    ?hemu: 以后这类事[先在群里说，再打电话|同步到风险表]。
  `,
  ),
  scene(
    'warehouse-count',
    'quality quality',
    `
    chenyu03: [月底盘点，{day+1} 13:00 起停止出入库，到晚上 20:00|盘点结果：账实差 {n} 件，都是{part}]
    mashan: [A 区我来，B 区小周来，C 区求一个帮手|差的找到了，在 C 区最上面一层，贴错库位]
    guofang: [那天下午的车我都推到第二天上午|我就说上次少发的那箱在那里]
    luowei02: [急单 {order} 能不能赶在 13:00 前出？|系统里的数我改了，麻烦复核]
    chenyu03 #yes: [可以，11:30 前把单推过来|复核完毕]
    luowei02 >yes: [好|谢谢宇哥]
    hemu: [盘点不赶时间，安全第一，叉车慢点。|以后双人复核库位，贴一张收一张。]
    ?mashan: 收到
  `,
  ),
  scene(
    'truck',
    'quality quality quality',
    `
    guofang: [{order} 已出车，车牌尾号 {n}7{n2}，预计{hour}到{store}|明天有雨，去{city}的三车提前到今天发|{track} 卡在中转站了，我在催]
    A: [到店记得走货梯，电梯口要先打电话|雨布够吗？上次湿了两箱|客户催了两次，能给个准点吗]
    guofang: [司机知道了，我把门店电话发给他|够，每车两层|站点说今晚装车，明早到]
    chenyu03: [回单拍照留底|外箱湿了要当场开箱查|要是明早不到就重发一件]
    ..
    guofang #sign: [已签收，外观完好|三车都发走了，今晚到|到了！客户已签收]
    ?A >sign: [谢谢郭师傅|辛苦，路上慢点|太好了]
  `,
    { cast: { A: 'zhaiyu luzhou zhuyun' } },
  ),
  scene(
    'audit',
    'quality',
    `
    zhaiyu: 下周去{supplier}做年度审核，{date+5}一整天，谁一起？
    zhuyun: 我去，上次的三个开放项要现场关掉
    xiehao: 我想看看他们新上的封边机，带我一个
    zhaiyu: 好，三个人，8:00 南门出发
    hemu #safe: 重点看消防和除尘，这两样不合格直接停供，不谈条件。
    zhaiyu >safe: 明白
    qilin: 顺便谈一下账期，他们想从 60 天改 45 天
    hemu: 账期你另外约，不和审核混在一起
    zhaiyu: 检查表更新了 {doc}
    fanshu: 第 14 条「灯光照度」写成两遍了
    zhaiyu: 改了，谢谢
  `,
    { period: [0.2, 0.5] },
  ),
  scene(
    'audit-result',
    'quality',
    `
    zhaiyu: 审核回来了，得分 86，比去年高 7 分。主要扣在待检区没有隔离。
    zhaiyu: !inspection
    zhuyun: 除尘管道是新的，车间里可以不戴口罩说话了
    xiehao: 封边机真的好，缝看不见
    hemu #keep: 保持 A 级。待检区给他们一个月，拍照回传。
    zhaiyu >keep: 已经发整改单
    qilin: 账期谈成了，还是 60 天，作为交换我们给三个月滚动预测
    luowei02: 滚动预测我来出，每月 25 号
    ?linzhixia: 预测里春季新品先别写型号，写品类就好
  `,
    { period: [0.5, 0.62] },
  ),
  scene(
    'fabric-lab',
    'quality product',
    `
    baizhi: [第三方报告出来了，{material}马丁代尔 52,000 次，通过|光照色牢度 5 级，放窗边两年没问题]
    baizhi: !fabric-report
    linzhixia: [猫抓那一项有吗？客服天天被问|太好了，详情页可以写上编号了]
    baizhi: [没有国标，我们自己做了钩丝，四级|可以写，写完让我看一眼措辞]
    luzhou: [猫抓布的样品也送一块去测吧|报告原件放哪里？]
    xiehao: [顺便测一下拉伸后回弹|拆洗二十次以后再测一遍更有说服力]
    A #cost: [加两项大概 {money}，可以走研发费|拆洗二十次我来，机器空着]
    linzhixia >cost: [批，走新品项目|好，别把机器洗坏了]
    baizhi: [样品今天寄|{date+8} 给结果]
  `,
    { period: [0.2, 0.8], cast: { A: 'zhuyun shanyi' } },
  ),
  scene(
    'line-plan',
    'quality quality quality',
    `
    luowei02 #plan: [下周排产：周一二 {product}，周三四 {product2}，周五留给返修|产能还剩 {qty} 工时，{product}可以加 {n} 套|{day+2}停电检修，全天不开线]
    A: [返修的料齐了吗|加的话质检要加一个人|那天正好做设备点检]
    luowei02 >plan: [齐，就差{part}两包，今天到|人我去借，两天就还|好，点检清单麻烦发我]
    hemu: [周五返修别挤掉培训，{hour} {room}。|可以加，但别加班到九点以后。|停电那天冷库的胶水要先转出来]
    mashan: [料我提前一天上线边|收到|胶水今天就转]
    ?fanshu: [首件记得叫我|我周六可以来半天|OK]
  `,
    { cast: { A: 'zhuyun chenyu03 zhaiyu' } },
  ),
  scene(
    'small-parts',
    'quality quality quality',
    `
    A: [{product}的{part}还有现货吗？售后要 {n} 个|有人见过 C3 库位的钥匙吗|外箱标签的打印模板是不是换了，扫不出来]
    mashan: [还有 {qty} 个，今天能发|在值班室挂着，红绳那把|换了，旧枪扫不了新码，找一鸣升级]
    A: [太好了，寄滨江店|找到了|原来如此]
    ?B: [我顺路带过去|用完挂回去|我这边也扫不出]
    ?chenyu03: [走备件单，别口头借|以后钥匙登记一下|新枪下周到两把]
  `,
    { cast: { A: 'zhuyun luzhou fanshu', B: 'guofang zhaiyu' } },
  ),
  scene(
    'moisture',
    'quality',
    `
    fanshu: 床板横梁含水率 12.8%，标准 10±2，卡线了
    zhaiyu: 供应商说最近一直下雨，请求让步接收
    hemu: 退回窑里再烘两天，不让步。
    xiehao #crack: 让步的话冬天开暖气会裂，返修一根要拆整张床
    zhuyun >crack: 同意不让步，裂一根的钱够烘十批
    luowei02: 那半岛床往后挪两天，先上茶几
    linzhixia: 支持。客户家里响一声，比晚两天严重得多。
    zhaiyu: 好，我去说
    fanshu: 复测我{day+3}来，数据发群里
  `,
    { period: [0.3, 0.7] },
  ),
  scene(
    'weekly-quality',
    'quality quality quality',
    `
    zhuyun: [本周品质周报：综合合格率 {pct}%，客诉 {n} 起，返修 {n2} 起|周报来了，{flaw}连续两周排第一，要专项|月度趋势：返修率降到 0.{n}%，历史最低]
    zhuyun: [!sales-chart|!inspection|!sales-chart]
    hemu: [客诉那几起都是同一批吗|专项谁牵头？给我一个名字和一个日期|大家应该给自己鼓掌]
    zhuyun: [两起是 {batch-9} 批次，其余是运输|我牵头，{date+14} 前把{flaw}压到 0.5% 以下|功劳是换针那件小事]
    guofang: [运输那起我查了，是中途换车摔的，已经找承运商赔|需要调包装跌落数据我有|运输破损也降了]
    zhaiyu #sup: [供应商端我同步要求出货检加严|{supplier}这次要被扣分了|给{supplier}发感谢信吧，他们配合得很好]
    hemu >sup: [好|按合同来|写一封，我签字]
    ?linzhixia: [数据可以给市场用吗？就写「每一件都坐过 5 万次」|知道了，上市前请再确认一次|👏]
  `,
    { around: 990 },
  ),
  scene(
    'shipping-mark',
    'quality',
    `
    luzhou: 外箱唛头的英文拼错了，Fragile 写成 Fragil，还好是打样
    chenyu03: 幸好没印，不然我就是发往法国的
    hemu: 以后外文唛头都要 Emily 那边过一遍
    luzhou #mark: 新稿她看过了，还加了 “two-person lift”
    luzhou: !packaging-box
    chenyu03 >mark: 双人搬运这个好，叉车师傅看图也懂
    mashan: 图标再大一点，仓库灯暗
    luzhou: 放大 1.5 倍
    guofang: 侧面也印一个，装车时候只看得到侧面
    luzhou: 好，四面都印
  `,
    { period: [0.4, 0.6] },
  ),
  scene(
    'safety-day',
    'quality',
    `
    chenyu03: 下午消防演练，警报一响，仓库和线上都要撤到东门
    mashan: 叉车熄火、钥匙拔掉再走
    guofang: 装一半的车怎么办
    chenyu03: 停，人走。演练就按真的来
    ..
    ..
    chenyu03 #drill: 演练完成，全员 3 分 40 秒到位，比上次快 50 秒
    hemu >drill: 很好。最后一位是谁？
    fanshu: 是我……我回去拿手机了
    hemu: 下次不许，手机不重要。
    fanshu: 收到，记住了
  `,
    { period: [0.25, 0.75], around: 810 },
  ),
]
