import { chats, type Scenario } from '../script.js'

/** Asking somebody by name, handing over files, taking a message back. */
export const requestScenarios: Scenario[] = [
  ...chats(
    'ask',
    'launch',
    `
    linzhixia: @{hemu} @{qilin} 首批到货清单今天能给到门店吗？
    hemu: 下午四点前
    qilin: 五金部分我这边先给
    qilin: !inspection
    linzhixia: 谢谢，@{mosheng} 收一下，按这个排布展
    mosheng: 收到

    zhouyuan: @{chenyu} 竖版主图还差一张 9:16 的，投放今晚要
    chenyu: 在导，十分钟
    chenyu: !sofa-evening
    zhouyuan ~: 这张好像传错了？是横的
    zhouyuan: 哦我手机横着拿的……
    chenyu: 哈哈

    yuchiqing: @{songwan} @{luzhou} 开放日舞台的背板要避开空调口，图纸上标一下吧
    songwan: 标了，看红圈
    songwan: !floor-plan
    luzhou: 背板改成可拆的两片，能进货梯
    yuchiqing: 完美

    xuyimin: @{jianglin} 英文价签的排版发我看看？
    jianglin: 刚好在做，先看一张
    jianglin: !swatches
    xuyimin: 货币符号要在前面，£ 和 kr 的位置不一样
    jianglin: 学到了，改
    xuyimin: 谢谢江临

    linzhixia: @{all} 明天项目例会改为站会，十五分钟，{room}门口见。
    suhe: 收到
    luzhou: 收到
    chengxiaoman: 站着就不会走神
    qilin: 收到，我远程站着

    gunanqiao: @{linzhixia} 上市当天的应急联系人名单，{day+2}前给我。
    linzhixia: 好的，今晚就发
    ..
    linzhixia: 名单在这里，电话都核过 {doc}
    gunanqiao: 好。

    hemu: @{all} 更新：{batch-2} 批次复检通过，可以排产
    qilin: 好消息
    linzhixia: 太好了，辛苦品控的同事
    mosheng: 那门店的到货日不变？
    hemu: 不变

    linzhixia: 上次周会纪要，补一份给没来的同事
    linzhixia: !meeting-notes
    songwan: 第三条写漏了一个名字，应该还有高岚
    linzhixia: 补上了，抱歉
    mosheng: 替高岚谢谢
  `,
  ),
  ...chats(
    'ask-brand',
    'brand',
    `
    shenruoxi: @{suhe} 夜景那张的原文件传一下素材库
    suhe: 传了，还顺手传了调色记录
    suhe: !lamp-eaves
    wenyan: 底座那道反光是实拍还是画的
    suhe: 画的，看不出来吧
    wenyan: 看出来了，但好看

    jianglin: @{bailu} 图标的 SVG 能不能给我一份压凹用的单线版？
    bailu: 打包好了
    bailu: !poster-assets
    jianglin: 太快了
    bailu: 早就知道你会要

    chenyu: @{all} 素材库今晚整理，八点到九点别传东西
    gexinghe: 收到
    heyinuo: 收到
    ..
    tangyiming: 整理完了，可以传了，去重 {qty} 个

    baizhi: @{chenyu} 这块布的近照你拍得太清楚了，看得见我没剪干净的线头
    baizhi: !fabric-closeup
    chenyu: 要不要修掉
    baizhi: 别修，挺真实
    shenruoxi: 留着，这才是布

    heyinuo ~: 谁能把老板的照片 P 瘦一点
    heyinuo: 发错群了各位
    chengxiaoman: 已截图
    shenruoxi: 我当没看见
    linzhixia: 我也没看见

    songwan: @{wenyan} 样板间补拍能不能加一张俯拍
    wenyan: 可以，要借梯子
    songwan: 梯子我带，三米的
    wenyan: !peninsula-bed
    songwan: 这角度像航拍，喜欢
  `,
  ),
  ...chats(
    'ask-product',
    'product',
    `
    linzhixia: @{xiehao} @{shanyi} 下周的评审材料，请在{day+2}前放进文档
    shanyi: 放好了 {doc}
    xiehao: 我还差一张受力图，今晚
    linzhixia: 不急，画清楚
    ..
    xiehao: 好了，补在第 {n} 页
    linzhixia: 看到了，谢谢

    luowei: @{zengkeyi} 客厅面积的分布能出一张图吗
    zengkeyi: 给你，按城市分的
    zengkeyi: !sales-chart
    luowei: 中位数 21 平，比想的还小
    linzhixia: 那 228 的三人位是不是偏大？
    xiehao: 可以做 198 的窄版，结构不变

    luzhou: @{qiuyuan} 师傅，茶几样件明天能交吗
    qiuyuan: 漆要等干，后天
    luzhou: 好，不催
    liuwendi: 师傅说催了也不会干得更快
    qiuyuan: 是这个理

    gunanqiao: @{linzhixia} 餐桌的场景图发我看看。
    linzhixia: !dining-room
    gunanqiao: 灯再低一点，吃饭的灯要照到菜。
    chenyu: 明白，降 15 cm
    baizhi: 色温也往 3000K 走
  `,
  ),
  ...chats(
    'ask-quality',
    'quality',
    `
    linzhixia: @{hemu} 详情页要引用检测数据，能给一份盖章版吗
    hemu: @{zhuyun} 发一下
    zhuyun: !fabric-report
    linzhixia: 收到，只引用第二页的结论
    baizhi: 引用前我再核一遍数字

    luowei02: @{chenyu03} 明天的料几点能上线边？
    chenyu03: 七点半
    luowei02: 那八点开线，@{mashan} 辛苦早到半小时
    mashan: 没问题，早饭我在厂里吃
    fanshu: 首件我八点一刻来

    qilin: 三家报价回来了，@{zhaiyu} 看下资质
    qilin: !supplier-quote
    zhaiyu: 第三家证书过期一个月
    qilin: 那先剔掉，等他们更新
    hemu: 流程留痕，别口头

    guofang: @{luzhou} 你要的样件在二号车上，后门左边
    luzhou: 拿到了，谢谢
    luzhou: !packaging-box
    guofang: 箱角有点塌，是装车前就这样吗
    luzhou: 是，我们自己摔的测试箱
    guofang: 那就好

    hemu: @{all} 明天客户来厂参观，工装穿齐，通道清空，其他照常，不搞表演
    mashan: 收到
    fanshu: 收到
    zhuyun: 记录本不用藏吧
    hemu: 不用，让他们随便翻

    xiehao ~: 图纸发你了，C 版
    xiehao: 等下，附件拖错了，那是我家装修图
    luowei02: 你家厨房挺大
    xiehao: ……
    zhaiyu: 动线合理
  `,
  ),
  ...chats(
    'ask-market',
    'marketing',
    `
    zhouyuan: @{tangtang} 预约数据能每天早上十点发一次吗
    tangtang: 可以，做成自动的了
    tangtang: !channel-plan
    linzhixia: 加一列到店率
    tangtang: 加好了
    zhouyuan: 效率高

    fangyuan: @{chenyu} 长文的头图可以是那张窗边的吗
    chenyu: 可以，用裁过的
    chenyu: !window-chair
    fangyuan: 啊，好安静
    suhe: 标题放左上，别压到光

    liangzhou: @{suhe} 设计师礼册的封面能不能印名字
    suhe: 数码印可以，名单给我
    liangzhou: {doc}
    suhe: 有两个名字是生僻字，字体里没有
    liangzhou: 我问问能不能手写
    suhe: 手写更好，我来写

    yuchiqing: @{all} 开放日倒计时 {n} 天，请各位确认自己的物料 {doc}
    tangtang: 我的齐了
    fangyuan: 我的也齐
    liangzhou: 还差两箱样册，{day+1}到
    zhouyuan: 好，周会逐项划掉
  `,
    { period: [0.3, 0.98] },
  ),
  ...chats(
    'ask-retail',
    'retail',
    `
    duanmurui: @{jiangling} 滨江店的客流仪数据是不是偏高
    jiangling: 是，把外卖员也算进去了，已经调
    jianglin02: 难怪昨天显示六百人
    jiangling: !sales-chart
    duanmurui: 这才像真的

    gaolan: @{heqing} 客户家的软装方案帮我拍个现场
    heqing: 到了，光线很好
    heqing: !dining-room
    gaolan: 桌旗撤掉就完美
    heqing: 撤了，客人也说好

    mosheng: @{ruanqing} 客服那边问云屿的多吗
    ruanqing: 占四成，第一名问题「什么时候能买」
    mosheng: 门店也是
    yuchiqing: 快了快了
    duanmurui: 统一回答：{launch}，来店里坐坐先

    jianglin02: 滨江店橱窗布好了，@{all} 来提意见
    jianglin02: !sofa-evening
    gaolan: 灯的影子落得真好
    tianye: 想进去坐
    duanmurui: 通过
  `,
    { period: [0.3, 0.98] },
  ),
  ...chats(
    'ask-overseas',
    'overseas',
    `
    danielwhitmore: @{linzhixia} could you confirm the fabric composition for the UK label?
    linzhixia: 55% linen, 45% cotton. The velvet is a separate label.
    hemu: Correct, here is the report.
    hemu: !fabric-report
    danielwhitmore: Thank you both, very quick.

    xuyimin: @{all} please read the brief once more before Thursday, two paragraphs are new.
    xuyimin: !overseas-brief
    marcustan: Read. The second one is for me, I think.
    xuyimin: It is.
    priyanair: One comma, otherwise lovely.

    sofialindholm: @{chenyu} may I crop the evening image to a square?
    chenyu: Please keep the window, crop from the right.
    sofialindholm: Like this?
    sofialindholm: !sofa-evening
    chenyu: Perfect.

    priyanair ~: The sofa is to die for
    priyanair: Sorry, wrong draft. We do not do “to die for”.
    danielwhitmore: I had it printed on a mug already.
    xuyimin: Please drink from it quietly.

    zhaoqihang: @{marcustan} your container is booked, documents here.
    zhaoqihang: !packing-list
    marcustan: Received. Line 75, are the swatches duty free?
    zhaoqihang: Samples without value, yes, marked as such.
    marcustan: Super.
  `,
  ),
  ...chats(
    'ask-desk',
    'help',
    `
    ningke: @{suchen} {day+1}有两位新同事入职，电脑麻烦准备
    suchen: 准备好了，贴了名字
    ningke: 谢谢！一位是左撇子，鼠标
    suchen: 左手鼠标有一只，我去找
    suchen: 找到了

    wenyan: @{tangyiming} 存储快满了，拍摄素材还剩 {n}%
    tangyiming: 扩了 8 TB，老项目挪到冷存储
    wenyan: 挪走的还能看吗
    tangyiming: 能，点开等几秒
    wenyan: 好

    chenyu: @{suchen} 屏幕校色仪借一下
    suchen: 在我抽屉，自己拿，登记本上写一笔
    heyinuo: 我排第二个
    bailu: 我第三
    suchen: 那贴个排队表吧
  `,
  ),
  ...chats(
    'ask-everyone',
    'everyone',
    `
    ouyangming: 各位，仓库和门店最近都忙，总部的同事这两周轮流去帮半天忙，自愿，报名找纪和。
    A: 报名
    B: 我去滨江店
    jihe: 报名表 {doc}
    C: 仓库需要人会开叉车吗
    ouyangming: 叉车不用你们开，叠布就行。

    ningke: @{all} 年度通讯录更新，请检查自己的电话和紧急联系人，{date+5}截止
    A: 已核
    B: 已核
    C: 请问英文名在哪里改
    tangyiming: 点头像，「我的资料」里的别名
    C: 改好了

    jihe: @{all} {day+1} 15:00 全员会，地点一楼展厅，椅子自己挑
    A: 我要云屿单椅
    B: 先到先得
    D: 我坐地毯
  `,
    { period: [0.2, 0.9] },
  ),
  ...chats(
    'ask-showroom',
    'showroom',
    `
    mosheng: @{songwan} 新平面打印出来贴墙了，施工师傅问红线是什么
    songwan: 红线是地台边，蓝线是灯轨
    songwan: !floor-plan
    luzhou: 我在现场跟他们再讲一遍
    mosheng: 好，辛苦

    gaolan: @{linzhixia} 三种抱枕套，帮选一个
    gaolan: !swatches
    linzhixia: 第二排第一个
    gaolan: 和我想的一样
    heqing: 我猜的是第三排

    chengxiaoman: 壁画完成，署名放哪里好
    chengxiaoman: !poster-draft
    linzhixia: 右下角，小一点，但要有
    songwan: 加上日期
    chengxiaoman: 好！
  `,
    { period: [0.5, 0.98] },
  ),
  ...chats(
    'ask-finance',
    'finance',
    `
    gexin: @{suhe} 打样差旅那张报销单还差高铁的行程单
    suhe: 补上了
    gexin: 收到，明天付
    suhe: 谢谢欣欣

    zhouyuan02: @{all} 预算季开始，模板在这里，{date+8}前交
    zhouyuan02: !channel-plan
    duanmurui: 门店按店填还是合并
    zhouyuan02: 按店，合并我来
    linzhixia: 收到
  `,
  ),
  ...chats(
    'ask-service',
    'service',
    `
    chenyu02: @{xianrui} {customer}家的脚垫方便{day+1}去换吗，顺便看看灯
    xianrui: 可以，上午
    ruanqing: 她家有狗，很热情
    xianrui: 带了零食
    ..
    xianrui: 换好了，狗也很满意

    ruanqing: @{qiaomu} 养护说明发客人了吗
    qiaomu: 现在发
    qiaomu: !care-guide
    ruanqing: 好，第四条讲给他听一遍
    qiaomu: 讲了，他说记住了：不要来回擦
  `,
  ),
]
