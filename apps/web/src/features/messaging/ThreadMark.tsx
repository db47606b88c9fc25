import type { Message } from '@heyi/contract/messaging'
import { Badge } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../app/data'
import { useFormat } from '../../app/format'
import { PersonPicture } from '../directory/PersonPicture'
import { useChatActions } from './chat-context'
import styles from './ThreadMark.module.css'

/** Below a message that was answered in a thread: how often, when last, what of it is new to me. Leads there. */
export function ThreadMark({ conversation, message }: { conversation: string; message: Message }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { thread: open } = useChatActions()
  const unread = useHeyi((client) => client.threadUnread(conversation, message.seq))
  const { thread } = message
  if (!thread || thread.replies === 0 || !open) return null
  return (
    <button type="button" className={styles.mark} onClick={() => open(message.seq)}>
      <span className={styles.faces} aria-hidden="true">
        {thread.members.map((member) => (
          <PersonPicture key={member} id={member} size={20} />
        ))}
      </span>
      <b>{t('thread.below', { count: thread.replies })}</b>
      <span className={styles.last}>{t('thread.last', { time: format.listTime(thread.lastAt) })}</span>
      <Badge count={unread} label={t('thread.unread', { count: unread })} />
    </button>
  )
}
