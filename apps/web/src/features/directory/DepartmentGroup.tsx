import { Button } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { UsersRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCall } from '../../app/data'
import styles from './DepartmentGroup.module.css'
import { DepartmentGroupDialog } from './DepartmentGroupDialog'

/** The group of a department: the way to it for who is in it, and to its settings for who may. */
export function DepartmentGroup({ department, people }: { department: string; people: number | null }) {
  const { t } = useTranslation()
  const held = useCall('messaging.getDepartmentGroup', { department })
  const [setting, setSetting] = useState(false)
  // Who is in it changes soon after who is in the department.
  const seen = useRef(people)
  useEffect(() => {
    if (seen.current !== null && seen.current !== people) held.reload()
    seen.current = people
  }, [people, held.reload])
  const { group, mayManage } = held.data ?? { group: null, mayManage: false }
  if (!group && !mayManage) return null
  const about = group && (
    <>
      <UsersRound size={16} aria-hidden="true" />
      <span className="ell">{t('departmentGroup.short')}</span>
      <small className="num">{t('departmentGroup.count', { count: group.count })}</small>
    </>
  )
  return (
    <div className={styles.line}>
      {group?.joined ? (
        <Link
          className={styles.group}
          to={`/chat/${group.conversation}`}
          aria-label={`${t('departmentGroup.open', { name: group.name })} ${t('departmentGroup.count', { count: group.count })}`}
        >
          {about}
        </Link>
      ) : (
        <span className={styles.group}>{about}</span>
      )}
      {mayManage && (
        <Button
          size="s"
          look={group ? 'ghost' : 'soft'}
          aria-label={t(group ? 'departmentGroup.change' : 'departmentGroup.start')}
          onClick={() => setSetting(true)}
        >
          {t(group ? 'departmentGroup.set' : 'departmentGroup.start')}
        </Button>
      )}
      <Presence>
        {setting && (
          <DepartmentGroupDialog
            department={department}
            group={group}
            onDone={held.reload}
            onClose={() => setSetting(false)}
          />
        )}
      </Presence>
    </div>
  )
}
