import { type Scenario, scene } from '../script.js'

/** The brand and product people among themselves: drafts, colour, renderings, research, prototypes. */
export const designScenarios: Scenario[] = [
  scene(
    'draft-review',
    'brand brand brand',
    `
    A #draft: [{product}的详情页首屏，两个版本，求毒舌|画册内页 {n}-{n2} 页初稿，先看节奏|新一期封面，改到第四稿了，我已经看不出好坏]
    A: [!window-chair|!dining-room|!sofa-evening]
    B >draft: [左边那版标题离图太近，透不过气|第二个跨页太满，让一张图单独呼吸|第三稿更好，第四稿修过头了]
    shenruoxi: [同意。另外字重降一档，我们不喊。|文字块再窄一点，一行不超过 28 个字。|退回第三稿，只留这稿的配色。]
    A: [收到，改|好，那就做减法|果然……谢谢，我去睡一会儿（不是）]
    C: [右下角的小字在手机上看得清吗|页码要不要放到里侧|封面的影子方向和内页反了]
    A: [看得清，12 号|放外侧吧，翻起来好找|！！！真的反了，谢谢你]
    ..
    A: [改好了|第二版，请过目|这次应该对了]
    A: [!window-chair|!dining-room|!poster-draft]
    ?shenruoxi: [可以，过|好，定稿放素材库|过。文件名记得改]
  `,
    { cast: { A: 'suhe heyinuo bailu chengxiaoman', B: 'chenyu songwan jianglin', C: 'wenyan baizhi jianglin' } },
  ),
  scene(
    'font-licence',
    'brand',
    `
    heyinuo: 提醒：新字体的商用授权只包含印刷和网页，不包含视频和门店屏幕。
    chengxiaoman: 啊，我拆洗视频的字幕用了
    shenruoxi #font: 先换成公司那套开源黑体，别心存侥幸。
    chengxiaoman >font: 马上换，还好没发
    jianglin: 箱子上的也是吗？
    heyinuo: 箱子算印刷，可以的
    tangyiming: 我把字体库整理了一遍，红标的是不能用在视频里的：{doc}
    bailu: 太好了，以前都靠记忆
    shenruoxi: 一诺把授权一览表放到部门文档第一页，以后新人先看这个。
    heyinuo: 好
  `,
  ),
  scene(
    'colour-names',
    'brand product',
    `
    baizhi: 实验室的布样回来了，[松烟绿耐摩擦最好，4-5 级|{colour}在四种灯下都稳，{colour2}在冷光下会发灰]
    baizhi: !swatches
    chenyu: [屏幕上的松烟绿要跟着调吗|灰掉的那个是不是该换个名字，「晨雾」？]
    baizhi: [不用，屏幕那版比实物深 {n}%，正好|名字别改，改布，我再试一次后整理]
    linzhixia: [这批样可以给门店做布册了吗|一共几个颜色？最多留六个]
    baizhi: [可以，{qty} 本，{day+4}前能装订好|现在八个，我建议砍掉{colour2}和砚黑]
    suhe: [砚黑好看啊，可惜了|我支持留砚黑，配{colour}特别稳]
    shenruoxi #six: [那就六个，砚黑留给明年春天。|听白芷的。颜色是减出来的。]
    ?baizhi >six: [好|谢谢，我去写色彩说明]
    ?jianglin: 布册封面我做，[麻布压凹|不印字，只压一朵云]
  `,
    { period: [0.1, 0.6] },
  ),
  scene(
    'rendering-queue',
    'brand',
    `
    A: 渲染机排队到[明天中午|晚上八点]了，谁的任务能往后挪挪？
    B: 我的可以停，只是测试
    tangyiming: 加了一块显卡，下班前能多跑 {n} 张。晚上十点以后自动优先大图。
    A: 救命恩人！
    C: 那我那 {n2} 张半岛床能不能今晚跑
    tangyiming: 排进去了，预计明早七点出
    C #bed: 早上看到结果了，床头影子有噪点
    C: !peninsula-bed
    tangyiming >bed: 采样数加一倍，再跑一次大概四十分钟
    C: 好，谢谢一鸣
  `,
    { cast: { A: 'suhe bailu', B: 'chengxiaoman heyinuo', C: 'songwan chenyu' } },
  ),
  scene(
    'inspiration',
    'brand brand',
    `
    A: [昨天去看了一个陶瓷展，釉色像极了我们的{colour}|路过一家旧书店，柜子的比例好舒服]
    A: [!swatches|!dining-room]
    B: [好看，边缘那圈深色可以学|比例是 1:1.6 吗？目测]
    C: [想去！周末还开吗|这种旧木头的颜色现在做不出来了]
    A: [开到{date+9}，学生票半价（我们不是学生）|仇师傅说做得出来，要等它自己老]
    shenruoxi: [部门可以组织一次，下周五下午，算外出学习。|去看看吧，喜欢的拍回来，一人讲三分钟。]
    B: [哇|好耶]
    ?D: 我报名
    ?C: [+1|算我一个]
  `,
  ),
  scene(
    'intern-help',
    'brand brand',
    `
    gexinghe: [请问前辈们，{product}的模型文件在哪个文件夹？我找到了三个「最终版」|抠图遇到毛边，{material}怎么抠才自然？]
    A: [看「已封样」那个，其他都别用|别抠，拍的时候就用灰背景，后期用通道]
    gexinghe: [找到了！谢谢|原来如此，我抠了两个小时……]
    B: [「最终版」「最终版2」「真的最终版」，每个设计师的宿命|哈哈每个人都抠过]
    shenruoxi: [所以文件名要写日期和版本号。星河你来把旧的归档，顺便熟悉一下。|小葛明天跟温言去影棚看一次打光，比抠图有用。]
    gexinghe: [好的沈老师|好的！]
    ?C: [加油|带瓶水，影棚热]
  `,
    { cast: { A: 'chenyu wenyan', B: 'suhe chengxiaoman', C: 'bailu heyinuo' } },
  ),
  scene(
    'proto-issue',
    'product product product',
    `
    xiehao #load: [{product}的载荷测试没过，{n} 万次以后{part}松了|底框应力算过了，跨度再大就要加一根横梁|{part}换了新料，循环 {n} 万次没有异响]
    A >load: [问题在设计还是装配？|加横梁会不会看见|太好了，可以锁图纸了吗]
    xiehao: [装配，扭矩没打够，工艺卡要写明 12 N·m|从前面看不见，蹲下能看见|再跑一轮高温高湿，{day+4}有结果]
    qiuyuan: [我打样时候就觉得那颗螺丝手感虚|老办法，榫一下，不用螺丝|湿的时候木头涨，缝留一毫米]
    linzhixia: [那先改工艺卡，再做 {n2} 件验证。时间上{date+6} 前行吗？|蹲下能看见的话，颜色做成深的吧。|听仇师傅的，缝留出来。]
    xiehao: [行|可以，烤成砚黑|好的]
    liuwendi: [我来记录，照片放文档|学到了，榫比螺丝贵但不会松|测试台今天我值班]
    ?shanyi: 需求文档同步改了，[{doc}|版本号 +1]
  `,
  ),
  scene(
    'research-visit',
    'product product',
    `
    zengkeyi: [上周走访了 {n} 户，最意外的发现：沙发最常用的姿势是躺着看手机|入户访谈的摘要，一页纸，五分钟能看完]
    zengkeyi: [其次是把衣服堆上面|用户原话：「我不想要一个要伺候的沙发」]
    luowei: [哈哈哈真实，我家就有一把「椅子」专门放衣服|这句话可以贴墙上]
    shanyi #need: [那扶手高度要重新考虑，枕着舒服的高度是 20 到 22 cm|所以「能拆能洗能修」应该排在「好看」前面讲]
    linzhixia >need: [对，请可忆把枕扶手的数据单独整理一下|同意，我去改上市口径的顺序]
    xiehao: [扶手降 2 cm 结构没问题，加一层软的就行|维修件的编号我提前排好]
    zengkeyi: [数据表 {doc}|访谈录音文字稿在文档里，隐去了姓名]
    ?gunanqiao: [这类走访以后每月一次，我也去。|很好。带上做结构的同事一起去。]
  `,
  ),
  scene(
    'range-plan',
    'product',
    `
    luowei: 明年春季的品类规划初稿，主轴是「小户型的客厅」，{n} 个新品，砍掉 {n2} 个旧款。
    luowei: !sales-chart
    linzhixia: 砍的标准是什么？销量后 10% 里也有口碑很好的，比如青禾儿童桌。
    luowei: 销量、毛利、返修率三项，儿童桌返修率最低，可以留。
    shanyi: 我建议留，把它做成「会长大的桌子」系列的第一件
    gunanqiao #kids: 留。儿童产品宁可慢，也要有。
    jianglin >kids: 那包装也可以做成能玩的
    baizhi: 春季色我想加一个很浅的豆绿
    luowei: 好，这版改完{day+3}再发
    ?xiehao: 小户型的话，模块连接件可以通用，省模具
  `,
  ),
  scene(
    'spec-change',
    'product product',
    `
    shanyi: [变更通知：{product}宽度 {cm} cm 改为 {cm2} cm，影响包装、详情页、价签。|{product}增加一个可选脚高，18 cm，方便扫地机器人。]
    A: [包装要重新开刀模，{n} 天|扫地机器人这条好，问的人很多]
    B: [详情页我改，今天|价签还没印，来得及]
    shanyi #conf: [谢谢，请各位在变更单上确认：{doc}|变更单发了，请在{day+1}前确认]
    C >conf: 已确认
    B: [确认|已签]
    ?linzhixia: [以后变更先在群里预告一天，别直接来单子。|同意变更。]
    ?shanyi: 好的
  `,
    { cast: { A: 'jianglin xiehao', B: 'suhe chenyu', C: 'luzhou xiehao' } },
  ),
  scene(
    'studio-booking',
    'brand brand',
    `
    wenyan: [影棚这周排期：周二样册，周三空，周四视频。要用的报一下|影棚空调在修，{day+1}下午之前不能用]
    A: [周三给我吧，拍{product}，半天|那我的{product}只能改期了，{day+2}可以吗]
    wenyan: [好，灯要几盏？|可以，{day+2}全天给你]
    A: [两盏加一块柔光板|谢谢温老师]
    B: [我能蹭十分钟拍个色卡吗|{day+2}我也想来学打光]
    wenyan: [来，等他们布景的时候拍|欢迎，自带鞋套]
    ?chengxiaoman: [鞋套我有一箱！上次团购买多了|我来当模特的手]
  `,
    { cast: { A: 'chenyu suhe bailu', B: 'baizhi gexinghe' } },
  ),
  scene(
    'motion-test',
    'brand',
    `
    chengxiaoman: 云朵动效出了三版，慢、很慢、非常慢
    suhe: 选非常慢，等加载的时候看着不焦虑
    tangyiming: 性能上，别超过 60 KB，门店的屏幕是老设备
    chengxiaoman: 现在 48 KB，用的是路径动画，没有位图
    chenyu #slow: 很慢那版就好，非常慢的我以为卡住了
    chengxiaoman >slow: 哈哈哈那就很慢
    shenruoxi: 系统开了「减少动态效果」的人，要能看到静止的一帧。
    chengxiaoman: 已经做了，静止那一帧是云停在岛上面
    suhe: 好温柔的细节
  `,
  ),
  scene(
    'brand-quick',
    'brand brand brand product',
    `
    A: [谁手上有{supplier}的纸样本？|求一张{product}的透明底图|有没有人用着{software}卡到怀疑人生|借一下色卡，{colour}那本]
    B: [我这里，来拿|素材库 / 已封样 / 透明底，都在|重启大法。真不行找一鸣|在材料间，用完放回去哦]
    A: [来了|找到了，谢谢！|重启好了……|好的]
    ?C: [顺便帮我带一杯水|下次先搜素材库呀|我也卡|归位+1]
    ?A: [没问题|记住了|同病相怜|一定]
  `,
  ),
  scene(
    'proof-visit',
    'brand',
    `
    jianglin: 下午去栖光印务看上机，有人一起吗，车还有两个位
    heyinuo: 我去！没看过大机器
    bailu: 我也想去
    jianglin: {hour} 楼下集合，穿不怕脏的鞋
    ..
    heyinuo #press: 第一张出来偏红，师傅降了 4% 的品红，立刻对了
    heyinuo: !poster-draft
    chenyu >press: 左下角地板那块对了吗
    jianglin: 对了，和你的打样摆一起几乎看不出
    shenruoxi: 带两张回来，贴会议室看三天
    bailu: 印刷厂的猫也来看了
    chengxiaoman: 猫！为什么不拍
  `,
    { period: [0.8, 0.9], around: 800 },
  ),
  scene(
    'display-plan',
    'brand showroom',
    `
    songwan: [展厅第二稿平面：入口先看到单椅，拐过来才是三人位|动线改了，客人从茶水那边绕，停留会久一点]
    songwan: !floor-plan
    A: [单椅后面能不能放一盏「檐」，远处看像窗|茶水那边的插座够吗]
    songwan: [已经放了，平面上那个小圆点|够，地插留了三个]
    linzhixia: [轮椅通道宽度留够 90 cm 了吗|收银台那一侧不要挡住消防栓]
    songwan: [留了 110|避开了，有 1.5 米]
    luzhou: [木作{day+3}进场，先做地台|地台做活动的，以后好换]
    ?chengxiaoman: [墙上那块空白给我画一朵云好吗|插画的画框尺寸给我一下]
    ?songwan: [给你，3 米乘 2 米|60 乘 80，三张]
  `,
    { period: [0.35, 0.75], cast: { A: 'chenyu gaolan tianye' } },
  ),
  scene(
    'label-proof',
    'product brand',
    `
    jianglin: [价签和材质卡的校样，请逐字看，印了就改不了|水洗标第三版，洗涤符号按国标换了]
    A: [「亚麻混纺」的比例写全：亚麻 55%、棉 45%|第三个符号是「不可氯漂」，方向对]
    B: [价格这里是 6,980 还是 6,880？|产地要写到省吗？]
    linzhixia #proof: [6,980，今天早上定的。|写到省市，保持和合格证一致。]
    jianglin >proof: [收到，改|好]
    baizhi: [色名统一用「松烟绿」，别有的写「松绿」|{colour}的英文名也一起印上吧]
    jianglin: [全局替换了，再看一遍|英文名 Mina 给了，我排进去]
    ?A: 再看一遍没问题了
  `,
    { period: [0.6, 0.85], cast: { A: 'chenyu suhe', B: 'luzhou' } },
  ),
]
