import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { Empty } from '@heyi/ui/Empty'
import { MenuButton } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft, Ellipsis, PenLine, Users } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient, useIsAdmin, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useMedia, widths } from '../../app/media'
import { NoticeEditor } from './NoticeEditor'
import { NoticeItem } from './NoticeItem'
import styles from './Notices.module.css'
import { NoticesTile } from './NoticesTile'
import { NoticeView } from './NoticeView'
import { PublishersDialog } from './PublishersDialog'
import { useNotices } from './useNotices'

/** `/chat/notices/:panel`: the company’s notices as a conversation of their own; one of them, or a new one. */
export function Notices({ panel }: { panel: string | null }) {
  if (panel === 'new') return <NoticeEditor notice={null} />
  if (panel) return <NoticeView key={panel} id={panel} />
  return <NoticeList />
}

const boxes = ['current', 'archived', 'managed'] as const
type Box = (typeof boxes)[number]

function NoticeList() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const twoPanes = useMedia(widths.twoPanes)
  const isAdmin = useIsAdmin()
  const { summary } = useNotices()
  const [box, setBox] = useState<Box>('current')
  const [naming, setNaming] = useState(false)
  const mayPost = summary?.mayPost ?? false
  return (
    <main className={styles.pane} aria-label={t('notices.title')}>
      <header className={styles.head}>
        {!twoPanes && (
          <IconButton label={t('action.back')} onClick={() => navigate('/chat')}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        {twoPanes && <NoticesTile size={36} />}
        <h1 className="ell">{t('notices.title')}</h1>
        {mayPost && (
          <Button look="primary" icon={<PenLine size={16} />} onClick={() => navigate('/chat/notices/new')}>
            {t('notices.post')}
          </Button>
        )}
        {isAdmin && (
          <MenuButton
            label={t('notices.menu')}
            icon={<Ellipsis size={20} />}
            entries={[{ label: t('notices.whoMayPost'), icon: <Users size={16} />, onSelect: () => setNaming(true) }]}
          />
        )}
      </header>
      <Chips
        label={t('notices.boxes')}
        className={styles.chips}
        value={box}
        options={boxes
          .filter((name) => name !== 'managed' || mayPost)
          .map((name) => ({ value: name, label: t(`notices.box.${name}`) }))}
        onChange={setBox}
      />
      <Items key={box} box={box} />
      <Presence>{naming && <PublishersDialog onClose={() => setNaming(false)} />}</Presence>
    </main>
  )
}

function Items({ box }: { box: Box }) {
  const { t } = useTranslation()
  const client = useClient()
  const { turn } = useNotices()
  const load = useCallback(
    (cursor: string | null) => client.call('notices.listNotices', { box, cursor, limit: limits.pageSize }),
    [client, box],
  )
  const pages = usePages(load)
  const asked = useRef(turn)
  useEffect(() => {
    if (asked.current === turn) return
    asked.current = turn
    pages.reload()
  }, [turn, pages.reload])
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={5} />
  if (pages.items.length === 0 && pages.error !== null)
    return (
      <Empty
        drawing="broken"
        title={t('error.loadFailed')}
        text={errorMessage(pages.error)}
        action={
          <Button look="soft" onClick={pages.reload}>
            {t('action.retry')}
          </Button>
        }
      />
    )
  if (pages.items.length === 0)
    return box === 'current' ? (
      <Empty title={t('notices.none')} text={t('notices.noneText')} />
    ) : (
      <Empty drawing="none" title={t(box === 'archived' ? 'notices.noneArchived' : 'notices.noneManaged')} />
    )
  return (
    <div className={styles.scroll}>
      <ul className={styles.list}>
        {pages.items.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} />
        ))}
      </ul>
      {!pages.done && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </div>
  )
}
