import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Presence } from '@heyi/ui/Presence'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../app/data'
import { DepartmentTree } from '../DepartmentTree'
import { useDepartmentName } from '../department-names'
import styles from './Manage.module.css'

interface Props {
  label: string
  value: string[]
  onChange: (value: string[]) => void
  /** One at most. */
  single?: boolean
  /** Names of those chosen already, where known from elsewhere. */
  names?: Record<string, string>
}

/** Departments as chips; the tree opens to choose one more. */
export function DepartmentField({ label, value, onChange, single = false, names = {} }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <fieldset style={{ border: 0, padding: 0, minWidth: 0 }}>
      <legend style={{ font: '500 13px/20px var(--font-sans)', color: 'var(--fg-2)', marginBottom: 4, padding: 0 }}>
        {label}
      </legend>
      <div className={styles.picked}>
        {value.map((id) => (
          <Chip key={id} id={id} name={names[id]} onRemove={() => onChange(value.filter((one) => one !== id))} />
        ))}
        <Button size="s" onClick={() => setOpen(true)}>
          {value.length > 0 && single ? t('manage.changeDepartment') : t('manage.pickDepartment')}
        </Button>
      </div>
      <Presence>
        {open && (
          <DepartmentDialog
            title={label}
            onClose={() => setOpen(false)}
            onPick={(id) => {
              onChange(single ? [id] : [...value.filter((one) => one !== id), id])
              setOpen(false)
            }}
          />
        )}
      </Presence>
    </fieldset>
  )
}

function Chip({ id, name, onRemove }: { id: string; name: string | undefined; onRemove: () => void }) {
  const { t } = useTranslation()
  const seen = useDepartmentName(id)
  const shown = seen ?? name ?? t('field.department')
  return (
    <button
      type="button"
      className={styles.chip}
      aria-label={t('manage.unpickDepartment', { name: shown })}
      onClick={onRemove}
    >
      {shown}
      <X size={12} />
    </button>
  )
}

export function DepartmentDialog({
  title,
  onClose,
  onPick,
  top,
}: {
  title: string
  onClose: () => void
  onPick: (id: string) => void
  top?: { label: string; onPick: () => void }
}) {
  const me = useMe()
  return (
    <Dialog title={title} onClose={onClose}>
      {top && (
        <div className={styles.nodeLine}>
          <button type="button" onClick={top.onPick}>
            {top.label}
          </button>
        </div>
      )}
      <div className={styles.treeBox}>
        <DepartmentTree
          root={me?.tenant.name ?? ''}
          render={(department) => (
            <span className={styles.nodeLine}>
              <button type="button" onClick={() => onPick(department.id)}>
                {department.name}
              </button>
            </span>
          )}
        />
      </div>
    </Dialog>
  )
}
