/**
 * 栖岸家居（示例）: a furniture company nobody has founded, for the demo and for screenshots. Pure data and pure generators:
 * nothing here reads a clock, a file or the network, and the same `now` gives the same company.
 *
 * Who works there is in company.ts, where they talk in conversations.ts, what they say in scenarios/ (in the language of
 * script.ts), placed in time by messages.ts; notices.ts has the company’s notices. Pictures and files are drawn and written in media/.
 */
export {
  company,
  departments,
  mainPerson,
  type PersonKey,
  people,
} from './company.js'
export { type ConversationKey, conversations, type SampleConversation } from './conversations.js'
export { avatars } from './media/avatars.js'
export { media, type SampleFile } from './media.js'
export { type SampleMessage, sampleLaunchOn, sampleMessages } from './messages.js'
export { sampleNotices } from './notices.js'
