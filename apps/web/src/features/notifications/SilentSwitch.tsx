import { Switch } from '@heyi/ui/Field'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'

/** Of a muted conversation: whether I hear nothing at all, or still of what names me. */
export function SilentSwitch({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const silent = useHeyi((held) => held.isSilent(id))
  const [busy, run] = useAction()
  const put = (next: boolean) =>
    run(() => client.call('notifications.setLevel', { conversation: id, level: next ? 'none' : 'mentions' }))
  return (
    <Switch
      label={t('tell.silent')}
      help={t('tell.silentHelp')}
      checked={silent}
      disabled={busy}
      onChange={(next) => void put(next)}
    />
  )
}
