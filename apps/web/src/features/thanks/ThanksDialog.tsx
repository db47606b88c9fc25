import { limits } from '@heyi/contract/limits'
import type { ThanksDesign } from '@heyi/contract/messaging'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextArea } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient, useHeyi, useMyId, useProfile } from '../../app/data'
import { errorMessage } from '../../app/errors'
import type { Picked } from '../directory/PeoplePicker'
import { otherOf } from '../messaging/conversation'
import { MemberPicker } from './MemberPicker'
import { Drawing } from './ThanksCard'
import card from './ThanksCard.module.css'
import styles from './ThanksDialog.module.css'

const designs: ThanksDesign[] = ['bloom', 'sun', 'wave', 'star']

type Props = { onClose: () => void } & (
  | { /** In this chat. */ conversation: string; onSent: () => void; member?: undefined }
  | { /** To this colleague, in the chat with them. */ member: string; conversation?: undefined; onSent?: undefined }
)

/** Thanks one or several others with a card. */
export function ThanksDialog({ conversation, member, onSent, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const me = useMyId()
  const chat = useHeyi((held) => (conversation ? held.chat(conversation) : null))
  const other = member ?? otherOf(chat?.conversation ?? null, chat?.members ?? null, me)
  const name = useProfile(other)?.name ?? ''
  const [picked, setPicked] = useState<Picked[]>([])
  const [text, setText] = useState('')
  const [design, setDesign] = useState<ThanksDesign>('bloom')
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const to = other ? [other] : picked.map(({ id }) => id)
  const tooMany = to.length > limits.thanksPeople
  const send = () =>
    void run(async () => {
      const place = conversation ?? (await client.call('messaging.openDirect', { with: member })).conversation.id
      await client.call('messaging.sendThanks', { conversation: place, to, text: text.trim(), design })
      toast(t('thanks.done'))
      onClose()
      if (onSent) onSent()
      else void navigate(`/chat/${place}`)
    })
  return (
    <FormDialog
      title={other ? t('thanks.sendTo', { name }) : t('thanks.send')}
      onClose={onClose}
      onSubmit={send}
      submit={to.length === 0 ? t('thanks.pickFirst') : t('thanks.submit')}
      busy={busy}
      disabled={to.length === 0 || tooMany || text.trim() === ''}
    >
      <fieldset className={styles.designs}>
        <legend>{t('thanks.design')}</legend>
        {designs.map((one) => (
          <label key={one} className={[styles.design, card[one]].join(' ')}>
            <input type="radio" name="design" checked={one === design} onChange={() => setDesign(one)} />
            <Drawing design={one} />
            <span>{t(`thanks.designs.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t('thanks.text')}
        help={t('thanks.count', { count: text.length, most: limits.thanksChars })}
        placeholder={t('thanks.placeholder')}
        data-first
        rows={3}
        maxLength={limits.thanksChars}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {!other && conversation && (
        <div className={styles.people}>
          <h3>{t('thanks.to')}</h3>
          <MemberPicker conversation={conversation} picked={picked} onPickedChange={setPicked} />
        </div>
      )}
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
    </FormDialog>
  )
}
