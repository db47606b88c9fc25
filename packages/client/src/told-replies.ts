import { limits } from '@heyi/contract/limits'
import { CallError, isTransient } from './call-error.js'
import { newKey } from './environment.js'
import type { SendRow, Store } from './store.js'
import { callHttp, type HttpOptions } from './transport.js'

/**
 * Answers typed into a notification, sent by whatever has no socket and no replica: a service worker. They lie among the
 * sends of the member’s store under a tab that is never there, so that the program adopts what is left of them; whoever
 * sends one, its key lets it be written once.
 */
const replyTab = 'replies'

export interface Reply {
  conversation: string
  root: number | null
  text: string
}

/** What became of one: it went, waits for a connection, was refused and lies there as failed, or was another’s. */
export type Replied = { key: string; reply: Reply } & (
  | { state: 'sent' | 'waiting' | 'stranger' }
  | { state: 'refused'; code: string }
)

/** Keeps an answer on the device, before anything is sent. */
export async function keepReply(store: Store, reply: Reply, nowMs: number): Promise<void> {
  const { conversation, root, text } = reply
  const row: SendRow = {
    key: newKey(),
    conversation,
    outgoing: { kind: 'text', text },
    quote: null,
    root,
    queuedAt: new Date(nowMs).toISOString(),
    state: 'queued',
    tab: replyTab,
    order: nowMs * 1000,
  }
  await store.saveOwn({ sends: [row] })
}

/**
 * Sends what is kept, in order, each once over HTTP. Nothing goes out, and nothing stays, where the browser is no longer
 * signed in as the member who was told.
 */
export async function sendReplies(http: HttpOptions, store: Store, member: string): Promise<Replied[]> {
  const rows = (await store.sends()).filter(({ tab, state }) => tab === replyTab && state !== 'failed')
  const done: Replied[] = []
  for (const row of rows.sort((a, b) => a.order - b.order)) {
    const replied = await sendOne(http, row, member)
    done.push(replied)
    if (replied.state === 'waiting') break
    if (replied.state !== 'refused') await store.saveOwn({ sent: [row.key] })
    else await store.saveOwn({ sends: [{ ...row, state: 'failed', error: { code: replied.code, data: {} } }] })
  }
  return done
}

async function sendOne(http: HttpOptions, row: SendRow, member: string): Promise<Replied> {
  const { key, conversation, outgoing } = row
  const { root = null } = row
  const text = outgoing.kind === 'text' ? outgoing.text : ''
  const about = { key, reply: { conversation, root, text } }
  // The composer shows what is too long about it.
  if (text.length > limits.messageChars) return { ...about, state: 'refused', code: 'invalid_input' }
  try {
    const me = (await callHttp(http, 'identity.getMe', {}, newKey())) as { member: string }
    if (me.member !== member) return { ...about, state: 'stranger' }
    const message = { kind: 'text', text }
    const input = { conversation, key, message, ...(root !== null && { root }) }
    await callHttp(http, 'messaging.sendMessage', input, key)
    return { ...about, state: 'sent' }
  } catch (error) {
    if (error instanceof CallError && error.code === 'unauthenticated') return { ...about, state: 'stranger' }
    if (!(error instanceof CallError) || isTransient(error) || error.code === 'internal')
      return { ...about, state: 'waiting' }
    return { ...about, state: 'refused', code: error.code }
  }
}
