import type { Operations } from '@heyi/contract'
import type { NotificationPolicy } from '@heyi/contract/notifications'
import type { Duty, RestPolicy } from '@heyi/contract/rest'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { SelectField, Switch, TextField } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient, useHeyi } from '../../app/data'
import { useFormat } from '../../app/format'
import { ImportForm } from '../directory/manage/ImportForm'
import styles from '../directory/manage/Manage.module.css'
import { PeoplePicker, type Picked } from '../directory/PeoplePicker'
import { officeWeek, WeekEditor } from './WeekEditor'

const urgents = ['duty', 'everybody', 'nobody'] as const

/** The company's working hours, what may pass a rest, its days off, who is on duty, and what notifications cost. */
export function RestPolicyPage() {
  const held = useCall('rest.getPolicy', {})
  const telling = useCall('notifications.getPolicy', {})
  if (!held.data) return <Skeleton rows={4} square />
  return (
    <>
      <Hours key={JSON.stringify(held.data)} policy={held.data} onSaved={held.reload} />
      <Duties />
      <Holidays />
      {telling.data && <Telling key={JSON.stringify(telling.data)} policy={telling.data} onSaved={telling.reload} />}
    </>
  )
}

function Save({ save, onSaved }: { save: () => Promise<unknown>; onSaved: () => void }) {
  const { t } = useTranslation()
  const [busy, run] = useAction()
  const onClick = () =>
    void run(async () => {
      await save()
      toast(t('settings.saved'))
      onSaved()
    })
  return (
    <div className={styles.buttons}>
      <Button look="primary" busy={busy} onClick={onClick}>
        {t('action.save')}
      </Button>
    </div>
  )
}

function Hours({ policy, onSaved }: { policy: RestPolicy; onSaved: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [form, setForm] = useState(policy)
  return (
    <section className={styles.section}>
      <h3>{t('rest.policyTitle')}</h3>
      <p>{t('rest.policyText')}</p>
      <div className={styles.form}>
        <Switch
          tone="rest"
          label={t('rest.policyOn')}
          checked={form.week !== null}
          onChange={(on) => setForm({ ...form, week: on ? officeWeek : null })}
        />
        {form.week && <WeekEditor week={form.week} onChange={(week) => setForm({ ...form, week })} />}
        <SelectField
          label={t('rest.urgent')}
          value={form.urgent}
          options={urgents.map((value) => ({ value, label: t(`rest.urgentBy.${value}`) }))}
          onChange={(value) => setForm({ ...form, urgent: urgents.find((one) => one === value) ?? 'duty' })}
        />
        <Save save={() => client.call('rest.setPolicy', form)} onSaved={onSaved} />
      </div>
    </section>
  )
}

function Holidays() {
  const { t } = useTranslation()
  const client = useClient()
  const [year, setYear] = useState(() => new Date().getFullYear())
  const held = useCall('rest.listHolidays', { year })
  const [busy, run] = useAction()
  const now = new Date().getFullYear()
  return (
    <section className={styles.section}>
      <h3>{t('rest.holidays')}</h3>
      <p>{t('rest.holidaysText')}</p>
      <div className={styles.form}>
        <SelectField
          label={t('rest.year')}
          value={String(year)}
          options={[...new Set([year, now - 1, now, now + 1])]
            .sort()
            .map((one) => ({ value: String(one), label: String(one) }))}
          onChange={(value) => setYear(Number(value))}
        />
        {held.data && (
          <ul className={styles.cards}>
            {held.data.items.length === 0 && <li>{t('rest.noHolidays')}</li>}
            {held.data.items.map(({ on, kind, name }) => (
              <li key={on} className="num">
                {on} · {t(`rest.dayKind.${kind}`)} · {name}
              </li>
            ))}
          </ul>
        )}
        {(held.data?.items.length ?? 0) > 0 && (
          <div className={styles.buttons}>
            <Button
              look="dangerPlain"
              busy={busy}
              onClick={() =>
                void run(() =>
                  client
                    .call('rest.deleteHolidays', { from: `${year}-01-01`, to: `${year}-12-31` })
                    .then(() => held.reload()),
                )
              }
            >
              {t('rest.deleteYear', { year })}
            </Button>
          </div>
        )}
      </div>
      <ImportForm<Operations['rest.importHolidays']['output']>
        label={t('rest.importLabel')}
        help={t('rest.importHelp')}
        example="from,to,kind,name"
        attempt={t('rest.try')}
        action={() => t('rest.import')}
        told={({ items }) => t('rest.tried', { count: items.length })}
        load={(text, dryRun) => client.call('rest.importHolidays', { text, dryRun })}
        onDone={(done) => {
          if (!done) return
          setYear(Number(done.items[0]?.on.slice(0, 4) ?? year))
          held.reload()
        }}
      />
    </section>
  )
}

/** Whom urgent messages may reach at rest, and when. */
function Duties() {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const held = useCall('rest.listDuty', {})
  const [adding, setAdding] = useState(false)
  const [busy, run] = useAction()
  const items = held.data?.items ?? []
  useHeyi((known) => items.map(({ member }) => known.profile(member)?.name ?? '').join())
  const save = (next: Duty[]) => run(() => client.call('rest.setDuty', { items: next }).then(held.reload))
  return (
    <section className={styles.section}>
      <h3>{t('rest.duty')}</h3>
      <p>{t('rest.dutyText')}</p>
      {items.length > 0 && (
        <ul className={styles.cards}>
          {items.map((one) => (
            <li key={`${one.member}${one.from}`} className={styles.card}>
              <div>
                <b>{client.profile(one.member)?.name ?? '…'}</b>
                <small className="num">
                  {format.dateTime(one.from)} – {format.dateTime(one.until)}
                </small>
              </div>
              <Button
                size="s"
                look="dangerPlain"
                busy={busy}
                onClick={() => void save(items.filter((other) => other !== one))}
              >
                {t('tell.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons} style={{ marginTop: 12 }}>
        <Button onClick={() => setAdding(true)}>{t('rest.dutyAdd')}</Button>
      </div>
      <Presence>
        {adding && (
          <AddDuty
            onClose={() => setAdding(false)}
            onAdd={(added) => void save([...items, ...added]).then((done) => done && setAdding(false))}
          />
        )}
      </Presence>
    </section>
  )
}

const localInput = (ms: number) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
const dayMs = 86_400_000

function AddDuty({ onClose, onAdd }: { onClose: () => void; onAdd: (added: Duty[]) => void }) {
  const { t } = useTranslation()
  const [picked, setPicked] = useState<Picked[]>([])
  const [from, setFrom] = useState(() => localInput(Date.now()))
  const [until, setUntil] = useState(() => localInput(Date.now() + dayMs))
  const wrong = !(new Date(until).getTime() > new Date(from).getTime())
  return (
    <Dialog
      title={t('rest.dutyAdd')}
      onClose={onClose}
      footer={
        <Button
          look="primary"
          size="l"
          disabled={wrong || picked.length === 0}
          onClick={() =>
            onAdd(
              picked.map(({ id }) => ({
                member: id,
                from: new Date(from).toISOString(),
                until: new Date(until).toISOString(),
              })),
            )
          }
        >
          {t('action.save')}
        </Button>
      }
    >
      <div className={styles.pair}>
        <TextField
          label={t('rest.dutyFrom')}
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label={t('rest.dutyUntil')}
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          error={wrong ? t('rest.dutyWrong') : null}
        />
      </div>
      <PeoplePicker picked={picked} onPickedChange={setPicked} withMe />
    </Dialog>
  )
}

const callers = ['everyone', 'heads', 'nobody'] as const
const digestHours = [8, 24, 48, 72]
const caps = [0, 1, 2, 3, 5, 10, 20]
const costsDays = 30

/** What the company decided about being told, and what it cost. */
function Telling({ policy, onSaved }: { policy: NotificationPolicy; onSaved: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [form, setForm] = useState(policy)
  const [since] = useState(() => new Date(Date.now() - costsDays * dayMs).toISOString())
  const costs = useCall('notifications.listCosts', { since })
  const numbers = (all: number[], now: number) =>
    [...new Set([...all, now])].sort((a, b) => a - b).map((one) => ({ value: String(one), label: String(one) }))
  return (
    <section className={styles.section}>
      <h3>{t('tell.policyTitle')}</h3>
      <div className={styles.form}>
        <SelectField
          label={t('tell.everybody')}
          value={form.everybody}
          options={callers.map((value) => ({ value, label: t(`tell.everybodyBy.${value}`) }))}
          onChange={(value) => setForm({ ...form, everybody: callers.find((one) => one === value) ?? 'everyone' })}
        />
        <div className={styles.pair}>
          <SelectField
            label={t('tell.digestHours')}
            value={String(form.digestHours)}
            options={numbers(digestHours, policy.digestHours)}
            onChange={(value) => setForm({ ...form, digestHours: Number(value) })}
          />
          <SelectField
            label={t('tell.dailyCap')}
            value={String(form.dailyCap)}
            options={numbers(caps, policy.dailyCap)}
            onChange={(value) => setForm({ ...form, dailyCap: Number(value) })}
          />
        </div>
        <Save save={() => client.call('notifications.setPolicy', form)} onSaved={onSaved} />
      </div>
      {costs.data && costs.data.items.length > 0 && (
        <ul className={styles.cards} aria-label={t('tell.costs', { count: costsDays })}>
          {costs.data.items.map(({ channel, sent, costMicros }) => (
            <li key={channel} className="num">
              {t('tell.costs', { count: costsDays })} · {t(`tell.channel.${channel}`)} · {sent} ·{' '}
              {(costMicros / 1_000_000).toFixed(2)} {costs.data?.currency}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
