import { Search, X } from 'lucide-react'
import type { KeyboardEventHandler, Ref } from 'react'
import { Input } from 'react-aria-components/Input'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import { IconButton } from './Button'
import { cx } from './cx'
import styles from './SearchField.module.css'
import { useWords } from './words'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  disabled?: boolean
  autoFocus?: boolean
  className?: string | undefined
  inputRef?: Ref<HTMLInputElement>
  /** Keys of the input, for what React Aria leaves alone. */
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>
  /** Makes it a combobox: the list that its keys walk through, and the option they are at. */
  list?: { id: string; at: string | undefined }
  /** Where the focus starts in a dialog. */
  'data-first'?: true
}

/** Looks for something while it is typed; Escape empties it. */
export function SearchField({
  label,
  placeholder,
  disabled,
  autoFocus,
  className,
  inputRef,
  onKeyDown,
  list,
  'data-first': first,
  ...rest
}: SearchFieldProps) {
  const words = useWords()
  return (
    <AriaSearchField
      {...rest}
      aria-label={label}
      isDisabled={disabled ?? false}
      autoFocus={autoFocus ?? false}
      className={cx(styles.search, className)}
    >
      <Search size={16} />
      <Input
        ref={inputRef ?? null}
        placeholder={placeholder ?? label}
        className={styles.input ?? ''}
        data-first={first}
        {...(onKeyDown && { onKeyDown })}
        {...(list && comboboxOf(list))}
      />
      <span className={styles.clear}>
        {/* React Aria makes the button in a search field the one that empties it. */}
        <IconButton small label={words.clear}>
          <X size={14} />
        </IconButton>
      </span>
    </AriaSearchField>
  )
}

const comboboxOf = ({ id, at }: { id: string; at: string | undefined }) => ({
  role: 'combobox',
  'aria-autocomplete': 'list' as const,
  'aria-expanded': true,
  'aria-controls': id,
  'aria-activedescendant': at,
})
