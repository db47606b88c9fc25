import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import styles from './Button.module.css'
import { cx } from './cx'
import { Spinner } from './Spinner'
import { Tip } from './Tooltip'
import { useWords } from './words'

interface BaseProps
  extends Omit<AriaButtonProps, 'children' | 'className' | 'isDisabled' | 'isPending' | 'excludeFromTabOrder' | 'ref'> {
  children?: ReactNode
  className?: string | undefined
  disabled?: boolean | undefined
  /** -1 leaves it to other keys to reach the button. */
  tabIndex?: -1
}

export interface ButtonProps extends BaseProps {
  /** `external` for what leaves the company, `rest` for what waits until somebody is back. */
  look?: 'primary' | 'plain' | 'soft' | 'ghost' | 'danger' | 'dangerPlain' | 'external' | 'rest'
  size?: 's' | 'm' | 'l' | 'xl'
  /** Shows a spinner, says so and takes no press; text and focus stay, so nothing moves. */
  busy?: boolean
  icon?: ReactNode
}

export function Button({
  look = 'plain',
  size = 'm',
  busy = false,
  icon,
  children,
  className,
  disabled,
  tabIndex,
  ...rest
}: ButtonProps) {
  const words = useWords()
  return (
    <AriaButton
      {...rest}
      className={cx(styles.button, styles[look], styles[size], className)}
      isPending={busy}
      {...given(disabled, tabIndex)}
    >
      {busy ? (
        <ProgressBar isIndeterminate aria-label={words.busy}>
          <Spinner />
        </ProgressBar>
      ) : (
        icon
      )}
      {children}
    </AriaButton>
  )
}

interface IconButtonProps extends BaseProps {
  label: string
  pressed?: boolean
  small?: boolean
}

/** A square with an icon; its label is its accessible name and its tooltip. */
export function IconButton({ label, pressed, small = false, className, disabled, tabIndex, ...rest }: IconButtonProps) {
  return (
    <Tip text={label}>
      <AriaButton
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
        {...rest}
        aria-label={label}
        className={cx(styles.icon, small && styles.small, className)}
        {...given(disabled, tabIndex)}
      />
    </Tip>
  )
}

/** Only what is given: the rest may come from a field around the button, such as the one that it empties. */
const given = (disabled: boolean | undefined, tabIndex: -1 | undefined) => ({
  ...(disabled !== undefined && { isDisabled: disabled }),
  ...(tabIndex === -1 && { excludeFromTabOrder: true }),
})
