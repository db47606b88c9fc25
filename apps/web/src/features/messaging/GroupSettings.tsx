import { limits } from '@heyi/contract/limits'
import type { Conversation, Membership } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { FormDialog } from '@heyi/ui/Dialog'
import { Switch, TextField } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { LogOut, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import styles from './GroupInfo.module.css'
import { useStanding } from './standing'
import { WelcomeDialog } from './WelcomeDialog'

/** A group's name and rules, leaving and ending it; each shown to whoever may. */
export function GroupSettings({ conversation, membership }: { conversation: Conversation; membership: Membership }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const [busy, run] = useAction()
  const [renaming, setRenaming] = useState(false)
  const [welcoming, setWelcoming] = useState(false)
  const { id, name } = conversation
  const standing = useStanding({ conversation, membership })
  const runs = standing !== 'member' && !conversation.dissolved
  const owns = standing === 'owner'
  const update = (change: { muteAll: boolean } | { historyVisible: boolean } | { memberLinks: boolean }) =>
    void run(() => client.call('messaging.updateGroup', { conversation: id, ...change }))
  const leave = () =>
    confirm({
      title: t('info.leaveTitle', { name }),
      text: t('info.leaveText'),
      action: t('info.leave'),
      danger: true,
      run: async () => {
        await client.call('messaging.leaveConversation', { conversation: id })
        void navigate('/chat')
      },
    })
  const dissolve = () =>
    void run(async () => {
      // Asked when it matters: an admin may just have changed it.
      const { purgeAfterDays: days } = await client.call('messaging.getDissolvePolicy', {})
      confirm({
        title: t('info.dissolveTitle', { name }),
        text:
          days === null
            ? t('info.dissolveText')
            : days === 0
              ? t('dissolve.textNow')
              : t('dissolve.textDays', { count: days }),
        action: t('info.dissolve'),
        danger: true,
        run: () => client.call('messaging.dissolveGroup', { conversation: id }),
      })
    })
  return (
    <>
      <section className={styles.section}>
        <div className={styles.row}>
          <span>{t('info.name')}</span>
          <span className="ell">{name}</span>
          {!conversation.dissolved && (
            <Button size="s" look="ghost" onClick={() => setRenaming(true)}>
              {t('info.rename')}
            </Button>
          )}
        </div>
        {runs && (
          <div className={styles.row}>
            <span>{t('welcome.title')}</span>
            <span className="ell">{conversation.welcome || t('welcome.none')}</span>
            <Button
              size="s"
              look="ghost"
              onClick={() => setWelcoming(true)}
              aria-label={`${t('info.rename')} ${t('welcome.title')}`}
            >
              {t('info.rename')}
            </Button>
          </div>
        )}
        {conversation.department && <p className={styles.none}>{t('departmentGroup.follows')}</p>}
        {runs && (
          <>
            <Switch
              label={t('info.muteAll')}
              help={t('info.muteAllHelp')}
              checked={conversation.muteAll}
              disabled={busy}
              onChange={(muteAll) => update({ muteAll })}
            />
            <Switch
              label={t('info.history')}
              help={t('info.historyHelp')}
              checked={conversation.historyVisible}
              disabled={busy}
              onChange={(historyVisible) => update({ historyVisible })}
            />
            {!conversation.department && (
              <Switch
                label={t('group.memberLinks')}
                help={t('group.memberLinksHelp')}
                checked={conversation.memberLinks ?? false}
                disabled={busy}
                onChange={(memberLinks) => update({ memberLinks })}
              />
            )}
          </>
        )}
      </section>
      {!conversation.department && (
        <section className={[styles.section, styles.deeds].join(' ')}>
          {owns && !conversation.dissolved ? (
            <Button icon={<Trash2 size={16} />} className={styles.danger} disabled={busy} onClick={dissolve}>
              {t('info.dissolve')}
            </Button>
          ) : (
            <Button icon={<LogOut size={16} />} className={styles.danger} onClick={leave}>
              {t('info.leave')}
            </Button>
          )}
        </section>
      )}
      <Presence>
        {welcoming && <WelcomeDialog conversation={conversation} onClose={() => setWelcoming(false)} />}
      </Presence>
      <Presence>{renaming && <Rename conversation={conversation} onClose={() => setRenaming(false)} />}</Presence>
    </>
  )
}

function Rename({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [name, setName] = useState(conversation.name)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const save = () =>
    void run(async () => {
      await client.call('messaging.updateGroup', { conversation: conversation.id, name: name.trim() })
      onClose()
    })
  return (
    <FormDialog
      title={t('info.renameTitle')}
      size="s"
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
      disabled={name.trim() === ''}
    >
      <TextField
        label={t('info.name')}
        data-first
        maxLength={limits.nameChars}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={error === null ? null : errorMessage(error)}
      />
    </FormDialog>
  )
}
