import { Keyboard } from 'react-aria-components/Keyboard'
import styles from './Kbd.module.css'

/** Keys pressed together, such as `['Ctrl', 'K']`. */
export function Kbd({ keys }: { keys: string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <Keyboard key={key} className={styles.key ?? ''}>
          {key}
        </Keyboard>
      ))}
    </span>
  )
}
