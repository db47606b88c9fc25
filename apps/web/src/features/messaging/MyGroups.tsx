import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { VList } from 'virtua'
import { useHeyi } from '../../app/data'
import { ConversationPicture } from './ConversationPicture'
import styles from './MyGroups.module.css'

/** The groups I am in, by name. */
export function MyGroups() {
  const { t, i18n } = useTranslation()
  const inbox = useHeyi((held) => held.inbox())
  const ready = useHeyi((held) => held.ready)
  const groups = useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language)
    return inbox
      .filter(({ conversation }) => conversation.kind === 'group')
      .sort((a, b) => compare(a.conversation.name, b.conversation.name))
  }, [inbox, i18n.language])
  if (groups.length === 0) return ready ? <Empty title={t('people.noGroups')} /> : <Skeleton rows={8} />
  return (
    <VList className={styles.list} data={groups}>
      {({ id, conversation, members }) => (
        <Link key={id} className={styles.group} to={`/chat/${id}`}>
          <ConversationPicture conversation={conversation} members={members} size={40} />
          <b className="ell">{conversation.name}</b>
          <small className="num">{members?.count}</small>
        </Link>
      )}
    </VList>
  )
}
