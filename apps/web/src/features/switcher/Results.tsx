import { Button } from '@heyi/ui/Button'
import type { ReactNode, Ref, UIEventHandler } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Results.module.css'

interface ListProps<T> {
  ref: Ref<HTMLDivElement>
  /** The field that walks through it names it by this, and its options by `id-0`, `id-1`, … */
  id: string
  label: string
  sections: readonly { name: string; label: string; items: readonly T[] }[]
  /** Whether the sections’ labels are shown. */
  headed: boolean
  /** Gives it its place and padding. */
  className: string | undefined
  waiting?: boolean
  onScroll?: UIEventHandler<HTMLDivElement>
  /** An option, with its key. */
  children: (item: T) => ReactNode
}

/** What was found, in sections. The focus stays in the field. */
export function ResultList<T>({ sections, headed, className, waiting, children, label, ...rest }: ListProps<T>) {
  return (
    <div {...rest} className={className} role="listbox" aria-label={label} data-waiting={waiting ? '' : undefined}>
      {sections.map(({ name, label: title, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div key={name} role="group" aria-label={title}>
          {/* A listbox holds options and their groups alone. */}
          {headed && (
            <p aria-hidden="true" className={styles.heading}>
              {title}
            </p>
          )}
          {items.map(children)}
        </div>
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  /** What Enter opens. */
  selected: boolean
  className: string
  onOpen: (elsewhere: boolean) => void
  onPoint?: (() => void) | undefined
  children: ReactNode
}

/** One of what was found. */
export function ResultOption({ id, selected, className, onOpen, onPoint, children }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={`${styles.option} ${className}`}
      // A press must not take the focus from the field.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={(event) => onOpen(event.ctrlKey || event.metaKey)}
    >
      {children}
    </div>
  )
}

interface LinesProps {
  title: ReactNode
  under: ReactNode
  twoLines?: boolean
}

/** What it is called, and below that what else tells it from others. */
export const ResultLines = ({ title, under, twoLines = false }: LinesProps) => (
  <span className={styles.text}>
    <span className={styles.title}>{title}</span>
    {under && <span className={twoLines ? styles.two : styles.under}>{under}</span>}
  </span>
)

/** That nothing could be asked, and the way to ask again. */
export function ResultError({ onRetry, children }: { onRetry: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className={styles.error}>
      <span>{children}</span>
      <Button size="s" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </div>
  )
}
