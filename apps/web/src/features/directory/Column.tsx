import { IconButton } from '@heyi/ui/Button'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMedia, widths } from '../../app/media'
import styles from './People.module.css'

interface Props {
  title: ReactNode
  count?: number | null
  /** Above the title: where it stands. */
  path?: ReactNode
  deeds?: ReactNode
  /** There is no third column beside it. */
  wide: boolean
  children: ReactNode
}

/** The middle column of People: a head and a list. */
export function Column({ title, count, path, deeds, wide, children }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const twoPanes = useMedia(widths.twoPanes)
  return (
    <section className={[styles.people, wide && styles.wide].filter(Boolean).join(' ')} aria-label={t('people.people')}>
      <header className={styles.head}>
        {!twoPanes && (
          <IconButton label={t('action.back')} onClick={() => navigate('/people')}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        <div className={styles.headText}>
          {path}
          <h1>
            <span className="ell">{title}</span>
            {count !== null && count !== undefined && <small className="num">{count}</small>}
          </h1>
        </div>
        {deeds}
      </header>
      {children}
    </section>
  )
}
