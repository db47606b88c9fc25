/**
 * My own texts that I took back, so that I can write them anew. Only in the memory of this page: what was recalled must
 * not stay on the device.
 */
const texts = new Map<string, { text: string; at: number }>()
const most = 20

export function keepRecalled(conversation: string, seq: number, text: string): void {
  texts.set(`${conversation} ${seq}`, { text, at: Date.now() })
  const oldest = texts.keys().next().value
  if (texts.size > most && oldest !== undefined) texts.delete(oldest)
}

export const recalledText = (conversation: string, seq: number): { text: string; at: number } | null =>
  texts.get(`${conversation} ${seq}`) ?? null
