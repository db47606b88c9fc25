import type { Message } from '@heyi/contract/messaging'

/** Only a secure page may put pictures on the clipboard. */
export const canCopyImages = (): boolean =>
  window.isSecureContext && typeof ClipboardItem === 'function' && Boolean(navigator.clipboard?.write)

/** Puts a picture on the clipboard. As PNG, the only kind that every browser takes. */
export async function copyImage(address: string): Promise<void> {
  // Handed over before it is loaded, for a browser lets only a press write, and loading takes longer than that.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': asPng(address) })])
}

async function asPng(address: string): Promise<Blob> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`the picture was answered with ${answer.status}`)
  const blob = await answer.blob()
  if (blob.type === 'image/png') return blob
  const bitmap = await createImageBitmap(blob)
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!png) throw new Error('the picture could not be written as PNG')
  return png
}

/** Several messages as text, each under who said it and when. */
export function transcript(
  messages: readonly Message[],
  say: { name: (id: string) => string; time: (iso: string) => string; line: (message: Message) => string },
): string {
  return messages
    .map((message) => `${say.name(message.sender)} ${say.time(message.sentAt)}\n${say.line(message)}`)
    .join('\n\n')
}
