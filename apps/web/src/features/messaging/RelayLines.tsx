import type { RelayLine } from '@heyi/contract/messaging'
import { useMyId } from '../../app/data'
import { PersonName } from '../directory/PersonName'
import styles from './Cards.module.css'

/** Lines of a relay list, numbered; mine stands out. */
export function RelayLines({ lines }: { lines: readonly RelayLine[] }) {
  const me = useMyId()
  if (lines.length === 0) return null
  return (
    <ol className={styles.lines}>
      {lines.map(({ id, text }, index) => (
        <li key={id} className={styles.line} data-mine={id === me ? '' : undefined}>
          <span className="num">{index + 1}.</span>
          <span>
            <strong>
              <PersonName id={id} />
            </strong>
            {text}
          </span>
        </li>
      ))}
    </ol>
  )
}
