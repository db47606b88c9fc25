import type { TreeDepartment } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { noteDepartments } from './department-names'
import styles from './People.module.css'

interface TreeProps {
  /** The company's name, over the top departments. */
  root: string
  render: (department: TreeDepartment) => ReactNode
  nodeClass?: (id: string) => string | undefined
  /** Another value asks for every open level again. */
  turn?: number
}

/** The departments, each level loaded when it is opened. */
export function DepartmentTree({ root, render, nodeClass, turn = 0 }: TreeProps) {
  return (
    <nav aria-label={root}>
      <Level parent={null} depth={0} render={render} nodeClass={nodeClass} turn={turn} />
    </nav>
  )
}

interface LevelProps {
  parent: string | null
  depth: number
  render: TreeProps['render']
  nodeClass: TreeProps['nodeClass']
  turn: number
}

function Level({ parent, depth, render, nodeClass, turn }: LevelProps) {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('directory.listDepartments', { parent, cursor, limit: limits.pageSize }),
    [client, parent],
  )
  const pages = usePages(load)
  const asked = useRef(turn)
  useEffect(() => {
    if (asked.current === turn) return
    asked.current = turn
    pages.reload()
  }, [turn, pages.reload])
  useEffect(() => noteDepartments(pages.items), [pages.items])
  if (pages.error !== null && pages.items.length === 0)
    return <p className={styles.label}>{errorMessage(pages.error)}</p>
  if (pages.loading && pages.items.length === 0) return depth === 0 ? <Skeleton rows={4} square /> : null
  if (pages.items.length === 0) return depth === 0 ? <p className={styles.label}>{t('people.noDepartments')}</p> : null
  return (
    <ul>
      {pages.items.map((department) => (
        <Node
          key={department.id}
          department={department}
          depth={depth}
          alone={depth === 0 && pages.items.length === 1}
          render={render}
          nodeClass={nodeClass}
          turn={turn}
        />
      ))}
      {!pages.done && (
        <li>
          <button type="button" className={styles.more} onClick={pages.more}>
            {t('action.more')}
          </button>
        </li>
      )}
    </ul>
  )
}

/** The only department at the top is the company itself: open from the start. */
function Node({
  department,
  depth,
  alone,
  render,
  nodeClass,
  turn,
}: Omit<LevelProps, 'parent'> & { department: TreeDepartment; alone: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(alone && department.childCount > 0)
  return (
    <li>
      <div
        className={[styles.node, nodeClass?.(department.id)].filter(Boolean).join(' ')}
        style={{ paddingLeft: Math.min(depth, 6) * 18 }}
      >
        {department.childCount > 0 ? (
          <button
            type="button"
            className={styles.fold}
            aria-expanded={open}
            aria-label={
              open ? t('people.fold', { name: department.name }) : t('people.unfold', { name: department.name })
            }
            onClick={() => setOpen(!open)}
          >
            <ChevronRight size={14} />
          </button>
        ) : (
          <span className={styles.leaf} aria-hidden="true">
            ·
          </span>
        )}
        {render(department)}
      </div>
      {open && <Level parent={department.id} depth={depth + 1} render={render} nodeClass={nodeClass} turn={turn} />}
    </li>
  )
}
