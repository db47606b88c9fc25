import { Check, Minus } from 'lucide-react'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import styles from './Toggle.module.css'

interface CheckboxProps {
  label: string
  checked: boolean
  /** Partly on, such as a list of which some are chosen. */
  mixed?: boolean
  onChange: (event: { target: { checked: boolean } }) => void
  disabled?: boolean
  error?: boolean
}

export function Checkbox({ label, checked, mixed = false, onChange, disabled, error }: CheckboxProps) {
  return (
    <AriaCheckbox
      className={styles.check ?? ''}
      isSelected={checked}
      isIndeterminate={mixed}
      isDisabled={disabled ?? false}
      isInvalid={error ?? false}
      onChange={(next) => onChange({ target: { checked: next } })}
    >
      <span className={styles.box}>{mixed ? <Minus size={12} /> : checked && <Check size={12} />}</span>
      <span>{label}</span>
    </AriaCheckbox>
  )
}
