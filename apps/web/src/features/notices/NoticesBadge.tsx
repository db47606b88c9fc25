import { Badge } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { useIsResting } from '../rest/my-rest'
import { useNotices } from './useNotices'

/** How many notices I have not read, beside the way to the workbench; not while I rest. */
export function NoticesBadge() {
  const { t } = useTranslation()
  const resting = useIsResting()
  const unread = useNotices().summary?.unread ?? 0
  const count = resting ? 0 : unread
  return <Badge count={count} label={t('notices.unreadCount', { count })} />
}
