import { ExternalTag } from '@heyi/ui/Tag'
import type { ReactNode } from 'react'
import { useHeyi, useProfile } from '../../app/data'
import { capsOf, shortcuts } from '../../app/keyboard'
import { PersonPicture } from '../directory/PersonPicture'
import { ConversationPicture } from '../messaging/ConversationPicture'
import { Marked } from './Marked'
import { ResultLines, ResultOption } from './Results'
import type { Found } from './rules'
import styles from './Switcher.module.css'

interface Props {
  id: string
  item: Found
  /** Its place in the whole list, from 1. */
  nth: number
  active: boolean
  icon: ReactNode
  onOpen: (elsewhere: boolean) => void
  onPoint: () => void
}

export function SwitcherRow({ id, item, nth, active, icon, onOpen, onPoint }: Props) {
  const nthKey = shortcuts.nthResult.keys[nth - 2]
  const caps = active ? 'Enter' : nthKey && capsOf(nthKey).join(' ')
  return (
    <ResultOption
      id={id}
      selected={active}
      className={[styles.row, active && styles.on].filter(Boolean).join(' ')}
      onOpen={onOpen}
      onPoint={active ? undefined : onPoint}
    >
      <Face item={item} icon={icon} />
      <ResultLines
        title={
          <>
            <b className="ell">
              <Marked text={item.title || '…'} ranges={item.marks.title} />
            </b>
            <External item={item} />
          </>
        }
        under={item.under && <Marked text={item.under} ranges={item.marks.under} />}
      />
      {caps && (
        <span aria-hidden="true">
          <kbd>{caps}</kbd>
        </span>
      )}
    </ResultOption>
  )
}

function Face({ item, icon }: { item: Found; icon: ReactNode }) {
  const entry = useHeyi((client) =>
    item.kind === 'conversation' ? (client.inbox().find(({ id }) => id === item.id) ?? null) : null,
  )
  if (item.kind === 'command') return <span className={styles.tile}>{icon}</span>
  if (item.person) return <PersonPicture id={item.person} size={32} />
  return entry && <ConversationPicture conversation={entry.conversation} members={entry.members} size={32} />
}

function External({ item }: { item: Found }) {
  const profile = useProfile(item.person)
  const group = useHeyi((client) =>
    item.group ? (client.inbox().find(({ id }) => id === item.id)?.conversation.external ?? false) : false,
  )
  return (group || profile?.external) && <ExternalTag />
}
