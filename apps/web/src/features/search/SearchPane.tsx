import type { FoundMessage } from '@heyi/contract/search'
import { Button, IconButton } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { Empty } from '@heyi/ui/Empty'
import { SearchField } from '@heyi/ui/SearchField'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useAction, useClient, useHeyi, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useShortcut } from '../../app/keyboard'
import { ListEdge } from '../../shell/ListEdge'
import { ResultError, ResultList } from '../switcher/Results'
import { Filters } from './Filters'
import styles from './Find.module.css'
import { ResultRow } from './ResultRow'
import { type Asked, groups, isFiltered, readAsked, withoutFilters, writeAsked } from './rules'
import { type Result, sectionsOf } from './sections'
import { useFound } from './useFound'

interface Props {
  /** The conversation beside, of whose results one may be on screen. */
  shown: string | null
  /** Whether there is room for a chat beside. */
  beside: boolean
}

/** The field, what narrows it down, and what was found. The field keeps the focus; arrow keys walk over the results. */
export function SearchPane({ shown, beside }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const { search, pathname, key } = useLocation()
  const asked = readAsked(new URLSearchParams(search))
  const at = Number(new URLSearchParams(search).get('at'))
  const [text, setText] = useState(asked.text)
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, run] = useAction()
  const offline = useHeyi((held) => held.connection === 'offline')
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)

  const ask = (next: Asked) => {
    setChosen(null)
    void navigate(`${pathname}${writeAsked(next)}`, { replace: true })
  }
  // What is typed goes into the address once it stands still.
  const settled = useSettled(text)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is a reason
  useEffect(() => {
    if (settled !== asked.text) ask({ ...asked, text: settled })
  }, [settled])
  // Another search was asked for from elsewhere, by the switcher for instance.
  // biome-ignore lint/correctness/useExhaustiveDependencies: coming by the same address again is coming again
  useEffect(() => {
    if (settled === text) setText(asked.text)
    // After the chat that comes beside has taken the focus for its composer: here one goes on to the next result.
    const timer = setTimeout(() => input.current?.focus())
    return () => clearTimeout(timer)
  }, [key])
  useShortcut('search', () => {
    input.current?.focus()
    input.current?.select()
  })

  const found = useFound({ ...asked, text: settled })
  // What is taken back in the chat beside goes from the list at once; everything else with the next question.
  const held = useHeyi((one) => (shown ? one.chat(shown).messages : null))
  const isGone = ({ conversation, seq }: FoundMessage) =>
    conversation === shown && held?.some(({ object }) => object.seq === seq && object.state === 'recalled')
  const sections = sectionsOf({ ...found, messages: found.messages.filter((one) => !isGone(one)) })
  const items = sections.flatMap((section) => section.items)
  const index = Math.max(
    0,
    items.findIndex((item) => item.key === chosen),
  )
  const active = items[index]
  const waiting = text !== settled || found.loading
  const activeKey = active?.key
  useEffect(() => {
    if (activeKey) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [activeKey])

  const go = (conversation: string, seq: number | null, elsewhere: boolean) => {
    const plain = `/chat/${conversation}${seq === null ? '' : `?at=${seq}`}`
    if (elsewhere) window.open(plain, '_blank', 'noopener')
    else if (!beside) void navigate(plain)
    else void navigate(`/find/${conversation}${writeAsked(asked, seq)}`, { replace: shown !== null })
  }
  const leadTo = (path: string, elsewhere: boolean) => {
    if (elsewhere) window.open(path, '_blank', 'noopener')
    else void navigate(path)
  }
  const open = (item: Result | undefined, elsewhere = false) => {
    if (!item || busy) return
    setChosen(item.key)
    if (item.kind === 'message') return go(item.message.conversation, item.message.seq, elsewhere)
    if (item.kind === 'notice') return leadTo(`/chat/notices/${item.notice.id}`, elsewhere)
    if (item.kind === 'todo')
      return leadTo(item.todo.doneAt ? '/work?tab=done' : `/work?todo=${item.todo.id}`, elsewhere)
    if (item.kind === 'conversation') return go(item.found.conversation, null, elsewhere)
    void run(async () => {
      const { conversation } = await client.call('messaging.openDirect', { with: item.profile.id })
      go(conversation.id, null, elsewhere)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what some browsers report for the key that ends a composition.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key]
    if (step !== undefined && items.length > 0) {
      event.preventDefault()
      const next = items[Math.min(items.length - 1, Math.max(0, index + (chosen === null && step === 1 ? 0 : step)))]
      if (next) setChosen(next.key)
      if (index + step >= items.length - 3) found.more?.()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open(active, event.ctrlKey || event.metaKey)
    } else if (event.key === 'Escape' && text === '') {
      event.preventDefault()
      leave()
    }
  }
  const leave = () => void navigate(shown ? `/chat/${shown}` : '/chat')
  const filtered = isFiltered(asked)
  const Frame = beside ? 'section' : 'main'
  return (
    <Frame className={styles.pane} aria-label={t('search.title')}>
      <h1 className="sr">{t('search.title')}</h1>
      <div className={styles.head}>
        <IconButton label={t('action.back')} onClick={leave}>
          <ChevronLeft size={beside ? 20 : 24} />
        </IconButton>
        <SearchField
          label={t('search.title')}
          placeholder={t(asked.in ? 'search.inThis' : 'search.placeholder')}
          className={styles.field}
          value={text}
          onChange={(next) => {
            setText(next)
            setChosen(null)
          }}
          inputRef={input}
          onKeyDown={onKeyDown}
          list={{ id: listId, at: active ? `${listId}-${index}` : undefined }}
        />
      </div>
      <Chips
        label={t('search.groups')}
        className={styles.groups}
        value={asked.group}
        options={groups.map((group) => ({ value: group, label: t(`search.group.${group}`) }))}
        onChange={(group) => ask({ ...asked, group })}
      />
      <Filters asked={asked} onChange={ask} />
      <p role="status" className="sr">
        {waiting ? t('search.searching') : found.asked ? t('search.count', { count: items.length }) : ''}
      </p>
      {found.error !== null && found.error !== undefined && !waiting && (
        <ResultError onRetry={found.reload}>
          {offline ? t('search.offline') : `${t('search.failed')} ${errorMessage(found.error)}`}
        </ResultError>
      )}
      <ResultList
        ref={list}
        id={listId}
        label={t('search.results')}
        sections={sections.map(({ group, items: of }) => ({
          name: group,
          label: t(`search.group.${group}`),
          items: of,
        }))}
        headed={asked.group === 'all'}
        className={styles.list}
        waiting={waiting}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          if (scrollTop + clientHeight > scrollHeight - 400) found.more?.()
        }}
      >
        {(item) => (
          <ResultRow
            key={item.key}
            id={`${listId}-${items.indexOf(item)}`}
            item={item}
            active={item.key === chosen}
            selected={item === active}
            open={item.kind === 'message' && item.message.conversation === shown && item.message.seq === at}
            onOpen={(elsewhere) => open(item, elsewhere)}
          />
        )}
      </ResultList>
      {asked.group === 'all' && sections.length > 0 && (
        <div className={styles.mores}>
          {sections
            .filter(({ full }) => full)
            .map(({ group }) => (
              <Button key={group} size="s" look="soft" onClick={() => ask({ ...asked, group })}>
                {t('search.more', { group: t(`search.group.${group}`) })}
              </Button>
            ))}
        </div>
      )}
      {items.length === 0 && waiting && (found.asked || text !== '') && <Skeleton rows={6} />}
      {items.length === 0 && !waiting && !found.error && (
        <Nothing asked={asked} any={found.asked} filtered={filtered} onClear={() => ask(withoutFilters(asked))} />
      )}
      {beside && <ListEdge />}
    </Frame>
  )
}

function Nothing({
  asked,
  any,
  filtered,
  onClear,
}: {
  asked: Asked
  any: boolean
  filtered: boolean
  onClear: () => void
}) {
  const { t } = useTranslation()
  if (!any) return <Empty title={t('search.start')} text={t('search.startText')} />
  return (
    <Empty
      drawing="broken"
      title={asked.text ? t('search.none', { text: asked.text }) : t('search.noneFiltered')}
      text={t('search.noneText')}
      action={
        filtered && (
          <Button look="soft" onClick={onClear}>
            {t('search.clearFilters')}
          </Button>
        )
      }
    />
  )
}
