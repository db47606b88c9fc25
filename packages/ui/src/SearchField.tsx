import { Search, X } from 'lucide-react'
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
}

/** Looks for something while it is typed; Escape empties it. */
export function SearchField({ label, placeholder, disabled, autoFocus, className, ...rest }: SearchFieldProps) {
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
      <Input placeholder={placeholder ?? label} className={styles.input ?? ''} />
      <span className={styles.clear}>
        {/* React Aria makes the button in a search field the one that empties it. */}
        <IconButton small label={words.clear}>
          <X size={14} />
        </IconButton>
      </span>
    </AriaSearchField>
  )
}
