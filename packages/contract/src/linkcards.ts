import { z } from 'zod'
import { ConversationId, Empty, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** What a page says about itself. */
export const LinkCard = z.object({
  title: z.string().max(limits.linkTitleChars),
  description: z.string().max(limits.linkTextChars).describe('Empty where the page says nothing.'),
  site: z.string().max(limits.linkTitleChars),
  image: z.string().nullable().describe('A small square WebP in base64, made anew by this server.'),
})
export type LinkCard = z.infer<typeof LinkCard>

export const getLinkCards = operation({
  name: 'linkcards.getCards',
  kind: 'read',
  summary:
    'What the pages say that messages lead to, by the first link of each. The server reads a page once for the company; nothing where the company does not want that.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(limits.linkCardsPerCall) }),
  output: z.object({
    items: z
      .array(
        z.object({
          seq: Seq,
          url: z.string(),
          state: z.enum(['ready', 'none', 'pending']).describe('`pending`: ask again in some seconds.'),
          card: LinkCard.nullable(),
        }),
      )
      .describe('Messages that I may not read, and those without a link, are left out.'),
  }),
  errors: [],
})

export const LinkPolicy = z.object({
  on: z.boolean().describe('Whether this server calls the addresses in messages, to show what is there.'),
})
export type LinkPolicy = z.infer<typeof LinkPolicy>

export const getLinkPolicy = operation({
  name: 'linkcards.getPolicy',
  kind: 'read',
  summary: 'Whether links show what is behind them. Off until an admin turns it on.',
  scope: 'messaging:read',
  input: Empty,
  output: LinkPolicy,
  errors: [],
})

export const setLinkPolicy = operation({
  name: 'linkcards.setPolicy',
  kind: 'write',
  summary: 'Let the server look at what links lead to, or not; turned off, what it has seen is forgotten.',
  scope: 'directory:admin',
  input: LinkPolicy,
  output: LinkPolicy,
  errors: [],
})
