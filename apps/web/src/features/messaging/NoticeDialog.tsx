import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Checkbox } from '@heyi/ui/Checkbox'
import { confirm } from '@heyi/ui/confirm'
import { Dialog, FormDialog } from '@heyi/ui/Dialog'
import { TextArea } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import styles from './GroupInfo.module.css'
import { GroupNoticeReceipt } from './GroupNoticeReceipt'
import { GroupNotices } from './GroupNotices'
import { RichText } from './RichText'
import { useStanding } from './standing'

/** A group's notice, whole; owner and admins change it or take it down here. */
export function NoticeDialog({ id, writing, onClose }: { id: string; writing: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const chat = useHeyi((held) => held.chat(id))
  const { conversation } = chat
  const standing = useStanding(chat)
  const notice = conversation?.notice ?? null
  const writes = standing !== null && standing !== 'member' && !conversation?.dissolved
  const [text, setText] = useState<string | null>(writing && writes ? (notice?.text ?? '') : null)
  const [asks, setAsks] = useState(false)
  const [history, setHistory] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const publish = () =>
    void run(async () => {
      await client.call('messaging.setGroupNotice', { conversation: id, text: text ?? '', confirm: asks })
      toast(t('group.noticePublished'))
      onClose()
    })
  const takeDown = () =>
    confirm({
      title: t('group.takeDownTitle'),
      text: t('group.takeDownText'),
      action: t('group.takeDown'),
      danger: true,
      run: async () => {
        await client.call('messaging.setGroupNotice', { conversation: id, text: '' })
        onClose()
      },
    })
  if (text !== null)
    return (
      <FormDialog
        title={t('group.editNotice')}
        onClose={onClose}
        onSubmit={publish}
        submit={t('group.publish')}
        busy={busy}
        disabled={text.trim() === ''}
      >
        <TextArea
          label={t('group.notice')}
          help={t('group.noticeHelp', { count: text.length, most: limits.groupNoticeChars })}
          data-first
          rows={8}
          maxLength={limits.groupNoticeChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={error === null ? null : errorMessage(error)}
        />
        <Checkbox label={t('notices.group.ask')} checked={asks} onChange={(event) => setAsks(event.target.checked)} />
      </FormDialog>
    )
  if (history)
    return (
      <Dialog title={t('notices.group.history')} onClose={onClose}>
        <GroupNotices id={id} />
      </Dialog>
    )
  return (
    <Dialog
      title={t('group.notice')}
      onClose={onClose}
      footer={
        writes && (
          <>
            <Button size="l" className={styles.danger} onClick={takeDown}>
              {t('group.takeDown')}
            </Button>
            <Button size="l" look="primary" onClick={() => setText(notice?.text ?? '')}>
              {t('group.editNotice')}
            </Button>
          </>
        )
      }
    >
      {notice ? (
        <>
          <p className={styles.noticeBy}>
            <PersonPicture id={notice.by} size={24} />
            <span className={styles.byName}>
              <PersonCard id={notice.by}>
                <PersonName id={notice.by} />
              </PersonCard>
            </span>
            <time dateTime={notice.at}>{format.dateTime(notice.at)}</time>
          </p>
          <p className={styles.noticeWhole}>
            <RichText text={notice.text} />
          </p>
        </>
      ) : (
        <p className={styles.none}>{t('group.noNotice')}</p>
      )}
      <div className={styles.noticeTools}>
        {notice && notice.seq !== null && <GroupNoticeReceipt conversation={id} seq={notice.seq} />}
        <Button look="ghost" onClick={() => setHistory(true)}>
          {t('notices.group.history')}
        </Button>
      </div>
    </Dialog>
  )
}
