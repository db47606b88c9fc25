import { Chips } from '@heyi/ui/Chips'
import { Checkbox, Segmented, Switch } from '@heyi/ui/Field'
import { Picker, type PickerOption } from '@heyi/ui/Picker'
import { Picture } from '@heyi/ui/Picture'
import { Tabs } from '@heyi/ui/Tabs'
import { useState } from 'react'
import styles from './Dev.module.css'
import { Section, Specimen } from './Specimen'
import { useDevTexts } from './texts'

const filters = ['all', 'unread', 'mentioned', 'direct', 'group', 'external'] as const
const tabs = ['profile', 'moves', 'orders', 'follow'] as const
const densities = ['comfortable', 'compact'] as const

/** Where one chooses among a few. */
export function Choices() {
  const texts = useDevTexts()
  const [keep, setKeep] = useState(true)
  const [receipt, setReceipt] = useState(true)
  const [rest, setRest] = useState(true)
  const [density, setDensity] = useState<(typeof densities)[number]>('comfortable')
  const [filter, setFilter] = useState<(typeof filters)[number]>('unread')
  const [tab, setTab] = useState<(typeof tabs)[number]>('profile')
  const densityOptions = densities.map((value) => ({ value, label: texts.densities[value] }))
  return (
    <Section title={texts.section.choices}>
      <div className={styles.grid}>
        <div>
          <Checkbox label={texts.keep} checked={keep} onChange={(event) => setKeep(event.target.checked)} />
          <Checkbox label={texts.some} checked={false} mixed onChange={() => setKeep(!keep)} />
          <Checkbox label={texts.longCheck} checked={!keep} onChange={(event) => setKeep(!event.target.checked)} />
          <Checkbox label={texts.amountError} checked={false} error onChange={() => setKeep(!keep)} />
          <Checkbox label={texts.locked} checked disabled onChange={() => setKeep(keep)} />
          <Specimen label={texts.states.focused} held="focused">
            <Checkbox label={texts.keep} checked={keep} onChange={(event) => setKeep(event.target.checked)} />
          </Specimen>
        </div>
        <div>
          <Switch label={texts.receipt} help={texts.receiptHelp} checked={receipt} onChange={setReceipt} />
          <Switch label={texts.restSwitch} tone="rest" checked={rest} onChange={setRest} />
          <Switch label={texts.longCheck} checked={!receipt} onChange={(next) => setReceipt(!next)} />
          <Switch label={texts.locked} checked disabled onChange={setReceipt} />
          <Specimen label={texts.states.focused} held="focused">
            <Switch label={texts.receipt} checked={receipt} onChange={setReceipt} />
          </Specimen>
        </div>
        <div className={styles.stack}>
          <Segmented label={texts.density} value={density} options={densityOptions} onChange={setDensity} />
          <Segmented label={texts.density} value={density} options={densityOptions} onChange={setDensity} disabled />
          <Chips
            label={texts.filters}
            value={filter}
            options={filters.map((value) => ({
              value,
              label: texts.filter[value],
              ...(value === 'unread' && { count: 12 }),
            }))}
            onChange={setFilter}
          />
        </div>
      </div>
      <div className={styles.grid}>
        <Pick several />
        <Pick />
      </div>
      <Tabs
        label={texts.tabs}
        value={tab}
        onChange={setTab}
        tabs={tabs.map((value) => ({
          value,
          label: texts.tab[value],
          disabled: value === 'orders',
          content: <p className={styles.panel}>{texts.tabText.replace('{name}', texts.tab[value])}</p>,
        }))}
      />
    </Section>
  )
}

/** Found among a few names here; by the server elsewhere. */
function Pick({ several = false }: { several?: boolean }) {
  const texts = useDevTexts()
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<Pickable[]>([])
  const options = texts.names
    .filter(([name = '', under = '']) => `${name}${under}`.includes(text.trim()))
    .map(
      ([name = '', under = '']): PickerOption<Pickable> => ({
        id: name,
        name,
        under,
        picture: <Picture id={name} name={name} src={null} size={36} />,
      }),
    )
  return (
    <Picker
      texts={{ ...texts.pick, unpick: (name) => texts.pick.unpick.replace('{name}', name) }}
      text={text}
      onTextChange={setText}
      options={options}
      {...(several && { picked })}
      onToggle={({ id, name }) => {
        const others = picked.filter((one) => one.id !== id)
        setPicked(others.length < picked.length ? others : [...picked, { id, name }])
      }}
      none={texts.nothingTitle}
    />
  )
}

interface Pickable {
  id: string
  name: string
}
