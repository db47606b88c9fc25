import { limits } from '@heyi/contract/limits'
import type { Sticker as StickerOf } from '@heyi/contract/messaging'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { Sticker } from './Sticker'
import styles from './StickerPanel.module.css'

/** The stickers of the company, pack by pack; pressed, one is sent. */
export function StickerPanel({ onPick }: { onPick: (sticker: StickerOf) => void }) {
  const { t } = useTranslation()
  const held = useCall('messaging.listStickerPacks', { retired: false, cursor: null, limit: limits.stickerPacks })
  const packs = held.data?.items.filter(({ stickers }) => stickers.length > 0)
  return (
    <section className={styles.panel} aria-label={t('sticker.tab')} aria-busy={held.loading}>
      {!packs && held.loading && <Skeleton rows={3} square />}
      {held.error !== null && !packs && (
        <p role="alert" className={styles.none}>
          {errorMessage(held.error)}
        </p>
      )}
      {packs?.length === 0 && (
        <p className={styles.none}>
          {t('sticker.none')}
          <small>{t('sticker.noneText')}</small>
        </p>
      )}
      {packs?.map((pack) => (
        <fieldset key={pack.id} className={styles.pack}>
          <legend>{pack.name}</legend>
          <div className={styles.grid}>
            {pack.stickers.map((sticker) => (
              <button
                key={sticker.id}
                type="button"
                title={sticker.label}
                aria-label={t('sticker.label', { name: sticker.label })}
                onClick={() => onPick(sticker)}
              >
                <Sticker body={sticker} most={64} />
              </button>
            ))}
          </div>
        </fieldset>
      ))}
    </section>
  )
}
