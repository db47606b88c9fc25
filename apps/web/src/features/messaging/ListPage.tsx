import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Pages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import styles from './ListPage.module.css'

/** A list over all conversations, in the place of a chat. */
export function ListPage({ title, children }: { title: string; children: ReactNode }) {
  const twoPanes = useMedia(widths.twoPanes)
  return (
    <main className={styles.page} aria-label={title}>
      <header className={styles.head}>
        {!twoPanes && <Back to="/chat" />}
        <h1>{title}</h1>
      </header>
      {children}
    </main>
  )
}

interface PanelProps {
  /** The conversation that it is about. */
  id: string
  title: string
  /** Beside the chat; else in its place, with the way back to what is told of it. */
  beside: boolean
  children: ReactNode
}

/** A list of one conversation. */
export function ListPanel({ id, title, beside, children }: PanelProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <aside className={beside ? styles.beside : styles.page} aria-label={title}>
      <header className={styles.head}>
        {!beside && <Back to={`/chat/${id}/info`} />}
        <h2>{title}</h2>
        {beside && (
          <IconButton label={t('action.close')} onClick={() => navigate(`/chat/${id}`)}>
            <X size={18} />
          </IconButton>
        )}
      </header>
      {children}
    </aside>
  )
}

function Back({ to }: { to: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <IconButton label={t('action.back')} onClick={() => navigate(to)}>
      <ChevronLeft size={24} />
    </IconButton>
  )
}

interface RowsProps<T> {
  pages: Pages<T>
  empty: { title: string; text?: string }
  /** Gives it its padding. */
  className: string | undefined
  /** A list item, with its key. */
  children: (item: T) => ReactNode
}

/** The rows of such a list, page by page. */
export function ListRows<T>({ pages, empty, className, children }: RowsProps<T>) {
  const { t } = useTranslation()
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={6} />
  if (pages.items.length === 0 && pages.done) return <Empty drawing="none" {...empty} />
  return (
    <div className={[styles.body, className].filter(Boolean).join(' ')}>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      <ul>{pages.items.map(children)}</ul>
      {!pages.done && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </div>
  )
}

interface SaidProps {
  /** Who said it. */
  name?: ReactNode
  /** The conversation it was said in, where that is not plain. */
  place?: string | null
  at: string
}

/** Who said something, where and when. */
export function SaidLine({ name, place, at }: SaidProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <span className={styles.said}>
      {name && <b className="ell">{name}</b>}
      {place && <span className="ell">{t('thread.in', { title: place })}</span>}
      <time dateTime={at}>{format.listTime(at)}</time>
    </span>
  )
}
