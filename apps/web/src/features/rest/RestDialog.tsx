import { limits } from '@heyi/contract/limits'
import type { MyRest } from '@heyi/contract/rest'
import { Button, IconButton } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { BareDialog } from '@heyi/ui/Dialog'
import { Switch, TextField } from '@heyi/ui/Field'
import { Picture } from '@heyi/ui/Picture'
import { Tag } from '@heyi/ui/Tag'
import { Moon, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient, useHeyi, useMe, useMyId } from '../../app/data'
import { viaAvatar } from './avatar'
import { takeMyRest, useMyRest } from './my-rest'
import styles from './RestDialog.module.css'
import { useUntil } from './until'

type Choice = '30' | '60' | 'tomorrow' | 'monday' | 'custom'

/** What a field for a local date and time holds. */
const localInput = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

function instantOf(choice: Choice, custom: string, presets: MyRest['presets']): string | null {
  if (choice === 'tomorrow') return presets.tomorrow
  if (choice === 'monday') return presets.monday
  if (choice !== 'custom') return new Date(Date.now() + Number(choice) * 60_000).toISOString()
  const at = new Date(custom)
  return Number.isNaN(at.getTime()) || at.getTime() <= Date.now() ? null : at.toISOString()
}

/** Begins a rest in two presses, says how colleagues see it and what may pass; while resting it ends it. */
export function RestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const mine = useMyRest()
  const [choice, setChoice] = useState<Choice>('tomorrow')
  const [custom, setCustom] = useState(() => localInput(new Date(Date.now() + 3 * 3600_000)))
  const [note, setNote] = useState<string | null>(null)
  const [busy, run] = useAction()
  // Leaving the field by pressing a button must not take that press away.
  const [, keepNote] = useAction()
  const untilOf = useUntil()
  if (!mine) return null
  const { state, choices, presets, policy } = mine
  const until = instantOf(choice, custom, presets)
  const saved = (change: Parameters<typeof client.call<'rest.updateRest'>>[1]) =>
    run(async () => takeMyRest(await client.call('rest.updateRest', change)))
  const rest = (to: string | null) =>
    void run(async () => {
      if (note !== null && note !== choices.note) await client.call('rest.updateRest', { note })
      takeMyRest(await client.call('rest.setRest', { until: to }))
      onClose()
    })
  const week = choices.week ?? policy.week
  const end = week?.find((day) => day !== null)?.to
  return (
    <BareDialog label={t('rest.title')} place="sheet" onClose={onClose} className={styles.dialog}>
      <header className={styles.sky}>
        <Sky />
        <div>
          <h2>{t('rest.title')}</h2>
          <p>{t('rest.keeps')}</p>
        </div>
        <IconButton label={t('action.close')} className={styles.close} onClick={onClose}>
          <X size={18} />
        </IconButton>
      </header>
      <div className={styles.body}>
        {state.resting ? (
          <p role="status" className={styles.now}>
            <Moon size={16} /> {t('rest.iRest', { until: untilOf(state.until) })}
          </p>
        ) : (
          <>
            <p className={styles.label}>{t('rest.until')}</p>
            <Chips
              label={t('rest.until')}
              className={styles.chips}
              value={choice}
              options={(['30', '60', 'tomorrow', 'monday', 'custom'] as const).map((value) => ({
                value,
                label: t(`rest.choice.${value}`),
              }))}
              onChange={setChoice}
            />
            {choice === 'custom' && (
              <TextField
                label={t('rest.customUntil')}
                type="datetime-local"
                value={custom}
                min={localInput(new Date())}
                onChange={(event) => setCustom(event.target.value)}
                error={until === null ? t('rest.customPast') : null}
              />
            )}
          </>
        )}
        <p className={styles.label}>{t('rest.othersSee')}</p>
        <Seen until={untilOf(state.resting ? state.until : until)} note={(note ?? choices.note).trim()} />
        <TextField
          label={t('rest.note')}
          placeholder={t('rest.notePlaceholder')}
          maxLength={limits.restNoteChars}
          value={note ?? choices.note}
          onChange={(event) => setNote(event.target.value)}
          onBlur={() =>
            note !== null &&
            note !== choices.note &&
            void keepNote(async () => takeMyRest(await client.call('rest.updateRest', { note })))
          }
        />
        <div className={styles.switches}>
          <Switch
            tone="rest"
            label={t('rest.passUrgent')}
            help={t(`rest.urgentBy.${policy.urgent}`)}
            checked={choices.passUrgent && policy.urgent !== 'nobody'}
            disabled={busy || policy.urgent === 'nobody'}
            onChange={(passUrgent) => void saved({ passUrgent })}
          />
          <Switch
            tone="rest"
            label={t('rest.passChosen')}
            help={
              choices.chosen.length === 0 ? t('rest.nobodyChosen') : t('rest.chosen', { count: choices.chosen.length })
            }
            checked={choices.passChosen}
            disabled={busy}
            onChange={(passChosen) => {
              if (passChosen && choices.chosen.length === 0) {
                onClose()
                void navigate('/settings/rest')
              } else void saved({ passChosen })
            }}
          />
          <Switch
            tone="rest"
            label={t('rest.suggestLater')}
            help={t('rest.suggestLaterHelp')}
            checked={choices.suggestLater}
            disabled={busy}
            onChange={(suggestLater) => void saved({ suggestLater })}
          />
          {week && (
            <Switch
              tone="rest"
              label={end ? t('rest.followAt', { time: end }) : t('rest.follow')}
              help={choices.week ? t('rest.ownHours') : t('rest.companyHours')}
              checked={choices.followSchedule}
              disabled={busy}
              onChange={(followSchedule) => void saved({ followSchedule })}
            />
          )}
        </div>
      </div>
      <footer className={styles.footer}>
        <Button
          size="l"
          onClick={() => {
            onClose()
            void navigate('/settings/rest')
          }}
        >
          {t('rest.more')}
        </Button>
        {state.resting ? (
          <Button size="l" look="rest" busy={busy} data-first onClick={() => rest(null)}>
            {t('rest.end')}
          </Button>
        ) : (
          <Button
            size="l"
            look="rest"
            icon={<Moon size={17} />}
            busy={busy}
            disabled={until === null}
            data-first
            onClick={() => rest(until)}
          >
            {t('rest.start')}
          </Button>
        )}
      </footer>
    </BareDialog>
  )
}

/** Me as colleagues will see me. */
function Seen({ until, note }: { until: string; note: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const id = useMyId()
  const avatar = me?.profile.avatar ?? null
  const src = useHeyi((client) => (avatar ? client.fileUrl(avatar, viaAvatar, 'thumbnail') : null))
  const name = me?.profile.name ?? ''
  return (
    <div className={styles.seen}>
      <Picture id={id} name={name} src={src} size={36} presence="rest" />
      <div>
        <p>
          <b>{name}</b>{' '}
          <Tag tone="rest" icon={<Moon size={10} />}>
            {t('rest.resting')}
          </Tag>
        </p>
        <small>{[t('rest.backAfter', { until }), note].filter(Boolean).join(' · ')}</small>
      </div>
    </div>
  )
}

/** The night over two hills, and the two strokes of the mark at home under it. */
function Sky() {
  return (
    <svg viewBox="0 0 560 150" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="560" height="150" fill="#2e2644" />
      <circle cx="440" cy="52" r="22" fill="#f6e7c4" />
      <circle cx="450" cy="46" r="20" fill="#2e2644" />
      <g fill="#b8a8dc">
        <circle cx="80" cy="30" r="1.5" />
        <circle cx="150" cy="58" r="1" />
        <circle cx="230" cy="24" r="1.5" />
        <circle cx="330" cy="44" r="1" />
        <circle cx="510" cy="80" r="1.2" />
        <circle cx="380" cy="18" r="1" />
      </g>
      <path d="M0 118c60-26 110-30 170-12s120 22 190 2 130-18 200 6v36H0z" fill="#3d3259" />
      <path d="M0 132c90-14 150-2 230 2s210-18 330-4v20H0z" fill="#4a3d6b" />
      <g fill="none" stroke="#e7e0f4" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M101 72c5 13 15 22 28 28" stroke="#f0a26c" />
        <path d="M101 72c-5 13-15 22-28 28" />
        <path d="M84 115h34" />
      </g>
    </svg>
  )
}
