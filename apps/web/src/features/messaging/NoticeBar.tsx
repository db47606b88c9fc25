import type { GroupNotice } from '@heyi/contract/messaging'
import { IconButton } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { Megaphone, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId } from '../../app/data'
import { useClosedNotice } from './closed-notices'
import { GroupNoticeReceipt } from './GroupNoticeReceipt'
import styles from './NoticeBar.module.css'
import { NoticeDialog } from './NoticeDialog'

/** Under the head of a chat as long as its notice is new here: until it is closed on this device. */
export function NoticeBar({ id, notice }: { id: string; notice: GroupNotice }) {
  const { t } = useTranslation()
  const me = useMyId()
  const [closed, close] = useClosedNotice(id, notice.at)
  const [open, setOpen] = useState(false)
  // Stays until it is confirmed where that is asked.
  const receipt = useHeyi((held) => (notice.seq === null ? null : held.receipt(id, notice.seq)))
  const waits = receipt?.asked === true && receipt.confirmedAt === null
  return (
    <>
      {(!closed || waits) && notice.by !== me && (
        <section className={styles.bar} aria-label={t('group.notice')}>
          <button type="button" className={styles.text} onClick={() => setOpen(true)}>
            <Megaphone size={16} aria-hidden="true" />
            <span className="ell">
              <b>{t('group.notice')}</b> {notice.text}
            </span>
          </button>
          {notice.seq !== null && <GroupNoticeReceipt conversation={id} seq={notice.seq} />}
          {!waits && (
            <IconButton label={t('group.closeNotice')} onClick={close}>
              <X size={16} />
            </IconButton>
          )}
        </section>
      )}
      <Presence>
        {open && (
          <NoticeDialog
            id={id}
            writing={false}
            onClose={() => {
              setOpen(false)
              if (!waits) close()
            }}
          />
        )}
      </Presence>
    </>
  )
}
