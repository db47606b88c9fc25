import type { HeldMessage } from '@heyi/client'
import type { ConversationRole, Message } from '@heyi/contract/messaging'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../app/data'
import styles from './Album.module.css'
import { useChatActions } from './chat-context'
import { MessageTools } from './MessageTools'
import { SelectMark } from './SelectMark'

/** More are behind the last cell. */
const most = 9

interface Props {
  conversation: string
  pictures: HeldMessage[]
  mine: boolean
  role: ConversationRole
  group: boolean
}

/** Pictures sent in a row, in equal cells. Arrow keys go from one to the next. */
export function Album({ conversation, pictures, mine, role, group }: Props) {
  const { t } = useTranslation()
  const shown = pictures.slice(0, most)
  const behind = pictures.length - shown.length
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    const cells = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-open]')]
    cells[cells.indexOf(document.activeElement as HTMLElement) + by]?.focus()
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are for the pictures in it
    <div
      className={[styles.album, (shown.length === 2 || shown.length === 4) && styles.two].filter(Boolean).join(' ')}
      onKeyDown={onKeyDown}
    >
      {shown.map(({ object }, index) =>
        object.kind === 'image' && object.body ? (
          <div key={object.seq} data-message={object.seq} className={styles.cell}>
            <Cell
              conversation={conversation}
              message={object}
              body={object.body}
              behind={index === most - 1 ? behind : 0}
            />
            <MessageTools conversation={conversation} message={object} mine={mine} role={role} group={group} />
            <SelectMark seq={object.seq} name={object.body.name || t('preview.image')} />
          </div>
        ) : null,
      )}
    </div>
  )
}

type Picture = Extract<Message, { kind: 'image' }>

function Cell({
  conversation,
  message,
  body,
  behind,
}: {
  conversation: string
  message: Picture
  body: NonNullable<Picture['body']>
  behind: number
}) {
  const { t } = useTranslation()
  const { view } = useChatActions()
  const src = useHeyi((client) => client.fileUrl(body.file, { conversation, seq: message.seq }, 'thumbnail'))
  return (
    <button
      type="button"
      data-open
      tabIndex={-1}
      className={styles.picture}
      aria-label={
        behind > 0 ? t('file.viewMore', { name: body.name, count: behind }) : t('file.view', { name: body.name })
      }
      onClick={() => view(message.seq)}
    >
      {src && <img src={src} alt={body.name} draggable={false} />}
      {behind > 0 && (
        <b aria-hidden="true" className="num">
          +{behind}
        </b>
      )}
    </button>
  )
}
