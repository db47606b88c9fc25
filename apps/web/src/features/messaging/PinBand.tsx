import type { Pins } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Presence } from '@heyi/ui/Presence'
import { toast } from '@heyi/ui/toast'
import { Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi, useMyId } from '../../app/data'
import { useFormat } from '../../app/format'
import { NamesIn, PersonName } from '../directory/PersonName'
import { calledIn, messageLine } from './conversation'
import styles from './PinBand.module.css'
import { useStanding } from './standing'

const nothing: Pins['items'] = []

/** Under the head of a chat: the message pinned last, and how many there are. Leads to them. */
export function PinBand({ id, onJump }: { id: string; onJump: (seq: number) => void }) {
  const { t } = useTranslation()
  const all = useHeyi((client) => client.pins(id)?.items ?? nothing)
  const fromSeq = useHeyi((client) => client.chat(id).membership?.fromSeq ?? 0)
  const [open, setOpen] = useState(false)
  // What was pinned before I came is not mine to see.
  const pins = all.filter(({ seq }) => seq > fromSeq)
  const newest = pins[0]
  if (!newest) return null
  return (
    <section className={styles.band} aria-label={t('pin.title')}>
      <button type="button" className={styles.text} onClick={() => onJump(newest.seq)}>
        <Pin size={16} aria-hidden="true" />
        <span className="ell">
          <Said id={id} seq={newest.seq} />
        </span>
      </button>
      <button type="button" className={styles.all} onClick={() => setOpen(true)}>
        {t('pin.all', { count: pins.length })}
      </button>
      <Presence>
        {open && (
          <PinsDialog
            id={id}
            pins={pins}
            onJump={(seq) => {
              setOpen(false)
              onJump(seq)
            }}
            onClose={() => setOpen(false)}
          />
        )}
      </Presence>
    </section>
  )
}

/** Who said what, in one line. */
function Said({ id, seq }: { id: string; seq: number }) {
  const { t } = useTranslation()
  const me = useMyId()
  const message = useHeyi((client) => client.message(id, seq))
  const line = useHeyi((client) => (message ? messageLine(client, message, me, t, id) : ''))
  const name = useHeyi((client) => (message ? calledIn(client, id, message.sender) : ''))
  if (message === undefined) return '…'
  if (message === null) return t('chat.quoteGone')
  return (
    <>
      <b>
        {name}
        {t('list.colon')}
      </b>
      {line}
    </>
  )
}

interface DialogProps {
  id: string
  pins: Pins['items']
  onJump: (seq: number) => void
  onClose: () => void
}

function PinsDialog({ id, pins, onJump, onClose }: DialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const chat = useHeyi((held) => held.chat(id))
  const [busy, run] = useAction()
  const group = chat.conversation?.kind === 'group'
  const standing = useStanding(chat)
  const runs = (!group || standing !== 'member') && !chat.conversation?.dissolved
  const unpin = (seq: number) =>
    void run(async () => {
      await client.call('messaging.pinMessage', { conversation: id, seq, pinned: false })
      toast(t('pin.unpinned'))
      if (pins.length === 1) onClose()
    })
  return (
    <Dialog title={t('pin.title')} onClose={onClose}>
      <NamesIn value={group ? id : null}>
        <ul className={styles.list}>
          {pins.map(({ seq, by, at }) => (
            <li key={seq}>
              <div className={styles.what}>
                <p className={styles.said}>
                  <Said id={id} seq={seq} />
                </p>
                <small>
                  {t('pin.by')} <PersonName id={by} /> · {format.dateTime(at)}
                </small>
              </div>
              <Button look="ghost" onClick={() => onJump(seq)}>
                {t('pin.show')}
              </Button>
              {runs && (
                <IconButton label={t('pin.unpin')} disabled={busy} onClick={() => unpin(seq)}>
                  <PinOff size={16} />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      </NamesIn>
    </Dialog>
  )
}
