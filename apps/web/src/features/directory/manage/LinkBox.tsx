import { Button } from '@heyi/ui/Button'
import { toast } from '@heyi/ui/toast'
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../../app/device'
import { toastError } from '../../../app/errors'
import styles from './Manage.module.css'

/** A link to hand out: shown whole, copied by one press. */
export function LinkBox({ url, label }: { url: string; label: string }) {
  const { t } = useTranslation()
  return (
    <div className={styles.link}>
      <input readOnly value={url} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <Button
        icon={<Copy size={16} />}
        onClick={() =>
          void copyText(url).then(
            () => toast(t('manage.copied')),
            (error: unknown) => toastError(error),
          )
        }
      >
        {t('action.copy')}
      </Button>
    </div>
  )
}
