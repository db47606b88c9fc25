import type { Locale } from '@heyi/contract/texts'

// What notifications say, where no client translates it.

interface Words {
  app: string
  image: string
  file: string
  voice: string
  poll: string
  relay: string
  contact: string
  location: string
  sticker: string
  thanks: string
  something: string
  newMessage: string
  says(who: string, text: string): string
  summaryTitle: string
  summary(of: { messages: number; conversations: number; mentions: number }): string
  confirmTitle(who: string): string
  todoTitle: string
  noticeTitle: string
  noticeReminder: string
  newNotice: string
  reminderTitle: string
  greetingTitle: string
  birthday: string
  joiningDay(years: number): string
  test: string
  digestSubject(company: string, count: number): string
  digest(of: { messages: number; conversations: number; company: string; url: string }): string
  sms(who: string, company: string): string
}

export const wordsIn: Record<Locale, Words> = {
  'zh-CN': {
    app: '合一',
    image: '[图片]',
    file: '[文件]',
    voice: '[语音]',
    poll: '[投票]',
    relay: '[接龙]',
    contact: '[名片]',
    location: '[位置]',
    sticker: '[表情]',
    thanks: '[感谢卡]',
    something: '[消息]',
    newMessage: '你有一条新消息',
    says: (who, text) => `${who}：${text}`,
    summaryTitle: '欢迎回来',
    summary: ({ messages, conversations, mentions }) =>
      `休息时收到 ${messages} 条消息，来自 ${conversations} 个会话${mentions > 0 ? `，其中 ${mentions} 条提到你` : ''}。`,
    confirmTitle: (who) => `${who} 请你确认`,
    todoTitle: '待办提醒',
    noticeTitle: '公司公告',
    noticeReminder: '公告提醒：请查看',
    newNotice: '有一条新公告',
    reminderTitle: '消息提醒',
    greetingTitle: '今天是你的日子',
    birthday: '生日快乐！',
    joiningDay: (years) => `入职 ${years} 周年快乐，谢谢一路同行！`,
    test: '这是一条测试通知，收到就说明设置好了。',
    digestSubject: (company, count) => `${company}：你有 ${count} 条未读消息`,
    digest: ({ messages, conversations, company, url }) =>
      `你离开 ${company} 有一阵了，有 ${messages} 条未读消息，来自 ${conversations} 个会话。\n\n${url}\n\n内容不放在邮件里。不想再收到这样的邮件，可在“设置 → 通知”里关闭。\n`,
    sms: (who, company) => `【${company}】${who} 发给你的一条重要消息等你确认，请打开合一查看。`,
  },
  en: {
    app: 'Heyi',
    image: '[picture]',
    file: '[file]',
    voice: '[voice]',
    poll: '[poll]',
    relay: '[relay list]',
    contact: '[contact card]',
    location: '[location]',
    sticker: '[sticker]',
    thanks: '[thank-you card]',
    something: '[message]',
    newMessage: 'You have a new message',
    says: (who, text) => `${who}: ${text}`,
    summaryTitle: 'Welcome back',
    summary: ({ messages, conversations, mentions }) =>
      `While you rested: ${messages} ${messages === 1 ? 'message' : 'messages'} in ${conversations} ${conversations === 1 ? 'conversation' : 'conversations'}${mentions > 0 ? `, ${mentions} naming you` : ''}.`,
    confirmTitle: (who) => `${who} asks you to confirm`,
    todoTitle: 'To do',
    noticeTitle: 'Company notice',
    noticeReminder: 'Reminder: a notice waits for you',
    newNotice: 'There is a new notice',
    reminderTitle: 'You wanted to be reminded',
    greetingTitle: 'Today is your day',
    birthday: 'Happy birthday!',
    joiningDay: (years) => `${years} ${years === 1 ? 'year' : 'years'} with us today. Thank you!`,
    test: 'This is a test. If you can read it, notifications work.',
    digestSubject: (company, count) => `${company}: ${count} unread ${count === 1 ? 'message' : 'messages'}`,
    digest: ({ messages, conversations, company, url }) =>
      `You were away from ${company} for a while. Unread: ${messages}, in ${conversations} ${conversations === 1 ? 'conversation' : 'conversations'}.\n\n${url}\n\nWhat was said is not in this mail. To get no more of them, turn them off under Settings → Notifications.\n`,
    sms: (who, company) =>
      `${company}: an important message from ${who} waits for you to confirm it. Please open Heyi.`,
  },
}
