import { useEffect, useRef } from 'react'

/**
 * Every shortcut, once: this table decides what a key does and is what the sheet of shortcuts shows (DESIGN section 7).
 *
 * `Mod` is ⌘ on macOS and Ctrl elsewhere. With several `keys` the handler is told which one it was; they stand for one
 * another unless the name says that they are a series.
 *
 * `where`: `anywhere` but under an open dialog or menu, and in the open `switcher`, are handled by `useShortcut`; `late`
 * ones wait until everything nearer to the focus has left the key alone. What is for the text box of the `composer` or
 * for a focused `message` is handled by those, who ask the table by `pressed`.
 */
export const shortcuts = {
  switcher: { section: 'everywhere', keys: ['Mod+K'], where: 'anywhere' },
  search: { section: 'everywhere', keys: ['Mod+Shift+F'], where: 'anywhere' },
  area: { section: 'everywhere', keys: series('Alt+', 1, 8), where: 'anywhere' },
  create: { section: 'everywhere', keys: ['Alt+N'], where: 'anywhere' },
  nextPane: { section: 'everywhere', keys: ['Alt+F6', 'App+F6'], where: 'anywhere' },
  previousPane: { section: 'everywhere', keys: ['Alt+Shift+F6', 'App+Shift+F6'], where: 'anywhere' },
  rest: { section: 'everywhere', keys: ['Alt+Shift+Z'], where: 'anywhere' },
  sheet: { section: 'everywhere', keys: ['Mod+/'], where: 'anywhere' },
  previousChat: { section: 'chats', keys: ['Alt+ArrowUp'], where: 'anywhere' },
  nextChat: { section: 'chats', keys: ['Alt+ArrowDown'], where: 'anywhere' },
  previousUnread: { section: 'chats', keys: ['Alt+Shift+ArrowUp'], where: 'anywhere' },
  nextUnread: { section: 'chats', keys: ['Alt+Shift+ArrowDown'], where: 'anywhere' },
  findHere: { section: 'chats', keys: ['Mod+F'], where: 'anywhere' },
  panel: { section: 'chats', keys: ['Alt+I'], where: 'anywhere' },
  back: { section: 'chats', keys: ['Escape'], where: 'anywhere', late: true },
  /** Whether the first of the two sends as well is the member's choice. */
  send: { section: 'writing', keys: ['Enter', 'Mod+Enter'], where: 'composer' },
  /** The text box does this by itself, with every Enter that does not send. */
  newLine: { section: 'writing', keys: ['Shift+Enter', 'Enter'], where: 'composer' },
  sendLater: { section: 'writing', keys: ['Mod+Shift+Enter'], where: 'composer' },
  /** Asks for a receipt, or no longer. */
  receipt: { section: 'writing', keys: ['Alt+R'], where: 'anywhere' },
  editLast: { section: 'writing', keys: ['ArrowUp'], where: 'composer' },
  reply: { section: 'message', keys: ['R'], where: 'message' },
  forward: { section: 'message', keys: ['F'], where: 'message' },
  recall: { section: 'message', keys: ['Backspace'], where: 'message' },
  nthResult: { section: 'switcher', keys: series('Alt+', 2, 9), where: 'switcher' },
} as const satisfies Record<string, Shortcut>

export type ShortcutName = keyof typeof shortcuts
export type ShortcutSection = (typeof shortcuts)[ShortcutName]['section']
/** Those that the page listens for. */
type HeardName = {
  [N in ShortcutName]: (typeof shortcuts)[N]['where'] extends 'anywhere' | 'switcher' ? N : never
}[ShortcutName]

interface Shortcut {
  section: string
  keys: readonly string[]
  where: 'anywhere' | 'switcher' | 'composer' | 'message'
  late?: true
}

function series(modifier: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${modifier}${first + index}`)
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

/** Installed as an application, no browser wants F6 for its own bars. */
const isInstalled = () => globalThis.matchMedia?.('(display-mode: standalone)').matches ?? false

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether this press is the combination. Alt on macOS, and letters of other scripts, are told by the place of the key. */
export function isCombination(press: Press, combination: string, mac: boolean, installed: boolean): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1) ?? ''
  const [mod, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey]
  if (parts.includes('App') && !installed) return false
  if (mod !== parts.includes('Mod') || other || press.altKey !== parts.includes('Alt')) return false
  // Some layouts have the slash on a shifted key.
  if (press.shiftKey !== parts.includes('Shift') && key !== '/') return false
  const byPlace = press.altKey || (press.key.length === 1 && press.key > '~')
  return byPlace ? press.code === codeOf(key) : press.key.toLowerCase() === key.toLowerCase()
}

function codeOf(key: string): string {
  if (/^\d$/.test(key)) return `Digit${key}`
  if (key === '/') return 'Slash'
  return key.length === 1 ? `Key${key}` : key
}

/** Which of the keys of a shortcut a press is; -1 where it is none, or an input method is composing. */
export function pressed(event: KeyboardEvent | (Press & { nativeEvent: KeyboardEvent }), name: ShortcutName): number {
  const native = 'nativeEvent' in event ? event.nativeEvent : event
  // 229 is what some browsers report for the key that ends a composition.
  if (native.isComposing || native.keyCode === 229) return -1
  const [mac, installed] = [isMac(), isInstalled()]
  return shortcuts[name].keys.findIndex((combination) => isCombination(native, combination, mac, installed))
}

/** The keys that the sheet shows; of sending and a new line only the one that the member has chosen. */
export function keysShown(name: ShortcutName, enterSends: boolean): string[] {
  const { keys } = shortcuts[name]
  if (name === 'send' || name === 'newLine') return [keys[enterSends ? 0 : 1] ?? keys[0]]
  if (keys.length > 2) return [`${keys[0]}…${keys.at(-1)?.at(-1)}`]
  const [mine, installed] = keys
  return [isInstalled() && installed ? installed.replace('App+', '') : mine]
}

const symbols: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Backspace: '⌫' }
const macSymbols: Record<string, string> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' }

/** A combination as its key caps read: `Ctrl K`, on macOS `⌘ K`. */
export function capsOf(combination: string): string[] {
  const mac = isMac()
  return combination
    .split('+')
    .map((part) => (mac ? macSymbols[part] : undefined) ?? symbols[part] ?? (part === 'Mod' ? 'Ctrl' : part))
}

/** A combination as `aria-keyshortcuts` wants it. */
export const ariaKeys = (combination: string): string => combination.replace('Mod', isMac() ? 'Meta' : 'Control')

/** Returns false for a key that it leaves alone after all. `which` is the place in the table's `keys`. */
type Handler = (event: KeyboardEvent, which: number) => unknown

/** Who was mounted last is asked first. */
const handlers = new Map<ShortcutName, Handler[]>()

/** Handles a shortcut of the table while mounted (and `enabled`). */
export function useShortcut(name: HeardName, handler: Handler, enabled = true): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    if (!enabled) return
    const mine: Handler = (event, which) => latest.current(event, which)
    handlers.set(name, [mine, ...(handlers.get(name) ?? [])])
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((other) => other !== mine),
      )
    }
  }, [name, enabled])
}

/** One that fades away covers nothing any more; a card that came with the pointer never did. */
const covering =
  ':is([role="dialog"], [role="alertdialog"], [role="menu"]):not([data-exiting], [data-exiting] *, [data-trigger="PreviewTrigger"])'

const mayFire = ({ where }: Shortcut): boolean => where === 'switcher' || !document.querySelector(covering)

const names = Object.keys(shortcuts) as ShortcutName[]

function hear(event: KeyboardEvent, late: boolean): void {
  if (event.defaultPrevented) return
  for (const name of names) {
    const shortcut: Shortcut = shortcuts[name]
    if ((shortcut.late ?? false) !== late) continue
    const which = pressed(event, name)
    if (which < 0 || !mayFire(shortcut)) continue
    for (const handler of handlers.get(name) ?? []) {
      if (handler(event, which) === false) continue
      event.preventDefault()
      event.stopPropagation()
      return
    }
  }
}

/** Listens for as long as the page lives. */
export function startKeyboard(): void {
  window.addEventListener('keydown', (event) => hear(event, false), { capture: true })
  window.addEventListener('keydown', (event) => hear(event, true))
}
