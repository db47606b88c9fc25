import type { DeviceEntry } from '@heyi/contract/identity'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tag } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { useCall, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { useFormat } from '../../../app/format'
import styles from './Settings.module.css'

/** Where I am signed in; signing a device out reaches it within seconds. */
export function Devices() {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const devices = useCall('identity.listDevices', {})
  const revoke = (device: DeviceEntry) =>
    confirm({
      title: t('settings.revokeTitle', { name: device.device }),
      text: t('settings.revokeText'),
      action: t('settings.revoke'),
      danger: true,
      run: () => client.call('identity.revokeDevice', { session: device.session }).then(devices.reload),
    })
  if (!devices.data && devices.error !== null)
    return (
      <Empty
        drawing="broken"
        title={t('error.loadFailed')}
        text={errorMessage(devices.error)}
        action={
          <Button look="soft" onClick={devices.reload}>
            {t('action.retry')}
          </Button>
        }
      />
    )
  if (!devices.data) return <Skeleton rows={3} square />
  return (
    <ul className={styles.devices}>
      {devices.data.items.map((device) => (
        <li key={device.session} className={styles.device}>
          <div>
            <b>
              <span className="ell">{device.device}</span>
              {device.current && <Tag tone="brand">{t('settings.thisDevice')}</Tag>}
            </b>
            <small className="num">
              {device.address} · {t('settings.lastSeen', { time: format.dateTime(device.lastSeenAt) })}
            </small>
          </div>
          {!device.current && <Button onClick={() => revoke(device)}>{t('settings.revoke')}</Button>}
        </li>
      ))}
    </ul>
  )
}
