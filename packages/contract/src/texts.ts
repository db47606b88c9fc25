import type { ErrorCode } from './errors.js'

/** The languages of every text that people read. */
export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** One sentence for each refusal: what happened and what to do. `{name}` is filled from the error's data. */
export const errorTexts: Record<ErrorCode, Record<Locale, string>> = {
  invalid_input: {
    'zh-CN': '填写的内容有误：{path} {reason}',
    en: 'Something in the request is not valid: {path} {reason}',
  },
  malformed_frame: { 'zh-CN': '收到的数据无法读懂', en: 'The data could not be read' },
  request_id_missing: { 'zh-CN': '写入请求需要带上 requestId', en: 'A writing request needs a requestId' },
  unknown_operation: { 'zh-CN': '没有这个操作', en: 'There is no such operation' },
  unauthenticated: { 'zh-CN': '请先登录', en: 'Sign in first' },
  not_allowed: { 'zh-CN': '你没有这样做的权限', en: 'You are not allowed to do this' },
  scope_missing: { 'zh-CN': '这个令牌没有所需的权限范围', en: 'This token lacks the scope for that' },
  not_found: { 'zh-CN': '没有找到，或你无权查看', en: 'Not found, or not yours to see' },
  request_reused: { 'zh-CN': '同一个 requestId 已用于另一请求', en: 'This requestId was used for another request' },
  version_conflict: {
    'zh-CN': '别人刚刚改过，请按最新内容再试',
    en: 'Somebody changed this just now; look again and retry',
  },
  payload_too_large: { 'zh-CN': '内容太大', en: 'That is too large' },
  rate_limited: { 'zh-CN': '操作太快了，请稍等再试', en: 'Too fast; wait a moment and try again' },
  busy: { 'zh-CN': '此刻太忙，没有保存，请再试一次', en: 'Too busy just now; nothing was saved, try again' },
  unavailable: {
    'zh-CN': '服务暂时不可用，内容没有丢，稍后会重试',
    en: 'The service is briefly unavailable; it will be retried',
  },
  disk_full: {
    'zh-CN': '服务器磁盘已满，没有保存，请联系管理员',
    en: 'The server disk is full; nothing was saved. Tell your admin',
  },
  internal: { 'zh-CN': '服务器出了问题，已记录', en: 'Something went wrong on the server; it has been logged' },
  setup_token_invalid: {
    'zh-CN': '设置链接无效，请使用启动时打印的链接',
    en: 'The set-up link is not valid; use the one printed at start',
  },
  already_set_up: { 'zh-CN': '已经完成首次设置', en: 'This installation is already set up' },
  sign_in_failed: { 'zh-CN': '账号或密码不对', en: 'The account or password is not right' },
  sign_in_throttled: { 'zh-CN': '尝试次数过多，请 {seconds} 秒后再试', en: 'Too many tries; wait {seconds} seconds' },
  account_disabled: { 'zh-CN': '这个账号已停用，请联系管理员', en: 'This account is disabled; ask your admin' },
  tenant_suspended: { 'zh-CN': '这家企业已被暂停使用', en: 'This company is suspended' },
  link_invalid: { 'zh-CN': '链接已失效，请索取新的链接', en: 'This link no longer works; ask for a new one' },
  password_weak: {
    'zh-CN': '密码至少 {min} 个字符，且不能与账号相同',
    en: 'Use at least {min} characters, not your account name',
  },
  password_wrong: { 'zh-CN': '当前密码不对', en: 'The current password is not right' },
  login_taken: { 'zh-CN': '{login} 已被使用', en: '{login} is already in use' },
  loopback_only: { 'zh-CN': '仅限在本机使用', en: 'Only from this machine' },
  invitation_invalid: {
    'zh-CN': '邀请已失效，请索取新的邀请',
    en: 'This invitation no longer works; ask for a new one',
  },
  last_owner: { 'zh-CN': '企业至少要有一位所有者', en: 'A company needs at least one owner' },
  department_not_empty: { 'zh-CN': '部门里还有人或下级部门', en: 'There are still people or departments in it' },
  department_cycle: { 'zh-CN': '不能把部门移到它自己下面', en: 'A department cannot move below itself' },
  csv_invalid: { 'zh-CN': '表格第 {line} 行有误：{reason}', en: 'Line {line} of the table is not valid: {reason}' },
  already_member: { 'zh-CN': '已经在这家企业里了', en: 'Already a member of this company' },
  file_too_large: {
    'zh-CN': '文件超过 {limitBytes} 字节的上限',
    en: 'The file is over the limit of {limitBytes} bytes',
  },
  quota_exceeded: { 'zh-CN': '企业的存储空间已用完', en: 'The company has used up its storage' },
  file_gone: { 'zh-CN': '文件已经不在了', en: 'The file is no longer there' },
  upload_incomplete: { 'zh-CN': '文件还没有传完', en: 'The upload is not complete' },
  conversation_closed: { 'zh-CN': '这个群已解散', en: 'This group was dissolved' },
  muted: { 'zh-CN': '群主开启了全员禁言', en: 'Only owners and admins may write here now' },
  silenced: { 'zh-CN': '你在这个群里被禁言了', en: 'You are muted in this group' },
  banned: { 'zh-CN': '你已被移出并禁止再加入这个群', en: 'You were banned from this group and cannot join it' },
  member_banned: {
    'zh-CN': '有人被禁止加入这个群，只有群主和管理员可以请他们回来',
    en: 'Somebody is banned from this group; only its owner and admins can bring them back',
  },
  recall_too_late: { 'zh-CN': '超过了可以撤回的时间', en: 'It is too late to recall this' },
  too_many_members: { 'zh-CN': '人数超过 {limit} 的上限', en: 'That is over the limit of {limit} members' },
  quote_not_found: { 'zh-CN': '引用的消息不在了', en: 'The quoted message is gone' },
  too_many_pins: {
    'zh-CN': '置顶消息已有 {limit} 条，请先取消一条',
    en: '{limit} messages are pinned already; unpin one first',
  },
  too_many_reminders: {
    'zh-CN': '消息提醒已有 {limit} 个，请先删除一些',
    en: 'You have {limit} reminders already; remove some first',
  },
  too_many_favourites: {
    'zh-CN': '收藏已有 {limit} 条，请先删除一些',
    en: 'You keep {limit} favourites already; remove some first',
  },
  root_not_found: { 'zh-CN': '这个话题的首条消息不在了', en: 'The message of this thread is gone' },
  owner_must_transfer: { 'zh-CN': '请先转让群主再退出', en: 'Hand the group over before you leave' },
  group_automatic: {
    'zh-CN': '部门群的成员跟随部门自动变动，不能手动调整',
    en: 'People of a department group follow the department; they cannot be changed by hand',
  },
  too_many_thanks: {
    'zh-CN': '一天最多送 {limit} 张感谢卡，明天再来',
    en: 'At most {limit} thank-you cards a day; come back tomorrow',
  },
  message_gone: {
    'zh-CN': '有消息已撤回或不在了，没有转发',
    en: 'A message was recalled or is gone; nothing was forwarded',
  },
  receipt_fixed: {
    'zh-CN': '已经请人回执的消息不能再改，可以撤回重发',
    en: 'A message that asks for receipts stays as it is; recall it and send another',
  },
  edit_too_late: { 'zh-CN': '超过了可以修改的时间', en: 'It is too late to edit this' },
  too_many_edits: { 'zh-CN': '这条消息改过太多次了', en: 'This message was edited too often' },
  too_many_reactions: { 'zh-CN': '这条消息的表情回应太多了', en: 'This message has too many different reactions' },
  time_not_allowed: {
    'zh-CN': '请选一个以后的时间，最远 {days} 天',
    en: 'Choose a time that is still to come, at most {days} days ahead',
  },
  too_many_scheduled: {
    'zh-CN': '等待发送的消息已有 {limit} 条，请先取消一些',
    en: '{limit} messages wait to be sent already; cancel some first',
  },
  record_too_large: {
    'zh-CN': '合并的内容太多或嵌套太深，请少选几条',
    en: 'That is too much for one record, or nested too deep; select less',
  },
  too_many_todos: {
    'zh-CN': '有人未完成的待办已有 {limit} 条，请先完成一些',
    en: 'Somebody has {limit} open to-dos already; finish some first',
  },
  receipt_not_asked: { 'zh-CN': '这条消息没有请你回执', en: 'This message asks no receipt of you' },
  notice_fixed: { 'zh-CN': '这条公告现在不能这样改', en: 'This notice cannot be changed like that now' },
  comments_closed: { 'zh-CN': '这条公告没有开放评论', en: 'Comments are off for this notice' },
  too_many_comments: { 'zh-CN': '你在这条公告下的评论太多了', en: 'You have commented on this notice too often' },
  reminded_often: {
    'zh-CN': '今天已经提醒 {limit} 次了，明天再提醒吧',
    en: 'Reminded {limit} times today already; try again tomorrow',
  },
  reminded_lately: { 'zh-CN': '刚刚提醒过了，请过一会儿再提醒', en: 'They were reminded a moment ago; wait a while' },
  poll_ended: { 'zh-CN': '已经结束，不能再改了', en: 'It has ended and can no longer be answered' },
  poll_anonymous: {
    'zh-CN': '这是匿名投票，看不到谁选了什么',
    en: 'This poll is anonymous: nobody sees who chose what',
  },
  transcript_off: {
    'zh-CN': '这台服务器没有设置语音转文字',
    en: 'This server has nothing set up to transcribe voices',
  },
  transcript_failed: {
    'zh-CN': '没有转出文字，稍后再试',
    en: 'The voice could not be transcribed. Try again later',
  },
  sticker_gone: { 'zh-CN': '这个表情已经下架', en: 'This sticker is no longer offered' },
  sticker_invalid: {
    'zh-CN': '「{name}」不能用：表情须为 PNG、WebP 或 GIF，每个不超过 500 kB',
    en: '“{name}” cannot be used: stickers are PNG, WebP or GIF of at most 500 kB each',
  },
  too_many_sticker_packs: { 'zh-CN': '表情包最多 {limit} 个', en: 'There are {limit} sticker packs at most' },
  too_many_links: {
    'zh-CN': '这个群已有 {limit} 个有效的链接，请先停用一个',
    en: 'This group has {limit} open links already; revoke one first',
  },
  too_many_join_requests: {
    'zh-CN': '等待同意的人太多，请稍后再申请',
    en: 'Too many people are waiting to be let in; try again later',
  },
  holidays_invalid: { 'zh-CN': '第 {line} 行有误：{reason}', en: 'Line {line} is not valid: {reason}' },
  channel_invalid: { 'zh-CN': '这个地址不能用：{reason}', en: 'This address cannot be used: {reason}' },
  too_many_channels: { 'zh-CN': '最多 {limit} 个，请先删掉一个', en: 'At most {limit}; remove one first' },
  too_many_watches: { 'zh-CN': '同时打开的内容太多', en: 'Too many things open at once' },
}

/** The sentence for a refusal in the reader's language, with its data filled in. */
export function errorText(code: ErrorCode, locale: Locale, data: Record<string, unknown> = {}): string {
  return errorTexts[code][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}
