import { IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Spinner } from '@heyi/ui/Spinner'
import { Tag } from '@heyi/ui/Tag'
import { ChevronLeft, CornerDownLeft, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useCall, useClient, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { pressed, useShortcut } from '../../app/keyboard'
import { useCommands } from './commands'
import { ResultError, ResultList } from './Results'
import { type Found, type Query, readQuery, sectionsFor, turnScope, withLast } from './rules'
import styles from './Switcher.module.css'
import { SwitcherRow } from './SwitcherRow'
import { useSources } from './useSources'

/** What the directory takes, and how many it is asked for. */
const mostChars = 80
const mostPeople = 30
const forTextId = 'searchMessages'

interface Props {
  start: string
  /** Something was opened; before it is, so that the focus is back where it was. */
  onDone: () => void
  /** On the phone, where it is a page. */
  onBack?: () => void
}

/** One field and the list of where it can lead. The field keeps the focus; the list is walked by its arrow keys. */
export function SwitcherPanel({ start, onDone, onBack }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const commands = useCommands()
  const [typed, setTyped] = useState(start)
  const [chosen, setChosen] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, run] = useAction(setFailure)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)

  const query = readQuery(typed)
  const asksPeople = (query.scope === 'all' || query.scope === 'people') && query.text !== ''
  const asked = useSettled(asksPeople ? query.text.slice(0, mostChars) : '')
  const answer = useCall('directory.search', asked && asksPeople ? { text: asked, limit: mostPeople } : null)
  const waiting = asksPeople && (asked !== query.text.slice(0, mostChars) || answer.loading)
  const sources = useSources(commands, asksPeople ? (answer.data?.people ?? []) : [])
  // Not before everything else is there: what stands first must not change under a finger on Enter.
  const forText = useForText(query, waiting)
  const foundSections = sectionsFor(query, sources)
  const sections = forText ? withLast(foundSections, forText) : foundSections
  const items = sections.flatMap((section) => section.items)
  const at = Math.max(
    0,
    items.findIndex((item) => keyOf(item) === chosen),
  )
  const active = items[at]

  useEffect(() => input.current?.focus(), [])
  const activeKey = active && keyOf(active)
  useEffect(() => {
    if (activeKey) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [activeKey])

  const go = (path: string, elsewhere: boolean) => {
    onDone()
    if (elsewhere) window.open(path, '_blank', 'noopener')
    else void navigate(path, { replace: onBack !== undefined })
  }
  const open = (item: Found | undefined, elsewhere = false) => {
    if (!item || busy) return
    setFailure(null)
    if (item.kind === 'conversation') return go(`/chat/${item.id}`, elsewhere)
    if (item.kind === 'person')
      return void run(async () => {
        const { conversation } = await client.call('messaging.openDirect', { with: item.id })
        go(`/chat/${conversation.id}`, elsewhere)
      })
    if (item.id === forTextId) return go(`/find?q=${encodeURIComponent(query.text)}`, elsewhere)
    const command = commands.find(({ id }) => id === item.id)
    if (!command) return
    if (typeof command.act !== 'function') return go(command.act.path, elsewhere)
    onDone()
    if (onBack) void navigate('/chat', { replace: true })
    command.act()
  }
  useShortcut('nthResult', (_, which) => open(items[which + 1]))
  const type = (text: string) => {
    setTyped(text)
    setChosen(null)
    setFailure(null)
    list.current?.scrollTo(0, 0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what some browsers report for the key that ends a composition.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || pressed(event, 'nthResult') >= 0) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key]
    if (step !== undefined && items.length > 0) {
      event.preventDefault()
      const wrapped = (at + step + items.length) % items.length
      const next = Math.abs(step) === 1 ? wrapped : Math.min(items.length - 1, Math.max(0, at + step))
      const item = items[next]
      if (item) setChosen(keyOf(item))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open(active, event.ctrlKey || event.metaKey)
    } else if (event.key === 'Tab' && onBack === undefined) {
      event.preventDefault()
      // The dialog would move the focus on.
      event.stopPropagation()
      type(turnScope(typed, event.shiftKey ? -1 : 1))
    }
  }
  const error = failure ?? (waiting ? null : answer.error)
  const retry = failure === null ? answer.reload : () => open(active)
  return (
    <>
      <div className={styles.top}>
        {onBack ? (
          <IconButton label={t('action.back')} onClick={onBack}>
            <ChevronLeft size={24} />
          </IconButton>
        ) : (
          <Search size={20} />
        )}
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${listId}-${at}` : undefined}
          aria-label={t('switcher.title')}
          placeholder={t('switcher.placeholder')}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {waiting && <Spinner size={16} />}
        {onBack ? (
          typed && (
            <IconButton label={t('action.clear')} onClick={() => type('')}>
              <X size={18} />
            </IconButton>
          )
        ) : (
          <>
            <Tag>{t(`switcher.scope.${query.scope}`)}</Tag>
            <span className={styles.enter} aria-hidden="true">
              <CornerDownLeft size={12} />
              {t('switcher.open')}
            </span>
          </>
        )}
      </div>
      <p role="status" className={waiting && items.length === 0 ? styles.waiting : 'sr'}>
        {waiting ? t('switcher.searching') : query.text === '' ? '' : t('switcher.count', { count: items.length })}
      </p>
      {error !== null && (
        <ResultError onRetry={retry}>
          {failure === null && `${t('switcher.failed')} `}
          {errorMessage(error)}
        </ResultError>
      )}
      <ResultList
        ref={list}
        id={listId}
        label={t('switcher.results')}
        sections={sections.map((one) => ({ ...one, label: t(`switcher.section.${one.name}`) }))}
        headed
        className={styles.list}
      >
        {(item) => {
          const index = items.indexOf(item)
          return (
            <SwitcherRow
              key={keyOf(item)}
              id={`${listId}-${index}`}
              item={item}
              nth={index + 1}
              active={index === at}
              icon={
                item.id === forTextId ? (
                  <Search size={16} />
                ) : (
                  commands.find(({ id }) => item.kind === 'command' && id === item.id)?.icon
                )
              }
              onOpen={(elsewhere) => open(item, elsewhere)}
              onPoint={() => setChosen(keyOf(item))}
            />
          )
        }}
      </ResultList>
      {foundSections.length === 0 && !waiting && error === null && (
        <Empty
          drawing="none"
          title={query.text ? t('switcher.none', { text: query.text }) : t('switcher.nothingYet')}
          text={query.text ? t('switcher.noneText') : undefined}
        />
      )}
      {onBack ? (
        <p className={styles.signs}>{t('switcher.signs')}</p>
      ) : (
        <footer className={styles.footer}>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {t('switcher.hint.choose')}
          </span>
          <span>
            <kbd>Tab</kbd> {t('switcher.hint.scope')}
          </span>
          <span>
            <kbd>Ctrl Enter</kbd> {t('switcher.hint.elsewhere')}
          </span>
          <span className={styles.last}>{t('switcher.signs')}</span>
        </footer>
      )}
    </>
  )
}

/** A member and a conversation never share an id; a command might. */
const keyOf = ({ kind, id }: Found) => `${kind} ${id}`

/** The way on to what was said: offered last, for everything that is not a sign for something else. */
function useForText({ scope, text }: Query, waiting: boolean): Found | null {
  const { t } = useTranslation()
  if (text === '' || scope !== 'all' || waiting) return null
  return {
    kind: 'command',
    id: forTextId,
    title: t('search.forText', { text }),
    under: t('search.forUnder'),
    words: '',
    at: '',
    person: null,
    group: false,
    rank: Number.POSITIVE_INFINITY,
    marks: { title: [], under: [] },
  }
}
