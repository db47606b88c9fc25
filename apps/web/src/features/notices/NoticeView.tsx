import type { Notice } from '@heyi/contract/notices'
import { Button, IconButton } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Empty } from '@heyi/ui/Empty'
import { MenuButton, type MenuEntry } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { Progress } from '@heyi/ui/Progress'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Archive, ChevronLeft, CircleCheck, Ellipsis, Pencil, Send, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { useAction, useCall, useClient, useHeyi } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { useDepartmentName } from '../directory/department-names'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { FileCard } from '../files/FileCard'
import { RichText } from '../messaging/RichText'
import { NoticeComments } from './NoticeComments'
import { NoticeEditor } from './NoticeEditor'
import { NoticeTags } from './NoticeItem'
import { NoticeStatistics } from './NoticeStatistics'
import styles from './Notices.module.css'
import { noticesOf, useNotices } from './useNotices'

/** One notice as its readers see it; whoever manages it finds beside it who has read it. */
export function NoticeView({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const { turn } = useNotices()
  const { data: notice, error, reload } = useCall('notices.getNotice', { id })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(reload, [turn])
  const unread = notice?.state === 'published' && notice.readAt === null
  useEffect(() => {
    if (!unread) return
    client.call('notices.readNotice', { id, confirm: false }).then(
      () => noticesOf(client).refresh(),
      // It stays unread, and is tried when it is opened again.
      () => undefined,
    )
  }, [client, id, unread])
  if (notice?.mayManage && params.has('edit')) return <NoticeEditor key={notice.version} notice={notice} />
  return (
    <main className={styles.pane} aria-label={notice?.title ?? t('notices.title')}>
      <header className={styles.head}>
        <IconButton label={t('action.back')} onClick={() => navigate('/chat/notices')}>
          <ChevronLeft size={24} />
        </IconButton>
        <span className={`${styles.headTitle} ell`}>{t('notices.short')}</span>
        {notice?.mayManage && <Manage notice={notice} />}
      </header>
      {notice ? (
        <Content notice={notice} />
      ) : error !== null ? (
        <Empty drawing="broken" title={t('error.loadFailed')} text={errorMessage(error)} />
      ) : (
        <Skeleton rows={5} />
      )}
      {notice && <ConfirmBar notice={notice} onDone={reload} />}
    </main>
  )
}

function Content({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={styles.scroll}>
      <article className={styles.article}>
        <h1>{notice.title}</h1>
        <div className={styles.by}>
          <PersonPicture id={notice.author} size={32} />
          <div>
            <PersonCard id={notice.author}>
              <PersonName id={notice.author} />
            </PersonCard>
            <small>
              {notice.state === 'scheduled' ? (
                t('notices.scheduled', { time: format.dateTime(notice.publishAt) })
              ) : (
                <time dateTime={notice.publishAt}>{format.dateTime(notice.publishAt)}</time>
              )}
              {notice.editedAt && ` · ${t('notices.edited', { time: format.dateTime(notice.editedAt) })}`}
            </small>
          </div>
          <NoticeTags notice={notice} />
        </div>
        {notice.mayManage && <Audience notice={notice} />}
        <p className={styles.text}>
          <RichText text={notice.text} />
        </p>
        {notice.files.map((file) => (
          <Attachment key={file.file} notice={notice.id} file={file} />
        ))}
      </article>
      {notice.mayManage && notice.state === 'published' && <Reading notice={notice} />}
      {notice.state === 'published' && (notice.commentsOn || notice.comments > 0) && <NoticeComments notice={notice} />}
    </div>
  )
}

function Attachment({ notice, file }: { notice: string; file: Notice['files'][number] }) {
  const { t } = useTranslation()
  const href = useHeyi((client) => client.fileUrl(file.file, { notice }, 'original'))
  const preview = useHeyi((client) => (file.width === null ? null : client.fileUrl(file.file, { notice }, 'thumbnail')))
  return (
    <div className={styles.file}>
      {preview && <img src={preview} alt={file.name} />}
      <FileCard
        name={file.name}
        sizeBytes={file.sizeBytes}
        href={href}
        label={t('file.download', { name: file.name })}
        note={t('file.downloadShort')}
      />
    </div>
  )
}

function Audience({ notice: { audience } }: { notice: Notice }) {
  const { t } = useTranslation()
  const parts = [
    ...(audience.everyone ? [t('notices.audienceAll')] : []),
    ...(audience.roles.length > 0 ? [t('notices.audienceHeads')] : []),
  ]
  const [before = '', after = ''] = t('notices.to', { names: '\n' }).split('\n')
  return (
    <p className={styles.to}>
      {before}
      {audience.departments.map((id, index) => (
        <span key={id}>
          {index > 0 && t('list.comma')}
          <DepartmentName id={id} />
        </span>
      ))}
      {audience.departments.length > 0 && parts.length > 0 && t('list.comma')}
      {parts.join(t('list.comma'))}
      {after}
    </p>
  )
}

function DepartmentName({ id }: { id: string }) {
  const { t } = useTranslation()
  return useDepartmentName(id) ?? t('field.department')
}

/** How many have read it; opens who. */
function Reading({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const { turn } = useNotices()
  const { data, reload } = useCall('notices.getStatistics', { id: notice.id })
  const [open, setOpen] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(reload, [turn])
  if (!data) return null
  const done = notice.mustRead ? data.confirmed : data.read
  const state = t(notice.mustRead ? 'notices.stats.confirmed' : 'notices.stats.read', { done, total: data.asked })
  return (
    <>
      <button
        type="button"
        className={styles.reading}
        aria-label={t('notices.stats.open', { state })}
        onClick={() => setOpen(true)}
      >
        <span>{t('notices.stats.title')}</span>
        <b className="num">{state}</b>
        <Progress bare label={state} value={data.asked === 0 ? 0 : done / data.asked} />
      </button>
      <Presence>{open && <NoticeStatistics notice={notice} counts={data} onClose={() => setOpen(false)} />}</Presence>
    </>
  )
}

/** Stays in sight until it is confirmed. */
function ConfirmBar({ notice, onDone }: { notice: Notice; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [busy, run] = useAction()
  if (!notice.mustRead || !notice.asked || notice.state !== 'published') return null
  if (notice.confirmedAt)
    return (
      <footer className={styles.bar}>
        <span className={styles.confirmed}>
          <CircleCheck size={16} aria-hidden="true" />
          {t('notices.confirmedAt', { time: format.dateTime(notice.confirmedAt) })}
        </span>
      </footer>
    )
  const say = () =>
    void run(async () => {
      await client.call('notices.readNotice', { id: notice.id, confirm: true })
      onDone()
      void noticesOf(client).refresh()
    })
  return (
    <footer className={styles.bar}>
      <span>{t('notices.confirmAsk')}</span>
      <Button look="primary" size="l" busy={busy} onClick={say}>
        {t('notices.confirm')}
      </Button>
    </footer>
  )
}

function Manage({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const [, run] = useAction()
  const { id, state, archivedAt, version } = notice
  const after = (deed: () => Promise<unknown>) => () =>
    void run(async () => {
      await deed()
      await noticesOf(client).refresh()
    })
  const withdraw = () =>
    confirm({
      title: t('notices.withdrawTitle'),
      text: t('notices.withdrawText'),
      action: t('notices.withdraw'),
      danger: true,
      run: async () => {
        await client.call('notices.withdrawNotice', { id })
        await noticesOf(client).refresh()
      },
    })
  const archived = archivedAt !== null
  const entries: MenuEntry[] = [
    ...(state === 'scheduled'
      ? [
          {
            label: t('notices.publishNow'),
            icon: <Send size={16} />,
            onSelect: after(() => client.call('notices.publishNotice', { id, version })),
          },
        ]
      : []),
    {
      label: t('notices.edit'),
      icon: <Pencil size={16} />,
      onSelect: () => void navigate(`/chat/notices/${id}?edit`),
    },
    ...(state === 'published'
      ? [
          {
            label: t(archived ? 'notices.unarchive' : 'notices.archive'),
            icon: <Archive size={16} />,
            onSelect: after(() => client.call('notices.archiveNotice', { id, archived: !archived })),
          },
        ]
      : []),
    { label: t('notices.withdraw'), icon: <Undo2 size={16} />, onSelect: withdraw, danger: true },
  ]
  if (state === 'withdrawn') return null
  return <MenuButton label={t('notices.menu')} icon={<Ellipsis size={20} />} entries={entries} />
}
