import { type Scenario, scene } from '../script.js'

/** Bringing the autumn collection to market: plans, posters, samples, prices, risks. */
export const launchScenarios: Scenario[] = [
  scene(
    'launch-kickoff',
    'launch',
    `
    gunanqiao: 人都齐了，这个群以后就是秋季新品的唯一口径。@{linzhixia} 来统筹，大家有事在群里说，不要各自拉小群。
    linzhixia: 收到。先对齐三件事：上市日暂定 {launch}，全渠道同步；主推新客厅系列，名字尽快定；物料统一放在「上市物料」文档。
    linzhixia: {doc}
    zhouyuan: 市场这边先出传播节奏，本周给初稿。
    hemu: 首批量我要 {day+3} 前确认，面料有 28 天周期，晚一天就晚一天。
    qilin: 五金和海绵我已经在询价，三家都在谈。
    chenyu: 主视觉我和苏禾来，先做三个方向。
    mosheng: 展厅需要提前两周知道陈列方案，要避开周末客流。
    linzhixia #list: 好，我整理成清单发出来，每周二、周五各过一次。
    gunanqiao >list: 可以。原则一条：宁可少做两样，也要把这张沙发做透。
    ?suhe: 明白
    ?luzhou: 收到，打样按这个优先级排
  `,
    { period: [0, 0.01] },
  ),
  scene(
    'launch-naming',
    'launch',
    `
    zhouyuan: 系列名今天要定，商标那边只留到下班。三个备选：云屿、汀岸、归屿。
    suhe: 我投云屿，字好看，做标题有呼吸感。
    chengxiaoman: 云屿 +1，画插画也有画面，云里一座小岛
    hemu: 我没意见，只要箱唛上别超过四个字
    jianglin: 哈哈哈箱唛放得下
    mosheng: 店员念起来顺口，顾客也记得住。
    linzhixia #vote: 现在是 9 票云屿，2 票归屿，没人选汀岸。顾总拍板？
    gunanqiao >vote: 云屿。就这么定，今天去提交。
    zhouyuan: 已提交，回执编号我存文档了
    chenyu: 那我把三个方向的字标都改成云屿，明天给大家看
  `,
    { period: [0.02, 0.03] },
  ),
  scene(
    'launch-weekly',
    'launch launch launch launch',
    `
    linzhixia #agenda: [周会十分钟后开始，照旧三个问题：进度、风险、要谁帮忙。|各位，今天的项目例会改到 {hour}，地点 {room}，线上号 {meeting}。|例会提醒：{hour} {room}，请提前把自己那一行更新掉。|今天例会只讲卡住的事，进度看文档就好。线上号 {meeting}]
    chenyu: [设计这边主图过半，缺「檐」落地灯的实拍|视觉按计划走，没有红灯|海报和详情页并行，{day+2}能出第一版|我这行更新了，唯一的风险是调色时间]
    hemu: [首批 {qty} 件已上线，{material}还差一卷在路上|品控没有大问题，{batch-2} 批次有 {n} 件返修|产能我压住了，{day+4}前不能再插单|{supplier}那边说要晚 {n} 天，我今天去催]
    zhouyuan: [投放预算卡在审批，麻烦帮忙推一下|{channel}的资源位锁了|媒体名单还差两家，{day+1}补齐|预热文案第一稿好了，等主图配]
    mosheng: [展厅旧样撤到一半，{day+3}能腾空|店员培训排在{day+2}下午|店里这周客流多了两成，正好做口碑|橱窗尺寸复测过了，没问题]
    linzhixia: [要帮忙的我记下了：预算找周媛，灯的实拍找陆舟。|那么待办三条，负责人我直接标在文档里了。|今天会上定的事，晚上之前我发纪要。|好，没有新的红灯，散会。]
    ?luzhou: [灯明天到影棚|收到，我来协调|样件我这边盯着|OK]
    ?shenruoxi: [设计这边我再看一眼整体调性|辛苦大家|纪要记得把色温那条写进去|可以]
    linzhixia: [!meeting-notes|纪要在这里 {doc}|纪要已更新，链接不变|!meeting-notes]
  `,
    { around: 600 },
  ),
  scene(
    'launch-direction',
    'launch',
    `
    chenyu: 三个主视觉方向：A 傍晚客厅，B 正午自然光，C 阴天窗边。都是草图，看情绪。
    chenyu: !sofa-evening
    chenyu: !window-chair
    shenruoxi: A 的情绪最完整，C 太安静，B 像样册。
    zhouyuan: 我从传播角度也选 A，「傍晚」两个字能写一整套文案。
    mosheng: 门店灯光接近 A，现场和海报能对上。
    hemu: A 里沙发颜色要注意，傍晚光会把松烟绿拉黄，到时候客诉「色差」
    chenyu #warn: 对，所以我想沙发单独打一盏中性光，后期再合。
    linzhixia >warn: 这个办法好。实物、海报、样布三者一致，比好看更要紧。
    gunanqiao: 选 A。B 留给详情页，C 不做了。
    suhe: 那我先把 A 的构图做成横竖两版
  `,
    { period: [0.12, 0.16] },
  ),
  scene(
    'poster-first',
    'launch',
    `
    zhouyuan: 海报第一版来了，先看整体，不抠字
    zhouyuan: !poster-v1
    chengxiaoman: 留白舒服！但太阳有点像咸蛋黄……
    suhe: 哈哈哈哈小满你这么一说我回不去了
    chenyu: 偏冷了，墙面灰得像清晨，不像傍晚。
    linzhixia #note: 同意偏冷。另外系列名可以再大一号，远看三米要能读出来。
    yuchiqing: 活动信息一行就够，二维码别放
    zhouyuan >note: 好，第二版改：墙面往暖走、标题放大、信息减到一行。{day+3}给。
    songwan: 地板那一块印在无光纸上会发红，印前记得打样
    zhouyuan: 已经约了栖光印务，打两张看看
  `,
    { period: [0.72, 0.78] },
  ),
  scene(
    'hero-colour',
    'launch brand',
    `
    suhe: 主图在三台屏幕上看色差挺大的，[大家现在都用什么标准看？|我们是不是该统一一下？]
    chenyu: [统一 D65、sRGB，别开夜间模式（上次有人开着护眼看了一天）|先校屏再讨论，上周刚校过我的和温言的]
    A ~: 我就是那个人
    A: [咳，已经关了|我的也去校一下]
    shenruoxi: [主图定 {kelvin} 左右，误差 ±100，谁改谁在文件名里写清楚。|以日光下的实物布样为准，不以谁的屏幕为准。]
    linzhixia: [印刷怎么办？屏幕再准，纸不认。|门店的灯是 {kelvin}，也要一起看。]
    chenyu: [印刷单独出一套 CMYK，栖光有我们的纸张特性文件|那就三处各看一次：屏幕、纸、门店灯下]
    suhe: 明白，我[今晚|下午]重新导一版
    suhe: !sofa-evening
    shenruoxi: [这版对了|就是这个感觉，存成母版]
  `,
    { period: [0.45, 0.9], cast: { A: 'chengxiaoman jianglin songwan' } },
  ),
  scene(
    'launch-pricing',
    'launch',
    `
    linzhixia: 定价今天要有个方向。成本表我更新了，云屿三人位含税成本涨了 {n}%，主要是海绵和运费。
    zhouyuan: 竞品同尺寸在 6,500 到 7,800，我们如果进 7,000 以内会很有力。
    hemu: 进 7,000 以内的话，面料不能再加，{material}已经是顶了。
    qilin: 脚架换回普通钢能省 {n}0 块，但手感差一截
    gunanqiao #foot: 脚架不换。能省的地方是包装，不是顾客摸得到的地方。
    jianglin >foot: 包装我可以再减一层内衬，改蜂窝纸板，跌落测试能过。
    linzhixia: 那我按 6,980 算一版毛利，{day+1}给到顾总。
    gunanqiao: {day+2} 14:00 评审，{room}。请带渠道数字。
    zhouyuan: 好，渠道返点我带三档
    mosheng: 门店这边希望有一个「三人位 + 单椅」的组合价
    linzhixia: 记下了，组合价一起算
  `,
    { period: [0.55, 0.65] },
  ),
  scene(
    'launch-samples',
    'launch product',
    `
    luzhou #come: [{product}第二次打样回来了，在{room}，下午都可以来坐|产前样到了！{product} {n} 件，先放{room}]
    linzhixia >come: [坐深改了吗？上次量是 58，目标 56|好，我{hour}过去，谁一起？]
    luzhou: [改了，现在 56.5，误差在公差里|尺寸都按新图，只有{part}还是旧的]
    shenruoxi: [扶手的弧度比图纸上松，像塌了一点|面料绷得很好，缝线颜色要再浅半号]
    suhe: 我拍几张细节
    suhe: [!fabric-closeup|!window-chair]
    jianglin: [脚垫会刮地板吗？包装要不要加护角|这个重量两个人抬刚好，一个人不行]
    luzhou: [换成毛毡脚垫了，刮不了|收到，箱子上加双人搬运标]
    linzhixia: [那结论：{part}再改一次，{date+6} 复看。|可以封样。陆舟把封样单走一下，我签。]
    ?luzhou: 好嘞
    ?chenyu: 封样那天叫我，我要对着实物校一遍主图
  `,
    { period: [0.15, 0.7] },
  ),
  scene(
    'launch-risk',
    'launch launch',
    `
    hemu: 报个风险：[{supplier}的{material}晚 {n} 天，首批会少 {qty} 件。|{part}批量来料有问题，{batch-1} 批次抽 {n} 件就有 1 件{flaw}。]
    linzhixia: [影响哪几个渠道？门店首发能保住吗|能挑选使用吗？还是整批退]
    hemu: [门店首发够，线上要排到第二波发货|整批退的话补货要 {n} 天，挑选的话人手不够]
    qilin: [我联系了备选供应商，样布{day+1}到，颜色最接近的一家|我让对方派 {n} 个人驻厂全检，费用他们出]
    zhouyuan #page: [那线上页面要提前写清楚发货时间，别让顾客失望|预售改成分两批，我改文案]
    linzhixia >page: 对，[宁可写晚一点|说实话最省事]。@{zhouyuan} 今天改好发我。
    gunanqiao: [按这个办。供应商那边我打个电话。|可以。以后这类风险当天报，不要等周会。]
    hemu: [收到，明天上午给最新到货时间|明白]
    ?mosheng: 门店话术需要同步吗
    linzhixia: 需要，我写三句话，[傍晚|下班前]发门店群
  `,
    { period: [0.3, 0.8] },
  ),
  scene(
    'launch-livestream',
    'launch marketing',
    `
    zhouyuan: [直播预演定在{day+2} {hour}，{room}，需要一位懂面料的同事|{channel}给了一个晚间档，{date+5} 20:00，四十分钟]
    suhe: [白芷去最合适，她讲布像讲故事|主播要不要真的坐在上面吃薯片？]
    yuchiqing: [那得加一段「弄脏了怎么办」，现场拆洗|流程表我来排，五段，每段八分钟]
    zhouyuan: [好主意，比念参数强|可以，但别用番茄酱，上次洗了两天]
    linzhixia: [拆洗要先试三次，不能现场翻车|库存给直播留 {qty} 件，不许超卖]
    suhe: 背景我出一张[，不要太满|，按 A 版傍晚的调子]
    chenyu: [灯光按 {kelvin}，别让平台美颜把沙发磨皮了|镜头别太低，不然靠背像一堵墙]
    zhouyuan: 哈哈记下
    ?yuchiqing: 流程表：{doc}
  `,
    { period: [0.5, 0.95] },
  ),
  scene(
    'launch-checklist',
    'launch launch',
    `
    linzhixia: 距离上市还有 {countdown} 天，[逐项过一遍，没完成的直接回复日期|红色项只剩三个，请负责人认领]：
    linzhixia: [① 价签与材质卡 ② 海报第二版 ③ 拆洗视频|① 门店地贴 ② 详情页移动端 ③ 客服话术]
    jianglin: [①在印，{day+3}出厂，多印了 {n} 套备用|地贴安装图画好了，留出消防通道]
    zhouyuan: [②{day+2}给，今天先看小样|②移动端切图卡在首屏，明天好]
    chengxiaoman: [③脚本好了，{day+1}拍，猫已经约好了|（举手）拆洗视频剪完了，四十秒]
    suhe: [猫？？|谁家的猫]
    chengxiaoman: [白鹭家的，职业模特|是的，真的猫，很敬业]
    linzhixia: [很好。猫的出场费从我这里走。|行，别让它抓样品就行]
    yuchiqing: ③客服话术我和陈雨对过了，{doc}
    linzhixia: 辛苦，下次过清单[{day+3}|{day+4}]
  `,
    { period: [0.75, 0.97] },
  ),
  scene(
    'launch-guests',
    'launch marketing',
    `
    yuchiqing #who: [开放日嘉宾名单初稿：设计师 {n}0 位、老客 {n2}0 位、媒体 6 家|到店日报名 {qty} 人，超了场地一倍]
    zhouyuan >who: [媒体再减两家，留给会写长文的|分两场吧，上午设计师，下午老客]
    linzhixia: [老客名单请门店推荐，别按金额排|两场中间留一小时，整理和喘气]
    yuchiqing: [好，那我让各店各报 5 位|可以，那茶歇按两场备]
    suhe: 邀请函我做，[纸的还是电子的？|还是用那张芦苇纸？]
    zhouyuan: [电子为主，纸的做 50 张|纸的，寄到家里的东西才会被留下]
    linzhixia: 预算在 {money} 内都可以[，超了先说|]
    yuchiqing: [收到|没问题，我控制]
  `,
    { period: [0.5, 0.85] },
  ),
  scene(
    'launch-overseas-sync',
    'launch',
    `
    xuyimin: 海外这边同步：英国晚国内四周上，用同一套主图，只换文案。
    linzhixia: 标签和说明书英文版有人负责吗？
    xuyimin: Priya 写，Mina 校，{date+4} 给江临排版。
    jianglin: 阻燃标签英国要单独一张，位置在坐垫底下，别漏了。
    hemu: 英国版面料要过阻燃，{material}能过吗？@{qilin}
    qilin: 要加一道后整理，交期多 {n} 天，单价涨一点点
    xuyimin #fire: 那我把英国的首批减到 {qty} 件，保证合规先行。
    linzhixia >fire: 同意，合规没有商量。
    gunanqiao: 海外不抢时间，抢口碑。
  `,
    { period: [0.4, 0.55] },
  ),
  scene(
    'launch-photo-day',
    'launch brand',
    `
    chenyu: [明天拍摄，集合 8:30，{room}。清单：沙发两件、单椅一件、「檐」两盏、道具三箱。|补拍定在{day+1}，只拍窗边和细节，半天收工]
    songwan: [道具我今晚装车，书和毯子按傍晚的色调配的|窗帘熨好了，不要坐，谢谢各位]
    luzhou: [灯借到了，两盏，供应商说别磕底座|搬运找了两个师傅，8:00 到]
    chengxiaoman: 我带早饭！[包子还是饭团|要咖啡的接龙]
    suhe: [包子|冰美式]
    A: [饭团，谢谢小满|热拿铁]
    chenyu: [天气预报说多云，正好做柔光|如果下雨就先拍细节，窗边等光]
    ..
    chenyu #done: [收工。一共 {qty} 张，能用的先挑 {n} 张|今天的最后一张，不舍得删]
    chenyu: [!sofa-evening|!window-chair]
    shenruoxi >done: [光很好|这张做封面]
    ?linzhixia: 辛苦大家，[早点回去|明天晚到一小时]
  `,
    { period: [0.3, 0.75], around: 960, cast: { A: 'jianglin songwan' } },
  ),
  scene(
    'launch-packaging',
    'launch',
    `
    jianglin: 外箱打样两种，蜂窝纸板和五层瓦楞，大家投一个
    jianglin: !packaging-box
    hemu: 蜂窝的轻，但雨天会软，要加防潮膜
    jianglin: 已经加了，喷淋测试 30 分钟没问题
    qilin: 成本蜂窝每箱多 4 块 2，运费能省回 3 块
    linzhixia #cheap: 那净多 1 块 2，换回收率和轻便，值。
    gunanqiao >cheap: 值。箱子上少印字，开箱那一面留一句话就好。
    suhe: 我写了一句：「先别急着拆，坐一会儿也行。」
    chengxiaoman: 可是沙发还在箱子里怎么坐
    suhe ~: 坐箱子上……
    suhe: 好吧，我再想想
    mosheng: 「拆开以后，第一个坐下的人是你。」
    linzhixia: 这句好，用它
  `,
    { period: [0.48, 0.56] },
  ),
  scene(
    'launch-night-power',
    'launch showroom',
    `
    luzhou: [布展那晚的用电，物业说 22:00 以后只给一路|物业回复了：布展用电要提前三天报，带电工证]
    songwan: [一路不够，光轨道灯就要两路|电工证我找宋师傅，他有]
    mosheng: [能不能提前到 19:00 开始？那天我早点闭店|我去跟物业张经理聊，他欠我一杯茶]
    linzhixia: [闭店通知要提前三天贴出来，别让顾客白跑|不用茶，走申请就好，留书面的]
    mosheng: [明白，今天就贴|好好好]
    luzhou: [申请交了，{date+2} 出结果|图纸补了一张，负载写清楚了]
    ?chengxiaoman: 需要人手叫我，[我能爬梯子|我负责递螺丝和鼓掌]
    songwan: [那就 19:00 到 23:00，分两组|时间表我排好发群里]
  `,
    { period: [0.8, 0.98] },
  ),
  scene(
    'launch-copy',
    'launch marketing',
    `
    zhouyuan: [主文案三选一：「傍晚是一个地方」「回家，坐一会儿」「把房间留给生活」|详情页首屏一句话，大家帮忙挑]
    suhe: [第一句最好看，但我妈可能看不懂|短的那句]
    yuchiqing: [第二句适合门店，推门就能看见|活动上念出来要顺，别有「之」字]
    zhouyuan: [我也偏第二句|那就不用「之」]
    chenyu: [第一句配 A 版主图，别的都撑不住|字数控制在七个以内，不然排不下]
    linzhixia #pick: [那就：线上第一句，门店第二句，包装第三句。|投票截止到 {hour}，我来数。]
    zhouyuan >pick: [可以，一鱼三吃|好]
    xuyimin: 英文版[我让 Priya 重写，不要直译|会是 “Evening is a place.”，意外地通]
    ?linzhixia: 英文这句[真好|比中文还好]
  `,
    { period: [0.35, 0.6] },
  ),
  scene(
    'launch-training',
    'launch',
    `
    mosheng: 店员培训名单：6 个店 31 人，{day+2}和{day+3}各一场，上午讲产品，下午练习。
    linzhixia: 产品部分我讲四十分钟，留二十分钟提问。
    hemu: 品控我让朱芸去，讲「怎么看一块布」。
    zhouyuan: 传播口径我准备一页纸，只有五句话
    mosheng: 最需要的是「不要说什么」，比如不能说「永不变形」
    linzhixia #never: 对，这页最重要。绝对化用语、疗效、和别家比，都不说。
    zhouyuan >never: 我加一页红色的
    songwan: 我带大家走一遍陈列动线
    mosheng: 谢谢各位，结束请大家喝热茶
  `,
    { period: [0.68, 0.76] },
  ),
  scene(
    'launch-quick-ask',
    'launch launch launch launch',
    `
    A: [@{B} {product}的最终尺寸是多少来着？文档里有两个数|请教下 @{B}，{material}的最新样布在谁那里|@{B} 那张{date-3} 的主图还在用吗，别处看到了旧的|@{B} 上市那周的排班定了吗]
    B: [以封样单为准，宽 {cm} cm|在材料间第二排，贴了蓝标签的|旧的不用了，我今天把旧链接都撤掉|定了，{date+5} 发出来]
    A: [好的谢谢|明白，那我把另一个删了|收到|多谢]
    ?C: [顺便，文档里那个旧数麻烦删一下，容易看错|我也正想问这个|+1 同问|给你点个赞]
    ?B: [已删|搞定|👌|随时问]
  `,
  ),
  scene(
    'launch-doc-update',
    'launch launch launch',
    `
    A #upd: [我更新了「上市物料」文档第三节，改动标黄了，请各自核对|物料文档里状态列我清了一遍，还有 {n} 项没人认领|文档加了一页「到店问答」，欢迎补充 {doc}]
    B >upd: [核对完，我这行没问题|我认领两项|补了三条，都是店里真的被问过的]
    C: [第 {n} 行的数量是不是多打了个 0|地贴那项写我名下吧|能不能把旧版本折叠起来，太长了]
    A: [对，改了，谢谢火眼金睛|好的，挂你那里|折叠了]
    ?linzhixia: [👍|大家更新完记得写日期]
  `,
  ),
]
