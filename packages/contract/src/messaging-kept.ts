import { z } from 'zod'
import { ConversationId, Cursor, Empty, FavouriteId, Instant, PrincipalId, pageOf, Rev, Seq } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'
import { Message, RecordItem } from './messaging-objects.js'

// Coming back to messages: pins of a conversation, a member’s favourites, where they were named, a day.

/** What is pinned to the top of a conversation, the last first; the messages themselves stand in the log. */
export const Pins = z.object({
  items: z.array(z.object({ seq: Seq, by: PrincipalId, at: Instant })).max(limits.pinsPerConversation),
})
export type Pins = z.infer<typeof Pins>

export const pinsObject = feedObject({ kind: 'pins', feed: 'conversation', payload: Pins })

export const pinMessage = operation({
  name: 'messaging.pinMessage',
  kind: 'write',
  summary:
    'Pin a message to the top of a conversation for everybody, or take it down: in groups their owner and admins.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq, pinned: z.boolean() }),
  output: Pins,
  errors: ['message_gone', 'too_many_pins', 'conversation_closed'],
})

const Tags = z
  .array(z.string().trim().min(1).max(limits.favouriteTagChars))
  .max(limits.favouriteTags)
  .describe('In any order; each once.')

/** A message as it was when I made it a favourite; recalling it or leaving its conversation does not change it. */
export const Favourite = z.object({
  id: FavouriteId,
  conversation: ConversationId.describe('Where it was said.'),
  seq: Seq,
  of: z.string().describe('The group’s name as of then; empty for a direct conversation.'),
  item: RecordItem,
  tags: Tags,
  savedAt: Instant,
})
export type Favourite = z.infer<typeof Favourite>

export const addFavourites = operation({
  name: 'messaging.addFavourites',
  kind: 'write',
  summary: 'Keep copies of messages for myself. Those kept already stay as they are.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(limits.forwardMessages) }),
  output: z.object({ items: z.array(z.object({ seq: Seq, id: FavouriteId })) }),
  errors: ['message_gone', 'too_many_favourites'],
})

export const removeFavourite = operation({
  name: 'messaging.removeFavourite',
  kind: 'write',
  summary: 'No longer keep it.',
  scope: 'messaging:write',
  input: z.object({ id: FavouriteId }),
  output: Empty,
  errors: [],
})

export const tagFavourite = operation({
  name: 'messaging.tagFavourite',
  kind: 'write',
  summary: 'Say under which words a favourite is found; these take the place of the former.',
  scope: 'messaging:write',
  input: z.object({ id: FavouriteId, tags: Tags }),
  output: Favourite,
  errors: [],
})

export const listFavourites = operation({
  name: 'messaging.listFavourites',
  kind: 'read',
  summary: 'My favourites, the last kept first; those alone that hold a text or bear a tag, if wanted.',
  scope: 'messaging:read',
  input: z.object({
    text: z.string().trim().max(limits.searchChars).describe('Empty for all.'),
    tag: z.string().max(limits.favouriteTagChars).nullable(),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(Favourite),
  errors: [],
})

export const listFavouriteTags = operation({
  name: 'messaging.listFavouriteTags',
  kind: 'read',
  summary: 'The tags of my favourites with how many bear each, the most used first.',
  scope: 'messaging:read',
  input: Empty,
  output: z.object({ items: z.array(z.object({ tag: z.string(), count: z.int() })).max(limits.favouriteTagsListed) }),
  errors: [],
})

export const listMentions = operation({
  name: 'messaging.listMentions',
  kind: 'read',
  summary: 'Messages of others that name me or everybody, of all my conversations, the newest first.',
  scope: 'messaging:read',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.mentionsPage) }),
  output: pageOf(z.object({ conversation: ConversationId, rev: Rev, message: Message })),
  errors: [],
})

export const findByDate = operation({
  name: 'messaging.findByDate',
  kind: 'read',
  summary: 'The place of the first message of a conversation at or after a moment; null where nothing came since.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, at: Instant }),
  output: z.object({ seq: Seq.nullable() }),
  errors: [],
})
