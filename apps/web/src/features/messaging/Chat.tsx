import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { useShortcut } from '../../app/keyboard'
import { NamesIn } from '../directory/PersonName'
import { RestBar } from '../rest/RestBar'
import styles from './Chat.module.css'
import { ChatHeader } from './ChatHeader'
import { Composer } from './Composer'
import { ChatContext, SelectionContext } from './chat-context'
import { otherOf } from './conversation'
import { MentionAlert } from './MentionAlert'
import { MessageList, type MessageListHandle } from './MessageList'
import { NoticeBar } from './NoticeBar'
import { PinBand } from './PinBand'
import { SelectBar } from './SelectBar'
import { TypingLine } from './TypingLine'
import { useArrival } from './useArrival'
import { useSelection } from './useSelection'
import { useTalking } from './useTalking'
import { useWhyClosed } from './useWhyClosed'

/** One conversation on screen. Mounted anew for each, so that nothing of another leaks into it. */
export function Chat({ id, info }: { id: string; info: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const me = useMyId()
  const chat = useHeyi((held) => held.chat(id))
  const list = useRef<MessageListHandle>(null)
  const selection = useSelection(id, chat)
  const closed = useWhyClosed(chat)
  useEffect(() => client.openChat(id), [client, id])
  useShortcut('back', () => list.current?.toEnd())
  useArrival(id, list, !chat.loading || chat.messages.length > 0)

  const talking = useTalking({
    id,
    chat,
    messages: chat.messages,
    jump: (seq) => void list.current?.jump(seq),
    toEnd: () => list.current?.toEnd(),
    select: selection.begin,
    shut: closed !== null || selection.context !== null,
    onDone: selection.end,
  })
  if (chat.gone) return <Gone />
  const { conversation, members } = chat
  const other = otherOf(conversation, members, me)
  const jumpTo = (seq: number) => void navigate(`/chat/${id}?at=${seq}`)
  const selected = () => [...(selection.context?.seqs ?? [])].sort((a, b) => a - b)
  return (
    <main
      className={styles.chat}
      data-selecting={selection.context ? '' : undefined}
      aria-label={t('area.chat')}
      {...talking.dropping}
    >
      <ChatHeader id={id} info={info} other={other} />
      {conversation?.notice && <NoticeBar id={id} notice={conversation.notice} />}
      <PinBand id={id} onJump={jumpTo} />
      <MentionAlert chat={chat} />
      <ChatContext value={talking.actions}>
        <SelectionContext value={selection.context}>
          <NamesIn value={conversation?.kind === 'group' ? id : null}>
            {chat.loading && chat.messages.length === 0 ? (
              <Loading />
            ) : (
              <MessageList key={id} ref={list} id={id} chat={chat} />
            )}
          </NamesIn>
        </SelectionContext>
      </ChatContext>
      <TypingLine id={id} />
      {other && other !== me && !closed && (
        <RestBar member={other} later={(until) => talking.writing.ref.current?.sendLater(until)} />
      )}
      {selection.context ? (
        <SelectBar
          count={selection.context.seqs.size}
          copyable={selection.copyable}
          onForward={() => talking.forward(selected())}
          onCopy={selection.copy}
          onFavourite={selection.keep}
          onTodo={() => talking.makeTodo(selected())}
          onHide={selection.hide}
          onClose={selection.end}
        />
      ) : closed ? (
        <p className={styles.closed}>{closed}</p>
      ) : (
        <Composer id={id} chat={chat} {...talking.writing} />
      )}
      {talking.dropHere}
      {talking.dialogs}
    </main>
  )
}

/** Before the first page is there. Without a connection it says what it waits for. */
function Loading() {
  const { t } = useTranslation()
  const offline = useHeyi((client) => client.connection === 'offline')
  if (offline) return <Empty drawing="broken" title={t('chat.offlineTitle')} text={t('chat.offlineText')} />
  return <Skeleton rows={8} />
}

function Gone() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <main className={styles.chat}>
      <Empty
        heading="h1"
        drawing="broken"
        title={t('chat.goneTitle')}
        text={t('chat.goneText')}
        action={
          <Button look="soft" onClick={() => navigate('/chat')}>
            {t('chat.goneBack')}
          </Button>
        }
      />
    </main>
  )
}
