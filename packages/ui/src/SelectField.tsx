import { Check, ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Select, SelectValue } from 'react-aria-components/Select'
import { cx } from './cx'
import styles from './Field.module.css'
import { FieldParts, type Framed } from './FieldParts'
import menu from './Menu.module.css'
import { Surface } from './Surface'

export interface Option {
  value: string
  label: string
}

interface SelectFieldProps extends Framed {
  options: Option[]
  value: string
  onChange: (value: string) => void
  disabled?: boolean
}

/** One of several; letters jump to their option. */
export function SelectField({ label, help, error, aside, options, value, onChange, disabled }: SelectFieldProps) {
  return (
    <Select
      className={styles.field ?? ''}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      isDisabled={disabled ?? false}
      value={keyOf(value)}
      onChange={(key) => onChange(String(key).slice(1))}
    >
      <FieldParts label={label} help={help} error={error} aside={aside}>
        <Button className={cx(styles.control, styles.select)}>
          <SelectValue className={styles.value ?? ''} />
          <ChevronDown size={16} />
        </Button>
      </FieldParts>
      <Surface label={label} placement="bottom start" offset={4} className={cx(menu.menu, styles.options)}>
        <ListBox className={menu.list ?? ''} aria-label={label}>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={keyOf(option.value)}
              textValue={option.label}
              className={menu.item ?? ''}
            >
              {({ isSelected }) => (
                <>
                  <span>{option.label}</span>
                  {isSelected && <Check size={16} className={menu.check} />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Surface>
    </Select>
  )
}

/** React Aria takes an empty key for no choice; here the empty value may be one, such as "as the company has it". */
const keyOf = (value: string) => `=${value}`
