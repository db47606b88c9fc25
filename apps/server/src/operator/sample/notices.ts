import type { PersonKey } from './company.js'

/** A company notice of the sample: how long ago it was published, and which share of the people knows it. */
export interface SampleNotice {
  author: PersonKey
  title: string
  text: string
  hoursAgo: number
  mustRead: boolean
  /** Of ten people so many have read it; of those, so many confirmed it. */
  read: number
  confirmed: number
}

export const sampleNotices: SampleNotice[] = [
  {
    author: 'tangyiming',
    title: '关于节后考勤恢复的说明',
    text: '各位同事：\n\n节后第一个工作日起恢复正常考勤，上班 9:00，下班 18:00，弹性半小时。\n\n1. 假期加班的同事请在本周五前补交调休申请。\n2. 门店同事按门店排班执行，由展厅店长统一登记。\n3. 行程有变不能按时返岗的，请提前和直属主管说一声。\n\n读完请点“我已阅读”。',
    hoursAgo: 2,
    mustRead: true,
    read: 6,
    confirmed: 5,
  },
  {
    author: 'ningke',
    title: '湖畔楼四层茶水间改造完成',
    text: '四层茶水间今天起可以用了：新增直饮水、两台咖啡机和一面回收墙。旧杯柜里的杯子已移到三层，写了名字的请在两周内取走。',
    hoursAgo: 75,
    mustRead: false,
    read: 10,
    confirmed: 0,
  },
  {
    author: 'gunanqiao',
    title: '第四季度培训报名',
    text: '本季度开三门课：木材与环保标准、展陈色彩、面向海外客户的书面沟通。每人可报一门，名额先到先得，报名请告诉各部门负责人。',
    hoursAgo: 122,
    mustRead: false,
    read: 10,
    confirmed: 0,
  },
]
