import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { Spinner } from './Spinner'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'plain' | 'soft' | 'ghost' | 'danger'
  size?: 's' | 'm' | 'l' | 'xl'
  /** Shows a spinner and takes no click; the text stays, so nothing moves. */
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
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={[styles.button, styles[look], styles[size], className].filter(Boolean).join(' ')}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string
  pressed?: boolean
  small?: boolean
}

/** A square with an icon; its label is its accessible name and its tooltip. */
export function IconButton({ label, pressed, small = false, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={[styles.icon, small && styles.small, className].filter(Boolean).join(' ')}
      {...rest}
    />
  )
}
