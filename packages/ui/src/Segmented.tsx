import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { SelectionIndicator } from 'react-aria-components/SelectionIndicator'
import styles from './Segmented.module.css'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
  disabled?: boolean
}

/** A few choices side by side, exactly one of them on. */
export function Segmented<T extends string>({ label, value, options, onChange, disabled }: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(next) => onChange(next as T)}
      isDisabled={disabled ?? false}
      className={styles.segmented ?? ''}
    >
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className={styles.segment ?? ''}>
          <SelectionIndicator isSelected={option.value === value} className={styles.thumb ?? ''} />
          <span className={styles.text}>{option.label}</span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
