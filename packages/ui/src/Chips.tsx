import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import styles from './Chips.module.css'
import { cx } from './cx'

interface ChipsProps<T extends string> {
  label: string
  value: T
  options: { value: T; label: string; count?: number }[]
  onChange: (value: T) => void
  className?: string | undefined
}

/** What of a list is shown: exactly one at a time. */
export function Chips<T extends string>({ label, value, options, onChange, className }: ChipsProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(next) => onChange(next as T)}
      className={cx(styles.chips, className)}
    >
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className={styles.chip ?? ''}>
          <span className={styles.face}>
            {option.label}
            {option.count !== undefined && option.count > 0 && <span className="num"> {option.count}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
