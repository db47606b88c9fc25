import { limits } from '@heyi/contract/limits'
import type { Notice } from '@heyi/contract/notices'
import { Button, IconButton } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { TextArea } from '@heyi/ui/TextField'
import { Trash2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { RichText } from '../messaging/RichText'
import styles from './Notices.module.css'
import { noticesOf } from './useNotices'

export function NoticeComments({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const { id } = notice
  const load = useCallback(
    (cursor: string | null) => client.call('notices.listComments', { id, cursor, limit: limits.pageSize }),
    [client, id],
  )
  const pages = usePages(load)
  const count = useRef(notice.comments)
  useEffect(() => {
    if (count.current === notice.comments) return
    count.current = notice.comments
    pages.reload()
  }, [notice.comments, pages.reload])
  const [text, setText] = useState('')
  const [busy, run] = useAction()
  const open = notice.commentsOn && notice.archivedAt === null
  const send = () => {
    if (text.trim() === '') return
    void run(async () => {
      await client.call('notices.addComment', { id, text: text.trim() })
      setText('')
      pages.reload()
      await noticesOf(client).refresh()
    })
  }
  const remove = (comment: string) =>
    confirm({
      title: t('notices.comment.deleteTitle'),
      text: t('notices.comment.deleteText'),
      action: t('notices.comment.delete'),
      danger: true,
      run: async () => {
        await client.call('notices.deleteComment', { id, comment })
        pages.reload()
        await noticesOf(client).refresh()
      },
    })
  return (
    <section className={styles.comments} aria-label={t('notices.comment.title', { count: notice.comments })}>
      <h2>{t('notices.comment.title', { count: notice.comments })}</h2>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && <p className={styles.quiet}>{t('notices.comment.none')}</p>}
      <ul>
        {pages.items.map((comment) => (
          <li key={comment.id} className={styles.comment}>
            <PersonPicture id={comment.member} size={32} />
            <div>
              <span className={styles.commentBy}>
                <PersonCard id={comment.member}>
                  <PersonName id={comment.member} />
                </PersonCard>
                <time dateTime={comment.at}>{format.dateTime(comment.at)}</time>
              </span>
              <p>
                <RichText text={comment.text} />
              </p>
            </div>
            {comment.mayDelete && (
              <IconButton small label={t('notices.comment.delete')} onClick={() => remove(comment.id)}>
                <Trash2 size={16} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {!pages.done && pages.items.length > 0 && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
      {open ? (
        <form
          className={styles.say}
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <TextArea
            label={t('notices.comment.say')}
            rows={2}
            maxLength={limits.noticeCommentChars}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button look="soft" type="submit" busy={busy} disabled={text.trim() === ''}>
            {t('notices.comment.send')}
          </Button>
        </form>
      ) : (
        <p className={styles.quiet}>{t('notices.comment.closed')}</p>
      )}
    </section>
  )
}
