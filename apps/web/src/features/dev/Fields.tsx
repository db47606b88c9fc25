import { Button } from '@heyi/ui/Button'
import { PasswordField, SelectField, TextArea, TextField } from '@heyi/ui/Field'
import { SearchField } from '@heyi/ui/SearchField'
import { useState } from 'react'
import styles from './Dev.module.css'
import { Section, Specimen } from './Specimen'
import { useDevTexts } from './texts'

/** Where something is typed or picked from a list. */
export function Fields() {
  const texts = useDevTexts()
  const [name, setName] = useState(texts.nameValue)
  const [zone, setZone] = useState('0')
  const [found, setFound] = useState(texts.searchValue)
  const [nothing, setNothing] = useState('')
  const zones = texts.regions.map((label, index) => ({ value: String(index), label }))
  return (
    <Section title={texts.section.fields}>
      <div className={styles.grid}>
        <TextField
          label={texts.name}
          help={texts.nameHelp}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Specimen label={texts.states.hovered} held="hovered">
          <TextField label={texts.amount} placeholder={texts.placeholder} />
        </Specimen>
        <Specimen label={texts.states.focused} held="focused">
          <TextField label={texts.amount} placeholder={texts.placeholder} />
        </Specimen>
        <TextField label={texts.amount} error={texts.amountError} placeholder={texts.placeholder} inputMode="decimal" />
        <TextField label={texts.account} error={texts.accountError} defaultValue="linzhixia" />
        <TextField label={texts.account} help={texts.locked} defaultValue="linzhixia" disabled />
        <PasswordField
          label={texts.password}
          autoComplete="off"
          defaultValue="heyi-2026"
          aside={
            <Button size="s" look="ghost">
              {texts.forgot}
            </Button>
          }
        />
        <SelectField label={texts.region} options={zones} value={zone} onChange={setZone} />
        <SelectField label={texts.region} options={zones} value="3" onChange={setZone} error={texts.amountError} />
        <SelectField label={texts.region} options={zones} value="1" onChange={setZone} help={texts.locked} disabled />
        <TextArea label={texts.note} defaultValue={texts.noteValue} rows={4} />
        <TextArea label={texts.note} error={texts.amountError} rows={4} />
        <SearchField label={texts.search} value={found} onChange={setFound} />
        <Specimen label={texts.states.focused} held="focused">
          <SearchField label={texts.search} value={nothing} onChange={setNothing} />
        </Specimen>
        <SearchField label={texts.search} value="" onChange={setNothing} disabled />
      </div>
    </Section>
  )
}
