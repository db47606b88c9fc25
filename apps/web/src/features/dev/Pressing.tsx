import { Button, type ButtonProps, IconButton } from '@heyi/ui/Button'
import { Bold, Ellipsis, Phone, Send } from 'lucide-react'
import { useState } from 'react'
import styles from './Dev.module.css'
import { type Held, Row, Section, Specimen } from './Specimen'
import { useDevTexts } from './texts'

const looks = ['primary', 'plain', 'soft', 'ghost', 'danger', 'dangerPlain', 'external', 'rest'] as const
const states: (Held | 'rest' | 'disabled' | 'busy')[] = ['rest', 'hovered', 'focused', 'pressed', 'disabled', 'busy']
const sizes = ['s', 'm', 'l', 'xl'] as const

/** Buttons. */
export function Pressing() {
  const texts = useDevTexts()
  const [bold, setBold] = useState(true)
  const held = (state: (typeof states)[number]): Held | undefined =>
    state === 'hovered' || state === 'focused' || state === 'pressed' ? state : undefined
  const props = (state: (typeof states)[number]): Pick<ButtonProps, 'disabled' | 'busy'> => ({
    disabled: state === 'disabled',
    busy: state === 'busy',
  })
  return (
    <Section title={texts.section.buttons}>
      {looks.map((look) => (
        <Row key={look}>
          {states.map((state) => (
            <Specimen key={state} label={texts.states[state]} held={held(state)}>
              <Button look={look} {...props(state)}>
                {texts.looks[look]}
              </Button>
            </Specimen>
          ))}
        </Row>
      ))}
      <Row>
        {sizes.map((size) => (
          <Specimen key={size} label={size}>
            <Button size={size} look="primary" icon={<Send size={16} />}>
              {texts.looks.primary}
            </Button>
          </Specimen>
        ))}
        <div className={styles.narrow}>
          <Button look="soft">{texts.longButton}</Button>
        </div>
      </Row>
      <Row>
        {states.map(
          (state) =>
            state !== 'busy' && (
              <Specimen key={state} label={texts.states[state]} held={held(state)}>
                <IconButton label={texts.icons.more} disabled={state === 'disabled'}>
                  <Ellipsis size={18} />
                </IconButton>
              </Specimen>
            ),
        )}
        <Specimen label={texts.icons.bold}>
          <IconButton label={texts.icons.bold} pressed={bold} onClick={() => setBold(!bold)}>
            <Bold size={18} />
          </IconButton>
        </Specimen>
        <Specimen label={texts.icons.phone}>
          <IconButton small label={texts.icons.phone}>
            <Phone size={16} />
          </IconButton>
        </Specimen>
      </Row>
    </Section>
  )
}
