import type { Operations } from '@heyi/contract'
import { limits } from '@heyi/contract/limits'
import type { Level } from '@heyi/contract/notifications'
import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { SelectField, Switch, TextField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tag } from '@heyi/ui/Tag'
import { toast } from '@heyi/ui/toast'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import styles from '../identity/settings/Settings.module.css'
import { OwnChannels } from './OwnChannels'
import { askForNotifications, useAllowed } from './permission'
import { canPush, turnPushOff, turnPushOn } from './push'
import own from './Telling.module.css'

export type Settings = Operations['notifications.getSettings']['output']
const levels = ['all', 'mentions', 'none'] as const

/** How I am told while the program is closed: devices, words of mine, addresses of mine, mail. */
export function Telling() {
  const { t } = useTranslation()
  const client = useClient()
  const held = useCall('notifications.getSettings', {})
  const [busy, run] = useAction()
  const settings = held.data
  if (!settings)
    return held.error !== null ? (
      <Empty drawing="broken" title={t('error.loadFailed')} text={errorMessage(held.error)} />
    ) : (
      <Skeleton rows={3} square />
    )
  const put = (deed: () => Promise<unknown>) => run(async () => void (await deed().then(held.reload)))
  return (
    <>
      <Push settings={settings} onChanged={held.reload} />
      <Words
        key={settings.keywords.join('\n')}
        words={settings.keywords}
        busy={busy}
        onChange={(keywords) => void put(() => client.call('notifications.updateSettings', { keywords }))}
      />
      <OwnChannels settings={settings} onChanged={held.reload} />
      {settings.mail !== null && (
        <section className={styles.part}>
          <Switch
            label={t('tell.digest')}
            help={t('tell.digestHelp', { mail: settings.mail })}
            checked={settings.digest}
            disabled={busy}
            onChange={(digest) => void put(() => client.call('notifications.updateSettings', { digest }))}
          />
        </section>
      )}
    </>
  )
}

/** Devices that are told by web push; this one can be added where its browser allows it. */
function Push({ settings, onChanged }: { settings: Settings; onChanged: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const allowed = useAllowed()
  const [busy, run] = useAction()
  const [failed, setFailed] = useState(false)
  const here = settings.devices.find(({ current }) => current)
  const add = () =>
    void run(async () => {
      setFailed(false)
      if ((await askForNotifications()) !== 'granted') return
      try {
        await turnPushOn(client, settings.publicKey)
      } catch (error) {
        console.warn('This browser could not be subscribed', error)
        setFailed(true)
      }
      onChanged()
    })
  const remove = (device: string, current: boolean) =>
    void run(async () => {
      if (current) await turnPushOff()
      await client.call('notifications.removeDevice', { device })
      onChanged()
    })
  const update = (device: string, change: { level?: Level; content?: boolean }) =>
    void run(() => client.call('notifications.updateDevice', { device, ...change }).then(onChanged))
  return (
    <section className={styles.part} aria-labelledby="tell-push">
      <h3 id="tell-push">{t('tell.push')}</h3>
      <p>{t('tell.pushText')}</p>
      {!canPush() ? (
        <p className={styles.notice}>{t('tell.pushAbsent')}</p>
      ) : (
        !here && (
          <div className={styles.buttons}>
            <Button look="soft" busy={busy} disabled={allowed === 'denied'} onClick={add}>
              {t('tell.pushHere')}
            </Button>
          </div>
        )
      )}
      {failed && (
        <p role="alert" className={styles.notice}>
          {t('tell.pushFailed')}
        </p>
      )}
      <ul className={own.cards}>
        {settings.devices.map(({ id, name, level, content, current, lastAcceptedAt, lastShownAt }) => (
          <li key={id} className={own.card}>
            <p>
              <b className="ell">{name}</b>
              {current && <Tag tone="brand">{t('settings.thisDevice')}</Tag>}
            </p>
            <small className="num">
              {lastAcceptedAt === null
                ? t('tell.neverReached')
                : [
                    t('tell.accepted', { time: format.dateTime(lastAcceptedAt) }),
                    lastShownAt && t('tell.shown', { time: format.dateTime(lastShownAt) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
            </small>
            <SelectField
              label={t('tell.deviceLevel')}
              value={level}
              options={levels.map((value) => ({ value, label: t(`tell.deviceLevels.${value}`) }))}
              onChange={(value) => update(id, { level: levels.find((l) => l === value) ?? 'all' })}
            />
            <Switch
              label={t('tell.content')}
              checked={content}
              disabled={busy}
              onChange={(next) => update(id, { content: next })}
            />
            <div className={styles.buttons}>
              <Button
                size="s"
                onClick={() =>
                  void run(async () => {
                    await client.call('notifications.testDevice', { device: id })
                    toast(t('tell.tested'))
                  })
                }
              >
                {t('tell.test')}
              </Button>
              <Button size="s" look="dangerPlain" onClick={() => remove(id, current)}>
                {t('tell.remove')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Words that call me even where I hear of mentions only. */
function Words({ words, busy, onChange }: { words: string[]; busy: boolean; onChange: (words: string[]) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const word = text.trim()
  return (
    <section className={styles.part} aria-labelledby="tell-words">
      <h3 id="tell-words">{t('tell.words')}</h3>
      <p>{t('tell.wordsText')}</p>
      {words.length > 0 && (
        <ul className={own.words}>
          {words.map((one) => (
            <li key={one}>
              <Tag tone="brand" size="m">
                {one}
              </Tag>
              <IconButton
                small
                label={t('tell.wordRemove', { word: one })}
                disabled={busy}
                onClick={() => onChange(words.filter((other) => other !== one))}
              >
                <X size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form
        className={own.add}
        onSubmit={(event) => {
          event.preventDefault()
          if (word !== '') onChange([...words, word])
        }}
      >
        <TextField
          label={t('tell.word')}
          maxLength={limits.keywordChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={word === '' || words.length >= limits.keywords}>
          {t('tell.wordAdd')}
        </Button>
      </form>
    </section>
  )
}
