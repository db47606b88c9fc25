import type { GroupNotice } from '@heyi/contract/messaging'
import { IconButton } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { Megaphone, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMyId } from '../../app/data'
import { useClosedNotice } from './closed-notices'
import styles from './NoticeBar.module.css'
import { NoticeDialog } from './NoticeDialog'

/** Under the head of a chat as long as its notice is new here: until it is closed on this device. */
export function NoticeBar({ id, notice }: { id: string; notice: GroupNotice }) {
  const { t } = useTranslation()
  const me = useMyId()
  const [closed, close] = useClosedNotice(id, notice.at)
  const [open, setOpen] = useState(false)
  return (
    <>
      {!closed && notice.by !== me && (
        <section className={styles.bar} aria-label={t('group.notice')}>
          <button type="button" className={styles.text} onClick={() => setOpen(true)}>
            <Megaphone size={16} aria-hidden="true" />
            <span className="ell">
              <b>{t('group.notice')}</b> {notice.text}
            </span>
          </button>
          <IconButton label={t('group.closeNotice')} onClick={close}>
            <X size={16} />
          </IconButton>
        </section>
      )}
      <Presence>
        {open && (
          <NoticeDialog
            id={id}
            writing={false}
            onClose={() => {
              setOpen(false)
              close()
            }}
          />
        )}
      </Presence>
    </>
  )
}
