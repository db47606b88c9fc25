import { Logo } from '@heyi/ui/Logo'
import styles from './Dev.module.css'
import { Row, Section } from './Specimen'
import { useDevTexts } from './texts'

const sizes = [
  ['hero', 32],
  ['page', 24],
  ['section', 20],
  ['dialog', 18],
  ['large', 16],
  ['body', 14],
  ['small', 13],
  ['note', 12],
  ['tag', 11],
] as const
const meanings = ['brand', 'ext', 'danger', 'warn', 'ok', 'info', 'rest'] as const
const grounds = [
  'bg-app',
  'bg-list',
  'bg-surface',
  'bg-raised',
  'bg-sunken',
  'bg-selected',
  'bubble-other',
  'bubble-me',
]
const radii = ['tag', 'ctl', 'card', 'bubble', 'panel', 'sheet']

/** Type, colours by meaning, grounds, radii, shadows and the mark. */
export function Scale() {
  const texts = useDevTexts()
  return (
    <Section title={texts.section.scale}>
      <div className={styles.types}>
        {sizes.map(([name, size]) => (
          <p key={name} style={{ font: `var(--t-${size})`, fontWeight: size >= 18 ? 600 : 400 }}>
            {texts.types[name]} <span className="num">{size}</span>
          </p>
        ))}
        <p>{texts.types.quotes}</p>
      </div>
      <Row>
        {meanings.map((name) => (
          <span key={name} className={styles.meaning}>
            <b style={{ background: `var(--${name})`, color: 'var(--fg-on-fill)' }}>{name}</b>
            <b style={{ background: `var(--${name}-soft)`, color: `var(--${name}-fg)` }}>{name}-fg</b>
            <i style={{ background: `var(--${name}-mark)` }} />
          </span>
        ))}
      </Row>
      <Row>
        {grounds.map((name) => (
          <span key={name} className={styles.ground} style={{ background: `var(--${name})` }}>
            {name}
            {name !== 'bubble-me' && <small>fg-3</small>}
          </span>
        ))}
      </Row>
      <Row>
        {radii.map((name) => (
          <span key={name} className={styles.radius}>
            <i style={{ borderRadius: `var(--r-${name})` }} />
            {name}
          </span>
        ))}
        {[1, 2, 3].map((depth) => (
          <span key={depth} className={styles.depth} style={{ boxShadow: `var(--sh-${depth})` }}>
            sh-{depth}
          </span>
        ))}
      </Row>
      <Row>
        <Logo size={64} />
        <Logo size={36} />
        <Logo size={20} />
      </Row>
    </Section>
  )
}
