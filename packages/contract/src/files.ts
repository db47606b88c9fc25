import { z } from 'zod'
import { ConversationId, Empty, FileId, Instant, NoticeId, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** An uploaded file. Bytes arrive by tus at `/upload`; metadata keys are `filename` and `filetype`. */
export const FileInfo = z.object({
  id: FileId,
  name: z.string(),
  sizeBytes: z.int(),
  mime: z.string().describe('Sniffed from the bytes, not what the sender claimed.'),
  width: z.int().nullable(),
  height: z.int().nullable(),
  createdAt: Instant,
})
export type FileInfo = z.infer<typeof FileInfo>

export const getFile = operation({
  name: 'files.getFile',
  kind: 'read',
  summary:
    'A file of mine, or one carried by something I may read; by its id or by the address of its finished upload.',
  scope: 'files:read',
  input: z.object({ file: FileId }),
  output: FileInfo,
  errors: ['upload_incomplete'],
})

export const signUrls = operation({
  name: 'files.signUrls',
  kind: 'read',
  summary: 'Short-lived addresses for bytes; what I may not read is left out. Ranges work, names are kept.',
  scope: 'files:read',
  input: z.object({
    items: z
      .array(
        z.object({
          file: FileId,
          via: z
            .union([
              z.object({ conversation: ConversationId, seq: Seq }),
              z.object({ notice: NoticeId }),
              z.object({ avatar: z.literal(true) }),
              z.object({ sticker: z.literal(true) }),
            ])
            .nullable()
            .describe('The object that carries it; null for my own upload.'),
          variant: z.enum(['original', 'thumbnail']),
        }),
      )
      .min(1)
      .max(limits.urlsPerCall),
  }),
  output: z.object({
    items: z.array(z.object({ file: FileId, variant: z.enum(['original', 'thumbnail']), url: z.string() })),
    expiresAt: Instant,
  }),
  errors: [],
})

export const getUsage = operation({
  name: 'files.getUsage',
  kind: 'read',
  summary: 'How much the company stores, and its limits.',
  scope: 'directory:admin',
  input: Empty,
  output: z.object({ usedBytes: z.int(), quotaBytes: z.int().nullable(), fileLimitBytes: z.int(), files: z.int() }),
  errors: [],
})

export const setLimits = operation({
  name: 'files.setLimits',
  kind: 'write',
  summary: 'Set the largest file and the whole storage of my company.',
  scope: 'directory:admin',
  input: z.object({ quotaBytes: z.int().min(0).nullable(), fileLimitBytes: z.int().min(1) }),
  output: z.object({ quotaBytes: z.int().nullable(), fileLimitBytes: z.int() }),
  errors: [],
})
