import { Calendar, FileText, Handshake, LayoutGrid, Mail, MessageCircle, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './Art.module.css'

/** Seven lines run together into one band: six teal, one persimmon. Only on sign-in, first run and about. */
const lines = [
  { y: 110, end: 387.8, colour: '#d5ebe9', Icon: MessageCircle },
  { y: 208, end: 393.2, colour: '#abd6d3', Icon: FileText },
  { y: 306, end: 398.6, colour: '#74bab8', Icon: Video },
  { y: 404, end: 404, colour: '#ffffff', Icon: Calendar },
  { y: 502, end: 409.4, colour: '#74bab8', Icon: Mail },
  { y: 600, end: 414.8, colour: '#abd6d3', Icon: LayoutGrid },
  { y: 698, end: 420.2, colour: '#f0a26c', Icon: Handshake },
]

/** The same band, wide and low, for the page about the program. */
export function Band() {
  return (
    <svg className={styles.band} viewBox="0 0 440 120" aria-hidden="true">
      <rect width="440" height="120" rx="8" fill="#0e565c" />
      <g fill="none" strokeLinecap="round" strokeWidth="3">
        {lines.map(({ y, colour }, index) => {
          const [start, end] = [18 + index * 14, 60 + (index - 3) * 3]
          return (
            <path key={y} pathLength={1} d={`M28 ${start}C150 ${start} 160 ${end} 270 ${end}H412`} stroke={colour} />
          )
        })}
      </g>
    </svg>
  )
}

export function Art() {
  const { t } = useTranslation()
  return (
    <section className={styles.art} aria-hidden="true">
      <svg className={styles.lines} viewBox="0 0 640 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <g fill="none" strokeLinecap="round" strokeWidth="4.8">
          {lines.map(({ y, end, colour }) => (
            <path key={y} pathLength={1} d={`M120 ${y}C320 ${y} 330 ${end} 480 ${end}H660`} stroke={colour} />
          ))}
        </g>
        {lines.map(({ y, Icon, colour }, index) => (
          <Icon key={y} x={66} y={y - 12} size={24} color={index === 6 ? colour : '#d5ebe9'} strokeWidth={1.75} />
        ))}
      </svg>
      <div className={styles.words}>
        <p className={styles.line}>
          {t('art.line1')}
          <br />
          {t('art.line2')}
        </p>
        <p className={styles.other}>{t('art.other')}</p>
      </div>
    </section>
  )
}
