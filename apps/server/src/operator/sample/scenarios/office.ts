import { type Scenario, scene } from '../script.js'

/** The whole company, finance, IT help, newcomers. */
export const officeScenarios: Scenario[] = [
  scene(
    'notice-water',
    'everyone',
    `
    jihe: 【行政通知】湖畔楼四层茶水间{date+1}起改造，预计 {n} 天，期间请用三层的。
    A: 咖啡机也搬下去吗？
    jihe: 搬，豆子也搬，请放心
    B: 那就好，吓我一跳
    C: 三层的同事请做好心理准备，我们来了
    D: 欢迎，带点零食来
    ..
    jihe: 补充：装修用的是水性漆，怕味道的同事可以申请居家两天。
  `,
    { period: [0.55, 0.7] },
  ),
  scene(
    'notice-open',
    'everyone',
    `
    gunanqiao: 各位同事，秋季新品「云屿」{launch} 上市。过去几个月辛苦了，这是我们第一次把「能拆、能洗、能修」做到每一件。
    gunanqiao #thanks: 上市那周会忙，请互相照应，到点吃饭，累了就说。
    A >thanks: 收到！
    B: 期待
    C: 冲
    D: 我妈已经预定了一张
    jihe: 内购通道上市后第三天开，每人限一件，别催
    E: 刚想问
  `,
    { period: [0.8, 0.9] },
  ),
  scene(
    'notice-visit',
    'everyone everyone',
    `
    jihe: [{date+2} 下午有客户参观湖畔楼，二三层请收一下桌面，样品盖布。|{date+1} 上午消防检查，请把走廊的纸箱清走，谢谢。]
    A: [收到，材料间也算吗|走廊那几箱画册是我的，马上搬]
    jihe: [算，材料间锁上就好|辛苦]
    B: [几点？我们 15:00 有拍摄|仓库那边呢]
    jihe #t: [14:00 到，半小时就走|仓库另有通知，陈宇知道]
    ?B >t: [那不冲突|好]
    ?C: 收到
  `,
  ),
  scene(
    'notice-benefit',
    'everyone everyone',
    `
    ningke: [体检预约开始了，名额先到先得：{doc}|年度培训报名到{date+5}截止，课程有「怎么拍好一张椅子」「表格不求人」「急救」。]
    A: [可以带家属吗，自费|急救课有名额限制吗]
    ningke: [可以，选套餐时勾家属|30 人，报满就加一场]
    B: [约好了，{date+9}上午|报了急救和拍椅子]
    C: [空腹！大家记得空腹|温老师讲拍椅子吗？那我必须去]
    ?D: [去年我喝了豆浆，白跑一趟|是温老师]
    ?ningke: [哈哈今年短信会提醒|加一场定了，{date+12}]
  `,
  ),
  scene(
    'notice-lost',
    'everyone everyone everyone',
    `
    A: [谁在三楼会议室落了一副眼镜，黑框，我放前台了|电梯口捡到一张门禁卡，背面贴了小猫贴纸|地库 B1 有辆灰色车没关灯，尾号 {n}K{n2}]
    B: [是我的！谢谢谢谢|是我的猫贴纸！马上来拿|是我，我下去了]
    ?C: [难怪你刚才没看见我打招呼|那张卡全公司都认得|上次也是你]
    A: [不客气|在前台|哈哈]
  `,
  ),
  scene(
    'notice-it',
    'everyone everyone',
    `
    tangyiming: [{today} 22:00 到 23:00 升级网络，期间会断两三次，有渲染任务的请提前存。|提醒：收到「工资补贴申领」邮件的请不要点，是钓鱼邮件，直接删除。]
    A: [仓库的扫描枪也会断吗|差点点了……]
    tangyiming: [会，那一小时不要扫|没输密码就没事；输了的马上私聊我改]
    B: [收到，渲染已停|发件人名字写的「财务部」，但地址很怪]
    suchen #rule: [完成后我在群里说|看地址别看名字。拿不准就转给我们，不丢人]
    ?C >rule: [👍|谢谢，已转给爸妈看]
    ..
    tangyiming: [升级方案我先预演了一遍，一切正常|已在网关拦掉，后面的不会再进来]
  `,
  ),
  scene(
    'notice-sport',
    'everyone',
    `
    qinyue: 羽毛球群招人，每周四 19:00，走路五分钟的馆，新手也欢迎
    A: 什么水平算新手？
    qinyue: 能发过网就算老手
    B: 报名
    C: 我就是来捡球的
    yuchiqing: 我可以教，以前校队
    A: 校队的话我先观望
    qinyue: 哈哈不打你
  `,
  ),
  scene(
    'notice-pantry',
    'everyone everyone',
    `
    A: [四楼冰箱里有一盒写着「勿动」的泡菜，已经「勿动」一个月了|谁的乌龙茶包放公共柜了？好喝，我喝了一包，来认错]
    B: [它开始自己动了|是我带的，随便喝]
    jihe: [{day+1}下班清冰箱，没贴名字的都扔|以后公共柜写「可以喝」，大家都不纠结]
    C: [泡菜是我的……对不起，今天带走|那我放两包咖啡进去]
    ?D: 哈哈哈[哈哈|]
  `,
  ),
  scene(
    'expense',
    'finance finance finance finance',
    `
    A #inv: [请问去{city}打样的车票，没有纸质票可以报吗？|专票和普票都开成了普票，能换吗|供应商的发票抬头少写了「有限」两个字|报销单被退回了，提示「费用归属」为空]
    gexin >inv: [可以，上传电子行程单就行|能换，让对方冲红重开，当月内|不行，要重开，抬头一个字都不能少|选「云屿上市项目」，别选部门]
    A: [收到，谢谢盖（gě）老师|好的，我今天去要|……好，我去要|原来如此，重新提交了]
    gexin: [你是第 {n} 个读对我姓的人|记得金额一致|发票查重过了我就批|过了]
    ?B: [我也一直读错，对不起|顺便问，餐费的上限是多少|这个我也踩过坑|我上次也选错了]
    ?gexin: [没关系，叫我欣欣也行|一人一天 100，超出要写事由|一页纸的常见问题：{doc}|已经提醒 IT 把默认值改掉了]
  `,
  ),
  scene(
    'budget-left',
    'finance finance',
    `
    linzhixia: [请教周媛，新品项目还剩多少预算？展厅灯具要 ¥ 18,640.00|展厅软装要追加 {money}，走哪个科目？]
    zhouyuan02: [本季度展厅还剩 ¥ 61,200.00，够的|走「门店陈列」，别进固定资产]
    linzhixia: [好，那我让陆舟提审批|明白]
    luzhou: [我附三家比价|单子我来提]
    zhouyuan02 #tip: [超过一万要顾总批，记得预留两天|附上照片和清单，审计会看]
    luzhou >tip: [收到|好的]
    ?qilin: [供应商那边账期 30 天可以吗|这家在合格名录里]
    ?zhouyuan02: 可以
  `,
  ),
  scene(
    'month-close',
    'finance finance',
    `
    zhouyuan02: [月结提醒：发票{date+2}前交齐，晚了进下月。|预提清单发了，请各部门确认有没有漏：{doc}]
    A: [有一张在路上，快递{day+2}到，能等吗|市场少一笔场地费，{money}]
    gexin: [先拍照，原件补|补上了]
    B: [物流的对账单我{day+1}给|门店没有漏]
    zhouyuan02 #ok: [好，大家这次比上月早了两天，谢谢|确认完请回「已核」]
    ?B >ok: [应该的|已核]
    ?C: [已交齐|已核]
  `,
    { cast: { A: 'yuchiqing suhe', B: 'duanmurui qilin', C: 'xuyimin luzhou ningke' } },
  ),
  scene(
    'contract',
    'finance',
    `
    yuchiqing: 活动场地的合同，对方要预付 50%，可以吗
    zhouyuan02: 预付不超过 30%，尾款凭验收单
    yuchiqing: 我去谈
    ..
    yuchiqing: 谈成 30%，但要多给一天撤场
    zhouyuan02 #sign: 很好，走用印流程，两份
    ningke >sign: 法务看过了，第七条改一个字：「应」改「可」
    yuchiqing: 一字千金
    gexin: 付款申请提了我当天排
  `,
  ),
  scene(
    'travel',
    'finance',
    `
    xuyimin: Team trip to the Stockholm fair, four people, six days. 预算科目用「海外拓展」对吧？
    zhouyuan02: 对。机票提前 14 天订，差标按二类城市，汇率按月初。
    xuyimin: 外币小票需要翻译吗？
    gexin: 写中文备注就行，一句话
    xuyimin #visa: 签证费也一起报？
    gexin >visa: 一起，附收据
    ningke: 保险我统一买，把护照英文名发我
    xuyimin: Thanks! 谢谢两位
  `,
  ),
  scene(
    'it-help',
    'help help help help help',
    `
    A #bug: [{device}又罢工了，{room}，十分钟后要用|{software}打不开，提示授权过期|电脑风扇像要起飞|换了新手机，消息收不到验证码|共享盘里{date-2} 的文件夹不见了！]
    suchen >bug: [我过去，先把电源拔了等十秒|授权我续了，重启软件就好|看一眼任务管理器，是不是有 {n} 个渲染在后台|去「设置—设备」把旧手机移除，再登录一次|别慌，有快照，你说文件夹名]
    A: [好了！电源大法永远有效|好了，谢谢|……九个，我忘了关|收到了|「秋季拍摄_选片」]
    suchen: [会前半小时测一下更保险|下次过期前一周会提醒|关掉七个，世界安静|安全起见把密码也换掉|找回来了，在原位置]
    ?B: [苏晨手里有没有备用的|我这边也要续一下|我的也像直升机|我也刚换手机，mark|我要给你送锦旗]
    ?tangyiming: [会议室设备下周统一换新|授权池扩到 40 个了|可以申请渲染机，别折腾本机|已经记到帮助文档|快照保留 30 天，别等第 31 天]
  `,
  ),
  scene(
    'it-ticket',
    'help help help',
    `
    A: [申请一台绘图屏给实习生，走什么流程？|需要给{supplier}开一个只读的共享链接，可以吗|出差 {n} 天，家里要连公司网络]
    tangyiming: [服务台提单，选「设备」，主管批了就发，单号 {ticket}|可以，限时 7 天、带密码、只给那一个文件夹|用零信任客户端，别用别的，账号已开]
    A: [提了|好，够用|连上了，比想象快]
    suchen #stock: [库存还有两台，{day+1}能领|链接发你私信了，密码电话告诉对方|断线就重连一次，酒店网络会踢人]
    A >stock: [太快了吧|收到|好的]
    ?B: [我的旧屏可以退回来给别人用|这个限时好，上次忘记关了|也给我开一个]
  `,
    { cast: { A: 'wenyan chenyu bailu linzhixia heyinuo' } },
  ),
  scene(
    'it-print',
    'help help',
    `
    A: [三楼打印机打出来全是粉色|标签机把「松烟绿」打成「松烟口」]
    suchen: [青色没墨了，{hour}前换|字体缺字，装上公司那套就好]
    B: [粉色合同，浪漫|哈哈「松烟口」像个地名]
    A: [财务说不收粉色的|装了，好了]
    suchen #ink: [换好了|我把这台的字体锁定，不会再掉]
    gexin >ink: [谢谢，终于是黑的了|好]
  `,
    { cast: { A: 'zhuyun fangyuan', B: 'bailu heyinuo zengkeyi' } },
  ),
  scene(
    'admin-desk',
    'help help help',
    `
    A: [{room} {hour}有人订了吗，系统里是空的但门口有人|工位旁边的空调滴水|想申请一个人体工学椅，腰不太行]
    ningke: [有，顾总临时用，给你换松风厅|报修了，{day+1}上午来，先拿盆接一下|可以，填健康申请，一周内到]
    A: [好，谢谢|盆找到了，是抽奖剩的|谢谢可可]
    B: [家具公司的同事腰不好，有点讽刺|我们做沙发的，开会都站着|盆好看，哪里抽的]
    ?tangyiming: [门口那块屏要重启，我远程弄|空调主机楼下，正好一起看|哈哈]
  `,
    { cast: { A: 'zengkeyi fangyuan bailu', B: 'heyinuo wenyan' } },
  ),
  scene(
    'english-help',
    'help',
    `
    marcustan: Hi team, the VPN asks for a code in Chinese and I am not sure which app it means. 谢谢！
    suchen: It is the six-digit code in the authenticator, not the text message.
    marcustan: Works now, thanks. Can the page be shown in English?
    tangyiming: Top right corner, the globe icon. I will make it follow your profile from tomorrow.
    marcustan #en: Perfect. Small thing but it saves me a call each morning.
    tangyiming >en: Done already, please sign out and in once.
    suchen: 顺便，帮助文档的英文版 Mina 在翻，{date+6} 上线
  `,
  ),
  scene(
    'newcomer-welcome',
    'newcomers newcomers',
    `
    qinyue: [欢迎新同事！@{A} 先做个自我介绍吧|又有新面孔，@{A} 打个招呼？]
    A: [大家好，我是新来的，平时喜欢爬山和拼图，请多关照|大家好，第一天，有点紧张，会做一点饼干]
    ningke: [欢迎！第一周的安排在这里|欢迎，饼干两个字我们都看到了]
    ningke: !newcomer-guide
    B: [拼图！公司有一幅 2000 块拼了一半|期待饼干]
    suchen: [电脑和账号都开好了，初始密码当面给你|门禁下午就能用]
    A #thx: [谢谢大家|好的，明天带]
    linzhixia >thx: [中午一起吃饭，B1 见|欢迎，有空来坐坐样品，随便坐]
    ?jihe: 工位在窗边，下午有点晒，帘子可以拉
  `,
    { cast: { A: 'gexinghe liuwendi qiaomu', B: 'bailu' } },
  ),
  scene(
    'newcomer-question',
    'newcomers newcomers newcomers',
    `
    A #ask: [请问食堂几点人最少？|「封样」是什么意思，开会听了三次不敢问|年假是从入职算还是从年初算]
    B >ask: [11:30 之前，或者 12:40 以后|就是做好一个标准样品，大家签字，以后都照它做|从入职按比例算，{n} 天起]
    A: [懂了，谢谢|原来如此！签在样品上吗|明白了]
    B: [周三有红烧排骨，要早去|签在一张小卡上，缝进样品里|用之前提前三天申请]
    ?ningke: [不敢问的问题最值得问|我把它加进新人手册的词汇表|系统里可以看到余额]
    ?C: [其实我也没好意思问|+1|学到了]
  `,
    { cast: { A: 'gexinghe liuwendi qiaomu', B: 'bailu qinyue linzhixia', C: 'liuwendi qiaomu gexinghe' } },
  ),
  scene(
    'newcomer-training',
    'newcomers',
    `
    qinyue: {date+2} 14:00 新人课，地点{room}，内容：一张沙发怎么从图纸到客厅
    liuwendi: 需要准备什么吗
    qinyue: 带一个问题就好，越傻越好
    gexinghe: 为什么沙发都要有腿？
    linzhixia #leg: 好问题。为了扫地、为了通风，也为了看起来轻。
    gexinghe >leg: 那没有腿的呢
    linzhixia: 那是另一种生活，坐得更低，聊得更久。来上课吧。
    qiaomu: 突然很想来
    bailu: 我也想旁听
    qinyue: 旁听带零食
  `,
  ),
  scene(
    'referral',
    'newcomers',
    `
    qinyue: 内推三个岗位：结构工程师、内容编辑（英文）、门店顾问。推荐成功有奖
    bailu: 我同学做结构，刚从机械行业出来，可以吗
    qinyue: 可以，简历发我，附一句你的评价
    bailu #mate: 「图纸画得像诗」算吗
    qinyue >mate: 算，但解皓面试会问诗里有几个公差
    suchen: 英文编辑要求全职吗？我有朋友在做翻译
    qinyue: 可以兼职转全职
    ningke: 提醒：不要转发薪资范围
    qinyue: 收到
  `,
  ),
]
