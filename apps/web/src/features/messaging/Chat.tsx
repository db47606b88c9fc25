import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toastFailure } from '@heyi/ui/toast'
import { ArrowDownToLine } from 'lucide-react'
import { type DragEvent, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { toastError } from '../../app/errors'
import { useShortcut } from '../../app/keyboard'
import { NamesIn } from '../directory/PersonName'
import { SendFiles } from '../files/SendFiles'
import { type Chosen, sendFiles } from '../files/uploads'
import { RestBar } from '../rest/RestBar'
import styles from './Chat.module.css'
import { ChatHeader } from './ChatHeader'
import { Composer, type ComposerHandle } from './Composer'
import { ChatContext, SelectionContext } from './chat-context'
import { imagesOf, messageLine, otherOf, useTitle } from './conversation'
import { MentionAlert } from './MentionAlert'
import { MessageList, type MessageListHandle } from './MessageList'
import { NoticeBar } from './NoticeBar'
import { PinBand } from './PinBand'
import { SelectBar } from './SelectBar'
import { TypingLine } from './TypingLine'
import { useArrival } from './useArrival'
import { useSelection } from './useSelection'
import { useWhyClosed } from './useWhyClosed'

const ForwardDialog = lazy(() => import('./ForwardDialog').then((module) => ({ default: module.ForwardDialog })))
const TodoDialog = lazy(() => import('../todos/TodoDialog').then((module) => ({ default: module.TodoDialog })))
const ImageViewer = lazy(() => import('../files/ImageViewer').then((module) => ({ default: module.ImageViewer })))

/** One conversation on screen. Mounted anew for each, so that nothing of another leaks into it. */
export function Chat({ id, info }: { id: string; info: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const me = useMyId()
  const chat = useHeyi((held) => held.chat(id))
  const list = useRef<MessageListHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const [quote, setQuote] = useState<number | null>(() => chat.draft?.quote ?? null)
  const [viewed, setViewed] = useState<number | null>(null)
  const [over, setOver] = useState(false)
  const [chosen, setChosen] = useState<readonly File[] | null>(null)
  const [todoOf, setTodoOf] = useState<readonly number[] | null>(null)
  const [forwarded, setForwarded] = useState<readonly number[] | null>(null)
  const selection = useSelection(id, chat)
  const { begin: select } = selection
  const title = useTitle(chat.conversation, chat.members)
  const closed = useWhyClosed(chat)
  useEffect(() => client.openChat(id), [client, id])
  useShortcut('back', () => list.current?.toEnd())
  useArrival(id, list, !chat.loading || chat.messages.length > 0)

  const isViewing = viewed !== null
  const images = useMemo(
    () =>
      imagesOf(
        id,
        (isViewing ? chat.messages : []).map(({ object }) => object),
      ),
    [isViewing, chat.messages, id],
  )
  const take = useCallback((files: readonly File[]) => {
    if (files.length > 0) setChosen(files)
  }, [])
  const sendChosen = async (files: readonly Chosen[], comment: string) => {
    setChosen(null)
    setQuote(null)
    list.current?.toEnd()
    try {
      if (comment) await client.send(id, { kind: 'text', text: comment }, quote)
      await sendFiles(client, id, files, comment ? null : quote)
      if (quote !== null) client.saveDraft(id, chat.draft?.text ?? '', null)
    } catch (error) {
      toastError(error)
    }
  }
  const actions = useMemo(
    () => ({
      reply: (seq: number) => {
        setQuote(seq)
        composer.current?.focus()
      },
      edit: (text: string) => composer.current?.setText(text),
      correct: (seq: number) => composer.current?.correct(seq),
      jump: (seq: number) => void list.current?.jump(seq),
      view: (seq: number) => setViewed(seq),
      forward: (seqs: readonly number[]) => setForwarded(seqs),
      select,
      thread: (seq: number) => void navigate(`/chat/${id}/thread/${seq}`),
      todo: (seq: number) => setTodoOf([seq]),
      profile: (person: string) => void navigate(`/people/of/${person}`),
    }),
    [select, navigate, id],
  )
  if (chat.gone) return <Gone />
  const { conversation, members } = chat
  const other = otherOf(conversation, members, me)
  const jumpTo = (seq: number) => void navigate(`/chat/${id}?at=${seq}`)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (closed || selection.context) return
    const { files, items } = event.dataTransfer
    const isFolder = [...items].map((item) => item.webkitGetAsEntry()?.isDirectory ?? false)
    const dropped = [...files].filter((_, index) => !isFolder[index])
    if (dropped.length < files.length) toastFailure(t('chat.noFolders'))
    take(dropped)
  }
  return (
    <main
      className={styles.chat}
      data-selecting={selection.context ? '' : undefined}
      aria-label={t('area.chat')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={drop}
    >
      <ChatHeader id={id} info={info} other={other} />
      {conversation?.notice && <NoticeBar id={id} notice={conversation.notice} />}
      <PinBand id={id} onJump={jumpTo} />
      <MentionAlert chat={chat} />
      <ChatContext value={actions}>
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
        <RestBar member={other} later={(until) => composer.current?.sendLater(until)} />
      )}
      {selection.context ? (
        <SelectBar
          count={selection.context.seqs.size}
          copyable={selection.copyable}
          onForward={() => setForwarded([...(selection.context?.seqs ?? [])].sort((a, b) => a - b))}
          onCopy={selection.copy}
          onFavourite={selection.keep}
          onTodo={() => setTodoOf([...(selection.context?.seqs ?? [])].sort((a, b) => a - b))}
          onHide={selection.hide}
          onClose={selection.end}
        />
      ) : closed ? (
        <p className={styles.closed}>{closed}</p>
      ) : (
        <Composer
          ref={composer}
          id={id}
          chat={chat}
          quote={quote}
          onQuote={setQuote}
          onFiles={take}
          onVoice={(voice) => void sendChosen([voice], '')}
          onSent={() => list.current?.toEnd()}
        />
      )}
      {over && !closed && (
        <div className={styles.drop} aria-hidden="true">
          <ArrowDownToLine size={28} />
          <b>{t('chat.dropHere', { title })}</b>
          <span>{t('chat.dropNext')}</span>
        </div>
      )}
      <Presence>
        {chosen && (
          <SendFiles
            files={chosen}
            to={title}
            onSend={(files, comment) => void sendChosen(files, comment)}
            onClose={() => setChosen(null)}
          />
        )}
      </Presence>
      <Presence>
        {todoOf?.[0] !== undefined && (
          <Suspense fallback={null}>
            <TodoDialog
              todo={null}
              source={{ conversation: id, seq: todoOf[0] }}
              text={todoText(
                todoOf.map((seq) => client.message(id, seq)),
                (message) => messageLine(client, message, me, t, id),
              )}
              onClose={() => {
                setTodoOf(null)
                selection.end()
              }}
            />
          </Suspense>
        )}
      </Presence>
      <Presence>
        {forwarded && (
          <Suspense fallback={null}>
            <ForwardDialog
              what={{ from: id, seqs: forwarded }}
              onClose={() => setForwarded(null)}
              onSent={() => {
                setForwarded(null)
                selection.end()
              }}
            />
          </Suspense>
        )}
      </Presence>
      <Presence>
        {viewed !== null && (
          <Suspense fallback={null}>
            <ImageViewer
              images={images}
              start={Math.max(
                0,
                images.findIndex(({ seq }) => seq === viewed),
              )}
              onClose={() => setViewed(null)}
            />
          </Suspense>
        )}
      </Presence>
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

/** What a to-do of messages begins with: their words, or what they carry. */
const todoText = (messages: readonly (Message | null | undefined)[], line: (message: Message) => string): string =>
  messages
    .flatMap((message) => (message ? [line(message)] : []))
    .join('\n')
    .slice(0, limits.todoChars)

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
