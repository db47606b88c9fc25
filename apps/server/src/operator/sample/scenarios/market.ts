import { type Scenario, scene } from '../script.js'

/** Marketing, the shops, the showroom and customer service. */
export const marketScenarios: Scenario[] = [
  scene(
    'content-calendar',
    'marketing marketing marketing',
    `
    fangyuan: [下周选题：《{theme}》，配三张实拍，周三上午发|公众号后台：《{theme}》阅读破五千了|《{theme}》的初稿，欢迎拍砖 {doc}]
    tangtang: [短视频同步剪一条 40 秒的，猫出镜|评论区有人问{product}什么时候上|标题好长，手机上会折两行]
    zhouyuan: [周三有平台大促，会不会被淹没？挪到周四|回复别透露日期，说「秋天」|标题留到 14 字以内]
    fangyuan #move: [那周四，我顺便把开头重写|统一口径：「天凉的时候」|砍到 13 个字了]
    suhe >move: [配图周三给你|哈哈这个口径好|好多了]
    liangzhou: [渠道想转载，可以给无水印版吗|设计师群里也在转|这篇能改成门店的台卡吗]
    fangyuan: [可以，但要注明出处|开心|可以，我压成三句话]
    ?zhouyuan: [数据一周后复盘|👍|发之前让法务看一眼「耐磨」那段]
  `,
  ),
  scene(
    'ad-budget',
    'marketing marketing',
    `
    tangtang: [投放日报：消耗 {money}，预约试坐 {qty} 人，单个成本比昨天低 {n}%|测了两版素材，「拆洗」比「好看」的点击高一倍]
    tangtang: !sales-chart
    zhouyuan: [预约到店率呢？别只看表单|把「好看」那版停了，预算并过去]
    tangtang: [到店 41%，周末能到 50|已停，今晚再上一版「猫」]
    liangzhou #ch: [{channel}的线索质量最好，能加点吗|{channel}这周排名掉了两位，对手在砸钱]
    zhouyuan >ch: [加 {money2}，跑三天看|不跟，我们预算留给上市周]
    linzhixia: [猫抓那条素材的说法要和检测报告一致|同意不跟。]
    tangtang: [明白，我照报告原话写|收到]
  `,
  ),
  scene(
    'event-prep',
    'marketing marketing',
    `
    yuchiqing: [开放日流程 3.0：签到、坐、吃、聊、走，没有领导讲话|场地踩点回来了，{city}那个老厂房层高 6 米，就是没空调]
    yuchiqing: [{doc}|!floor-plan]
    fangyuan: [没有讲话！感动|六米！能吊一朵云]
    zhouyuan: [「聊」这一段谁主持？别让设计师冷场|{date+20} 那天的天气历史平均 21 度，开窗就行]
    yuchiqing: [让知夏，她能接住任何问题|那就租四台静音风扇备着]
    linzhixia #host: [……行，给我一份提问清单|消防许可要提前 15 天]
    yuchiqing >host: [今晚发你|已经在办]
    suhe: [签到墙我想做成布样墙，大家剪一块带走|导视用地贴，别打孔]
    ?zhouyuan: [好，成本不高，记忆点够|支持]
  `,
    { period: [0.3, 0.9] },
  ),
  scene(
    'channel-sales',
    'marketing marketing',
    `
    liangzhou: [苏州设计师协会想要 {n} 套样板间样品，七折可以吗|经销商大会的返点方案，第三版 {doc}]
    zhouyuan: [七折要顾总批，先给八折加布样册|返点按季度还是按年？]
    liangzhou: [他们主要看交期，折扣好说|按季度，年底再补一档]
    xuyimin: [同样的套餐海外也有人问，能统一口径吗|返点文件英文版要一份]
    zhouyuan #price: [统一。价格表一个出口：{doc}|季度好，现金流稳]
    liangzhou >price: [好，我按表走|收到]
    linzhixia: [样板间的产品留编号，方便后面回收|上限写清楚，别变成无底洞]
    ?liangzhou: [明白|加了封顶条款]
  `,
  ),
  scene(
    'press',
    'marketing',
    `
    fangyuan: 杂志编辑要高清图，300 dpi，明天中午前
    suhe: 我打包，三张场景两张细节
    suhe: !poster-assets
    chenyu: 未定稿的那张别放进去，色温还没调
    suhe #swap: 换成窗边那张了
    suhe: !window-chair
    fangyuan >swap: 收到，已发，编辑说「终于有一家沙发不摆水晶灯」
    zhouyuan: 哈哈哈哈写进简报
    tangtang: 署名记得写摄影温言
    fangyuan: 写了
  `,
    { period: [0.5, 0.8] },
  ),
  scene(
    'copy-check',
    'marketing marketing marketing',
    `
    A #say: [这句行吗：「坐下，就不想起来」|「一张可以老去的沙发」会不会被理解成不耐用|大家觉得「云屿，给日子留白」怎么样]
    B >say: [广告法没问题，就是有点懒洋洋的，挺好|换成「越坐越像你的沙发」|「留白」被用太多了]
    C: [我妈看了会说：不想起来是腿麻|喜欢老去那句，配一张旧照片|「给日子留个座」？]
    A: [哈哈哈哈哈|那我两句都留着测|！！！这句好]
    zhouyuan: [用在门店，别用在客服|测，用数据说话|定了，圆圆请你喝奶茶]
    ?D: [支持|+1|我也要奶茶]
  `,
    { cast: { A: 'fangyuan tangtang', B: 'suhe liangzhou', C: 'yuchiqing chenyu' } },
  ),
  scene(
    'store-daily',
    'retail retail retail retail',
    `
    A: [{store}今日：进店 {qty} 组，试坐 {n}0 组，成交 {n2} 单|周末小结：客流比上周多两成，{product}问的人最多|今天下雨，进店少，但都坐得久|{store}今天成交一单大的，三人位加单椅加地毯]
    duanmurui: [试坐转化再往上提一提，请大家坐下以后再讲价格|哪些问题答不上来？收集一下|下雨天给客人递一杯热的|恭喜！怎么聊成的，给大家讲讲]
    A: [好的蕊姐|最多的是「能不能拆洗」「猫抓怎么办」|已经煮上姜茶了|客人一家三口来了三次，第三次带了奶奶，奶奶说这个好起身]
    B: [我们店也是|这两个问题我有一张小抄，发大家|羡慕姜茶|「好起身」这三个字太有用了]
    ?jiangling: [日报格式统一一下，别用截图|小抄：{doc}|明天我去你们店看看|写进培训案例]
    ?duanmurui: [辛苦大家|👍|注意地面防滑|今晚请大家吃宵夜]
  `,
    { around: 1085, cast: { A: 'jianglin02 mosheng tianye heqing', B: 'gaolan heqing tianye' } },
  ),
  scene(
    'store-stock',
    'retail retail retail',
    `
    A: [{product} {colour}还有几件？客人在店里等|样品{product}被坐塌了一点，能换吗|客人想周六送货，七楼没电梯]
    guofang: [仓库还有 {n} 件，最快{day+2}送|能换，旧的送回来修|可以，加一个师傅，上楼费 {n}0 元]
    A: [好，我先收定金，{customer}|什么时候来拉？|客人同意，单号 {order}]
    jiangling: [定金单备注颜色和交期|换样要拍照登记|备注写清楚楼层]
    guofang #slot: [排上了，上午到|{day+1}下午|排在周六第二车]
    ?A >slot: [谢谢|收到，我把位置腾出来|感谢郭师傅]
  `,
    { cast: { A: 'jianglin02 tianye heqing mosheng' } },
  ),
  scene(
    'visual-check',
    'retail retail',
    `
    jiangling: [巡店发现：滨江店橱窗灯坏了一盏，杭州展厅价签有两个旧的|各店陈列照片{day+1}下班前发群里，正面一张、侧面一张]
    jianglin02: [灯今天换，电工已约|滨江店先交作业]
    jianglin02: [!lamp-eaves|!sofa-evening]
    mosheng: [价签马上换，谢谢提醒|展厅的晚点发，在等光]
    gaolan #pillow: [橱窗的抱枕三个太满，去掉一个|毯子别叠得像豆腐块，随手一搭就好]
    jianglin02 >pillow: [去掉了，果然|改了，像有人刚起身]
    duanmurui: [细节就是这样一点点好起来的。|这张可以做标准照。]
    ?heqing: [学习了|我们也改]
  `,
  ),
  scene(
    'roster',
    'retail retail',
    `
    duanmurui: [上市周的排班，请各店{day+2}前交，周末不排休，事后补|调休补休这个月用完，别攒着]
    A: [{store}有一位同事那周婚礼，可以请吗|我还剩 {n} 天]
    duanmurui: [当然可以，结婚最大，蒋玲去顶班|抓紧用，去看看山]
    jiangling: [我提前一天到，熟悉一下库位|后面三周我都能顶班]
    B: [我们店排好了 {doc}|我下周三四休]
    yuchiqing #meal: [那周每天送餐，报一下忌口|开放日需要两位支援，{date+8}]
    B >meal: [不吃香菜|我去]
    ?A: [多放香菜|+1]
  `,
    { cast: { A: 'jianglin02 mosheng', B: 'tianye heqing gaolan' } },
  ),
  scene(
    'customer-question',
    'retail service retail service',
    `
    A #q: [{customer}问{product}能不能做 {cm} cm 的，客厅窄|客人问猫抓坏了有没有修补服务|{customer}说坐垫有味道，怎么解释|客人想把{colour}的布套换成{colour2}，差价怎么算]
    B >q: [可以定制，加 {n} 天，加价 12%|有，扶手套单卖，一对 ¥ 180|新海绵正常，通风三天，送一份检测报告|按布套单卖价，旧的不回收]
    A: [好，我先回他|太好了，链接有吗|报告在哪里]
    B: [回之前让客人量一下门宽和电梯|{link}|!care-guide]
    ?C: [补充：定制不退，要讲在前面|我也存一下|上次那位后来成了老客，好好说没问题]
    ?A: [收到|明白|谢谢]
  `,
    { cast: { A: 'tianye jianglin02 qiaomu', B: 'ruanqing gaolan chenyu02 xianrui', C: 'heqing jiangling zhaiyu' } },
  ),
  scene(
    'after-sales',
    'service service service',
    `
    ruanqing: [工单 {order}：{customer}反映{product}{part}异响，视频已存|{customer}收货发现{flaw}，要求换新，情绪还好|退款进度：{order} 财务已打款]
    xianrui: [听着是螺丝没到位，上门十分钟的事，{day+1}上午去|照片看是运输压痕，蒸汽能恢复，先上门试|收到，关单]
    chenyu02: [去之前电话约，别卡饭点|如果恢复不了当场同意换，不要来回|回访一下，问问哪里还能更好]
    qiaomu #call: [已约{day+1} {hour}|客人同意先试|我来回访]
    ..
    xianrui >call: [拧紧了，客人还给了我一个橘子|恢复了，客人满意，省一件新的|客人说搬家还买我们的]
    chenyu02: [橘子要登记（开玩笑）|太好了，写进案例|这句话值一面墙]
    ?zhaiyu: [根因我记到装配那条里|运输问题转给承运商|👍]
  `,
  ),
  scene(
    'service-macro',
    'service service',
    `
    chenyu02: [话术更新：不说「亲」，不说「稍等一下哈」，说人话就好|上市周客服排班，两班倒，10:00–22:00]
    qiaomu: [那说什么|我上晚班可以]
    chenyu02: [「我去问一下仓库，十分钟内回您」，然后真的十分钟内回|晚班给打车，单独报销]
    ruanqing: [有时候十分钟问不到|我早班]
    chenyu02 #ten: [那就第九分钟回一句「还在问」|周末我都在]
    qiaomu >ten: [懂了，重要的是人还在|收到]
    xianrui: [上门也一样，迟到先打电话|上门组周末留两个人]
    ?tianye: [门店也学习|门店这边周末都有人]
  `,
  ),
  scene(
    'return-visit',
    'service',
    `
    qiaomu: 回访 {qty} 位老客，满意 96%，意见集中在「送货时间段太宽」
    chenyu02: 8:00–18:00 确实太宽，换我也不满意
    guofang: 可以做到四小时一段，两小时要加车
    chenyu02 #four: 那先四小时，提前一晚短信
    guofang >four: 短信模板给我，我接到派车系统里
    ruanqing: 模板：「您的沙发明天 {hour} 前后到，师傅姓郭，会先打电话。」
    guofang: 别写师傅姓郭，我又不送
    ruanqing: 哈哈哈改成「师傅」
    jianglin02: 门店签单时也提前讲一声
  `,
  ),
  scene(
    'showroom-work',
    'showroom showroom showroom',
    `
    songwan: [今天木作进场，地台 {n} 块，下午能铺完|墙漆第二遍干了，颜色比样板深一点点|灯位全部打完孔，等轨道]
    songwan: [!floor-plan|!swatches|!lamp-eaves]
    mosheng: [噪音大的活放 10 点以后，楼上有瑜伽课|深一点好，压得住|孔有点歪？左数第二个]
    luzhou: [明白，切割都在下午|自然光下再看一次，下午三点最准|歪 1 cm，轨道盖得住]
    gaolan #soft: [软装清单初稿：窗帘、毯子、{n} 种抱枕、两束干花|花我不想用假的，每周换一次鲜的，预算 {n}0 一束|地毯到了，比图上厚，好踩]
    linzhixia >soft: [干花会掉，换成枝条|可以，从展厅运营费走|好踩！我下班来踩]
    ?chengxiaoman: [壁画底稿画完一半，手酸|云画完了！|我来画墙角那只小猫]
    ?tianye: [期待|我帮忙扶梯子|客人已经在问什么时候开]
  `,
    { period: [0.45, 0.95] },
  ),
  scene(
    'showroom-visit',
    'showroom showroom',
    `
    heqing: [今天有位设计师在展厅坐了两个小时，画了一张速写送我们|一位老先生每周三都来坐单椅，说腰不疼]
    tianye: [挂起来！|给他留着那把椅子]
    mosheng: [已经拿去装裱了|问问他愿不愿意拍张照片，讲讲故事]
    linzhixia: [可以放在入口，比任何海报都好|一定先征得同意，不愿意就不拍]
    heqing #ok: [好呀|他说可以，但要穿那件蓝毛衣]
    chengxiaoman >ok: [速写的线条好松弛，羡慕|哈哈哈哈可爱]
    ?gaolan: [旁边配一盏小灯|毛衣和{colour}很配]
  `,
  ),
  scene(
    'showroom-checklist',
    'showroom showroom',
    `
    mosheng: [焕新倒计时，今天要定：香味、音乐、茶|开放日当天分工，大家认领]
    gaolan: [香味用淡一点的木头味，别像酒店|我负责软装补位和换水]
    tianye: [音乐我列了一张单子，全是没有歌词的|我站门口]
    heqing: [茶用桂花乌龙，秋天了|我泡茶]
    songwan: [灯光分三个时段，{kelvin}打底，傍晚更暖|我巡场，手里永远有一把改锥]
    linzhixia #final: [就这么定。味道宁可没有，不可太浓。|我陪第一批客人走一圈。]
    mosheng >final: [好，写进开店清单|好的，名单我印两份]
    ?luzhou: [插座都装好盖板了，儿童安全|备用灯泡在二号柜]
  `,
    { period: [0.7, 0.98] },
  ),
]
