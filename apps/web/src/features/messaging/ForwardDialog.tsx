import type { InboxEntry } from '@heyi/client'
import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Picker, type PickerOption } from '@heyi/ui/Picker'
import { Segmented } from '@heyi/ui/Segmented'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useClient, useHeyi, useMyId, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { PersonPicture } from '../directory/PersonPicture'
import { ContactCard } from './ContactCard'
import { ConversationPicture } from './ConversationPicture'
import { calledIn, messageLine, otherOf, titleOf } from './conversation'
import styles from './ForwardDialog.module.css'
import { maySay } from './useWhyClosed'

/** Where to: a conversation there is, or a colleague whose direct conversation may not exist yet. */
interface Target {
  id: string
  kind: 'conversation' | 'person'
  name: string
}

interface Props {
  /** Messages of one conversation, or the card of a colleague. */
  what: { from: string; seqs: readonly number[] } | { card: string }
  onClose: () => void
  onSent: () => void
}

/** Sends messages on, one by one or as one record, to conversations and colleagues, with a word of mine if I like. */
export function ForwardDialog({ what, onClose, onSent }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [targets, setTargets] = useState<Target[]>([])
  const [comment, setComment] = useState('')
  const [merged, setMerged] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const tooMany = targets.length > limits.forwardTargets
  const count = 'card' in what ? 1 : what.seqs.length
  const toggle = (target: Target) =>
    setTargets((before) =>
      before.some(({ id }) => id === target.id)
        ? before.filter(({ id }) => id !== target.id)
        : [...before, { id: target.id, kind: target.kind, name: target.name }],
    )
  const send = async () => {
    if (targets.length === 0 || tooMany || busy) return
    setBusy(true)
    setError(null)
    try {
      const to = await Promise.all(
        targets.map(async ({ id, kind }) =>
          kind === 'conversation' ? id : (await client.call('messaging.openDirect', { with: id })).conversation.id,
        ),
      )
      const said = comment.trim()
      if ('card' in what) {
        for (const one of new Set(to)) {
          await client.send(one, { kind: 'contact', member: what.card })
          if (said) await client.send(one, { kind: 'text', text: said })
        }
      } else
        await client.call('messaging.forwardMessages', {
          from: what.from,
          seqs: [...what.seqs],
          to: [...new Set(to)],
          ...(merged && { merged }),
          ...(said && { comment: said }),
        })
      toast('card' in what ? t('contact.shared') : t('forward.done', { count: targets.length }))
      onSent()
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={'card' in what ? t('contact.share') : t('forward.title', { count })}
      onClose={onClose}
      onSubmit={() => void send()}
      footer={
        <>
          <Button size="l" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button size="l" look="primary" type="submit" busy={busy} disabled={targets.length === 0 || tooMany}>
            {targets.length === 0
              ? t('forward.pickFirst')
              : t('card' in what ? 'contact.send' : 'forward.send', { count: targets.length })}
          </Button>
        </>
      }
    >
      <Targets targets={targets} onToggle={toggle} />
      {count > 1 && (
        <Segmented
          label={t('forward.how')}
          value={merged ? 'merged' : 'single'}
          onChange={(how) => setMerged(how === 'merged')}
          options={[
            { value: 'single', label: t('forward.single') },
            { value: 'merged', label: t('forward.merged') },
          ]}
        />
      )}
      {'card' in what ? <ContactCard member={what.card} /> : <What {...what} />}
      <input
        className={styles.comment}
        aria-label={t('forward.comment')}
        placeholder={t('forward.comment')}
        maxLength={limits.messageChars}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {tooMany && (
        <p role="alert" className={styles.error}>
          {t('forward.tooMany', { count: limits.forwardTargets })}
        </p>
      )}
      {error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(error)}
        </p>
      )}
    </Dialog>
  )
}

/** What is sent on, in one line. */
function What({ from, seqs }: { from: string; seqs: readonly number[] }) {
  const { t } = useTranslation()
  const me = useMyId()
  const line = useHeyi((client) => {
    const first = client.chat(from).messages.find(({ object }) => object.seq === seqs[0])?.object
    if (!first) return ''
    const name = calledIn(client, from, first.sender) || '…'
    return `${name}${t('list.colon')}${messageLine(client, first, me, t, from)}`
  })
  return (
    <p className={styles.what}>
      <span className="ell">{line}</span>
      {seqs.length > 1 && <small>{t('forward.more', { count: seqs.length })}</small>}
    </p>
  )
}

function useOptions(text: string) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const wanted = useSettled(text.trim())
  const lower = wanted.toLowerCase()
  const inbox = useHeyi((held) => held.inbox())
  // Drawn anew as names arrive.
  useHeyi((held) => inbox.map((entry) => titleOf(held, entry.conversation, entry.members, me)).join('\n'))
  const found = useCall('directory.search', wanted ? { text: wanted, limit: limits.searchResults } : null)
  const ofPerson = (person: Profile): PickerOption<Target> => ({
    id: person.id,
    kind: 'person',
    name: person.name,
    under: [person.position, person.department].filter(Boolean).join(' · '),
    picture: <PersonPicture id={person.id} size={36} />,
  })
  const ofEntry = ({ id, conversation, members }: InboxEntry): PickerOption<Target> => ({
    id,
    kind: 'conversation',
    name: titleOf(client, conversation, members, me),
    under: conversation.kind === 'group' && members ? t('forward.members', { count: members.count }) : '',
    picture: <ConversationPicture conversation={conversation} members={members} size={36} />,
  })
  const open = inbox.filter(({ conversation, membership }) => maySay(conversation, membership))
  const talked = new Set(open.map(({ conversation, members }) => otherOf(conversation, members, me)))
  const people = (found.data?.people ?? []).filter(({ kind }) => kind === 'member')
  // A colleague I talk to already is found by pinyin as well, and offered once, as that conversation.
  const byName = open.filter(
    ({ conversation, members }) =>
      titleOf(client, conversation, members, me).toLowerCase().includes(lower) ||
      people.some(({ id }) => id === otherOf(conversation, members, me)),
  )
  const options = wanted
    ? [...byName.map(ofEntry), ...people.filter(({ id }) => !talked.has(id)).map(ofPerson)]
    : open.map(ofEntry)
  return { options, wanted, loading: found.loading, error: wanted ? found.error : null }
}

function Targets({ targets, onToggle }: { targets: Target[]; onToggle: (target: Target) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { options, wanted, loading, error } = useOptions(text)
  return (
    <Picker
      texts={{
        search: t('forward.search'),
        list: t('forward.where'),
        picked: t('picker.picked'),
        unpick: (name) => t('picker.unpick', { name }),
      }}
      text={text}
      onTextChange={setText}
      options={options}
      picked={targets}
      onToggle={onToggle}
      loading={loading}
      none={error !== null ? errorMessage(error) : wanted ? t('picker.none', { text: wanted }) : t('forward.nowhere')}
    />
  )
}
