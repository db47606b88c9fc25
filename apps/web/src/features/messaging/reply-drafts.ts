/** What is being written in threads, for as long as the page is open. */
interface ReplyDraft {
  text: string
  quote: number | null
}

const drafts = new Map<string, ReplyDraft>()

export const replyDraft = (conversation: string, root: number): ReplyDraft | null =>
  drafts.get(`${conversation}:${root}`) ?? null

export function keepReplyDraft(conversation: string, root: number, draft: ReplyDraft): void {
  if (draft.text === '') drafts.delete(`${conversation}:${root}`)
  else drafts.set(`${conversation}:${root}`, draft)
}
