import { limits } from '@heyi/contract/limits'
import type { Todo } from '@heyi/contract/todos'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextArea, TextField } from '@heyi/ui/TextField'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useZone } from '../../app/format'
import { instantAt, wallTime } from '../../app/zoned'
import { PeoplePicker, type Picked } from '../directory/PeoplePicker'
import styles from './TodoDialog.module.css'

interface Props {
  /** What is changed; null for a new one. */
  todo: Todo | null
  source: Todo['source']
  text: string
  onClose: () => void
}

const two = (value: number) => String(value).padStart(2, '0')

/** What is to be done, by when, by whom, and when to be reminded, by the clock of the member’s time zone. */
export function TodoDialog({ todo, source, text: first, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const zone = useZone()
  const [text, setText] = useState(first)
  const [due, setDue] = useState(() => fieldOf(zone, todo?.dueAt ?? null))
  const [remind, setRemind] = useState(() => fieldOf(zone, todo?.remindAt ?? null))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const known = useHeyi((held) =>
    (todo?.assignees ?? [{ member: me }]).map(({ member }) => held.profile(member)?.name ?? '').join('\n'),
  )
  const [people, setPeople] = useState<Picked[] | null>(null)
  const assigned: Picked[] =
    people ??
    (todo?.assignees ?? [{ member: me }]).map(({ member }, index) => ({
      id: member,
      name: known.split('\n')[index] ?? '',
    }))
  const save = async () => {
    setBusy(true)
    setError(null)
    const what = {
      text: text.trim(),
      assignees: assigned.map(({ id }) => id),
      dueAt: instantAt(zone, due),
      remindAt: instantAt(zone, remind),
    }
    try {
      if (todo) await client.call('todos.updateTodo', { id: todo.id, version: todo.version, ...what })
      else await client.call('todos.createTodo', { ...what, source })
      onClose()
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t(todo ? 'todo.edit' : 'todo.new')}
      onClose={onClose}
      onSubmit={() => void save()}
      submit={t('action.save')}
      busy={busy}
      disabled={text.trim() === '' || assigned.length === 0 || assigned.length > limits.todoAssignees}
    >
      <div className={styles.fields}>
        <TextArea
          label={t('todo.what')}
          rows={2}
          data-first
          maxLength={limits.todoChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={styles.times}>
          <TextField
            type="datetime-local"
            label={t('todo.due')}
            value={due}
            onChange={(event) => setDue(event.target.value)}
          />
          <TextField
            type="datetime-local"
            label={t('todo.remind')}
            value={remind}
            onChange={(event) => setRemind(event.target.value)}
          />
        </div>
        <fieldset className={styles.people}>
          <legend>{t('todo.who')}</legend>
          <PeoplePicker withMe picked={assigned} onPickedChange={setPeople} />
        </fieldset>
        {assigned.length > limits.todoAssignees && (
          <p role="alert">{t('todo.tooMany', { count: limits.todoAssignees })}</p>
        )}
        {error !== null && <p role="alert">{errorMessage(error)}</p>}
      </div>
    </FormDialog>
  )
}

/** An instant as the field for date and time has it. */
function fieldOf(zone: string, at: string | null): string {
  if (at === null) return ''
  const { year, month, day, hour, minute } = wallTime(zone, new Date(at))
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}
