import type { JoinRequest } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, usePages } from '../../../app/data'
import { useFormat } from '../../../app/format'
import { useDepartmentName } from '../department-names'
import styles from './Manage.module.css'
import { PagedList } from './PagedList'

/** Who waits to be let in. */
export function JoinRequests() {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('directory.listJoinRequests', { cursor, limit: limits.pageSize }),
    [client],
  )
  const pages = usePages(load)
  return (
    <section className={styles.section}>
      <p>{t('manage.requestsText')}</p>
      <PagedList pages={pages} empty={t('manage.noRequests')}>
        {(request) => <Row key={request.id} request={request} onDecided={pages.reload} />}
      </PagedList>
    </section>
  )
}

function Row({ request, onDecided }: { request: JoinRequest; onDecided: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const department = useDepartmentName(request.department)
  const [busy, run] = useAction()
  const decide = (accept: boolean) =>
    client.call('directory.decideJoinRequest', { request: request.id, accept }).then(onDecided)
  const refuse = () =>
    confirm({
      title: t('manage.refuseTitle', { name: request.name }),
      text: t('manage.refuseText'),
      action: t('manage.refuse'),
      danger: true,
      run: () => decide(false),
    })
  return (
    <li className={styles.card}>
      <div>
        <b>{request.name}</b>
        <small className="num">
          {[
            request.login,
            request.department ? (department ?? t('manage.someDepartment')) : null,
            format.dateTime(request.createdAt),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <Button onClick={refuse}>{t('manage.refuse')}</Button>
      <Button look="soft" busy={busy} onClick={() => void run(() => decide(true))}>
        {t('manage.letIn')}
      </Button>
    </li>
  )
}
