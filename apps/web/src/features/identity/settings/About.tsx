import { Button } from '@heyi/ui/Button'
import { Logo } from '@heyi/ui/Logo'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Band } from '../Art'
import { useInstallation } from '../useInstallation'
import { loadText, readLicences, texts } from './licences'
import styles from './Settings.module.css'

/** The version, and under which terms this and everything in it is given. */
export function About() {
  const { t } = useTranslation()
  const installation = useInstallation()
  return (
    <div className={styles.form}>
      <Band />
      <div className={styles.about}>
        <Logo size={52} />
        <div>
          <h3>{t('app.name')}</h3>
          <p className="num">{installation ? t('settings.version', { version: installation.version }) : '…'}</p>
          <p>{t('settings.licence')}</p>
          {installation?.authority && (
            <p>
              <a href="/trust">{t('settings.trust')}</a>
            </p>
          )}
        </div>
      </div>
      <section className={styles.part}>
        <Served title={t('settings.licenceText')} url={texts.licence} />
        <Served title={t('settings.notice')} url={texts.notice} />
        <Served title={t('settings.others')} url={texts.packages} grouped />
      </section>
    </div>
  )
}

/** A text of the server's, fetched when it is unfolded. */
function Served({ title, url, grouped = false }: { title: string; url: string; grouped?: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [turn, setTurn] = useState(0)
  const [text, setText] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks again
  useEffect(() => {
    if (!open || text !== null) return
    setFailed(false)
    loadText(url).then(setText, () => setFailed(true))
  }, [open, text, url, turn])
  return (
    <details className={styles.served} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {failed ? (
        <p role="alert" className={styles.failed}>
          {t('error.loadFailed')}
          <Button size="s" onClick={() => setTurn((before) => before + 1)}>
            {t('action.retry')}
          </Button>
        </p>
      ) : text === null ? (
        <Skeleton rows={3} square />
      ) : grouped ? (
        <Groups markdown={text} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no pointer
        <section className={styles.text} tabIndex={0} aria-label={title}>
          <pre>{text}</pre>
        </section>
      )}
    </details>
  )
}

function Groups({ markdown }: { markdown: string }) {
  const { t } = useTranslation()
  return (
    <dl className={styles.licences}>
      {readLicences(markdown).map(({ licence, packages }) => (
        <div key={licence}>
          <dt>
            {licence} <span className="num">{t('settings.packages', { count: packages.length })}</span>
          </dt>
          <dd>{packages.join(t('list.comma'))}</dd>
        </div>
      ))}
    </dl>
  )
}
