import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Copy, Forward, ListTodo, Star, Trash2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard'
import styles from './SelectBar.module.css'

interface Props {
  count: number
  /** Some of them are texts. */
  copyable: boolean
  onForward: () => void
  onCopy: () => void
  onFavourite: () => void
  onTodo: () => void
  onHide: () => void
  onClose: () => void
}

/** In the composer’s place while messages are selected. */
export function SelectBar({ count, copyable, onForward, onCopy, onFavourite, onTodo, onHide, onClose }: Props) {
  const { t } = useTranslation()
  const none = count === 0
  useShortcut('back', onClose)
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('select.title')}>
      <span className={styles.count} role="status">
        {count >= limits.forwardMessages ? t('select.most', { count }) : t('select.count', { count })}
      </span>
      <Button size="l" look="ghost" icon={<Forward size={18} />} disabled={none} onClick={onForward}>
        {t('message.forward')}
      </Button>
      <Button size="l" look="ghost" icon={<Copy size={18} />} disabled={!copyable} onClick={onCopy}>
        {t('message.copy')}
      </Button>
      <Button size="l" look="ghost" icon={<Star size={18} />} disabled={none} onClick={onFavourite}>
        {t('favourite.add')}
      </Button>
      <Button size="l" look="ghost" icon={<ListTodo size={18} />} disabled={none} onClick={onTodo}>
        {t('todo.make')}
      </Button>
      <Button size="l" look="ghost" icon={<Trash2 size={18} />} disabled={none} onClick={onHide}>
        {t('message.hide')}
      </Button>
      <Button size="l" icon={<X size={18} />} onClick={onClose}>
        {t('action.cancel')}
      </Button>
    </div>
  )
}
