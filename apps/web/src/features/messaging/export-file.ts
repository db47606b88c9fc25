import type { Message } from '@heyi/contract/messaging'

export interface Exported {
  title: string
  startedAt: string
  /** What is read beside each message. */
  rows: { message: Message; name: string; time: string; line: string }[]
  /** There were more than are here. */
  cut: boolean
}

interface Words {
  locale: string
  about: string
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`)

/** One page that opens anywhere, without a network: what was said to be read, and the same as JSON for programs. */
export function exportFile({ title, startedAt, rows, cut }: Exported, { locale, about }: Words): Blob {
  const style =
    'body{font:15px/1.6 system-ui,sans-serif;max-width:760px;margin:32px auto;padding:0 16px}article{margin:12px 0}article.reply{margin-left:32px}header{color:#666;font-size:13px}p{margin:2px 0;white-space:pre-wrap;overflow-wrap:anywhere}'
  const parts = [
    `<!doctype html><html lang="${escaped(locale)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style><h1>${escaped(title)}</h1><p>${escaped(about)}</p>`,
    ...rows.map(
      ({ message, name, time, line }) =>
        `<article id="m${message.seq}"${message.root === undefined ? '' : ' class="reply"'}><header><b>${escaped(name)}</b> <time datetime="${escaped(message.sentAt)}">${escaped(time)}</time></header><p>${escaped(line)}</p></article>`,
    ),
    // Nothing in it can end the element before its time.
    `<script type="application/json" id="messages">${JSON.stringify({ title, startedAt, cut, messages: rows.map(({ message, name }) => ({ ...message, name })) }).replace(/</g, '\\u003c')}</script></html>`,
  ]
  return new Blob(parts, { type: 'text/html;charset=utf-8' })
}
