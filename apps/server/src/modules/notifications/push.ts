import type { Locale } from '@heyi/contract/texts'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { callOutside } from '../../kernel/outbound.js'
import { pushKeys } from './store.js'

/** Seconds for which the push service keeps a message for a device that is off. */
const keptSeconds = 24 * 3600
const longestBytes = 3_000

export interface PushPayload {
  id: string
  title: string
  body: string
  /** A newer one of the same tag takes the place of the one shown. */
  tag: string
  path: string
  /** The language of its reader. */
  lang: Locale
  /** Where an answer typed into the notification goes, and by whom; only where one may answer. */
  reply?: { conversation: string; root: number | null; member: string }
}

const load = async () => (await import('web-push')).default

/** The public key of this installation, made with the private one when it is first asked for. */
export async function publicKey(on: Queryable): Promise<string> {
  const webPush = await load()
  return (await pushKeys(on, () => webPush.generateVAPIDKeys())).publicKey
}

/**
 * Sends one encrypted message (RFC 8030, 8291, 8292); nobody between here and the browser can read it. The status of the
 * push service: 404 and 410 say that the browser is no longer there.
 */
export async function sendPush(
  kernel: Kernel,
  device: { endpoint: string; p256dh: string; auth: string },
  payload: PushPayload,
  urgency: 'normal' | 'high',
): Promise<number> {
  const webPush = await load()
  const keys = await pushKeys(kernel.db, () => webPush.generateVAPIDKeys())
  const { endpoint, p256dh, auth } = device
  const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, encode(payload), {
    vapidDetails: { subject: subjectOf(kernel), ...keys },
    TTL: keptSeconds,
    urgency,
    topic: payload.tag.replace(/[^\w-]/g, '').slice(0, 32),
    contentEncoding: 'aes128gcm',
  })
  const { status } = await callOutside({
    url: details.endpoint,
    method: 'POST',
    headers: details.headers as Record<string, string | number>,
    body: details.body,
    allowInside: kernel.settings.HEYI_CALL_INSIDE === 'on',
  })
  return status
}

/** A push service takes about 4 kB: a long text is cut. */
function encode(payload: PushPayload): string {
  let { body } = payload
  while (Buffer.byteLength(body) > longestBytes)
    body = `${[...body].slice(0, Math.floor([...body].length / 2)).join('')}…`
  return JSON.stringify({ ...payload, body })
}

/** Whom a push service may write to about us; it takes an address of the web or of mail only. */
function subjectOf({ settings, publicUrl }: Kernel): string {
  const url = publicUrl()
  if (url.startsWith('https://') && !/^https:\/\/localhost\b/.test(url)) return url
  const mail = /[^\s<>]+@[^\s<>]+/.exec(settings.SMTP_FROM ?? '')?.[0]
  return `mailto:${mail ?? 'heyi@localhost.invalid'}`
}
