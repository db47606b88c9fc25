import type { ThanksBody, ThanksDesign } from '@heyi/contract/messaging'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../app/data'
import styles from './ThanksCard.module.css'

const namedAtMost = 5

/** What a card says, in its design. */
export function ThanksCard({ sender, body }: { sender: string; body: ThanksBody }) {
  const { t } = useTranslation()
  const { to, text, design } = body
  const name = useHeyi((held) => held.profile(sender)?.name ?? '')
  const listed = useHeyi((held) =>
    to
      .slice(0, namedAtMost)
      .map((id) => held.profile(id)?.name ?? '…')
      .join(t('list.comma')),
  )
  const names = to.length > namedAtMost ? t('list.more', { names: listed, count: to.length }) : listed
  return (
    <figure className={[styles.card, styles[design]].join(' ')} aria-label={t('thanks.card', { name, names })}>
      <Drawing design={design} />
      <figcaption className={styles.dear}>{t('thanks.dear', { names })}</figcaption>
      <p className={styles.text}>{text}</p>
      <p className={styles.from}>{name}</p>
    </figure>
  )
}

/** A small drawing of shapes; says nothing that the words do not. */
export function Drawing({ design }: { design: ThanksDesign }) {
  return (
    <svg className={styles.drawing} viewBox="0 0 96 96" aria-hidden="true">
      {design === 'bloom' &&
        [0, 60, 120, 180, 240, 300].map((turn) => (
          <ellipse key={turn} cx="48" cy="26" rx="12" ry="20" transform={`rotate(${turn} 48 48)`} />
        ))}
      {design === 'bloom' && <circle cx="48" cy="48" r="9" className={styles.heart} />}
      {design === 'sun' &&
        [0, 45, 90, 135, 180, 225, 270, 315].map((turn) => (
          <rect key={turn} x="45" y="4" width="6" height="16" rx="3" transform={`rotate(${turn} 48 48)`} />
        ))}
      {design === 'sun' && <circle cx="48" cy="48" r="20" />}
      {design === 'wave' &&
        [30, 48, 66].map((y) => (
          <path
            key={y}
            d={`M4 ${y} q11 -14 22 0 t22 0 t22 0 t22 0`}
            fill="none"
            stroke="currentColor"
            strokeWidth="6"
            strokeLinecap="round"
          />
        ))}
      {design === 'star' &&
        [
          [40, 44, 1],
          [76, 24, 0.45],
          [74, 74, 0.6],
        ].map(([x, y, size]) => (
          <path
            key={x}
            d="M0 -34 L8 -8 L34 0 L8 8 L0 34 L-8 8 L-34 0 L-8 -8 Z"
            transform={`translate(${x} ${y}) scale(${size})`}
          />
        ))}
    </svg>
  )
}
