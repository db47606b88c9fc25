import { chats, type Scenario } from '../script.js'

/** Short exchanges of every day, most of them heard once. */
export const dailyScenarios: Scenario[] = [
  ...chats(
    'launch-daily',
    'launch',
    `
    suhe #banner: 门店立牌的尺寸有人能确认吗，60×160 还是 80×180？
    mosheng >banner: 杭州展厅 80×180，其他店 60×160
    suhe: 收到，那做两版
    yuchiqing: 活动现场也用 80 的
    suhe: 好，多印两个

    qilin: 铸铁脚的样品到了，重 2.3 kg 一只，手感很好
    luzhou: 我去拿，顺便称一下箱重
    hemu: 记得盐雾测试，海边城市会问
    qilin: 已经排了 48 小时
    linzhixia: 海外也需要，报告给 Emily 一份

    jianglin: 材质卡背面留一行手写签名，写「这张沙发由 ___ 检验」，可以吗？
    hemu #sign: 质检员签？一天签 40 张，手会断
    jianglin >sign: 盖章也行，刻名字章
    hemu: 这个可以，樊树的章我来刻
    gunanqiao: 好主意，让人看见人。

    zhouyuan: 平台规则改了，预热最长只能 12 小时
    linzhixia: 那文档里的「提前 24 小时」全部要改
    suhe: 我改成 12 小时，并同步门店
    zhouyuan: 谢谢小禾，公众号那边我自己改
    mosheng: 门店收到，倒计时牌也改了

    linzhixia: 提醒：未定稿图片不要往外转，昨天在朋友圈看到一张。
    yuchiqing: 是我发的半截，已经删了，抱歉
    linzhixia: 没事，删了就好，以后等定稿
    chenyu: 我在预览图上加个淡水印吧
    shenruoxi: 加，右下角，别影响看图

    chengxiaoman: 拆洗视频粗剪，45 秒，没声音先看画面 {link}
    yuchiqing: 拉链那个特写好舒服
    songwan: 第 20 秒的背景露了一个垃圾桶
    chengxiaoman #bin: 裁掉了，假装没有
    mosheng >bin: 哈哈，门店电视能循环放吗
    chengxiaoman: 能，我导一个竖版的

    hemu: 第一批 {qty} 件今天下线，全检，不抽检
    linzhixia: 辛苦工人师傅们，下午我带水果过去
    luzhou: 西瓜！上次的西瓜好评
    qilin: 现在哪有西瓜，柚子吧
    hemu: 柚子也行，别带榴莲
    chengxiaoman: 有人想带榴莲？？

    songwan: 橱窗的窗帘想要能被风吹动的那种，得藏一个静音风扇
    luzhou: 我有一个 28 分贝的，试试
    mosheng: 插座在橱窗左下角，线要藏
    songwan: 走地台下面
    ..
    songwan: 试了，窗帘动起来那一下，路过的人都停了
    zhouyuan: 拍一条！

    xuyimin: 海外问首图能不能不带窗户，他们的户型没有这种窗
    chenyu: 可以裁，但情绪会少一半
    xuyimin: 那保留窗户，换成竖长的
    suhe: 我建一个英式的窗，半天
    xuyimin: 谢谢，不急，{day+4}前

    mosheng #late: 店员问：顾客要提前付定金锁首发，可以收吗
    linzhixia >late: 上市前不收钱，登记就好，登记的优先发货
    gunanqiao: 同意。东西没到手，不先收钱。
    mosheng: 明白，已经登记了 {qty} 位
    zhouyuan: 这个数字给我写进战报

    luzhou: 三人位进不了老小区的电梯，对角线差 3 cm
    hemu: 所以才做成两件箱，座框和靠背分开
    luzhou: 我知道，是店里样品没拆，抬不上去
    mosheng: 拆！我看着拆的，十二分钟装好
    jianglin: 十二分钟可以印在箱子上
    linzhixia: 先多测几个人，别是莫笙手快

    linzhixia: 项目文档访问权限收一下，只留群里 15 位 {doc}
    shenruoxi: 小葛也要看，他在做延展
    linzhixia: 给他只读
    chenyu: 好，我来加
    qilin: 供应商那几个旧账号可以清掉了
    linzhixia: 清了 {n} 个

    yuchiqing: 礼盒试装：布样、香包、一张手写卡，放进去有点空
    jianglin: 加一层折纸，折成沙发的样子
    suhe: 这个我来画折线
    yuchiqing: 真的能坐吗
    jianglin: 手机可以坐
    zhouyuan: 手机支架！这不就有用了

    zhouyuan: 数据：预约登记破 {qty} 了，{channel}贡献最多
    chengxiaoman: 猫那条的功劳吧
    zhouyuan #cats: 猫那条占三成
    linzhixia >cats: 那请猫吃罐头，从项目走
    suhe: 报销事由：演员餐费

    gunanqiao: 昨天在高铁上听到两个人在聊我们的沙发，说「坐着不说话也舒服」。
    linzhixia: 这句比我们写的所有文案都好
    zhouyuan: 能用吗，算顾客证言吗
    gunanqiao: 不用，放在心里就好。
    shenruoxi: 记下了

    hemu: 松烟绿第二缸的色差在标准内，但和第一缸放一起能看出来
    chenyu: 同一套沙发用同一缸就没事
    luzhou: 那裁床按缸号配套，单椅和三人位也要同缸
    hemu: 加到工艺卡里，标红
    linzhixia: 补货时也要想到，先把缸号印在水洗标上
    jianglin: 水洗标还有地方，加 8 个字符

    yuchiqing: 开放日的雨天预案写好了，一共三页 {doc}
    mosheng: 伞要 60 把，展厅只有 20
    yuchiqing: 我去借，活动公司有
    songwan: 门口的地垫换大的
    linzhixia: 预案最后加一条：淋湿的客人先给毛巾，再说话

    shenruoxi: 整体过了一遍物料，有三处字距不统一，我标出来了
    suhe: 看到了，立牌那处是我
    jianglin: 箱子那处我改
    shenruoxi: 不急，但要改。
    suhe: 改好了，三处都好了
  `,
    { period: [0.05, 0.98] },
  ),
  ...chats(
    'brand-daily',
    'brand',
    `
    wenyan: 影棚那块灰背景被踩了脚印，谁的 42 码
    gexinghe: 是我……我来擦
    wenyan: 擦完用风吹干再卷
    gexinghe: 好的温老师
    chenyu: 每个人都踩过，我踩过两次

    bailu: 下周生日会做蛋糕还是买蛋糕
    heyinuo: 去年做的那个像地基
    chengxiaoman: 但是好吃！
    bailu: 那买，画一张卡
    suhe: 卡我来，画成沙发形状

    jianglin: 求助：烫金和击凸能一起做吗
    heyinuo: 能，但纸要 300 克以上
    jianglin: 成本呢
    heyinuo: 一个盒子多六毛
    shenruoxi: 只做击凸，不烫金，我们不闪。

    baizhi #light: 各位评图请把灯调到 5000K，现在会议室是 3000K，看什么都像夕阳
    suhe >light: 难怪昨天大家都说好看
    chenyu: 哈哈哈哈哈
    tangyiming: 我把会议室灯的场景加了一个「评图」，一键 5000K
    baizhi: 一鸣，你是好人

    songwan: 书架上的书要真的，假书客人一抽就穿帮
    chenyu: 我捐二十本
    suhe: 我捐画册，但要还
    linzhixia: 我捐小说，被客人拿走也没关系
    songwan: 感动，贴个「可以坐下来看」

    tangyiming: 素材库上线了搜图，按颜色也能搜
    suhe: 试了「松烟绿」，出来 212 张，太好用了
    heyinuo: 搜「猫」出来 87 张，谁传的
    chengxiaoman: 看我干什么
    bailu: 看我干什么

    heyinuo: 画册的装订选锁线还是无线胶装？锁线能摊平
    suhe: 锁线，图跨页的话胶装会吃掉中间
    jianglin: 锁线贵一块八
    shenruoxi: 锁线。翻得开的书才会被翻。
    heyinuo: 好

    gexinghe: 我整理完旧文件了，「最终版」一共 146 个
    chenyu: 最多的是哪个
    gexinghe: 「沙发_最终_真的_打死不改_7」
    suhe: 那个是我……
    shenruoxi: 辛苦星河，命名规范贴墙上了

    wenyan: 下周三去山里拍木头，早上五点出发，雾最好，有人跟车吗
    chenyu: 我去
    chengxiaoman: 五点……我考虑一下
    gexinghe: 我去！我起得来
    luzhou: 顺路把木样拉回来，后备箱留个位

    suhe: 大家觉得图标线条 1.5 还是 2？
    chengxiaoman: 1.5 秀气，但小屏会糊
    heyinuo: 按尺寸走，20 以下用 1.75
    suhe: 1.75 这种数字好一诺
    tangyiming: 屏幕会按 2 倍渲染，1.75 实际 3.5 像素，可以
    suhe: 听一诺的

    chenyu: 提醒，外部图片用之前看授权，尤其是那张湖
    bailu: 那张是我拍的
    chenyu: 那就没事了，署你名
    bailu: 不用署，请我喝一杯
    chenyu: 成交

    linzhixia: 打扰一下，海外要一张没有人、没有猫、没有字的图，最干净的那种
    wenyan: 有，清晨那张，只有一把椅子
    wenyan: !window-chair
    linzhixia: 就是它，谢谢
    wenyan: 那天拍完就下雨了

    luzhou: 木样回来了：白蜡、红橡、黑胡桃，各三种处理
    baizhi: 白蜡水洗那块别上油，我要拍
    luzhou: 没上，都是素的
    shenruoxi: 放材料间，大家摸一摸，写下第一感觉
    jianglin: 红橡摸起来像饼干
    heyinuo: 饿了吧你

    bailu: 有人会修订书机吗，卡住了
    jianglin: 拆开后面那个小盖
    bailu: 拆开了，弹簧飞了
    gexinghe: 在我脚边，我捡到了
    bailu: 谢谢，装回去了

    chengxiaoman: 表情包做好了！沙发小人一共十二个
    suhe: 「先坐下」这个我要天天用
    tangyiming: 我传到公司表情里
    shenruoxi: 「改完了（没有）」这个是在说谁
    chengxiaoman: 没有针对任何人……
    chenyu: 是在说我

    shenruoxi: 这周的分享会谁来讲？
    baizhi: 我讲一下织物为什么会变色
    jianglin: 期待，上次漆面那场收获很大
    baizhi: 带三块放了五年的布，大家猜原来的颜色
    heyinuo: 像侦探片

    suhe: 我把详情页的图全部压过一遍，少了 40% 体积，看不出差别
    tangyiming: 首屏从 2.1 秒到 1.3 秒，立竿见影
    chenyu: 夜景那张暗部有没有断层？
    suhe: 看过了，那张单独存高一点
    linzhixia: 谢谢小禾，手机流量党有救了
  `,
  ),
  ...chats(
    'product-daily',
    'product',
    `
    shanyi: 需求池清了一遍，关掉 {qty} 条超过一年的，不同意的来找我
    luowei: 我那条「可旋转茶几」呢
    shanyi: 留着，虽然我不懂为什么要转
    luowei: 喝茶聊天，谁也不用站起来
    xiehao: 旋转的话承重要重算，别用玻璃

    zengkeyi #kid: 访谈里有个小朋友说，沙发底下是他的「基地」
    luowei >kid: 那底下的高度不能再低了
    linzhixia: 18 cm 这个数字又多了一个理由
    xiehao: 底下封一块布，别让玩具找不回来
    qiuyuan: 小时候我也躲床底下

    qiuyuan: 榫头做了三种，干的、半干的、老木头的，半年后看谁先松
    liuwendi: 我每周拍一次照
    xiehao: 每次用同一个扭矩去拧，数据才好比
    liuwendi: 买了一把数显的
    linzhixia: 这个做成一个小展，放展厅肯定有人看

    baizhi: 猫抓布和洗水棉的手感盲测，二十个人，十四个选洗水棉
    luowei: 我也选洗水棉
    linzhixia: 那猫抓布的卖点就别说手感，老老实实说耐用
    baizhi: 正是
    jianglin: 布样卡上分两页吧

    shanyi #bom: 物料清单里{part}有两个编号，用哪个？
    luzhou >bom: 用新的，旧的停用了，系统我去锁
    xiehao: 图纸上也写着旧的，今天一起换
    shanyi: 好，换完告诉我，我发变更
    xiehao: 换完了

    gunanqiao: 各位，明年的方向我只提一个词：修得好。
    linzhixia: 是「修得好」还是「修，得好」？
    gunanqiao: 两个都是。
    xiehao: 那结构要从「能拆」改成「好拆」
    qiuyuan: 少用胶，多用螺丝和榫
    gunanqiao: 对，就是这个意思。

    liuwendi: 打样间的除尘器滤芯该换了，声音不对
    luzhou: 我下午来换，备件在二楼
    qiuyuan: 换之前先停机，上次差点伤手
    liuwendi: 收到，贴了停机牌
    luzhou: 换好了，安静多了

    luowei: 竞品那张爆款我买回来拆了，{room}，欢迎围观
    xiehao: 坐垫里是碎海绵压的，难怪塌
    jianglin: 包装倒是比我们好，学习
    chenyu: 它的缝线颜色选得聪明
    linzhixia: 优点缺点各写五条，别只写缺点
    luowei: 好，写完放文档

    suhe: 产品编号的字体能不能统一，现在四种
    jianglin: 用等宽那套，扫码和人看都清楚
    luzhou: 钢印也能用吗
    jianglin: 能，笔画够粗
    linzhixia: 定，等宽

    xiehao: 「檐」落地灯的倒伏角 12 度，标准是 10 度，过了
    shanyi: 有小孩的家里能再稳一点吗
    xiehao: 底座加 400 克，到 14 度
    luzhou: 加 400 克成本没多少，就是寄样重一点
    linzhixia: 加。稳比轻重要。

    zengkeyi: 招募试坐志愿者，家里沙发超过八年的优先
    luowei: 我爸妈家那张二十三年了
    zengkeyi: 二十三年！可以让我去拜访吗
    luowei: 他们会做一桌菜，你做好准备
    linzhixia: 我也想去

    shanyi: 说明书第三版，把文字从 900 字减到 260 字，其余用图
    qiuyuan: 第五步箭头画反了
    shanyi: 仇师傅火眼金睛
    chenyu: 箭头改好后我统一一下线宽
    shanyi: 让三个没装过的人试一次
    liuwendi: 我没装过，算我一个
  `,
  ),
  ...chats(
    'quality-daily',
    'quality',
    `
    mashan: 今天收到三车布，码在 A 区，缸号都朝外了
    baizhi: 谢谢！朝外能省我半小时
    zhuyun: 抽样我 14:00 来
    mashan: 给你留了梯子
    fanshu: 我一起

    qilin: 包装材料招标，三家，明天开标，监督谁来
    zhaiyu: 我来
    hemu: 财务也请一位，流程走全
    qilin: 盖欣答应了
    hemu: 好

    guofang: 新司机培训，讲怎么搬沙发不伤腰，也不伤沙发
    luzhou: 我去讲五分钟哪里不能抓
    guofang: 太好了，上次有人拎着拉链抬
    fanshu: 听着都疼
    xiehao: 箱子上画了抓手位置，指给他们看

    luowei02 #over: 这个月计划达成率 97%，差的 3% 是等{part}
    hemu >over: 等料不算你们的，记到采购
    qilin: 认，下月安全库存加一周
    luowei02: 谢谢霖哥
    hemu: 互相认账就好办事

    fanshu: 机器视觉检缝线的试用设备到了，能看出 0.5 mm 的跳针
    zhuyun: 误报率呢
    fanshu: 今天 {qty} 件误报 {n} 件
    xiehao: 布纹粗的会误报，要分开训练
    hemu: 先辅助人看，不替人。
    fanshu: 它不会累，但它不会摸

    chenyu03: 台风可能{day+3}影响，露天堆的托盘今天全部进库
    mashan: 已经开始搬了
    guofang: 明天的车提前到早上六点
    luowei02: 生产照常，下班早一小时，看通知
    hemu: 人身安全第一，路上积水就别走。
    chenyu03: 全部进库，窗户贴好了

    zhaiyu: {supplier}换了质量经理，新来的很认真，第一天问了我 22 个问题
    zhuyun: 好事
    zhaiyu: 第 23 个是「你们为什么拒收我」
    hemu: 哈哈，请他来厂里看一天
    zhaiyu: 约了{day+5}

    baizhi: 请问剩余的零头布怎么处理，{qty} 米
    qilin: 以前按废料卖
    linzhixia: 能不能做成布袋，装材质卡
    luzhou: 打样间能裁，一天两百个
    baizhi: 太好了，别浪费
    hemu: 同意，零成本

    zhuyun: 计量器具到期校准清单，请各自送检
    fanshu: 我的卡尺送了
    xiehao: 扭力扳手两把，明天送
    mashan: 地磅是上门校，{day+2}来
    zhuyun: 好，齐了

    luzhou: 谁动了打样间的封样，少了一块靠垫
    fanshu: 我借去对色，忘了登记，马上还
    luzhou: 吓死我，那是唯一一块
    hemu: 封样借出必须登记，没有例外。
    fanshu: 明白，下不为例
    xiehao: 顺便再做一块备份吧

    guofang: 高速封路，{city}方向绕行，两车晚两小时
    chenyu03: 跟门店说了吗
    guofang: 电话都打了，客户也理解
    ..
    guofang: 到了，第一车 {hour} 卸完

    hemu: 今年的质量月主题，大家投：「第一次就做对」还是「坐一次就知道」
    fanshu: 后面那个好笑
    zhuyun: 我也投后面
    mashan: +1
    linzhixia: 门店也能用，投后面
    hemu: 行，坐一次就知道

    xiehao: 提醒各位，底框图纸升到 C 版，B 版作废
    luowei02: 线上的 B 版图已经收回
    zhaiyu: 供应商也发了，回执收齐
    mashan: 旧底框 {n} 个放隔离区
    xiehao: 好，月底一起改制
  `,
  ),
  ...chats(
    'market-daily',
    'marketing',
    `
    tangtang: 评论区高赞：「这沙发看起来会原谅我」
    fangyuan: 哈哈哈哈哈这是什么神仙评论
    zhouyuan: 截图留着，问他能不能授权
    tangtang: 他说可以，要一个抱枕
    zhouyuan: 给两个

    liangzhou: {city}的经销商想把「云屿」印成灯箱，图够大吗
    suhe: 最大 12000 像素，灯箱 4 米没问题
    liangzhou: 5 米呢
    suhe: 站远点看
    chenyu: 我重新导一版大的，明早给

    yuchiqing: 活动主持人档期撞了，换一个还是换时间
    zhouyuan: 换人，时间不能动
    fangyuan: 我大学室友做主持，试试？
    yuchiqing: 发我她的视频
    fangyuan: 发了
    yuchiqing: 声音好舒服，就她

    tangtang #bad: 有个差评：说送来晚了两天还没人打电话
    zhouyuan >bad: 先道歉，再查，再补偿，顺序别反
    tangtang: 已回复，客服在联系
    linzhixia: 查清楚原因写在回复下面，别私了
    tangtang: 明白

    fangyuan: 《{theme}》被一个建筑师转了，涨了 {qty} 个关注
    liangzhou: 是不是苏州那位？我认识
    fangyuan: 对！能请他写一段吗
    liangzhou: 我问问，他喜欢喝茶
    zhouyuan: 带点好茶去，别谈钱

    suhe: 小程序的图我按新尺寸全换了，旧的下架
    tangtang: 手机上看首图好像有点裁头
    suhe: 安全区我再往里收
    tangtang: 好了，舒服
    zhouyuan: 效率！

    xuyimin: Quick one: can we use the evening film overseas, without subtitles?
    tangtang: 可以，原声就是风声和一声猫叫
    xuyimin: Then it needs no translation at all
    zhouyuan: 猫叫全世界通用
    xuyimin: Love it, thank you

    zhouyuan: 上市周值班表：白天糖糖和圆圆，晚上我
    tangtang: 晚上我也可以一半
    zhouyuan: 好，那我 10 点后
    fangyuan: 突发怎么联系
    zhouyuan: 打电话，别发消息

    yuchiqing: 伴手礼供应商说卡片印错一个字，「栖岸」变「栖案」
    zhouyuan: 全部重印，今天就要确认
    yuchiqing: 他们认，{day+2}补齐
    chenyu: 校对谁签的？
    yuchiqing: 我……下次两个人看
    chenyu: 发我，我帮你看第二遍

    liangzhou: 竞品{day+4}也开发布会，要不要避开
    linzhixia: 不避，我们不打擂台
    zhouyuan: 但媒体会累，我们提前一天发图文
    fangyuan: 图文好了，随时能发
    zhouyuan: 明早 8 点

    tangtang: 直播测试：麦克风有电流声
    suhe: 是灯的干扰，换个插座
    tangtang: 好了，果然
    zhouyuan: 晚上再完整走一遍，按真的来
    tangtang: 连脸上的粉都按真的来

    fangyuan: 我想写一篇「沙发的一天」，从早到晚谁坐过它
    linzhixia: 喜欢，最后写凌晨，没人的时候
    fangyuan: 凌晨是猫
    suhe: 配图我画六格
    zhouyuan: 排到下周三，位置留好
  `,
  ),
  ...chats(
    'retail-daily',
    'retail',
    `
    tianye: 今天接待一位盲人先生，他用手摸了每一种布，说{material}像秋天的风
    heqing: 好美的形容
    mosheng: 布样卡能不能加盲文
    duanmurui: 我去提，这个要做。
    gaolan: 我认识做盲文的工作室

    jiangling: 各店检查灭火器日期，{day+1}前拍照
    jianglin02: 滨江店全部有效
    mosheng: 展厅有一个到期，已经换了
    jiangling: 👍
    duanmurui: 安全的事，谢谢大家不嫌烦

    gaolan #yellow: 换季软装：毯子从麦秆黄换成陶土红，门店都换
    jianglin02 >yellow: 旧的毯子寄回吗
    gaolan: 寄回清洗，明年再用
    guofang: 顺路回程车带，不另发
    gaolan: 完美

    heqing: 系统里{product}的库存显示负数了
    guofang: 昨天调拨没过账，我处理
    heqing: 好了，现在对了
    jiangling: 以后调拨当天过账
    guofang: 记住了

    jianglin02: 商场要求统一延长到 22:00 营业
    duanmurui: 加班按规定算，早班晚来两小时
    jianglin02: 大家没意见，就怕末班车
    duanmurui: 末班车没了打车，报销。
    jianglin02: 收到，谢谢蕊姐

    tianye: 客人问能不能只买半张沙发（他家客厅是圆的）
    gaolan: 单椅加脚凳，围成半圈
    tianye: 他画了图，居然可行
    mosheng: 拍下来，做成一个组合
    yuchiqing: 名字我想好了：半岛半圆

    duanmurui: 本月服务之星：贺晴，客人写来三封感谢信
    heqing: 谢谢大家，都是同事帮忙
    jianglin02: 恭喜！
    gaolan: 实至名归
    tianye: 请客请客
    heqing: 奶茶，今天下午

    ruanqing: 提醒门店：开单时手机号少一位的今天有 {n} 单
    jianglin02: 我们店一单，已补
    tianye: 我的，手抖
    ruanqing: 系统下周加校验，就不会了
    jiangling: 太好了

    yuchiqing: 周末「换季收纳」小课堂，各店能放 12 把椅子吗
    mosheng: 展厅可以 20
    jianglin02: 滨江 10 把，再多挡通道
    yuchiqing: 那滨江 10，报名满了就停
    duanmurui: 宁可少，坐得舒服

    jiangling: 神秘顾客报告：整体 92 分，扣分在「没有告别」
    heqing: 是忙着接下一位了
    duanmurui: 送到门口，一句「慢走」，只要三秒
    tianye: 学习
    jianglin02: 贴在收银台里面提醒自己
  `,
  ),
  ...chats(
    'showroom-daily',
    'showroom',
    `
    luzhou: 地台边缘装了一圈灯带，晚上像浮起来
    luzhou: !lamp-eaves
    songwan: 亮度调到三成就够
    linzhixia: 像一座岛，名字没白取
    mosheng: 客人说像船

    gaolan: 窗帘下水缩了 2 cm，离地刚好一指
    songwan: 正好！原来是拖地的
    heqing: 误打误撞
    gaolan: 记下来：下次直接做短 2 cm

    chengxiaoman: 壁画旁边那面墙能不能别刷，我想留一块让小朋友画
    mosheng: 用可擦的漆，每周擦一次
    linzhixia: 别擦，拍下来再擦
    chengxiaoman: 好，做成一本小册子
    tianye: 第一位小画家已经预约了，五岁

    tianye: 空调出风口正对单椅，坐十分钟肩膀凉
    luzhou: 加导风板，明天来
    mosheng: 今天先把椅子挪 40 cm
    songwan: 挪完离窗更近，反而好看
    tianye: 客人坐着不走了

    heqing: 有人问展厅能不能办求婚
    mosheng: 哈？
    heqing: 认真的，他们第一次见面就在这里坐着躲雨
    gaolan: 我来布置！
    linzhixia: 可以，闭店以后，不拍照不宣传
    mosheng: 好，保密

    songwan: 香味测试：A 雪松，B 桂花，C 什么都没有
    gaolan: 选 C 加一点 A
    heqing: B 让我想吃东西
    mosheng: 那就 C 加 A
    linzhixia: 同意，淡到像记错了

    luzhou: 收银台台面换了红橡，下周上油，别放热杯子
    heqing: 贴了「请用杯垫」
    tianye: 杯垫是布样做的，好看
    luzhou: 上完油给你们看纹理

    mosheng: 消防验收一次通过！
    songwan: 辛苦各位！
    luzhou: 那个师傅还问沙发哪里买
    tianye: 我给他留了名片
    linzhixia: 太好了，今晚早点下班
  `,
    { period: [0.4, 0.98] },
  ),
  ...chats(
    'service-daily',
    'service',
    `
    qiaomu: 客人问布套能不能寄回来洗，她手受伤了洗不动
    chenyu02: 可以，这次免费，运费我们出
    qiaomu: 她说想付钱
    chenyu02: 那收一块钱
    ruanqing: 这就是我喜欢这里的原因

    xianrui: 本周上门 {qty} 单，最远跑到{city}
    guofang: 那天顺路带回来一套旧沙发回收
    xianrui: 对，客人说舍不得扔，听说能做成狗窝就同意了
    zhaiyu: 旧海绵留两块给我测老化
    xianrui: 留了，十一年的

    ruanqing #dup: 同一位客人在三个渠道都问了，怎么合并
    chenyu02 >dup: 以手机号为准，备注里写「已并」
    qiaomu: 我并好了，以最早的为主单
    ruanqing: 谢谢

    jianglin02: 客人来店里说退款三天没到
    chenyu02: 单号给我
    jianglin02: {order}
    chenyu02: 银行今天下午到，我给他发一张凭证
    jianglin02: 他收到了，还买了个边几走
    tianye: 厉害

    zhaiyu: {flaw}的返修这周降了一半，换供应商有用
    xianrui: 上门也感觉少了
    chenyu02: 把老客户里同批次的主动联系一遍
    ruanqing: 名单 {qty} 位，分三天打完
    chenyu02: 好，别念稿

    qiaomu: 今天被客人夸「你们机器人真有耐心」
    ruanqing: 你不是人吗
    qiaomu: 我说我是人，她不信，要听我唱歌
    xianrui: 唱了吗
    qiaomu: ……唱了两句
    chenyu02: 满意度五星，原来如此

    guofang: 送货师傅反映有的小区不让货车进，要拖 300 米
    chenyu02: 下单时就问清楚，给师傅加钱
    ruanqing: 话术加一句「小区货车能进吗」
    guofang: 谢谢，师傅们会高兴的

    tianye: 客人想把家里旧沙发换上云屿的布，行吗
    xianrui: 要看结构，拍底部和背面
    tianye: 拍了，发你了
    xianrui: 能包，但要 {n2}0 天，价格不便宜
    tianye: 她说是她妈妈留下的
    chenyu02: 那就好好包。
    xianrui: 我亲自去量

    ruanqing: 晚班交接：三单未回，都备注了
    qiaomu: 收到，第一单我已经打了
    chenyu02: 交接写得清楚，赞
    ruanqing: 学的医院护士的写法
  `,
  ),
  ...chats(
    'finance-daily',
    'finance',
    `
    duanmurui: 门店的零星采购能不能给备用金？每次报销太碎
    zhouyuan02: 可以，每店两千，月底对账
    duanmurui: 谢谢，省了好多单子
    gexin: 备用金只买五百以下的，超出走采购

    qilin: 供应商要改收款账户，发来一封邮件
    zhouyuan02: 千万别直接改，打对方老电话核实
    qilin: 打了，对方说没改过……
    gexin: 诈骗邮件，转给一鸣
    zhouyuan02: 好险。这条大家都看一下。

    suhe #taxi: 加班打车，票据时间过了零点，算哪天的
    gexin >taxi: 算前一天的加班，写一句说明
    suhe: 好的，谢谢
    ningke: 还是少加班
    suhe: 努力

    yuchiqing: 活动押金退回来了，怎么入账
    gexin: 直接冲原来的单子，把回单传上去
    yuchiqing: 传了
    gexin: 看到，平了

    luzhou: 打样的木料是按根买的，没有发票只有收据
    zhouyuan02: 金额多少
    luzhou: 三百六
    zhouyuan02: 这次可以，写明原因；下次找能开票的
    luzhou: 仇师傅说老木头只有那家有……
    zhouyuan02: 那请他们去代开，税我们出

    xuyimin: 汇率用哪天的？Stockholm 的发票跨月了
    gexin: 用发票日的
    xuyimin: Got it
    zhouyuan02: 超过五百欧的附一下合同

    linzhixia: 新品的摊销从几月开始算？
    zhouyuan02: 从首批入库那个月
    linzhixia: 那模具呢
    zhouyuan02: 模具按三年，第一年多一点
    linzhixia: 清楚了，谢谢周媛
  `,
  ),
  ...chats(
    'help-daily',
    'help',
    `
    zhuyun: 检验系统登录要输两次密码，正常吗
    tangyiming: 不正常，是旧书签，用这个 {link}
    zhuyun: 好了，一次就进
    suchen: 旧地址我加了跳转

    fangyuan: 求一个能录屏的小工具
    suchen: 系统自带，按 Win + Shift + R，或者找我装
    fangyuan: 居然自带
    heyinuo: 我也才知道

    ruanqing: 客服电话有回音
    suchen: 是不是两台话机离太近
    ruanqing: 对，刚换了工位
    suchen: 把免提关掉，或者挪一米
    ruanqing: 挪了，好了

    tianye: 门店的屏幕不放视频了，只放一朵云
    tangyiming: 那是断网时的待机画面，路由器重启一下
    tianye: 重启好了，但客人说云也挺好看
    chenyu: 那就断着吧（不是）

    gexin: 表格打开要两分钟，里面有十万行
    tangyiming: 别用公式整列引用，我给你改成查询
    gexin: 现在三秒！
    suchen: 一鸣出手
    gexin: 想送你一面锦旗

    marcustan: Is there a guest Wi-Fi for visitors on Friday?
    suchen: Yes, “Qian-Guest”, the code changes daily, reception has it.
    marcustan: Great, thank you.
    ningke: 周五访客我来登记，名字发我

    bailu: 换工位了，求搬电脑的小推车
    ningke: 一楼储物间，钥匙在前台
    bailu: 拿到了，还有人要用吗
    wenyan: 用完给我，我搬灯

    linzhixia: 出差要在火车上改大文件，有什么办法吗
    tangyiming: 用离线同步，先勾选文件夹，回来自动合并
    linzhixia: 如果两个人同时改呢
    tangyiming: 会留两份，名字里写明谁的，不会丢
    linzhixia: 放心了

    zengkeyi: 访谈录音想转文字，但不能出公司
    tangyiming: 内网有一台，上传完自动删，准确率九成
    zengkeyi: 方言呢
    tangyiming: 七成，要人看一遍
    zengkeyi: 够了，谢谢

    heyinuo: 卷纸打印机吃掉了我的海报
    suchen: 它饿了，我来掏
    ..
    suchen: 掏出来了，卡在第二个滚轮
    heyinuo: 海报变成了手风琴
    chenyu: 装置艺术

    suchen: 今天是换密码日，别用生日，别用「Qian2026」
    wenyan: ……我去换
    bailu: ……我也去换
    suchen: 推荐四个不相干的词连起来，好记又长
    fangyuan: 沙发 月亮 拖鞋 醋
  `,
  ),
  ...chats(
    'newcomers-daily',
    'newcomers',
    `
    gexinghe: 第一个月总结：学会了看光、搬灯、擦背景布
    bailu: 还学会了被猫掉毛
    linzhixia: 光看懂了，别的都好学
    gexinghe: 谢谢知夏姐
    ningke: 转正谈话约{day+3}，别紧张

    qiaomu: 今天独立接了第一通投诉，声音都在抖
    ningke: 后来呢
    qiaomu: 客人最后说谢谢，我挂了电话哭了一下
    qinyue: 抱抱，去拿一颗糖
    jihe: 我桌上有巧克力，随便拿

    liuwendi: 打样间的师傅们叫我「笛子」，可以当作花名吗
    suchen: 我把系统昵称改成笛子了，搜笛子也能找到你
    liuwendi: 太快了吧
    gexinghe: 我也想要一个
    suchen: 你就叫星河，够好听了

    qinyue: 新人伙伴名单出来了，每人一位老同事，负责回答傻问题
    qiaomu: 我的伙伴是谁呀
    qinyue: 你的是白鹭，偏设计，可以聊猫
    bailu: 聊猫我很在行
    qiaomu: 好耶
  `,
  ),
  ...chats(
    'everyone-daily',
    'everyone',
    `
    A: 湖边的银杏全黄了，中午去走走
    B: 去，今天没有风
    C: 已经在了，树下有人拍婚纱照
    D: 求别抢我们的长椅

    jihe: 雨伞架补了 40 把公用伞，用完请放回，上次补的 40 把现在剩 3 把
    A: 我家可能有两把……明天带来
    B: 我也有一把
    C: 车上一把
    jihe: 不追究，回家就好

    A: 地铁站出口到公司新修了连廊，下雨不用打伞了
    B: 等了三年！
    jihe: 伞还是请还

    ningke: 宝宝房布置好了，在二层东侧，冰箱和沙发都有（当然是我们自己的沙发）
    A: 谢谢，太贴心了
    B: 沙发是哪款
    ningke: 听潮，面料可拆洗
    C: 👍

    qinyue: 献血车{day+2}来楼下，自愿报名，请前一晚早睡
    A: 报名
    B: 报名，O 型
    C: 我贫血，给大家递果汁
    jihe: 当天可以晚到，不用请假

    tangyiming: 会议室门口的小屏上线了，能直接约下一个空档
    A: 终于不用跑回工位
    B: 谁把松风厅约到了明年
    tangyiming: ……测试数据，已删
  `,
  ),
  ...chats(
    'overseas-daily',
    'overseas',
    `
    marcustan: Small win: the pop-up sold its first three chairs before the sign was up.
    danielwhitmore: Take the sign down again.
    xuyimin: Well done Marcus! Which colour?
    marcustan: All three in grey-orange.
    priyanair: Told you. Nobody believes me about orange.

    piaominya: The repair guide has 24 pages now, can we cut to 12?
    sofialindholm: Keep the drawings, cut the words.
    priyanair: I can get it to 14 without losing a step.
    piaominya #guide: 14 is fine, with a QR code to the film.
    linzhixia >guide: And spare part numbers on the last page, large.

    zhaoqihang: Pallet heights for {portEn}: max 2.2 m including the pallet. Ours are 2.3.
    hemu: I will change the stacking, one layer less.
    zhaoqihang: That is eight boxes fewer per container.
    xuyimin: Then we fill the gap with ottomans.
    zhaoqihang: They fit. Like a puzzle.

    danielwhitmore: Question from a blogger: is the oak local?
    hemu: Red oak is imported, ash is from a forest two hours away. Both certified.
    danielwhitmore: Honest answer it is.
    sofialindholm: People here like “two hours away”.

    sofialindholm: We were asked to sponsor a school workshop about mending furniture. Small money.
    xuyimin: How small?
    sofialindholm: Two chairs and a box of screws.
    linzhixia: Yes! Please send photographs.
    danielwhitmore: Can I be a pupil?

    priyanair: The website in English goes live in preview today: {link}
    piaominya: Found one leftover Chinese comma on the delivery page.
    priyanair: Hiding in plain sight. Fixed.
    marcustan: Loads fast even on the train.
    chenyu: The lamp image is the old one, new one is in the folder.
    priyanair: Swapped.

    xuyimin: Please book your flights for the Hangzhou week before {dateEn+6}.
    danielwhitmore: Booked. Window seat, to see the islands.
    sofialindholm: Booked, arriving two days early for the workshop.
    marcustan: Booked, only hand luggage and an umbrella.
    linzhixia: We will have tea ready. And umbrellas, forty of them.

    marcustan: Customer wrote: “The sofa smells like a library.” Is that good?
    priyanair: That is the best thing anyone has ever said about us.
    hemu: It is the wood oil.
    danielwhitmore: Never explain the magic, He Mu.

    piaominya: Do we say sofa or couch? I see both.
    danielwhitmore: Sofa in the UK. Couch is where one lies about one’s day.
    priyanair: Sofa everywhere, it is in the glossary.
    marcustan: Settee?
    danielwhitmore: My grandmother would like you.

    hemu: Chinese holiday week is coming, factory closed from {dateEn+12} for some days. Orders before {dateEn+5} please.
    xuyimin: Noted, I sent it to the partners.
    sofialindholm: Enjoy the break!
    zhaoqihang: Port works half shift, I planned for it.
  `,
  ),
  ...chats(
    'lunch-daily',
    'lunch',
    `
    zengkeyi: 便利店饭团第二件半价
    suhe: 要金枪鱼
    bailu: 要梅子
    zengkeyi: 买到了，梅子只剩一个
    bailu: 爱你

    tangtang: 谁偷吃了我的薯片
    chengxiaoman: 我闻到的是番茄味
    tangtang: 你怎么知道是番茄味！
    chengxiaoman: ……糟糕
    linzhixia: 破案

    suhe: 楼下新开了一家小店，只有八个座位
    linzhixia: 刚好我们六个
    bailu: 另外两个座位放包
    zengkeyi: 明天 11:30 冲
    chengxiaoman: 要不要带卷尺量一下他家椅子
    suhe: 职业病

    linzhixia: 今天我带了妈妈做的酱菜，四楼冰箱绿色盒子
    bailu: 已阅
    tangtang: 已吃
    suhe: 留一口！
    linzhixia: 明天再带

    bailu: 有人胃疼吗，我有药
    zengkeyi: 我，昨天的冒菜
    bailu: 放你桌上了，饭后吃
    zengkeyi: 呜呜谢谢
    tangtang: 今天都吃清淡的吧
  `,
    { around: 11 * 60 + 10 },
  ),
  ...chats(
    'd-chenyu-daily',
    'lin-chenyu',
    `
    linzhixia: 门店灯光照片发你了，帮看看是不是偏绿
    linzhixia: !lamp-eaves
    chenyu: 是灯管显色不够，换 Ra95 的
    linzhixia: 贵多少？
    chenyu: 一支多二十几块，整店三千以内
    linzhixia: 换

    chenyu: 你昨天说的「像记错了的香味」，我想做成一张图
    linzhixia: 哈哈怎么画
    chenyu: 窗帘动了一下，但没有风
    linzhixia: 起鸡皮疙瘩了，做

    linzhixia: 评审材料我写到一半，卡在第一句
    chenyu: 从那位坐了两个小时的设计师讲起
    linzhixia: 对！谢谢
    chenyu: 请我喝咖啡
    linzhixia: 热的，少糖，知道

    chenyu: 帮我看个纠结：标题左对齐还是居中
    chenyu: !poster-draft
    linzhixia: 左。居中像请柬
    chenyu: 我也偏左
    linzhixia: 那你问我
    chenyu: 求个心安

    linzhixia: 下周我爸妈来杭州，想带他们看展厅，哪天光好
    chenyu: {day+6}，天气预报晴，三点以后
    linzhixia: 记下了
    chenyu: 我那天在，给叔叔阿姨拍一张
    linzhixia: 他们会很高兴

    chenyu: 老海报的底稿你那边还有吗，去年的
    linzhixia: 有，在移动硬盘里，明天带
    chenyu: 好，我想对比一下一年的变化
    linzhixia: 会有点害羞
    chenyu: 我先害羞
  `,
  ),
  ...chats(
    'd-gu-daily',
    'lin-gu',
    `
    gunanqiao: 知夏，海外那边 Emily 想加一个人，你怎么看？
    linzhixia: 值得，物流和内容现在是同一个人在撑
    gunanqiao: 好，我和可可说。
    linzhixia: 谢谢顾总

    linzhixia: 顾总，首批全检的人力我想再要两周
    gunanqiao: 理由？
    linzhixia: 第一批的口碑只有一次
    gunanqiao: 准。

    gunanqiao: 那位写感谢信的老太太，你回信了吗？
    linzhixia: 回了，手写的，附了一小块布
    gunanqiao: 好。这种信我也想写一封。
    linzhixia: 地址我发您

    gunanqiao: 今天评审会，你让解皓讲完了再说话，很好。
    linzhixia: 他紧张，但他讲的是对的
    gunanqiao: 领导就是这个意思。
    linzhixia: 学到了

    linzhixia: {date+4}我想请半天假，陪家人
    gunanqiao: 去。不用写理由。
    linzhixia: 谢谢
  `,
  ),
  ...chats(
    'd-shen-daily',
    'lin-shen',
    `
    shenruoxi: 画廊送来两张票，{date+5}，要不要去
    linzhixia: 去！几点
    shenruoxi: 下午三点，人少
    linzhixia: 好，看完吃面

    linzhixia: 门店把我们的海报挂歪了，2 度左右
    shenruoxi: 你用眼睛看出 2 度？
    linzhixia: 跟你学的
    shenruoxi: 我会看出 1 度。让他们扶正

    shenruoxi: 年终的设计奖想报云屿，你写一段缘起？
    linzhixia: 多长
    shenruoxi: 二百字，不许有「匠心」
    linzhixia: 哈哈好，{day+3}给你
    shenruoxi: 也不许有「赋能」

    linzhixia: 你上次推荐的护腕很好用
    shenruoxi: 早该用了，鼠标也换竖的
    linzhixia: 在路上了
    shenruoxi: 手要用一辈子

    shenruoxi: 江临那套包装，我觉得可以单独出一本小册子
    linzhixia: 我也觉得，零头布做封面
    shenruoxi: 一拍即合
    linzhixia: 预算我想办法
  `,
  ),
  ...chats(
    'd-zhou-daily',
    'lin-zhou',
    `
    zhouyuan: 发布会座位表，你坐顾总左边还是右边
    linzhixia: 我坐门口，方便接人
    zhouyuan: 你是主讲
    linzhixia: 讲完就去门口
    zhouyuan: 服了

    linzhixia: 那条差评处理得很好，谢谢
    zhouyuan: 糖糖做的，我转告
    linzhixia: 请她喝奶茶，我出
    zhouyuan: 她会要两杯

    zhouyuan: 渠道想要「限时」两个字，你同意吗
    linzhixia: 不同意，沙发不是牛奶
    zhouyuan: 哈哈哈这句我能引用吗
    linzhixia: 内部可以

    zhouyuan: 我妈问我们沙发结实吗
    linzhixia: 你怎么说
    zhouyuan: 我说 5 万次
    linzhixia: 她一天坐十次，够坐十三年
    zhouyuan: 她说那行，给她留一张

    linzhixia: 合作的那位摄影师报价单你看了吗
    zhouyuan: 看了，贵，但是好
    linzhixia: 那就少拍两天，别换人
    zhouyuan: 英雄所见

    zhouyuan: 明早八点半能通个电话吗，车上
    linzhixia: 能，我在走路，有点喘
    zhouyuan: 那你慢点走
    linzhixia: 好
  `,
  ),
  ...chats(
    'd-emily-daily',
    'lin-emily',
    `
    xuyimin: 早，UK 的价格表我发你了，帮忙看下汇率那列
    linzhixia: 第三行小数点错了一位
    xuyimin: OMG，好险
    linzhixia: 差点卖成脚凳价
    xuyimin: Buying you lunch

    linzhixia: Sofia 的工作坊我跟仇师傅说了，他在练英文
    xuyimin: 真的？
    linzhixia: 他学会了 “no glue”
    xuyimin: That's all she needs 哈哈

    xuyimin: 时差好累，昨晚十一点开会
    linzhixia: 轮换吧，不能总是我们晚
    xuyimin: Dan 自己提的，下次他早起
    linzhixia: 那很好

    linzhixia: 海外的评价能每周汇一份给研发吗，中英都行
    xuyimin: 可以，Mina 来做，两页以内
    linzhixia: 太好了，原话比总结有用
    xuyimin: Agreed, verbatim

    xuyimin: 下季度我想把北欧的仓换到 Gothenburg，便宜两成
    linzhixia: 退货怎么走？
    xuyimin: 当地翻新，不回国
    linzhixia: 这个好，正合「修得好」
    xuyimin: 我写个方案，{day+7}给你

    linzhixia: 周末有空带我练口语吗，发布会要讲三分钟英文
    xuyimin: 来我家，顺便吃饭
    linzhixia: 我带酱菜
    xuyimin: Deal! 你的英文其实够了，慢一点就好
  `,
  ),
  ...chats(
    'd-suhe-daily',
    'chenyu-suhe',
    `
    suhe: 我把那张夜景投了一个比赛，可以吗
    chenyu: 当然，署你的名
    suhe: 我写了两个人
    chenyu: 那得奖了请我吃面

    chenyu: 你今天评审讲得很好
    suhe: 真的？我腿在抖
    chenyu: 看不出来，桌子挡着
    suhe: 哈哈哈哈谢谢

    suhe: 色卡册第 12 页印偏了，要不要退
    chenyu: 偏多少
    suhe: 半毫米
    chenyu: 这页是黑的，会看出白边，退
    suhe: 好，我去说

    chenyu: 下个月我休年假，展厅的图你来主，若溪姐同意了
    suhe: 我一个人？
    chenyu: 有不确定的先放一晚，第二天早上再看
    suhe: 好，记住了
    chenyu: 你可以的

    suhe: 有没有让阴影变软但不脏的办法
    chenyu: 别用黑，用环境色压下去
    suhe: 试了，干净多了
    chenyu: 天空是蓝的，影子就有一点蓝
    suhe: 从来没想过
  `,
  ),
]
