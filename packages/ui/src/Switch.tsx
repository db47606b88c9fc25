import { useId } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components/Switch'
import { cx } from './cx'
import styles from './Toggle.module.css'

interface SwitchProps {
  label: string
  help?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** `rest` for what lets somebody be at rest. */
  tone?: 'brand' | 'rest'
}

/** One line: what it does on the left, on or off on the right. */
export function Switch({ label, help, checked, onChange, disabled, tone = 'brand' }: SwitchProps) {
  const helpId = useId()
  return (
    <div className={styles.switch}>
      <AriaSwitch
        className={cx(styles.line, styles[tone])}
        isSelected={checked}
        onChange={onChange}
        isDisabled={disabled ?? false}
        {...(help && { 'aria-describedby': helpId })}
      >
        <span className={styles.switchText}>{label}</span>
        <span className={styles.track} />
      </AriaSwitch>
      {help && (
        <small id={helpId} className={styles.help}>
          {help}
        </small>
      )}
    </div>
  )
}
