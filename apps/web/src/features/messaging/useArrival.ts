import { type RefObject, useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useClient } from '../../app/data'
import { toastError } from '../../app/errors'
import { useShortcut } from '../../app/keyboard'
import type { ComposerHandle } from './Composer'
import type { MessageListHandle } from './MessageList'

/** `?at=7`: whoever comes to a chat by such an address is brought to that message, again each time they come. */
export function useArrival(id: string, list: RefObject<MessageListHandle | null>, ready: boolean): void {
  const { search, key, pathname } = useLocation()
  const navigate = useNavigate()
  const client = useClient()
  const at = Number(new URLSearchParams(search).get('at'))
  // biome-ignore lint/correctness/useExhaustiveDependencies: coming by the same address again is coming again
  useEffect(() => {
    // Beside a thread the place is one of its replies.
    if (!ready || pathname.includes('/thread/') || !Number.isSafeInteger(at) || at <= 0) return
    const go = async () => {
      // A reply stands in its thread.
      const found = await client.call('messaging.getMessages', { conversation: id, seqs: [at] }).catch(() => null)
      const root = found?.messages[0]?.object.root
      if (root === undefined) await list.current?.jump(at)
      else await navigate(`/chat/${id}/thread/${root}?at=${at}`, { replace: true })
    }
    const held = client.message(id, at)
    if (held && held.root === undefined) void list.current?.jump(at)
    else void go()
  }, [ready, at, key, list])
  useShortcut('findHere', () => navigate(`/find/${id}?in=${id}`))
}

/** `?back=key`: a text of mine that was refused comes back to be written again, once. */
export function useTakenBack(composer: RefObject<ComposerHandle | null>, root: number | null, ready: boolean): void {
  const { search, pathname } = useLocation()
  const navigate = useNavigate()
  const client = useClient()
  const key = new URLSearchParams(search).get('back')
  useEffect(() => {
    // Beside a thread both are there, and the address is of the thread.
    if (!ready || key === null || pathname.includes('/thread/') !== (root !== null)) return
    const take = async () => {
      const text = await client.takeBack(key)
      if (text !== null) composer.current?.setText(text)
      await navigate(pathname, { replace: true })
    }
    take().catch(toastError)
  }, [client, key, ready, root, composer, pathname, navigate])
}
