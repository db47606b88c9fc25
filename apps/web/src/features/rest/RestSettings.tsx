import { limits } from '@heyi/contract/limits'
import type { Week } from '@heyi/contract/rest'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Switch } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'
import { openOverlay } from '../../app/overlay'
import { PeoplePicker, type Picked } from '../directory/PeoplePicker'
import styles from '../identity/settings/Settings.module.css'
import { takeMyRest, useMyRest } from './my-rest'
import { useUntil } from './until'
import { officeWeek, WeekEditor } from './WeekEditor'

/** When I rest by myself, and who may reach me then. */
export function RestSettings() {
  const { t } = useTranslation()
  const client = useClient()
  const mine = useMyRest()
  const [week, setWeek] = useState<Week | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [busy, run] = useAction()
  const untilOf = useUntil()
  const names = useHeyi((held) =>
    (mine?.choices.chosen ?? []).map((id) => held.profile(id)?.name ?? '…').join(t('list.comma')),
  )
  if (!mine) return <Skeleton rows={4} square />
  const { choices, policy, state } = mine
  const put = (change: Parameters<typeof client.call<'rest.updateRest'>>[1]) =>
    run(async () => takeMyRest(await client.call('rest.updateRest', change)))
  const shown = week ?? choices.week
  return (
    <div className={styles.form}>
      <p>{t('rest.settingsText')}</p>
      <div className={styles.buttons}>
        <Button look="rest" onClick={() => openOverlay({ kind: 'rest' })}>
          {state.resting ? t('rest.iRest', { until: untilOf(state.until) }) : t('rest.title')}
        </Button>
      </div>
      <section className={styles.part}>
        <Switch
          tone="rest"
          label={t('rest.follow')}
          help={policy.week === null && choices.week === null ? t('rest.noHours') : t('rest.followHelp')}
          checked={choices.followSchedule}
          disabled={busy}
          onChange={(followSchedule) => void put({ followSchedule })}
        />
        <Switch
          tone="rest"
          label={t('rest.ownHours')}
          checked={shown !== null}
          disabled={busy}
          onChange={(on) => {
            if (on) return setWeek(policy.week ?? officeWeek)
            setWeek(null)
            void put({ week: null })
          }}
        />
        {shown && (
          <>
            <WeekEditor week={shown} onChange={setWeek} />
            <div className={styles.buttons}>
              <Button
                look="primary"
                busy={busy}
                disabled={week === null}
                onClick={() =>
                  void put({ week: shown }).then((done) => {
                    if (!done) return
                    setWeek(null)
                    toast(t('settings.saved'))
                  })
                }
              >
                {t('action.save')}
              </Button>
            </div>
          </>
        )}
      </section>
      <section className={styles.part}>
        <Switch
          tone="rest"
          label={t('rest.passUrgent')}
          help={t(`rest.urgentBy.${policy.urgent}`)}
          checked={choices.passUrgent && policy.urgent !== 'nobody'}
          disabled={busy || policy.urgent === 'nobody'}
          onChange={(passUrgent) => void put({ passUrgent })}
        />
        <Switch
          tone="rest"
          label={t('rest.passChosen')}
          help={names || t('rest.nobodyChosen')}
          checked={choices.passChosen}
          disabled={busy}
          onChange={(passChosen) => void put({ passChosen })}
        />
        <div className={styles.buttons}>
          <Button onClick={() => setChoosing(true)}>{t('rest.choose')}</Button>
        </div>
        <Switch
          tone="rest"
          label={t('rest.suggestLater')}
          help={t('rest.suggestLaterHelp')}
          checked={choices.suggestLater}
          disabled={busy}
          onChange={(suggestLater) => void put({ suggestLater })}
        />
      </section>
      <Presence>
        {choosing && (
          <Choose
            chosen={choices.chosen}
            onClose={() => setChoosing(false)}
            onChosen={(chosen) =>
              void put({ chosen, passChosen: chosen.length > 0 }).then((done) => done && setChoosing(false))
            }
          />
        )}
      </Presence>
    </div>
  )
}

function Choose({
  chosen,
  onClose,
  onChosen,
}: {
  chosen: string[]
  onClose: () => void
  onChosen: (chosen: string[]) => void
}) {
  const { t } = useTranslation()
  const client = useClient()
  const [picked, setPicked] = useState<Picked[]>(() =>
    chosen.map((id) => ({ id, name: client.profile(id)?.name ?? '…' })),
  )
  return (
    <Dialog
      title={t('rest.choose')}
      onClose={onClose}
      footer={
        <Button
          look="primary"
          size="l"
          disabled={picked.length > limits.restChosen}
          onClick={() => onChosen(picked.map(({ id }) => id))}
        >
          {t('action.save')}
        </Button>
      }
    >
      <PeoplePicker picked={picked} onPickedChange={setPicked} />
    </Dialog>
  )
}
