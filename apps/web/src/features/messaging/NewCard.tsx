import type { Outgoing } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Checkbox, Switch, TextField } from '@heyi/ui/Field'
import { LocateFixed, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../app/data'
import { useZone } from '../../app/format'
import { instantAt } from '../../app/zoned'
import { PeoplePicker } from '../directory/PeoplePicker'
import styles from './NewCard.module.css'

export type CardKind = 'poll' | 'relay' | 'contact' | 'location'

interface Props {
  /** Queued durably when it resolves. */
  onSend: (outgoing: Outgoing) => Promise<unknown>
  onClose: () => void
}

/** What is filled in to send a card of this kind. */
export function NewCard({ kind, ...rest }: Props & { kind: CardKind }) {
  switch (kind) {
    case 'poll':
      return <NewPoll {...rest} />
    case 'relay':
      return <NewRelay {...rest} />
    case 'contact':
      return <NewContact {...rest} />
    case 'location':
      return <NewLocation {...rest} />
  }
}

function useSend({ onSend, onClose }: Props) {
  const [busy, run] = useAction()
  const send = (outgoing: Outgoing) =>
    void run(async () => {
      await onSend(outgoing)
      onClose()
    })
  return [busy, send] as const
}

interface Option {
  id: number
  text: string
}

function NewPoll(props: Props) {
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
  const submit = () => {
    if (!ready || busy) return
    const ends = instantAt(zone, endsAt)
    send({ kind: 'poll', question: question.trim(), options: given, multiple, anonymous, endsAt: ends })
  }
  return (
    <Dialog
      title={t('poll.new')}
      onClose={props.onClose}
      onSubmit={submit}
      footer={
        <Button look="primary" size="l" type="submit" busy={busy} disabled={!ready}>
          {t('poll.send')}
        </Button>
      }
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
    </Dialog>
  )
}

function EndsAt({ value, onChange }: { value: string; onChange: (next: string) => void }) {
  const { t } = useTranslation()
  return (
    <TextField
      type="datetime-local"
      label={t('card.endsAt')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function NewRelay(props: Props) {
  const { t } = useTranslation()
  const zone = useZone()
  const [busy, send] = useSend(props)
  const [title, setTitle] = useState('')
  const [example, setExample] = useState('')
  const [endsAt, setEndsAt] = useState('')
  const submit = () => {
    if (title.trim() === '' || busy) return
    send({ kind: 'relay', title: title.trim(), example: example.trim(), endsAt: instantAt(zone, endsAt) })
  }
  return (
    <Dialog
      title={t('relay.new')}
      onClose={props.onClose}
      onSubmit={submit}
      footer={
        <Button look="primary" size="l" type="submit" busy={busy} disabled={title.trim() === ''}>
          {t('relay.send')}
        </Button>
      }
    >
      <div className={styles.fields}>
        <TextField
          label={t('relay.title')}
          data-first
          maxLength={limits.pollQuestionChars}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextField
          label={t('relay.example')}
          placeholder={t('relay.examplePlaceholder')}
          maxLength={limits.relayLineChars}
          value={example}
          onChange={(event) => setExample(event.target.value)}
        />
        <EndsAt value={endsAt} onChange={setEndsAt} />
      </div>
    </Dialog>
  )
}

function NewContact(props: Props) {
  const { t } = useTranslation()
  const [busy, send] = useSend(props)
  return (
    <Dialog title={t('contact.pick')} onClose={props.onClose}>
      <PeoplePicker withMe busy={busy} onPick={(member) => send({ kind: 'contact', member })} />
    </Dialog>
  )
}

/** Degrees as somebody types them. */
const degrees = (text: string, most: number): number | null => {
  const value = Number(text.trim().replace('−', '-'))
  return text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? Math.round(value * 1e6) / 1e6 : null
}

function NewLocation(props: Props) {
  const { t } = useTranslation()
  const [busy, send] = useSend(props)
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [north, setNorth] = useState('')
  const [east, setEast] = useState('')
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<'denied' | 'failed' | 'unsupported' | null>(null)
  const latitude = degrees(north, 90)
  const longitude = degrees(east, 180)
  const wrong = (north.trim() !== '' && latitude === null) || (east.trim() !== '' && longitude === null)
  // Asked for only when the button is pressed.
  const locate = () => {
    if (!window.isSecureContext || !navigator.geolocation) return setProblem('unsupported')
    setAsking(true)
    setProblem(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false)
        setNorth(coords.latitude.toFixed(6))
        setEast(coords.longitude.toFixed(6))
      },
      (error) => {
        setAsking(false)
        setProblem(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed')
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  }
  const submit = () => {
    if (name.trim() === '' || latitude === null || longitude === null || busy) return
    send({ kind: 'location', name: name.trim(), address: address.trim(), latitude, longitude })
  }
  return (
    <Dialog
      title={t('place.new')}
      onClose={props.onClose}
      onSubmit={submit}
      footer={
        <Button
          look="primary"
          size="l"
          type="submit"
          busy={busy}
          disabled={name.trim() === '' || latitude === null || longitude === null}
        >
          {t('place.send')}
        </Button>
      }
    >
      <div className={styles.fields}>
        <div>
          <Button busy={asking} icon={<LocateFixed size={16} />} onClick={locate}>
            {t('place.here')}
          </Button>
        </div>
        {problem && <p role="status">{t(`place.${problem}`)}</p>}
        <TextField
          label={t('place.name')}
          data-first
          maxLength={limits.placeNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('place.address')}
          maxLength={limits.placeAddressChars}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <div className={styles.two}>
          <TextField
            label={t('place.latitude')}
            inputMode="decimal"
            value={north}
            onChange={(event) => setNorth(event.target.value)}
          />
          <TextField
            label={t('place.longitude')}
            inputMode="decimal"
            value={east}
            onChange={(event) => setEast(event.target.value)}
          />
        </div>
        {wrong && <p role="alert">{t('place.wrong')}</p>}
        <p className={styles.note}>{t('place.note')}</p>
      </div>
    </Dialog>
  )
}
