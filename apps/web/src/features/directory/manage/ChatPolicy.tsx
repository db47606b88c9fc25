import { Switch } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient, useMyId } from '../../../app/data'
import { AnniversaryPolicy } from '../../anniversaries/AnniversaryPolicy'
import { noteLinkCardsOn } from '../../linkcards/link-cards'
import { noteReadsVisible } from '../../messaging/reads'
import { DissolvePolicy } from './DissolvePolicy'
import { ExportPolicy } from './ExportPolicy'
import styles from './Manage.module.css'
import { StickerPacks } from './StickerPacks'

/** What the company lets messages do. */
export function ChatPolicy() {
  return (
    <>
      <ReadState />
      <Links />
      <ExportPolicy />
      <DissolvePolicy />
      <StickerPacks />
      <AnniversaryPolicy />
    </>
  )
}

function Links() {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const held = useCall('linkcards.getPolicy', {})
  const [busy, run] = useAction()
  if (!held.data) return <Skeleton rows={2} />
  return (
    <section className={styles.section}>
      <h3>{t('chatPolicy.links')}</h3>
      <p>{t('chatPolicy.linksText')}</p>
      <div className={styles.form}>
        <Switch
          label={t('chatPolicy.linksOn')}
          checked={held.data.on}
          disabled={busy}
          onChange={(on) =>
            void run(async () => {
              await client.call('linkcards.setPolicy', { on })
              noteLinkCardsOn(client, me, on)
              toast(t('settings.saved'))
              held.reload()
            })
          }
        />
      </div>
    </section>
  )
}

function ReadState() {
  const { t } = useTranslation()
  const client = useClient()
  const held = useCall('messaging.getReadPolicy', {})
  const [busy, run] = useAction()
  if (!held.data) return <Skeleton rows={2} />
  return (
    <section className={styles.section}>
      <h3>{t('chatPolicy.reads')}</h3>
      <p>{t('chatPolicy.readsText')}</p>
      <div className={styles.form}>
        <Switch
          label={t('chatPolicy.readsOn')}
          checked={held.data.visible}
          disabled={busy}
          onChange={(visible) =>
            void run(async () => {
              await client.call('messaging.setReadPolicy', { visible })
              noteReadsVisible(client, visible)
              toast(t('settings.saved'))
              held.reload()
            })
          }
        />
      </div>
    </section>
  )
}
