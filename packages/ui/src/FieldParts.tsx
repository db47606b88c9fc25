import type { ReactNode } from 'react'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import styles from './Field.module.css'

export interface Framed {
  label: string
  help?: ReactNode
  error?: string | null | undefined
  /** Stands at the end of the label's line, such as a link. */
  aside?: ReactNode
}

/** Label above, control, then the error or the help beneath it; inside a field of React Aria, which joins them. */
export function FieldParts({
  label,
  help,
  error,
  aside,
  required = false,
  children,
}: Framed & { required?: boolean | undefined; children: ReactNode }) {
  return (
    <>
      <div className={styles.top}>
        <Label className={styles.label ?? ''}>
          {label}
          {required && (
            <i aria-hidden="true" className={styles.star}>
              *
            </i>
          )}
        </Label>
        {aside}
      </div>
      {children}
      {error ? (
        <Text slot="errorMessage" role="alert" className={styles.error ?? ''}>
          {error}
        </Text>
      ) : (
        help && (
          <Text slot="description" className={styles.help ?? ''}>
            {help}
          </Text>
        )
      )}
    </>
  )
}
