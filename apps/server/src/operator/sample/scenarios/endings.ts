import { type Scenario, scene } from '../script.js'

/**
 * The last words in some conversations, told by the clock: what a person who opens the sample company finds on top.
 * `minutesBefore` counts from the end of the story (or of an earlier working day) back to the last line.
 */
export type Ending = { scenario: Scenario; daysBefore: number; minutesBefore: number }

const today = (minutesBefore: number, scenario: Scenario): Ending => ({ scenario, daysBefore: 0, minutesBefore })
const yesterday = (minutesBefore: number, scenario: Scenario): Ending => ({ scenario, daysBefore: 1, minutesBefore })

export const endings: Ending[] = [
  today(
    0,
    scene(
      'end-launch',
      'launch',
      `
    chenyu #hero: 各位，「云屿」系列主图终稿已出，{deadline} 前请确认。@{linzhixia} 重点看第二张。
    +1
    chenyu: !sofa-evening
    +1
    chenyu: !window-chair
    +3
    suhe ~: 第二张窗帘好像穿帮了，右边露了半截灯架
    +1
    hemu: 面料颜色和封样对得上，我这边没问题
    +5
    linzhixia >hero: 第一张可以直接用。第二张色温调到 4200K 左右，{soon} 前我再看一版，请相关同事确认收到。
    +1
    chenyu: 收到
    +1
    zhouyuan: 第二张我也觉得偏冷，窗边可以再加一点晚霞的暖色，门店那边反馈也差不多。
    +2
    songwan: 收到，展厅灯位也按 4200K 再对一遍
    +6
    zhouyuan: !poster-v2
    +1
    zhouyuan: 海报第二版好了，大家看看 @{all}
  `,
    ),
  ),
  today(
    4,
    scene(
      'end-quality',
      'quality',
      `
    fanshu: 今日抽检 42 件，合格率 99.1%，批次 {batch-6} 有 1 件待复检
    +2
    zhuyun: 待复检那件是缝线，不是面料
    +3
    hemu #report: @{linzhixia} 面料批次报告请过目
    +1
    hemu: !fabric-report
  `,
    ),
  ),
  today(
    11,
    scene(
      'end-chenyu',
      'lin-chenyu',
      `
    linzhixia: 第二张的暖色别全压在沙发上，窗外也给一点
    +3
    chenyu: 好，主图我建议再暖一点，但只动窗边
    +2
    chenyu: 调好先发你，再发群里
  `,
    ),
  ),
  today(
    27,
    scene(
      'end-overseas',
      'overseas',
      `
    danielwhitmore: {retailerEn} signed. Twelve three-seaters and a window from {dateEn+20}.
    +1
    sofialindholm: Wonderful! Congratulations, Dan.
    +2
    xuyimin: Great news. @{zhaoqihang} can we reserve the stock today?
    +3
    zhaoqihang: Reserved, twelve plus two spare sets of covers.
  `,
    ),
  ),
  today(
    40,
    scene(
      'end-everyone',
      'everyone',
      `
    ningke: 关于假期后考勤恢复的说明：{date+1}起恢复正常打卡，弹性时间 8:30–10:00 不变。
    +2
    A: 收到
    +1
    B: 弹性还在，谢谢
  `,
    ),
  ),
  yesterday(
    3,
    scene(
      'end-shen',
      'lin-shen',
      `
    linzhixia: 展厅开幕的主视觉，能不能你来定调？不急，下周就行
    +4
    shenruoxi: 那我先想想，不想重复云屿的傍晚
    +6
    shenruoxi: 好，那我周一上午给你初稿
  `,
    ),
  ),
  yesterday(
    20,
    scene(
      'end-gu',
      'lin-gu',
      `
    gunanqiao: 新品定价评审，周三 14:00，老地方。
    +3
    linzhixia: 收到，四张表都准备好了
    +2
    gunanqiao: 辛苦。早点回家。
  `,
    ),
  ),
  yesterday(
    35,
    scene(
      'end-product',
      'product',
      `
    jianglin: 评审的会议记录整理好了，一共十八条，按负责人排
    +1
    jianglin: !meeting-notes
    +4
    shanyi: 第九条是我的，{day+2}前给
    +2
    xiehao: 十一到十三我认领
  `,
    ),
  ),
]
