import { limits } from '@heyi/contract/limits'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useZone } from '../../app/format'
import { instantAt } from '../../app/zoned'
import { EndsAt } from './EndsAt'
import { LaterButton } from './LaterButton'
import styles from './NewCard.module.css'
import { type SendProps, useSend } from './useSend'

/** What is filled in to begin a relay list. */
export function NewRelay(props: SendProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const [busy, send] = useSend(props)
  const [title, setTitle] = useState('')
  const [example, setExample] = useState('')
  const [endsAt, setEndsAt] = useState('')
  const asked = { title: title.trim(), example: example.trim(), endsAt: instantAt(zone, endsAt) }
  const card = { kind: 'relay' as const, ...asked }
  const ready = asked.title !== ''
  return (
    <FormDialog
      title={t('relay.new')}
      onClose={props.onClose}
      onSubmit={() => send(card)}
      submit={t('relay.send')}
      busy={busy}
      disabled={!ready}
      aside={<LaterButton {...props} card={ready ? card : null} />}
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
    </FormDialog>
  )
}
