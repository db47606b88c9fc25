import { limits } from '@heyi/contract/limits'
import type { StickerPack } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tag } from '@heyi/ui/Tag'
import { toast } from '@heyi/ui/toast'
import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { Sticker } from '../../messaging/Sticker'
import manage from './Manage.module.css'
import { StickerPackDialog } from './StickerPackDialog'
import styles from './StickerPacks.module.css'

/** The company’s stickers: which packs there are, in which order, and which are offered. */
export function StickerPacks() {
  const { t } = useTranslation()
  const client = useClient()
  const held = useCall('messaging.listStickerPacks', { retired: true, cursor: null, limit: limits.stickerPacks })
  const [busy, run] = useAction()
  const [editing, setEditing] = useState<StickerPack | 'new' | null>(null)
  const packs = held.data?.items ?? []
  const change = (deed: () => Promise<unknown>) =>
    void run(async () => {
      await deed()
      toast(t('settings.saved'))
      held.reload()
    })
  const move = (index: number, by: number) => {
    const ids = packs.map(({ id }) => id)
    const [id] = ids.splice(index, 1)
    if (id) ids.splice(index + by, 0, id)
    change(() => client.call('messaging.orderStickerPacks', { packs: ids }))
  }
  return (
    <section className={manage.section} aria-labelledby="sticker-packs">
      <h3 id="sticker-packs">{t('sticker.manage')}</h3>
      <p>{t('sticker.manageText')}</p>
      {!held.data && held.loading && <Skeleton rows={2} />}
      {held.error !== null && <p role="alert">{errorMessage(held.error)}</p>}
      <ul className={styles.packs}>
        {packs.map((pack, index) => (
          <li key={pack.id} className={styles.pack}>
            <div className={styles.head}>
              <strong className="ell">{pack.name}</strong>
              {pack.retired && <Tag>{t('sticker.retired')}</Tag>}
              <span className={styles.count}>{t('sticker.count', { count: pack.stickers.length })}</span>
              <IconButton
                small
                label={t('sticker.packEarlier', { name: pack.name })}
                disabled={busy || index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={16} />
              </IconButton>
              <IconButton
                small
                label={t('sticker.packLater', { name: pack.name })}
                disabled={busy || index === packs.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={16} />
              </IconButton>
            </div>
            <div className={styles.few}>
              {pack.stickers.slice(0, 8).map((sticker) => (
                <Sticker key={sticker.id} body={sticker} most={48} />
              ))}
            </div>
            <div className={manage.buttons}>
              <Button disabled={busy} onClick={() => setEditing(pack)}>
                {t('sticker.edit')}
              </Button>
              <Button
                look="ghost"
                disabled={busy}
                onClick={() =>
                  change(() =>
                    client.call('messaging.updateStickerPack', {
                      pack: pack.id,
                      version: pack.version,
                      retired: !pack.retired,
                    }),
                  )
                }
              >
                {t(pack.retired ? 'sticker.restore' : 'sticker.retire')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {held.data && packs.length < limits.stickerPacks && (
        <Button icon={<Plus size={16} />} onClick={() => setEditing('new')}>
          {t('sticker.new')}
        </Button>
      )}
      <Presence>
        {editing && (
          <StickerPackDialog
            pack={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
            onSaved={() => {
              setEditing(null)
              toast(t('settings.saved'))
              held.reload()
            }}
          />
        )}
      </Presence>
    </section>
  )
}
