import type { StickerBody } from '@heyi/contract/messaging'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../app/data'
import { fit } from '../files/image-size'
import styles from './Cards.module.css'

/** A sticker of the company, moving if it does. */
export function Sticker({ body, most = 140 }: { body: Omit<StickerBody, 'sticker'>; most?: number }) {
  const { t } = useTranslation()
  const src = useHeyi((client) => client.fileUrl(body.picture, { sticker: true }, 'original'))
  const { width, height } = fit(body.width, body.height, most)
  const alt = t('sticker.label', { name: body.label })
  return src ? (
    <img className={styles.sticker} src={src} alt={alt} width={width} height={height} draggable={false} />
  ) : (
    <span role="img" className={styles.sticker} aria-label={alt} style={{ width, height }} />
  )
}
