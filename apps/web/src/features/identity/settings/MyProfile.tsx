import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { TextField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useMe, useMyId } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { PersonPicture } from '../../directory/PersonPicture'
import { NotAnImage, squarePicture } from '../../files/square-picture'
import { uploadFile } from '../../files/uploads'
import styles from './Settings.module.css'

/** What I may change about myself; the rest belongs to the company's admins. */
export function MyProfile() {
  const { t } = useTranslation()
  const client = useClient()
  const id = useMyId()
  const me = useMe()
  const input = useRef<HTMLInputElement>(null)
  const [alias, setAlias] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const [saving, save] = useAction(setError)
  const abort = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    abort.current = controller
    return () => controller.abort()
  }, [])
  if (!me) return <Skeleton rows={2} />
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    setError(null)
    void run(async () => {
      const picture = await squarePicture(file)
      const avatar = await uploadFile(picture, 'avatar.jpg', () => undefined, abort.current.signal)
      await client.call('directory.updateMe', { avatar })
      toast(t('settings.pictureSaved'))
    })
  }
  const text = alias ?? me.profile.alias
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setError(null)
        void save(async () => {
          await client.call('directory.updateMe', { alias: text.trim() })
          setAlias(null)
          toast(t('settings.saved'))
        })
      }}
    >
      <div className={styles.avatar}>
        <PersonPicture id={id} size={88} />
        <div className={styles.buttons}>
          <Button busy={busy} onClick={() => input.current?.click()}>
            {t('settings.changePicture')}
          </Button>
          {me.profile.avatar && (
            <Button
              look="ghost"
              disabled={busy}
              onClick={() => void run(() => client.call('directory.updateMe', { avatar: null }))}
            >
              {t('settings.removePicture')}
            </Button>
          )}
        </div>
        <input ref={input} type="file" accept="image/*" hidden onChange={pick} />
      </div>
      <TextField label={t('field.name')} value={me.profile.name} disabled help={t('settings.nameHelp')} />
      <TextField
        label={t('field.alias')}
        maxLength={limits.nameChars}
        value={text}
        onChange={(event) => setAlias(event.target.value)}
      />
      {error !== null && (
        <p role="alert" className={styles.error}>
          {error instanceof NotAnImage ? t('settings.notAnImage') : errorMessage(error)}
        </p>
      )}
      <div>
        <Button
          type="submit"
          look="primary"
          size="l"
          busy={saving}
          disabled={alias === null || alias.trim() === me.profile.alias}
        >
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
