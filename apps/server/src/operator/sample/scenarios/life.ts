import { type Scenario, scene } from '../script.js'

const noon = { around: 11 * 60 + 20 }

/** Lunch and the small talk around it. */
export const lifeScenarios: Scenario[] = [
  scene(
    'lunch-vote',
    'lunch lunch lunch lunch lunch lunch',
    `
    A #eat: [中午吃什么，{dish}还是{dish2}？|今天谁去{eatery}，我占座|下雨了，不想出门，点外卖？|{eatery}出新品了：{dish}|饿了饿了，11:40 集合|昨天说好的{dish}，没人反悔吧]
    B >eat: [{dish}，昨天刚吃过{dish2}|我！加一个|拼单，{dish}满减|冲|我还在开会，给我带一份|我反悔了，我牙疼]
    C: [我都行，别太辣|等我存个文件|我要不加葱|上次的太咸了，再给它一次机会|加辣，谢谢|那给你点粥]
    ?D: [带饭的默默路过|五分钟|+1 {dish}|去去去|我也在开会，同一个会|我陪你喝粥]
    A: [那 11:45 楼下|好，四人桌|总共 {n}8 块，人均记账本里|走|带两份，没问题|好，改天再约]
    ?C: [!lunch-bowl|今天人少，不用排|收到转账，谢谢|!lunch-bowl|你最好了|早日康复]
  `,
    noon,
  ),
  scene(
    'lunch-review',
    'lunch lunch lunch',
    `
    A: !lunch-bowl
    A: [{eatery}的{dish}，满分十分我给八分|今日{dish}，汤好喝，面坨了|食堂今天的{dish}，惊喜]
    B: [扣的两分在哪|你拍照拍太久了，不坨才怪|食堂居然！]
    A: [一分在价格，一分在老板不笑|……你说得对|阿姨还多给了一勺]
    C: [老板不笑但是加汤很大方|设计师的命，先拍再吃|哪个窗口]
    ?D: [哈哈哈那加回一分|色温几度|3 号，快去]
    ?A: [行，九分|4200K（职业病）|已经没了，我最后一份]
  `,
    { around: 12 * 60 + 30 },
  ),
  scene(
    'lunch-diet',
    'lunch',
    `
    tangtang: 我从今天开始轻食
    suhe: 第几次从今天开始
    tangtang: 第四次，这次认真的
    bailu: 冰箱里有我妈包的粽子，要吗
    tangtang #zong: ……要
    chengxiaoman >zong: 坚持了三十秒
    linzhixia: 粽子也是粮食，不算破功
    zengkeyi: 建议做一个用户研究：轻食平均坚持时长
  `,
    noon,
  ),
  scene(
    'lunch-milk-tea',
    'lunch lunch lunch lunch',
    `
    A #tea: [下午茶拼单，{n} 杯起送，还差两杯|奶茶接龙，少糖少冰请写清楚|有人要桂花拿铁吗，第二杯半价|周五了，必须喝一杯]
    B >tea: [我要乌龙奶，三分糖|栀子茉莉，去冰|我和你拼第二杯|附议！]
    C: [柠檬茶，正常冰|我戒了，今天不要|要热的|全糖，周五不算]
    ?D: [一样的再来一杯|戒了的人请收起你的眼神|给隔壁组也问问|我请，谢谢大家帮我改稿]
    A: [下单了，{hour}到|到了我喊|好，十五分钟|你说的！截图了]
    ?C: [❤️|……好吧，来一杯|谢谢小可爱|哈哈哈哈]
  `,
    { around: 14 * 60 + 50 },
  ),
  scene(
    'lunch-walk',
    'lunch lunch',
    `
    A: [吃完绕湖走一圈？银杏开始黄了|桂花开了，楼下整条路都是香的]
    B: [走，屁股都坐扁了|难怪，我以为谁喷香水]
    C: [我穿了高跟鞋，走半圈|采一点晒干泡茶？]
    A: [半圈也行|公园的不许采！]
    ?B: [今天走了 {n}000 步|那我多闻几口]
    ?D: [下次叫我|桂花糕有人吃吗]
  `,
    { around: 12 * 60 + 40 },
  ),
  scene(
    'lunch-cat',
    'lunch lunch',
    `
    bailu: [我家猫今天坐在样布上不肯走，选了{colour}|猫拍完视频回家就端起来了，像个明星]
    A: [它的眼光比我们好|片酬多少]
    bailu: [已经掉了一层毛给它做记号|两根冻干]
    chengxiaoman: [让它签封样单吧，按爪印|便宜，下次给三根]
    B #paw: [哈哈哈哈{colour}定了|经纪人抽成吗]
    ?suhe >paw: [何牧会问公差是多少|经纪人就是铲屎官]
    ?linzhixia: [这个可以写进用户研究|预算我批]
  `,
  ),
  scene(
    'lunch-weekend',
    'lunch lunch',
    `
    A: [周末有人去爬山吗，八点南门|周末看展，两张票，谁来]
    B: [八点太早，九点我来|哪个展？]
    A: [九点就九点，带水|陶瓷那个，说很好]
    C: [膝盖不行，我负责山下的茶|我想去！]
    ?D: [结束去{eatery}|看完写感想吗（部门语气）]
    A: [安排|不写，只许发呆]
  `,
    { around: 17 * 60 },
  ),
]
