import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Kernel } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newSecret } from '../../kernel/ids.js'
import { urlExpiry } from './rules.js'
import * as store from './store.js'

export type Variant = 'original' | 'thumbnail'

/** Makes and checks addresses of bytes; whoever has one may read until it ends. The key lives in the database. */
export class Signer {
  #key: Promise<string> | null = null

  constructor(private readonly kernel: Kernel) {}

  /** Paths on this server, each the same for all who ask within the hour, so that browsers keep what they fetched. */
  async sign(
    tenantId: string,
    items: { file: string; variant: Variant }[],
  ): Promise<{ items: { file: string; variant: Variant; url: string }[]; expiresAt: string }> {
    const expiresMs = urlExpiry(this.kernel.clock.ms())
    const key = await this.#getKey()
    const e = expiresMs / 1000
    const urls = items.map(({ file, variant }) => {
      const k = mac(key, [tenantId, file, variant, e])
      return {
        file,
        variant,
        url: `/files/${file}/${variant}?${new URLSearchParams({ t: tenantId, e: String(e), k })}`,
      }
    })
    return { items: urls, expiresAt: new Date(expiresMs).toISOString() }
  }

  /** @throws AppError `not_allowed` for an address that we did not make, or that has ended */
  async verify(address: {
    file: string
    variant: string
    query: Record<string, unknown>
  }): Promise<{ tenantId: string; variant: Variant; expiresMs: number }> {
    const { file, variant, query } = address
    const { t, e, k } = query
    if (variant !== 'original' && variant !== 'thumbnail') throw fail('not_found')
    if (typeof t !== 'string' || typeof e !== 'string' || typeof k !== 'string') throw fail('not_allowed')
    const expected = Buffer.from(mac(await this.#getKey(), [t, file, variant, e]))
    const given = Buffer.from(k)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw fail('not_allowed')
    const expiresMs = Number(e) * 1000
    if (expiresMs <= this.kernel.clock.ms()) throw fail('not_allowed')
    return { tenantId: t, variant, expiresMs }
  }

  #getKey(): Promise<string> {
    this.#key ??= store.keepSecret(this.kernel.db, newSecret()).catch((error: unknown) => {
      this.#key = null
      throw error
    })
    return this.#key
  }
}

const mac = (key: string, parts: (string | number)[]): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(parts.map(String)))
    .digest('base64url')
