import { limits } from '@heyi/contract/limits'
import type { Notice } from '@heyi/contract/notices'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Progress } from '@heyi/ui/Progress'
import { Tabs } from '@heyi/ui/Tabs'
import { toast } from '@heyi/ui/toast'
import { Download } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, usePages } from '../../app/data'
import { PagedList } from '../../app/PagedList'
import { PeopleList } from '../directory/PeopleList'
import styles from './NoticeStatistics.module.css'

interface Props {
  notice: Notice
  counts: { asked: number; read: number; confirmed: number }
  onClose: () => void
}

/** Who has read a notice and who has not, by person and by department; reminds the rest, and exports all of it. */
export function NoticeStatistics({ notice, counts, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [busy, run] = useAction()
  const [exporting, runExport] = useAction()
  const { mustRead, id } = notice
  const done = mustRead ? counts.confirmed : counts.read
  const rest = counts.asked - done
  const [tab, setTab] = useState<'no' | 'yes' | 'parts'>(rest > 0 ? 'no' : 'yes')
  const remind = () =>
    void run(async () => {
      const { reminded, resting } = await client.call('notices.remindNotice', { id })
      toast(
        resting > 0
          ? t('notices.stats.remindedResting', { count: reminded, resting })
          : t('notices.stats.reminded', { count: reminded }),
      )
    })
  const download = () =>
    void runExport(async () => {
      const { file, name } = await client.call('notices.exportStatistics', { id })
      const signed = await client.call('files.signUrls', { items: [{ file, via: null, variant: 'original' }] })
      const link = document.createElement('a')
      link.href = signed.items[0]?.url ?? ''
      link.download = name
      link.click()
    })
  return (
    <Dialog
      title={t('notices.stats.title')}
      onClose={onClose}
      footer={
        <>
          <Button size="l" icon={<Download size={16} />} busy={exporting} onClick={download}>
            {t('notices.stats.export')}
          </Button>
          {rest > 0 && notice.archivedAt === null && (
            <Button look="primary" size="l" busy={busy} onClick={remind}>
              {t('notices.stats.remind', { count: rest })}
            </Button>
          )}
        </>
      }
    >
      <Share mustRead={mustRead} done={done} total={counts.asked} />
      <Tabs
        label={t('notices.stats.title')}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'no',
            label: t(mustRead ? 'notices.stats.unconfirmedTab' : 'notices.stats.unreadTab', { count: rest }),
            content: <People key={rest} id={id} which={mustRead ? 'unconfirmed' : 'unread'} />,
          },
          {
            value: 'yes',
            label: t(mustRead ? 'notices.stats.confirmedTab' : 'notices.stats.readTab', { count: done }),
            content: <People key={done} id={id} which={mustRead ? 'confirmed' : 'read'} />,
          },
          {
            value: 'parts',
            label: t('notices.stats.byDepartment'),
            content: <Departments key={done} id={id} mustRead={mustRead} />,
          },
        ]}
      />
    </Dialog>
  )
}

function People({ id, which }: { id: string; which: 'read' | 'unread' | 'confirmed' | 'unconfirmed' }) {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    async (cursor: string | null) => {
      const { items, next } = await client.call('notices.listReaders', { id, which, cursor, limit: limits.pageSize })
      return { items: items.map(({ member, at }) => ({ id: member, at })), next }
    },
    [client, id, which],
  )
  const none = which === 'read' || which === 'confirmed' ? 'notices.stats.nobody' : 'notices.stats.everybody'
  return <PeopleList load={load} none={t(none)} />
}

function Departments({ id, mustRead }: { id: string; mustRead: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('notices.listDepartments', { id, cursor, limit: limits.pageSize }),
    [client, id],
  )
  const pages = usePages(load)
  return (
    <PagedList pages={pages} none={<p className={styles.none}>{t('notices.stats.nobody')}</p>} className={styles.list}>
      {({ department, path, asked, read, confirmed }) => {
        const done = mustRead ? confirmed : read
        const name = department === null ? t('notices.stats.noDepartment') : path.at(-1) || t('notices.stats.gone')
        return (
          <div key={department ?? ''} className={styles.part}>
            <span className={styles.name}>
              <span>{name}</span>
              {path.length > 2 && <small>{path.slice(1, -1).join(' / ')}</small>}
            </span>
            <Share mustRead={mustRead} done={done} total={asked} />
          </div>
        )
      }}
    </PagedList>
  )
}

/** How many of how many, in words and as a bar. */
function Share({ mustRead, done, total }: { mustRead: boolean; done: number; total: number }) {
  const { t } = useTranslation()
  const state = t(mustRead ? 'notices.stats.confirmed' : 'notices.stats.read', { done, total })
  return (
    <div>
      <small className={`${styles.share} num`}>{state}</small>
      <Progress bare label={state} value={total === 0 ? 0 : done / total} />
    </div>
  )
}
