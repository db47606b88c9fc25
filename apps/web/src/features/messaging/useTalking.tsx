import type { ChatState, HeldMessage, Outgoing } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { Presence } from '@heyi/ui/Presence'
import { toastFailure } from '@heyi/ui/toast'
import { ArrowDownToLine } from 'lucide-react'
import { type DragEvent, lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient, useMyId } from '../../app/data'
import { toastError } from '../../app/errors'
import { SendFiles } from '../files/SendFiles'
import { type Chosen, sendFiles } from '../files/uploads'
import type { ComposerHandle } from './Composer'
import type { ChatActions } from './chat-context'
import { imagesOf, messageLine, useTitle } from './conversation'
import type { Waiting } from './SendLater'
import { useTakenBack } from './useArrival'
import styles from './useTalking.module.css'

const ForwardDialog = lazy(() => import('./ForwardDialog').then((module) => ({ default: module.ForwardDialog })))
const SendLater = lazy(() => import('./SendLater').then((module) => ({ default: module.SendLater })))
const TodoDialog = lazy(() => import('../todos/TodoDialog').then((module) => ({ default: module.TodoDialog })))
const ImageViewer = lazy(() => import('../files/ImageViewer').then((module) => ({ default: module.ImageViewer })))

interface Options {
  id: string
  /** The thread it is about, if it is about one. */
  root?: number
  chat: ChatState
  /** What stands on screen, among it the pictures that are leafed through. */
  messages: readonly HeldMessage[]
  /** Where the messages are: `jump` and `toEnd` move in them. */
  jump: (seq: number) => void
  toEnd: () => void
  /** Begins to select messages; null where none are selected. Stable. */
  select: ((seq: number) => void) | null
  /** Nothing may be dropped: it is closed, or somebody selects. */
  shut: boolean
  /** The messages that were selected have been made a to-do, or forwarded. */
  onDone?: () => void
}

/**
 * Talking in one place, a chat or a thread: what its messages can have done, what is quoted in its composer, the files
 * that were dropped or chosen and go out after a look, and the dialogs of all that.
 */
export function useTalking({ id, root, chat, messages, jump, toEnd, select, shut, onDone }: Options) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const me = useMyId()
  const title = useTitle(chat.conversation, chat.members)
  const composer = useRef<ComposerHandle>(null)
  useTakenBack(composer, root ?? null, !chat.loading && chat.conversation !== null && !shut)
  const [quote, setQuote] = useState<number | null>(() => (root === undefined ? (chat.draft?.quote ?? null) : null))
  const [chosen, setChosen] = useState<readonly File[] | null>(null)
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const [viewed, setViewed] = useState<number | null>(null)
  const [todoOf, setTodoOf] = useState<readonly number[] | null>(null)
  const [forwarded, setForwarded] = useState<readonly number[] | null>(null)
  const isViewing = viewed !== null
  const images = useMemo(
    () =>
      imagesOf(
        id,
        (isViewing ? messages : []).map(({ object }) => object),
      ),
    [isViewing, messages, id],
  )
  const take = useCallback((files: readonly File[]) => {
    if (files.length > 0) setChosen(files)
  }, [])
  const send = async (files: readonly Chosen[], comment: string) => {
    setChosen(null)
    setQuote(null)
    toEnd()
    try {
      if (comment) await client.send(id, { kind: 'text', text: comment }, quote, root)
      await sendFiles(client, id, files, comment ? null : quote, root)
      if (root === undefined && quote !== null) client.saveDraft(id, chat.draft?.text ?? '', null)
    } catch (error) {
      toastError(error)
    }
  }
  const moving = useRef(jump)
  moving.current = jump
  const actions = useMemo(
    (): ChatActions => ({
      reply: (seq) => {
        setQuote(seq)
        composer.current?.focus()
      },
      edit: (text) => composer.current?.setText(text),
      correct: (seq) => composer.current?.correct(seq),
      jump: (seq) => moving.current(seq),
      view: setViewed,
      forward: setForwarded,
      select,
      thread: root === undefined ? (seq) => void navigate(`/chat/${id}/thread/${seq}`) : null,
      todo: (seq) => setTodoOf([seq]),
      profile: (person) => void navigate(`/people/of/${person}`),
    }),
    [select, navigate, id, root],
  )
  const dropping = useDropping(take, shut)
  const dialogs = (
    <>
      <Presence>
        {chosen && (
          <SendFiles
            files={chosen}
            to={title}
            onSend={(files, comment) => void send(files, comment)}
            onLater={
              root === undefined
                ? (files, words) => {
                    setChosen(null)
                    setWaiting({ files, card: null, words })
                  }
                : undefined
            }
            onClose={() => setChosen(null)}
          />
        )}
      </Presence>
      <Presence>
        {waiting && (
          <Suspense fallback={null}>
            <SendLater
              conversation={id}
              quote={quote}
              waiting={waiting}
              onDone={() => {
                setQuote(null)
                toEnd()
              }}
              onClose={() => setWaiting(null)}
            />
          </Suspense>
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
                onDone?.()
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
                onDone?.()
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
    </>
  )
  return {
    actions,
    title,
    makeTodo: setTodoOf,
    forward: setForwarded,
    /** Of the Composer. */
    writing: {
      ref: composer,
      quote,
      onQuote: setQuote,
      onFiles: take,
      onRecorded: (recorded: Chosen) => void send([recorded], ''),
      // In a thread nothing waits for its time.
      onLater:
        root === undefined
          ? (what: { voice: Chosen } | { card: Outgoing }) =>
              setWaiting({
                files: 'voice' in what ? [what.voice] : [],
                card: 'card' in what ? what.card : null,
                words: '',
              })
          : undefined,
      onSent: toEnd,
    },
    /** Of the element that takes what is dropped. */
    dropping: dropping.handlers,
    /** Inside that element, which is positioned. */
    dropHere: dropping.over && !shut && (
      <div className={styles.drop} aria-hidden="true">
        <ArrowDownToLine size={28} />
        <b>{t('chat.dropHere', { title })}</b>
        <span>{t('chat.dropNext')}</span>
      </div>
    ),
    dialogs,
  }
}

/** Files dropped on something, but no folders. */
function useDropping(take: (files: readonly File[]) => void, shut: boolean) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (shut) return
      const { files, items } = event.dataTransfer
      const isFolder = [...items].map((item) => item.webkitGetAsEntry()?.isDirectory ?? false)
      const dropped = [...files].filter((_, index) => !isFolder[index])
      if (dropped.length < files.length) toastFailure(t('chat.noFolders'))
      take(dropped)
    },
  }
  return { over, handlers }
}

/** What a to-do of messages begins with: their words, or what they carry. */
const todoText = (messages: readonly (Message | null | undefined)[], line: (message: Message) => string): string =>
  messages
    .flatMap((message) => (message ? [line(message)] : []))
    .join('\n')
    .slice(0, limits.todoChars)
