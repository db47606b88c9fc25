import { Button } from '@heyi/ui/Button'
import { Picture } from '@heyi/ui/Picture'
import { useCallback, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useClient, useHeyi, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { ConversationPicture } from '../messaging/ConversationPicture'
import styles from './Profile.module.css'

const atOnce = 10

/** The groups that a colleague and I are both in; with none there is nothing to see. */
export function SharedGroups({ member }: { member: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const title = useId()
  const load = useCallback(
    (cursor: string | null) => client.call('messaging.listSharedGroups', { with: member, cursor, limit: atOnce }),
    [client, member],
  )
  const pages = usePages(load)
  // I am in them, so this device holds how they look.
  const inbox = useHeyi((held) => held.inbox())
  if (pages.items.length === 0 && pages.error === null) return null
  return (
    <section className={styles.card} aria-labelledby={title}>
      <h2 id={title}>{t('people.sharedGroups')}</h2>
      <ul className={styles.groups}>
        {pages.items.map(({ id, name }) => {
          const held = inbox.find((entry) => entry.id === id)
          return (
            <li key={id}>
              <Link className={styles.group} to={`/chat/${id}`}>
                {held ? (
                  <ConversationPicture conversation={held.conversation} members={held.members} size={36} />
                ) : (
                  <Picture id={id} name={name} src={null} size={36} shape="square" />
                )}
                <span className="ell">{held?.conversation.name ?? name}</span>
                <small className="num">{held?.members?.count}</small>
              </Link>
            </li>
          )
        })}
      </ul>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {!pages.done && (
        <Button look="ghost" busy={pages.loading} className={styles.more} onClick={pages.more}>
          {pages.error === null ? t('action.more') : t('action.retry')}
        </Button>
      )}
    </section>
  )
}
