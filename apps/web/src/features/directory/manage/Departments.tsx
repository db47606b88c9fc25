import type { Department } from '@heyi/contract/directory'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { MenuButton } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { ArrowDown, ArrowUp, Ellipsis, FolderInput, FolderPlus, Pencil, Plus, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useMe } from '../../../app/data'
import { DepartmentTree } from '../DepartmentTree'
import { DepartmentDialog } from './DepartmentField'
import { Leaders } from './Leaders'
import styles from './Manage.module.css'
import { NameDialog } from './NameDialog'

type Doing =
  | { what: 'create'; parent: Department | null }
  | { what: 'rename' | 'move' | 'leaders'; department: Department }

/** The tree with what can be done to each of its nodes. */
export function Departments() {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMe()
  const [turn, setTurn] = useState(0)
  const [doing, setDoing] = useState<Doing | null>(null)
  const [, run] = useAction()
  const reload = () => setTurn((before) => before + 1)
  const close = () => setDoing(null)
  const update = (
    department: Department,
    change: { name?: string; parent?: string | null; position?: number; leaders?: string[] },
  ) =>
    client
      .call('directory.updateDepartment', { department: department.id, version: department.version, ...change })
      .then(() => {
        reload()
        close()
      })
  const remove = (department: Department) =>
    confirm({
      title: t('manage.deleteDepartmentTitle', { name: department.name }),
      text: t('manage.deleteDepartmentText'),
      action: t('manage.deleteDepartment'),
      danger: true,
      run: () => client.call('directory.deleteDepartment', { department: department.id }).then(reload),
    })
  return (
    <section className={styles.section}>
      <p>{t('manage.departmentsText')}</p>
      <div className={styles.buttons} style={{ marginTop: 12 }}>
        <Button icon={<Plus size={16} />} onClick={() => setDoing({ what: 'create', parent: null })}>
          {t('manage.createDepartment')}
        </Button>
      </div>
      <div className={styles.tree}>
        <DepartmentTree
          turn={turn}
          root={me?.tenant.name ?? ''}
          render={(department) => (
            <span className={styles.nodeLine}>
              <span className="ell">{department.name}</span>
              <small className="num" style={{ marginLeft: 'auto' }}>
                {department.memberCount}
              </small>
              <MenuButton
                small
                label={t('manage.departmentMenu', { name: department.name })}
                icon={<Ellipsis size={16} />}
                entries={[
                  {
                    label: t('manage.createBelow'),
                    icon: <FolderPlus size={16} />,
                    onSelect: () => setDoing({ what: 'create', parent: department }),
                  },
                  {
                    label: t('manage.renameDepartment'),
                    icon: <Pencil size={16} />,
                    onSelect: () => setDoing({ what: 'rename', department }),
                  },
                  {
                    label: t('manage.setLeaders'),
                    icon: <Star size={16} />,
                    onSelect: () => setDoing({ what: 'leaders', department }),
                  },
                  {
                    label: t('manage.moveDepartment'),
                    icon: <FolderInput size={16} />,
                    onSelect: () => setDoing({ what: 'move', department }),
                  },
                  {
                    label: t('manage.moveUp'),
                    icon: <ArrowUp size={16} />,
                    onSelect: () => void run(() => update(department, { position: department.position - 1 })),
                  },
                  {
                    label: t('manage.moveDown'),
                    icon: <ArrowDown size={16} />,
                    onSelect: () => void run(() => update(department, { position: department.position + 1 })),
                  },
                  'line',
                  {
                    label: t('manage.deleteDepartment'),
                    icon: <Trash2 size={16} />,
                    danger: true,
                    onSelect: () => remove(department),
                  },
                ]}
              />
            </span>
          )}
        />
      </div>
      <Presence>
        {doing?.what === 'create' && (
          <NameDialog
            title={doing.parent ? t('manage.createUnder', { name: doing.parent.name }) : t('manage.createDepartment')}
            label={t('manage.departmentName')}
            action={t('manage.createDepartment')}
            onClose={close}
            onSave={async (name) => {
              await client.call('directory.createDepartment', { parent: doing.parent?.id ?? null, name })
              reload()
              close()
            }}
          />
        )}
      </Presence>
      <Presence>
        {doing?.what === 'rename' && (
          <NameDialog
            title={t('manage.renameDepartment')}
            label={t('manage.departmentName')}
            initial={doing.department.name}
            action={t('action.save')}
            onClose={close}
            onSave={(name) => update(doing.department, { name })}
          />
        )}
      </Presence>
      <Presence>
        {doing?.what === 'move' && (
          <DepartmentDialog
            title={t('manage.moveTitle', { name: doing.department.name })}
            onClose={close}
            top={{ label: t('manage.toTop'), onPick: () => void run(() => update(doing.department, { parent: null })) }}
            onPick={(parent) => void run(() => update(doing.department, { parent }))}
          />
        )}
      </Presence>
      <Presence>
        {doing?.what === 'leaders' && (
          <Leaders
            department={doing.department}
            onClose={close}
            onSave={(leaders) => update(doing.department, { leaders })}
          />
        )}
      </Presence>
    </section>
  )
}
