import { type Scenario, scene } from '../script.js'

/** Conversations of two: 林知夏 with her closest colleagues, and 陈屿 with 苏禾. */
export const directScenarios: Scenario[] = [
  scene(
    'd-chen-main',
    'lin-chenyu lin-chenyu',
    `
    chenyu: [在吗，主图有个事想单独跟你说|第二张我还是不放心，想重做光]
    linzhixia: [在，说|哪里不放心？]
    chenyu #w: [沙发太暖的话，松烟绿就不绿了，客人收到会失望|窗外是黄昏，屋里却像中午，骗人的]
    linzhixia >w: [我也担心这个。实物优先，情绪退半步|时间够吗？{date+2}要交]
    chenyu: [那我单独给沙发蒙版，色温 4200K|够，今晚我做，明早给你]
    linzhixia: [好，做完我们去展厅对着实物看|别熬太晚，明天中午给我也行]
    chenyu: [!sofa-evening|好]
    ?linzhixia: 这版[舒服多了|对了，就是它]
  `,
    { period: [0.4, 0.95] },
  ),
  scene(
    'd-chen-schedule',
    'lin-chenyu lin-chenyu lin-chenyu',
    `
    linzhixia: [明天下午有空吗，去{city}看一眼打样|{day+2} {hour}的评审你能来吗|展厅的尺寸图有最新版吗]
    chenyu: [下午可以，上午要拍细节|能，我讲还是你讲|有，昨天改过]
    linzhixia: [那 {hour} 地库见，我开车|你讲图，我讲数|发我一份]
    chenyu: [好，我带布样册|行|!floor-plan]
    ?linzhixia: [顺路吃个饭|别紧张，顾总喜欢听人话|谢谢]
    ?chenyu: [{eatery}？|哈哈好|记得入口那边加宽了]
  `,
  ),
  scene(
    'd-chen-life',
    'lin-chenyu lin-chenyu',
    `
    chenyu: [周末拍到一个好光，发给你看|你推荐的那本书看完了]
    chenyu: [!window-chair|光比颜色更重要那一章，我画了线]
    linzhixia: [这是你家？|我就知道你会喜欢那章]
    chenyu: [我爸妈家，下午四点二十|借我再放两周]
    linzhixia #grand: [窗帘半掩这一下真好，能不能复刻到 B 版|随便，书是用来在别人家里过夜的]
    chenyu >grand: [正有此意|这句可以做文案]
    ?linzhixia: [替我谢谢阿姨的窗帘|不许卖给市场部]
  `,
  ),
  scene(
    'd-chen-supplier',
    'lin-chenyu',
    `
    chenyu: 印厂说海报要改纸，原来的那种断货了
    linzhixia: 替代的手感差多少？
    chenyu: 白一点、滑一点，暖色会显得干净但有点远
    linzhixia: 那就宁可等三天，印一半先给门店
    chenyu #paper: 还有一种麻面的，贵 {n}0%，摸起来像布
    linzhixia >paper: 摸起来像布，这个理由我可以去要预算
    chenyu: 我让他们寄样，{day+2}到
    linzhixia: 好，到了叫我
  `,
    { period: [0.7, 0.9] },
  ),
  scene(
    'd-gu-approve',
    'lin-gu lin-gu',
    `
    gunanqiao: [知夏，渠道数字看了，{channel}的返点再压一压。|展厅预算我批了，但下次请提前一周。]
    linzhixia: [好，我让予安重谈，目标降 {n} 个点|明白，是我排得紧了]
    gunanqiao: [别压死，留人情在|没关系，事情做对了就好]
    linzhixia: [嗯，我和他一起去|谢谢顾总]
    ?gunanqiao: 最近睡得好吗[？眼睛红红的|？别省睡觉的时间]
    ?linzhixia: [还行，上市后补|上周末睡了十小时，满血]
  `,
  ),
  scene(
    'd-gu-thinking',
    'lin-gu lin-gu',
    `
    gunanqiao: [我在想，云屿这个系列三年以后还在不在卖？|昨天去店里坐了一下午，没表明身份。]
    linzhixia: [应该在，只要布套还能买到|感觉怎么样？]
    gunanqiao #long: [那就从今天开始保证布套十年可买，写进承诺。|店员很好，没推销，递了一杯水。水温刚好。]
    linzhixia >long: [好。我去和何牧算库存策略|我转告莫笙，她会高兴一天]
    gunanqiao: [慢慢来，想清楚再说出口|别说是我]
    ?linzhixia: [嗯，先不写海报|哈哈好]
  `,
  ),
  scene(
    'd-gu-meeting',
    'lin-gu lin-gu lin-gu',
    `
    gunanqiao: [定价评审改到{day+2} 14:00，请带三张表。|{date+3} 有投资人来，你讲二十分钟产品。|下午有空来我这里一下，十分钟。]
    linzhixia: [收到，成本、渠道、竞品三张|好，我用实物讲，不放幻灯|{hour}可以吗]
    gunanqiao: [再加一张：如果什么都不降价。|对，让他们坐下来听|可以]
    ?linzhixia: [明白，最难的一张|那我准备五把椅子|好的]
    ?gunanqiao: [哈哈|椅子比话有用|茶泡好了]
  `,
  ),
  scene(
    'd-shen-review',
    'lin-shen lin-shen lin-shen',
    `
    linzhixia: [若溪，海报第二版什么时候方便看？|设计部下个月的人手够吗，海外要加一套物料|小葛实习快满三个月了，你怎么看]
    shenruoxi: [明天一早，我想在自然光下看|紧，能不能让一诺先从画册抽出来|手稳，话少，会问为什么，想留]
    linzhixia: [好，我让予安打一张出来|可以，画册往后挪一周|那我支持，走转正]
    shenruoxi #paper: [要印的那种纸，别用打印纸糊弄我|顺便给大家放半天假，连着三周了|先别告诉他，我想当面说]
    linzhixia >paper: [哈哈不敢|{day+4}下午，怎么样|好，嘴巴闭上]
    ?shenruoxi: [👌|好|谢谢你]
  `,
  ),
  scene(
    'd-shen-talk',
    'lin-shen lin-shen',
    `
    shenruoxi: [今天评审会上你那句「宁可少一点」说得好|我明天休息，有急事打电话，其他的等我回来]
    linzhixia: [学你的|好好休息，没有急事]
    shenruoxi: [少来|希望真的没有]
    linzhixia: [真的，以前我总想把每个角都填满|我帮你挡着]
    ?shenruoxi: [年轻时候都这样，我当年海报上有七种字体|带回来一袋栗子给你]
    ?linzhixia: [七种！留着给小葛看|❤️]
  `,
  ),
  scene(
    'd-zhou-plan',
    'lin-zhou lin-zhou lin-zhou',
    `
    zhouyuan: [渠道排期第三版，红的三周预算偏薄|媒体预热能提前两天吗，竞品好像要撞|达人那边要{product}寄样，{n} 套]
    zhouyuan: [!channel-plan|先看看这个 {link}|名单在这里 {doc}]
    linzhixia: [偏薄的那三周正好是铺货，不用硬推|提前可以，但不能早于备案|先寄布样和单椅，三人位别寄，退回来没法卖]
    zhouyuan #thin: [懂了，那我把钱挪到上市后第二周|备案{date+3}下来，掐着日子发|也对，运费都够买一盏灯]
    linzhixia >thin: [对，那时候口碑该出来了|好，我盯备案|哈哈是真的]
    ?zhouyuan: [改好发你|收到|那我回他们]
  `,
  ),
  scene(
    'd-zhou-quick',
    'lin-zhou lin-zhou lin-zhou lin-zhou',
    `
    zhouyuan: [看到我发的海报了吗，急|你那个标题定稿没有|顾总刚才问上市日能不能提前|晚上活动你来吗]
    linzhixia: [看到了，字再大一号|定了：「回家，坐一会儿」|不能，布还在染缸里|来，{hour}以后]
    zhouyuan: [改了|好听|我也这么回的，说得委婉些|给你留座]
    ?linzhixia: [可以发群里了|是何牧随口说的，署名给他|怎么委婉的？|别第一排]
    ?zhouyuan: [好|何牧大诗人|我说「颜色需要时间」|哈哈第二排]
  `,
  ),
  scene(
    'd-emily-samples',
    'lin-emily lin-emily lin-emily',
    `
    xuyimin: [知夏，伦敦的样品海关卡了，要一份木材证明，谁那里有？|Dan 说 {retailerEn} 想要独家三个月，你觉得呢|英文包装的稿子，Lin 那边排到第几了？]
    linzhixia: [陆舟那里，我让他今天扫给你|独家一个城市可以，全国不行|江临排到明天，你这个提前到今天]
    xuyimin: [太好了，thanks a lot|同意，I'll say one city, three months|You're the best]
    linzhixia #fsc: [原件也寄吗？|写进合同附件，别口头|阻燃那张别忘了]
    xuyimin >fsc: [Scan is enough|好的，legal will draft it|不会忘，Dan 每天提醒我]
    ?linzhixia: [OK|👍|哈哈]
  `,
  ),
  scene(
    'd-emily-visit',
    'lin-emily lin-emily',
    `
    xuyimin: [Marta 一行四个人 {date+6} 来展厅，从上海过来，11 点左右到|Sofia 想下个月来杭州待一周，跟着打样学一学]
    linzhixia: [我接。午饭有忌口吗|欢迎，住湖边那家，走路五分钟]
    xuyimin: [一位素食，一位不吃坚果|她说想坐一坐每一把椅子]
    linzhixia #tour: [好，我订竹里的素菜馆。动线先看单椅，再看拆洗|那一周够她坐一半]
    xuyimin >tour: [Perfect. 她们最关心维修|哈哈 I'll tell her]
    ?linzhixia: 那我请仇师傅来演示[，他话少手快|]
    ?xuyimin: [Love that|That will make her trip]
  `,
  ),
  scene(
    'd-emily-language',
    'lin-emily',
    `
    linzhixia: Emily，「留白」用英文怎么说？
    xuyimin: White space 是版面，room to breathe 是感觉，看你要哪个
    linzhixia: 感觉
    xuyimin: 那就 “room to breathe”，而且正好有 room
    linzhixia #room: 一语双关，赚到了
    xuyimin >room: Priya 会嫉妒的
    linzhixia: 中文反过来也想不到这么好的
    xuyimin: 有啊，「屋里有空」
    linzhixia: ……你也别做海外了，来写文案
  `,
  ),
  scene(
    'd-suhe-help',
    'chenyu-suhe chenyu-suhe chenyu-suhe',
    `
    suhe: [陈屿，阴影的方向我总调不对，能帮看一眼吗|你的调色预设能给我一份吗|明天评审我讲第一部分，有点紧张]
    suhe: [!dining-room|就是傍晚那一套|!poster-draft]
    chenyu: [光从左窗来，桌下那块影子应该往右后，你的太正了|给你，但别直接用，先关掉饱和度看看关系|你就讲你为什么这么选，别讲怎么做的]
    suhe: [哦！对，影子是照着旧图画的|好的师父|那他们问怎么做的呢]
    chenyu #sh: [先画光，再画物|我不是师父，我也是跟温老师学的|问了我来答]
    suhe >sh: [记小本本|那是师叔|安全感来了]
    ?chenyu: [改完发我|哈哈|早点睡]
  `,
  ),
  scene(
    'd-suhe-baton',
    'chenyu-suhe chenyu-suhe',
    `
    chenyu: [我{day+1}去影棚一整天，桌面文件你先接着|「檐」的夜景图你来做吧，我觉得你更合适]
    suhe: [好，做到哪一步了|真的吗！我有个想法，把墙压到很暗]
    chenyu: [光做完了，差布料细节，参考在文件夹 02|就该这样，别怕黑]
    suhe: [收到，遇到问题我留便签|初稿]
    suhe: [布料按 {colour} 那块实物来？|!lamp-eaves]
    chenyu #dark: [对，别信屏幕|好看，底座边缘补一点点反光就行]
    ?suhe >dark: [信布不信屏|补了，真的只差那一点点]
  `,
  ),
  scene(
    'd-suhe-break',
    'chenyu-suhe',
    `
    suhe: 今天四点以后我要去看牙，可能晚点回消息
    chenyu: 去吧，渲染我盯着
    ..
    suhe: 牙医诊室的灯是 6500K，人人都像鬼
    chenyu: 你可以建议他们换 3000K
    suhe #gum: 嘴里塞着棉花，没法建议
    chenyu >gum: 哈哈哈哈那先记着
    suhe: 渲染好了吗
    chenyu: 好了，你那张比我的干净
    suhe ~: 牙疼但是开心
    suhe: 牙不疼了
  `,
  ),
]
