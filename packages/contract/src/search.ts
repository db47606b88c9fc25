import { z } from 'zod'
import { ConversationId, Cursor, Instant, NoticeId, PrincipalId, pageOf, Seq, TodoId } from './common.js'
import { operation } from './define.js'
import { Profile } from './directory.js'
import { limits } from './limits.js'
import { AttachmentBody } from './messaging-objects.js'

/** What is looked for: everything at once, each group then with its first few, or one group page by page. */
export const SearchGroup = z.enum(['all', 'people', 'conversations', 'messages', 'files', 'notices', 'todos'])
export type SearchGroup = z.infer<typeof SearchGroup>

export const SearchFilters = z.object({
  from: PrincipalId.nullable().default(null).describe('Only what this principal sent.'),
  in: ConversationId.nullable().default(null).describe('Only in this conversation.'),
  kind: z.enum(['text', 'image', 'file', 'link']).nullable().default(null),
  after: Instant.nullable().default(null).describe('Sent at this moment or later.'),
  before: Instant.nullable().default(null).describe('Sent before this moment.'),
})
export type SearchFilters = z.infer<typeof SearchFilters>

/** Places in a text, from and to in UTF-16 units. */
const Ranges = z.array(z.tuple([z.int().min(0), z.int().min(0)]))

export const FoundMessage = z.object({
  conversation: ConversationId,
  seq: Seq,
  sender: PrincipalId,
  sentAt: Instant,
  kind: z.string(),
  text: z.string().describe('The part around the first match, on one line.'),
  ranges: Ranges.describe('The matches in that text.'),
  file: AttachmentBody.nullable().describe('What it carries, of an image or a file.'),
  inside: z.boolean().optional().describe('The text stands inside of the file, not in its name.'),
})
export type FoundMessage = z.infer<typeof FoundMessage>

export const FoundConversation = z.object({
  conversation: ConversationId,
  name: z.string(),
  ranges: Ranges.describe('The matches in the name; none where it was found by who is in it.'),
  members: z.array(Profile).max(limits.searchNamedMembers).describe('Who is in it and was found.'),
})
export type FoundConversation = z.infer<typeof FoundConversation>

export const FoundNotice = z.object({
  id: NoticeId,
  title: z.string(),
  titleRanges: Ranges,
  text: z
    .string()
    .describe('The part around the first match, on one line; how it begins where only the title matches.'),
  ranges: Ranges.describe('The matches in that text.'),
  publishAt: Instant,
})
export type FoundNotice = z.infer<typeof FoundNotice>

export const FoundTodo = z.object({
  id: TodoId,
  text: z.string(),
  ranges: Ranges,
  dueAt: Instant.nullable(),
  doneAt: Instant.nullable(),
})
export type FoundTodo = z.infer<typeof FoundTodo>

export const search = operation({
  name: 'search.search',
  kind: 'read',
  summary:
    'Find people, groups, messages, files, notices and to-dos that I may see, newest first. All words must be there; quotes hold words together.',
  scope: 'search:read',
  input: z.object({
    text: z.string().trim().max(limits.searchChars).describe('May be empty where a filter says what is looked for.'),
    group: SearchGroup,
    filters: SearchFilters.prefault({}),
    cursor: Cursor.nullable().default(null),
    limit: z.int().min(1).max(limits.searchResults),
  }),
  output: z.object({
    people: z.array(Profile),
    conversations: z.array(FoundConversation),
    messages: pageOf(FoundMessage),
    files: pageOf(FoundMessage),
    notices: z.array(FoundNotice),
    todos: z.array(FoundTodo),
  }),
  errors: [],
})
