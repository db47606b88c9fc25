import { Button } from '@heyi/ui/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { CsvImport } from './CsvImport'
import { LinkBox } from './LinkBox'
import styles from './Manage.module.css'
import { emptyMember, type MemberDraft, MemberForm, memberFaults } from './MemberForm'

/** Adding people: one by hand, many by pasted CSV. */
export function Newcomers() {
  return (
    <>
      <AddOne />
      <CsvImport />
    </>
  )
}

function AddOne() {
  const { t } = useTranslation()
  const client = useClient()
  const [draft, setDraft] = useState<MemberDraft>(emptyMember)
  const [tried, setTried] = useState(false)
  const [added, setAdded] = useState<{ name: string; link: string | null } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const add = () => {
    setTried(true)
    setAdded(null)
    if (Object.values(memberFaults(draft, true)).some(Boolean)) return
    setError(null)
    const { name, departments, ...rest } = draft
    const filled = Object.fromEntries(
      Object.entries(rest).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])),
    )
    void run(async () => {
      const { link } = await client.call('directory.addMember', { name, departments, ...filled })
      setAdded({ name, link })
      setDraft({ ...emptyMember, departments })
      setTried(false)
    })
  }
  return (
    <section className={styles.section}>
      <h3>{t('manage.addTitle')}</h3>
      <p>{t('manage.addText')}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <MemberForm
          draft={draft}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          tried={tried}
          withAccount
        />
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" look="primary" size="l" busy={busy}>
            {t('manage.add')}
          </Button>
        </div>
      </form>
      {added && (
        <div className={styles.result} role="status">
          {added.link ? t('manage.addedLink', { name: added.name }) : t('manage.added', { name: added.name })}
          {added.link && <LinkBox url={added.link} label={t('manage.linkOf', { name: added.name })} />}
        </div>
      )}
    </section>
  )
}
