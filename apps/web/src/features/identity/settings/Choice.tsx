import { Segmented } from '@heyi/ui/Field'
import styles from './Settings.module.css'

interface Props<T extends string> {
  label: string
  help?: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A few choices under their name. */
export function Choice<T extends string>({ label, help, ...rest }: Props<T>) {
  return (
    <div className={styles.choice}>
      <p aria-hidden="true" className={styles.choiceName}>
        {label}
      </p>
      <Segmented label={label} {...rest} />
      {help && <p className={styles.help}>{help}</p>}
    </div>
  )
}
