import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { FormDialog } from '@heyi/ui/Dialog'
import { Checkbox, Switch, TextField } from '@heyi/ui/Field'
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useZone } from '../../app/format'
import { instantAt } from '../../app/zoned'
import { EndsAt } from './EndsAt'
import { LaterButton } from './LaterButton'
import styles from './NewCard.module.css'
import { type SendProps, useSend } from './useSend'

interface Option {
  id: number
  text: string
}

/** What is filled in to ask for votes. */
export function NewPoll(props: SendProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const [busy, send] = useSend(props)
  const [question, setQuestion] = useState('')
  const [options, setOptions] = useState<Option[]>([
    { id: 1, text: '' },
    { id: 2, text: '' },
  ])
  const [multiple, setMultiple] = useState(false)
  const [anonymous, setAnonymous] = useState(false)
  const [endsAt, setEndsAt] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const given = options.map(({ text }) => text.trim()).filter(Boolean)
  const twice = new Set(given).size < given.length
  const put = (id: number, text: string) =>
    setOptions((before) => before.map((one) => (one.id === id ? { ...one, text } : one)))
  const add = () => {
    if (options.length >= limits.pollOptions) return
    setOptions((before) => [...before, { id: Math.max(...before.map(({ id }) => id)) + 1, text: '' }])
    requestAnimationFrame(() => [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus())
  }
  const ready = question.trim() !== '' && given.length >= 2 && !twice
  const asked = { question: question.trim(), options: given, multiple, anonymous, endsAt: instantAt(zone, endsAt) }
  const card = { kind: 'poll' as const, ...asked }
  return (
    <FormDialog
      title={t('poll.new')}
      onClose={props.onClose}
      onSubmit={() => send(card)}
      submit={t('poll.send')}
      busy={busy}
      disabled={!ready}
      aside={<LaterButton {...props} card={ready ? card : null} />}
    >
      <div className={styles.fields}>
        <TextField
          label={t('poll.question')}
          data-first
          maxLength={limits.pollQuestionChars}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <div ref={list} className={styles.options}>
          {options.map(({ id, text }, index) => (
            <div key={id} className={styles.option}>
              <TextField
                label={t('poll.option', { number: index + 1 })}
                maxLength={limits.pollOptionChars}
                value={text}
                onChange={(event) => put(id, event.target.value)}
                onKeyDown={(event) => {
                  // Enter goes on to the next option; the last one makes another.
                  if (event.key !== 'Enter' || event.nativeEvent.isComposing || text.trim() === '') return
                  event.preventDefault()
                  const inputs = [...(list.current?.querySelectorAll('input') ?? [])]
                  if (inputs[index + 1]) inputs[index + 1]?.focus()
                  else add()
                }}
              />
              {options.length > 2 && (
                <IconButton
                  label={t('poll.removeOption', { number: index + 1 })}
                  onClick={() => setOptions((before) => before.filter((one) => one.id !== id))}
                >
                  <X size={16} />
                </IconButton>
              )}
            </div>
          ))}
          {options.length < limits.pollOptions && (
            <div>
              <Button look="ghost" icon={<Plus size={16} />} onClick={add}>
                {t('poll.addOption')}
              </Button>
            </div>
          )}
        </div>
        {twice && <p role="alert">{t('poll.twice')}</p>}
        <Checkbox
          label={t('poll.multiple')}
          checked={multiple}
          onChange={(event) => setMultiple(event.target.checked)}
        />
        <Switch
          label={t('poll.anonymous')}
          help={t('poll.anonymousHelp')}
          checked={anonymous}
          onChange={setAnonymous}
        />
        <EndsAt value={endsAt} onChange={setEndsAt} />
      </div>
    </FormDialog>
  )
}
