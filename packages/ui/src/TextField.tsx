import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { Input } from 'react-aria-components/Input'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { IconButton } from './Button'
import { cx } from './cx'
import styles from './Field.module.css'
import { FieldParts, type Framed } from './FieldParts'
import { useWords } from './words'

type InputProps = Framed & Omit<ComponentProps<'input'>, 'children' | 'className' | 'style' | 'size'>

interface FrameProps extends Framed {
  field: Pick<ComponentProps<'input'>, 'disabled' | 'required' | 'defaultValue'>
  children: ReactNode
}

/** Whoever uses the field says what is wrong by `error`; the browser's own messages stay away. */
function Frame({ field, children, ...parts }: FrameProps) {
  return (
    <AriaTextField
      className={styles.field ?? ''}
      validationBehavior="aria"
      isInvalid={Boolean(parts.error)}
      isDisabled={field.disabled ?? false}
      // React Aria keeps the value of a field that nobody else keeps.
      defaultValue={String(field.defaultValue ?? '')}
    >
      <FieldParts {...parts} required={field.required}>
        {children}
      </FieldParts>
    </AriaTextField>
  )
}

/** One line of text. Everything but the frame is the `<input>`'s own, `onChange` with its event too. */
export function TextField({ label, help, error, aside, defaultValue, ...rest }: InputProps) {
  return (
    <Frame {...{ label, help, error, aside }} field={{ ...rest, defaultValue }}>
      <Input {...rest} placeholder={rest.placeholder ?? ''} className={styles.control ?? ''} />
    </Frame>
  )
}

export function TextArea({
  label,
  help,
  error,
  aside,
  defaultValue,
  ...rest
}: Framed & Omit<ComponentProps<'textarea'>, 'children' | 'className' | 'style'>) {
  return (
    <Frame
      {...{ label, help, error, aside }}
      field={{ disabled: rest.disabled, required: rest.required, defaultValue }}
    >
      <AriaTextArea {...rest} className={cx(styles.control, styles.area)} />
    </Frame>
  )
}

export function PasswordField({ label, help, error, aside, defaultValue, ...rest }: Omit<InputProps, 'type'>) {
  const words = useWords()
  const [shown, setShown] = useState(false)
  return (
    <Frame {...{ label, help, error, aside }} field={{ ...rest, defaultValue }}>
      <div className={styles.withEnd}>
        <Input
          {...rest}
          placeholder={rest.placeholder ?? ''}
          type={shown ? 'text' : 'password'}
          className={styles.control ?? ''}
        />
        <span className={styles.end}>
          <IconButton
            label={shown ? words.hidePassword : words.showPassword}
            pressed={shown}
            disabled={rest.disabled}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={18} /> : <Eye size={18} />}
          </IconButton>
        </span>
      </div>
    </Frame>
  )
}
