import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { FormDialog } from '@heyi/ui/Dialog'
import { SelectField, Switch, TextArea, TextField } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import styles from '../identity/settings/Settings.module.css'
import type { Settings } from './Telling'
import own from './Telling.module.css'

/** What these services take, as their makers document it; `…` is for the member to fill in. */
const templates = {
  bark: { url: 'https://api.day.app/…/{title}/{text}?url={url}', body: '' },
  ntfy: { url: 'https://ntfy.sh/…', body: '{title}\n{text}' },
  gotify: { url: 'https://…/message?token=…', body: '{"title":"{title}","message":"{text}"}' },
  wecom: {
    url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
    body: '{"msgtype":"text","text":{"content":"{title}\\n{text}\\n{url}"}}',
  },
  dingtalk: {
    url: 'https://oapi.dingtalk.com/robot/send?access_token=…',
    body: '{"msgtype":"text","text":{"content":"{title}\\n{text}\\n{url}"}}',
  },
} as const
type Template = keyof typeof templates
const names = Object.keys(templates) as Template[]

/** Addresses of my own, for phones that web push does not reach. */
export function OwnChannels({ settings, onChanged }: { settings: Settings; onChanged: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [adding, setAdding] = useState(false)
  const [, run] = useAction()
  return (
    <section className={styles.part} aria-labelledby="tell-own">
      <h3 id="tell-own">{t('tell.own')}</h3>
      <p>{t('tell.ownText')}</p>
      <ul className={own.cards}>
        {settings.channels.map(({ id, name, host, lastAcceptedAt, lastFailure }) => (
          <li key={id} className={own.card}>
            <p>
              <b className="ell">{name}</b>
            </p>
            <small>{host}</small>
            <small className={lastFailure === null ? undefined : own.failed}>
              {lastFailure !== null
                ? t('tell.failed', { reason: lastFailure })
                : lastAcceptedAt === null
                  ? t('tell.neverReached')
                  : t('tell.accepted', { time: format.dateTime(lastAcceptedAt) })}
            </small>
            <div className={styles.buttons}>
              <Button
                size="s"
                onClick={() =>
                  void run(async () => {
                    await client.call('notifications.testChannel', { channel: id })
                    toast(t('tell.tested'))
                  })
                }
              >
                {t('tell.test')}
              </Button>
              <Button
                size="s"
                look="dangerPlain"
                onClick={() =>
                  void run(() => client.call('notifications.removeChannel', { channel: id }).then(onChanged))
                }
              >
                {t('tell.remove')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button disabled={settings.channels.length >= limits.ownChannels} onClick={() => setAdding(true)}>
          {t('tell.ownAdd')}
        </Button>
      </div>
      <Presence>
        {adding && (
          <AddChannel
            onClose={() => setAdding(false)}
            onAdded={() => {
              setAdding(false)
              onChanged()
            }}
          />
        )}
      </Presence>
    </section>
  )
}

function AddChannel({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [template, setTemplate] = useState<Template>('bark')
  const [form, setForm] = useState<{ url: string; body: string }>(templates.bark)
  const [content, setContent] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const unfilled = form.url.includes('…')
  const save = () =>
    void run(async () => {
      const name = t(`tell.template.${template}`)
      await client.call('notifications.addChannel', { name, ...form, level: 'mentions', content })
      onAdded()
    })
  return (
    <FormDialog
      title={t('tell.ownAdd')}
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
      disabled={unfilled || form.url === ''}
    >
      <div className={styles.form}>
        <SelectField
          label={t('tell.service')}
          value={template}
          options={names.map((value) => ({ value, label: t(`tell.template.${value}`) }))}
          onChange={(value) => {
            const next = names.find((name) => name === value) ?? 'bark'
            setTemplate(next)
            setForm(templates[next])
          }}
        />
        <TextField
          label={t('tell.address')}
          help={t('tell.addressHelp')}
          maxLength={limits.channelUrlChars}
          value={form.url}
          spellCheck={false}
          onChange={(event) => setForm({ ...form, url: event.target.value })}
          error={error === null ? null : errorMessage(error)}
        />
        <TextArea
          label={t('tell.body')}
          help={t('tell.bodyHelp')}
          rows={3}
          spellCheck={false}
          maxLength={limits.channelBodyChars}
          value={form.body}
          onChange={(event) => setForm({ ...form, body: event.target.value })}
        />
        <Switch label={t('tell.ownContent')} help={t('tell.ownContentHelp')} checked={content} onChange={setContent} />
      </div>
    </FormDialog>
  )
}
