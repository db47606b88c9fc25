import {
  CallError,
  type Client,
  createClient,
  createMemoryStore,
  type HeldMessage,
  type SocketLike,
} from '@heyi/client'
import { WebSocket } from 'ws'
import type { Account } from './account.js'
import type { Output } from './output.js'

interface Following {
  /** All of them where none is named. */
  conversation: string | undefined
  /** Ends after so many messages; null: when it is stopped. */
  count: number | null
}

/** Messages before the first that one sees of a conversation named. */
const shownBefore = 10
/** A line waits this long for the name of its sender. */
const nameMs = 1_500

interface Line extends HeldMessage {
  conversation: string
  heardMs: number
}

/** Follows conversations by the client's own replica, so that nothing is lost where the connection is. */
export async function follow(
  output: Output,
  { url, token }: Account,
  { conversation, count }: Following,
): Promise<void> {
  const client = createClient({ base: url, token, createSocket: openSocket, store: () => createMemoryStore() })
  const close = conversation === undefined ? () => undefined : client.openChat(conversation)
  const printer = new Printer(output, client, count)
  const ended = new Promise<void>((resolve, reject) => {
    const look = () => {
      if (client.connection === 'signedOut') reject(new CallError('unauthenticated'))
      if (conversation !== undefined && client.ready && client.chat(conversation).gone)
        reject(new CallError('not_found'))
      if (printer.look(conversation)) resolve()
    }
    client.subscribe(look)
    printer.again = look
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  try {
    await Promise.race([client.start().then(() => ended), ended])
  } finally {
    close()
    printer.end()
    await client.stop()
  }
}

/** The one of `ws` has what the client asks of a socket; its listener types are only written in another way. */
const openSocket = (url: string, token: string | null): SocketLike =>
  new WebSocket(url, token === null ? {} : { headers: { authorization: `Bearer ${token}` } }) as unknown as SocketLike

class Printer {
  /** The last place printed, by conversation. */
  readonly #printed = new Map<string, number>()
  #lines: Line[] = []
  #left: number
  #timer: NodeJS.Timeout | null = null
  #begun = false
  /** Looks again when a name has not come in time. */
  again: () => void = () => undefined

  constructor(
    private readonly output: Output,
    private readonly client: Client,
    count: number | null,
  ) {
    this.#left = count ?? Number.POSITIVE_INFINITY
  }

  /** Prints what is new; true when enough was printed. */
  look(only: string | undefined): boolean {
    if (!this.client.ready) return false
    const wanted = this.client.inbox().filter(({ id }) => only === undefined || id === only)
    for (const { id, last } of wanted) {
      if (!this.#begun || !this.#printed.has(id)) this.#begin(id, last, only !== undefined)
      this.#gather(id)
    }
    // From now on a conversation not seen before is new, and all of it is news.
    this.#begun = true
    this.#print()
    return this.#left <= 0
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }

  /** Where to begin: at the end of what was there, or a few lines before it in the one that is followed. */
  #begin(id: string, last: HeldMessage | null, named: boolean): void {
    if (this.#begun && !named) {
      this.#printed.set(id, 0)
      return
    }
    const held = this.client.chat(id).messages
    const from = named ? held.at(-shownBefore - 1) : last
    this.#printed.set(id, from?.object.seq ?? 0)
  }

  #gather(id: string): void {
    const printed = this.#printed.get(id) ?? 0
    const fresh = this.client.chat(id).messages.filter(({ object }) => object.seq > printed)
    this.#printed.set(id, Math.max(printed, ...fresh.map(({ object }) => object.seq)))
    this.#lines.push(...fresh.map((message) => ({ ...message, conversation: id, heardMs: Date.now() })))
  }

  #print(): void {
    while (this.#left > 0) {
      const [line] = this.#lines
      if (!line) return
      const name = this.client.profile(line.object.sender)?.name
      const waitMs = line.heardMs + nameMs - Date.now()
      if (name === undefined && waitMs > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = null
          this.again()
        }, waitMs)
        return
      }
      this.#lines.shift()
      this.#left--
      this.#write(line, name ?? line.object.sender)
    }
  }

  #write({ conversation, object }: Line, name: string): void {
    const { json, stdout } = this.output
    if (json) {
      stdout.write(`${JSON.stringify({ conversation, name, ...object })}\n`)
      return
    }
    const place = this.client.inbox().find(({ id }) => id === conversation)?.conversation.name || '—'
    stdout.write(`${new Date(object.sentAt).toLocaleTimeString('en-GB')}  ${place}  ${name}: ${textOf(object)}\n`)
  }
}

function textOf(message: HeldMessage['object']): string {
  if (message.body === null) return '(taken back)'
  switch (message.kind) {
    case 'text':
      return message.body.text
    case 'image':
    case 'file':
      return `[${message.body.name}]`
    case 'voice':
      return `[voice, ${Math.round(message.body.durationMs / 1000)} s]`
    case 'record':
      return `[${message.body.count} messages]`
    case 'poll':
      return `[poll: ${message.body.question}]`
    case 'relay':
      return `[relay list: ${message.body.title}]`
    case 'contact':
      return '[contact card]'
    case 'location':
      return `[location: ${message.body.name} ${message.body.latitude},${message.body.longitude}]`
    case 'sticker':
      return `[sticker: ${message.body.label}]`
    case 'thanks':
      return `[thank-you card: ${message.body.text}]`
    case 'system':
      return `(${message.body.event})`
  }
}
