import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { IconButton } from './Button'
import styles from './Field.module.css'
import { useWords } from './words'

interface FrameProps {
  label: string
  help?: ReactNode
  error?: string | null | undefined
  required?: boolean
  /** Stands at the end of the label's line, such as a link. */
  aside?: ReactNode
  children: (ids: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean | undefined
  }) => ReactNode
}

/** Label above, control, then the error or the help beneath it. */
function Field({ label, help, error, required, aside, children }: FrameProps) {
  const id = useId()
  const noteId = `${id}n`
  const note = error ?? help
  return (
    <div className={styles.field}>
      <div className={styles.top}>
        <label htmlFor={id} className={styles.label}>
          {label}
          {required && (
            <i aria-hidden="true" className={styles.star}>
              *
            </i>
          )}
        </label>
        {aside}
      </div>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <p id={noteId} className={error ? styles.error : styles.help} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  )
}

type Framed = Pick<FrameProps, 'label' | 'help' | 'error' | 'aside'>

export function TextField({
  label,
  help,
  error,
  aside,
  required,
  ...rest
}: Framed & Omit<ComponentProps<'input'>, 'children'>) {
  return (
    <Field label={label} help={help} error={error} aside={aside} required={required ?? false}>
      {(ids) => <input className={styles.control} required={required} {...rest} {...ids} />}
    </Field>
  )
}

export function TextArea({ label, help, error, ...rest }: Framed & Omit<ComponentProps<'textarea'>, 'children'>) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => <textarea className={[styles.control, styles.area].join(' ')} {...rest} {...ids} />}
    </Field>
  )
}

export function PasswordField({
  label,
  help,
  error,
  aside,
  required,
  ...rest
}: Framed & Omit<ComponentProps<'input'>, 'type' | 'children'>) {
  const words = useWords()
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} help={help} error={error} aside={aside} required={required ?? false}>
      {(ids) => (
        <div className={styles.withEnd}>
          <input className={styles.control} type={shown ? 'text' : 'password'} required={required} {...rest} {...ids} />
          <IconButton
            className={styles.end}
            label={shown ? words.hidePassword : words.showPassword}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={18} /> : <Eye size={18} />}
          </IconButton>
        </div>
      )}
    </Field>
  )
}

export interface Option {
  value: string
  label: string
}

export function SelectField({
  label,
  help,
  error,
  options,
  onChange,
  ...rest
}: Framed & { options: Option[]; onChange: (value: string) => void } & Omit<
    ComponentProps<'select'>,
    'onChange' | 'children'
  >) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <select
          className={[styles.control, styles.select].join(' ')}
          onChange={(event) => onChange(event.target.value)}
          {...rest}
          {...ids}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function Checkbox({ label, ...rest }: { label: string } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  )
}

interface SwitchProps {
  label: string
  help?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** One line: what it does on the left, on or off on the right. */
export function Switch({ label, help, checked, onChange, disabled }: SwitchProps) {
  return (
    <label className={styles.switch}>
      <span className={styles.switchText}>
        {label}
        {help && <small className={styles.help}>{help}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  )
}

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A few choices side by side, exactly one of them on. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const name = useId()
  return (
    <fieldset className={styles.segmented}>
      <legend className="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.segment}>
          <input
            type="radio"
            name={name}
            className="sr"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
