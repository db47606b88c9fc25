import type { Anniversary } from '@heyi/contract/anniversaries'
import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { Cake, HeartHandshake, PartyPopper } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMyId, usePages, useProfile } from '../../app/data'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { useTalk } from '../directory/useTalk'
import work from '../todos/Work.module.css'
import styles from './Days.module.css'

const ThanksDialog = lazy(() => import('../thanks/ThanksDialog').then((module) => ({ default: module.ThanksDialog })))

const shownAtFirst = 10

/** On the workbench: whose birthday or joining day it is. Nothing on other days, and where the company does not tell. */
export function TodayCard() {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const load = useCallback(
    (cursor: string | null) =>
      client.call('anniversaries.listToday', { cursor, limit: cursor === null ? shownAtFirst : limits.pageSize }),
    [client],
  )
  const pages = usePages(load)
  // Somebody who comes back in the morning finds the new day.
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && pages.reload()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [pages.reload])
  if (pages.items.length === 0) return null
  return (
    <section className={work.card} aria-label={t('days.today')}>
      <div className={work.bar}>
        <h2>{t('days.today')}</h2>
      </div>
      <ul>
        {pages.items.map((one) => (
          <li key={`${one.kind} ${one.member}`}>{one.member === me ? <Mine day={one} /> : <Theirs day={one} />}</li>
        ))}
      </ul>
      {!pages.done && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </section>
  )
}

function Mine({ day: { member, kind, years } }: { day: Anniversary }) {
  const { t } = useTranslation()
  const name = useProfile(member)?.name ?? ''
  return (
    <p className={styles.mine}>
      {kind === 'birthday' ? <Cake size={20} aria-hidden="true" /> : <PartyPopper size={20} aria-hidden="true" />}
      {kind === 'birthday' ? t('days.myBirthday', { name }) : t('days.myJoined', { count: years ?? 0 })}
    </p>
  )
}

function Theirs({ day: { member, kind, years } }: { day: Anniversary }) {
  const { t } = useTranslation()
  const name = useProfile(member)?.name ?? ''
  const [busy, talk] = useTalk()
  const [thanking, setThanking] = useState(false)
  return (
    <div className={styles.row}>
      <PersonCard id={member} repeats>
        <PersonPicture id={member} size={36} />
      </PersonCard>
      <span className={styles.who}>
        <b className="ell">
          <PersonName id={member} />
        </b>
        <small>{kind === 'birthday' ? t('days.isBirthday') : t('days.hasJoined', { count: years ?? 0 })}</small>
      </span>
      <IconButton small label={t('thanks.sendTo', { name })} onClick={() => setThanking(true)}>
        <HeartHandshake size={18} />
      </IconButton>
      <Button size="s" look="soft" busy={busy} aria-label={t('days.wish', { name })} onClick={() => talk(member)}>
        {t('days.wishShort')}
      </Button>
      <Presence>
        {thanking && (
          <Suspense fallback={null}>
            <ThanksDialog member={member} onClose={() => setThanking(false)} />
          </Suspense>
        )}
      </Presence>
    </div>
  )
}
