import type * as ops from '@heyi/contract/messaging'
import type { Message, PollBody, RelayBody, VoiceBody } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { Tx } from '../../kernel/db.js'
import type { Carrier } from '../files/index.js'
import type { Doors } from './index.js'
import { insertPoll } from './poll-store.js'
import { planEnd, requirePollable } from './polls.js'
import { isSound } from './rules.js'
import { stickerBody } from './stickers.js'

// What the kinds of messages say, whether they are sent now or later.

type SendBody = z.output<typeof ops.sendMessage.input>['message']
type TextBody = Extract<SendBody, { kind: 'text' }>
export type NewPart = Exclude<SendBody, { kind: 'text' }>

interface Shape {
  kind: Message['kind']
  body: unknown
}

export const textBody = ({ text, mentions }: Pick<TextBody, 'text' | 'mentions'>) =>
  mentions && mentions.length > 0 ? { text, mentions } : { text }

interface Saying {
  db: Tx
  actor: MemberActor
}

/**
 * What a message says that is more than words; a file is carried by `by` from now on.
 *
 * @param atMs when it is said
 * @throws AppError `not_found`, `time_not_allowed`, `sticker_gone`
 */
export async function partBody(
  ctx: Saying,
  doors: Doors,
  part: NewPart,
  { atMs, by }: { atMs: number; by: Carrier },
): Promise<Shape> {
  const { tenantId } = ctx.actor
  switch (part.kind) {
    case 'poll':
    case 'relay': {
      const { kind, ...said } = part
      return { kind, body: { ...said, endsAt: requirePollable(atMs, part) } }
    }
    case 'contact':
      await doors.directory.requireColleagues(ctx.db, tenantId, [part.member])
      return { kind: 'contact', body: { member: part.member } }
    case 'location': {
      const { kind, ...body } = part
      return { kind, body }
    }
    case 'sticker':
      return { kind: 'sticker', body: await stickerBody(ctx.db, tenantId, part.sticker) }
    default:
      return fileBody(ctx, doors, part, by)
  }
}

/** What is said to be a picture or a voice goes as a file where its bytes are of another kind. */
async function fileBody(
  ctx: Saying,
  { files }: Doors,
  part: Extract<NewPart, { file: string }>,
  by: Carrier,
): Promise<Shape> {
  const attached = await files.attach(ctx, part.file, by)
  if (part.kind === 'image' && attached.width !== null) return { kind: 'image', body: attached }
  if (part.kind !== 'voice' || !isSound(attached.mime)) return { kind: 'file', body: attached }
  const { durationMs, waveform } = part
  const body: VoiceBody = { ...attached, durationMs, waveform }
  return { kind: 'voice', body }
}

/** What is kept beside the row of a message of its kind. */
export async function insertBeside(
  tx: Tx,
  clock: Clock,
  tenantId: string,
  { conversation, seq, sender }: { conversation: string; seq: number; sender: string },
  { kind, body }: Shape,
): Promise<void> {
  if (kind !== 'poll' && kind !== 'relay') return
  const { endsAt } = body as PollBody | RelayBody
  const asked = kind === 'poll' ? askedOf(body as PollBody) : { options: 0, multiple: false, anonymous: false }
  await insertPoll(tx, tenantId, conversation, seq, { kind, owner: sender, ...asked, endsAt })
  await planEnd(tx, clock, tenantId, { conversation, seq }, endsAt)
}

const askedOf = ({ options, multiple, anonymous }: PollBody) => ({ options: options.length, multiple, anonymous })
