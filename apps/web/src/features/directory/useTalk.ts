import { useNavigate } from 'react-router'
import { useAction, useClient } from '../../app/data'

/** Opens the conversation with a colleague, made on first use. */
export function useTalk(): [busy: boolean, talk: (member: string) => void] {
  const client = useClient()
  const navigate = useNavigate()
  const [busy, run] = useAction()
  const talk = (member: string) =>
    void run(async () => {
      const { conversation } = await client.call('messaging.openDirect', { with: member })
      void navigate(`/chat/${conversation.id}`)
    })
  return [busy, talk]
}
