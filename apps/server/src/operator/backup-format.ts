import { z } from 'zod'

/** Grows when an older program could not read what a newer one writes. */
export const format = 1

/** `heyi.json`, the first entry. */
export const Header = z.object({
  format: z.int(),
  version: z.string().describe('Of the program that made it.'),
  madeAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.string()),
})
export type Header = z.infer<typeof Header>

/** `manifest.json`, the last entry. */
export const Manifest = z.object({
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int(), sha256: z.string() })),
  counters: z.array(z.object({ table: z.string(), column: z.string(), last: z.int().nullable() })),
  blobs: z.object({ count: z.int(), bytes: z.int() }),
  lost: z.array(z.string()).describe('Digests whose bytes were missing or damaged already when the backup was made.'),
})
export type Manifest = z.infer<typeof Manifest>

export const headerName = 'heyi.json'
export const manifestName = 'manifest.json'
export const partName = (table: string, part: number): string => `tables/${table}/${String(part).padStart(6, '0')}.gz`
export const blobName = (digest: string): string => `blobs/${digest}`

/** Hears of long work: what is being done and how far it is, 0 to 1. */
export type Progress = (what: string, part: number) => void
