import { limits } from '@heyi/contract/limits'
import type { Notice } from '@heyi/contract/notices'
import { Button, IconButton } from '@heyi/ui/Button'
import { Checkbox } from '@heyi/ui/Checkbox'
import { Segmented } from '@heyi/ui/Segmented'
import { Switch } from '@heyi/ui/Switch'
import { TextArea, TextField } from '@heyi/ui/TextField'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useZone } from '../../app/format'
import { instantOf, wallTime } from '../../app/zoned'
import { DepartmentField } from '../directory/manage/DepartmentField'
import { type NoticeFile, NoticeFiles } from './NoticeFiles'
import styles from './Notices.module.css'
import { noticesOf } from './useNotices'

const two = (value: number) => String(value).padStart(2, '0')
const tomorrowHour = 9

/** A new notice, or one that is changed; what may not be changed once it is published is not offered then. */
export function NoticeEditor({ notice }: { notice: Notice | null }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const zone = useZone()
  const [title, setTitle] = useState(notice?.title ?? '')
  const [text, setText] = useState(notice?.text ?? '')
  const [files, setFiles] = useState<NoticeFile[]>(() =>
    (notice?.files ?? []).map(({ file, name, sizeBytes }) => ({
      key: file,
      file,
      name,
      sizeBytes,
      progress: 1,
      error: null,
    })),
  )
  const [whole, setWhole] = useState<'all' | 'some'>(notice && !notice.audience.everyone ? 'some' : 'all')
  const [departments, setDepartments] = useState(notice?.audience.departments ?? [])
  const [heads, setHeads] = useState((notice?.audience.roles.length ?? 0) > 0)
  const [mustRead, setMustRead] = useState(notice?.mustRead ?? false)
  const [commentsOn, setCommentsOn] = useState(notice?.commentsOn ?? true)
  const [when, setWhen] = useState<'now' | 'later'>(notice ? 'later' : 'now')
  const [time, setTime] = useState(() => fieldOf(zone, notice?.publishAt ?? null))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const waits = notice === null || notice.state === 'scheduled'
  const publishAt = when === 'later' ? instantAt(zone, time) : null
  const back = notice ? `/chat/notices/${notice.id}` : '/chat/notices'
  const complete =
    title.trim() !== '' &&
    text.trim() !== '' &&
    (whole === 'all' || departments.length > 0 || heads) &&
    (when === 'now' || publishAt !== null) &&
    files.every(({ file }) => file !== null)
  const save = async () => {
    if (!complete || busy) return
    setBusy(true)
    setError(null)
    const what = { title: title.trim(), text: text.trim(), files: files.flatMap(({ file }) => file ?? []), commentsOn }
    const audience = {
      everyone: whole === 'all',
      departments: whole === 'all' ? [] : departments,
      roles: whole === 'some' && heads ? ['owner' as const, 'admin' as const] : [],
    }
    try {
      const { id, version } = notice ?? {}
      const saved =
        id === undefined || version === undefined
          ? await client.call('notices.createNotice', { ...what, audience, mustRead, publishAt })
          : await client.call('notices.updateNotice', {
              id,
              version,
              ...what,
              ...(waits && { audience, mustRead, ...(publishAt && { publishAt }) }),
            })
      void noticesOf(client).refresh()
      void navigate(`/chat/notices/${saved.id}`, { replace: true })
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <main className={styles.pane} aria-label={t(notice ? 'notices.edit' : 'notices.post')}>
      <header className={styles.head}>
        <IconButton label={t('action.back')} onClick={() => navigate(back)}>
          <ChevronLeft size={24} />
        </IconButton>
        <h1 className="ell">{t(notice ? 'notices.edit' : 'notices.post')}</h1>
        <Button look="primary" busy={busy} disabled={!complete} onClick={() => void save()}>
          {t(notice ? 'notices.do.save' : when === 'now' ? 'notices.do.now' : 'notices.do.later')}
        </Button>
      </header>
      <div className={styles.scroll}>
        <div className={styles.form}>
          <TextField
            label={t('notices.field.title')}
            maxLength={limits.noticeTitleChars}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <TextArea
            label={t('notices.field.text')}
            rows={10}
            maxLength={limits.noticeChars}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <NoticeFiles files={files} onChange={setFiles} />
          {waits && (
            <>
              <div>
                <span className={styles.label} aria-hidden="true">
                  {t('notices.field.audience')}
                </span>
                <Segmented
                  label={t('notices.field.audience')}
                  value={whole}
                  options={[
                    { value: 'all', label: t('notices.field.everyone') },
                    { value: 'some', label: t('notices.field.some') },
                  ]}
                  onChange={setWhole}
                />
              </div>
              {whole === 'some' && (
                <div className={styles.some}>
                  <DepartmentField
                    label={t('notices.field.departments')}
                    value={departments}
                    onChange={(all) => setDepartments(all.slice(0, limits.noticeDepartments))}
                  />
                  <Checkbox
                    label={t('notices.field.heads')}
                    checked={heads}
                    onChange={(event) => setHeads(event.target.checked)}
                  />
                </div>
              )}
              <Switch
                label={t('notices.field.mustRead')}
                help={t('notices.field.mustReadHelp')}
                checked={mustRead}
                onChange={setMustRead}
              />
            </>
          )}
          <Switch label={t('notices.field.comments')} checked={commentsOn} onChange={setCommentsOn} />
          {waits && (
            <>
              {!notice && (
                <div>
                  <span className={styles.label} aria-hidden="true">
                    {t('notices.field.when')}
                  </span>
                  <Segmented
                    label={t('notices.field.when')}
                    value={when}
                    options={[
                      { value: 'now', label: t('notices.field.now') },
                      { value: 'later', label: t('notices.field.later') },
                    ]}
                    onChange={setWhen}
                  />
                </div>
              )}
              {when === 'later' && (
                <TextField
                  type="datetime-local"
                  label={t('notices.field.time')}
                  value={time}
                  onChange={(event) => setTime(event.target.value)}
                />
              )}
            </>
          )}
          {error !== null && <p role="alert">{errorMessage(error)}</p>}
        </div>
      </div>
    </main>
  )
}

/** An instant as the field for date and time has it; without one, tomorrow morning. */
function fieldOf(zone: string, at: string | null): string {
  const { year, month, day, hour, minute } = wallTime(
    zone,
    at === null ? new Date(Date.now() + 86_400_000) : new Date(at),
  )
  const clock = at === null ? `${two(tomorrowHour)}:00` : `${two(hour)}:${two(minute)}`
  return `${year}-${two(month)}-${two(day)}T${clock}`
}

function instantAt(zone: string, field: string): string | null {
  const [year, month, day, hour, minute] = field.split(/\D/).map(Number)
  if (field === '' || year === undefined || month === undefined || day === undefined) return null
  return instantOf(zone, { year, month, day, hour: hour ?? 0, minute: minute ?? 0 }).toISOString()
}
