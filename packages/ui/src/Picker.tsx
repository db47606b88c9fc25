import { Check, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { cx } from './cx'
import styles from './Picker.module.css'
import { SearchField } from './SearchField'
import { Skeleton } from './Skeleton'

interface Named {
  id: string
  name: string
}
/** How something to pick is shown. */
export type PickerOption<T extends Named = Named> = T & { under?: string; picture: ReactNode }

interface PickerProps<T extends Named> {
  texts: {
    search: string
    list: string
    /** What the chips are called together, and the press that takes one off. */
    picked: string
    unpick: (name: string) => string
  }
  /** What is looked for. Who uses the picker finds the options. */
  text: string
  onTextChange: (text: string) => void
  options: readonly PickerOption<T>[]
  /** Several, as chips above the list. Left out, one is picked at once. */
  picked?: readonly T[]
  onToggle: (one: T) => void
  loading?: boolean
  /** Stands where there is no option: that nothing was found, or what went wrong. */
  none: ReactNode
}

/**
 * Finds and picks people, conversations and the like. The search field keeps the focus: arrows walk through the list,
 * Enter picks, Backspace in the empty field takes the last chip off.
 */
export function Picker<T extends Named>({
  texts,
  text,
  onTextChange,
  options,
  picked,
  onToggle,
  loading = false,
  none,
}: PickerProps<T>) {
  const listId = useId()
  const search = useRef<HTMLInputElement>(null)
  const [wished, setAt] = useState(0)
  // There may be fewer by now.
  const at = Math.min(wished, options.length - 1)
  const active = options[at]
  const idOf = (option: Named) => `${listId}${option.id}`
  const isPicked = (id: string) => picked?.some((one) => one.id === id) ?? false
  const type = (next: string) => {
    onTextChange(next)
    setAt(0)
  }
  const choose = (option: T) => {
    onToggle(option)
    if (picked && text !== '') type('')
  }
  const walk = (step: 1 | -1) => {
    const next = Math.max(0, Math.min(options.length - 1, at + step))
    const option = options[next]
    setAt(next)
    if (option) document.getElementById(idOf(option))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what some browsers report for the key that ends a composition.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      walk(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (active) choose(active)
    } else if (event.key === 'Backspace' && text === '') {
      const last = picked?.at(-1)
      if (last) onToggle(last)
    }
  }
  return (
    <div className={styles.picker}>
      {picked && picked.length > 0 && (
        <ul className={styles.chips} aria-label={texts.picked}>
          {picked.map((one) => (
            <li key={one.id}>
              <Button
                className={styles.chip ?? ''}
                aria-label={texts.unpick(one.name)}
                preventFocusOnPress
                onPress={({ pointerType }) => {
                  // The chip goes, and the focus on it would be lost.
                  if (pointerType === 'keyboard') search.current?.focus()
                  onToggle(one)
                }}
              >
                <span className="ell">{one.name}</span>
                <X size={12} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <SearchField
        data-first
        label={texts.search}
        value={text}
        onChange={type}
        inputRef={search}
        onKeyDown={onKeyDown}
        list={{ id: listId, at: active && idOf(active) }}
      />
      <div className={styles.place}>
        <div
          className={styles.list}
          id={listId}
          role="listbox"
          aria-label={texts.list}
          aria-multiselectable={picked ? true : undefined}
        >
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: the search field hears the keys
            <div
              key={option.id}
              id={idOf(option)}
              role="option"
              aria-selected={picked ? isPicked(option.id) : index === at}
              className={cx(styles.option, index === at && styles.at)}
              // A press must not take the focus from the field.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={index === at ? undefined : () => setAt(index)}
              onClick={() => choose(option)}
            >
              {option.picture}
              <span className={styles.text}>
                <b className="ell">{option.name}</b>
                {option.under && <small className="ell">{option.under}</small>}
              </span>
              {isPicked(option.id) && <Check size={18} className={styles.check} />}
            </div>
          ))}
        </div>
        {options.length === 0 && loading && <Skeleton rows={4} />}
        <p role="status" className={styles.none}>
          {options.length === 0 && !loading && none}
        </p>
      </div>
    </div>
  )
}
