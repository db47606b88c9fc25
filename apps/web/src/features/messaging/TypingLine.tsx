import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId } from '../../app/data'
import { calledIn } from './conversation'
import styles from './TypingLine.module.css'

/** Always takes its line, so that nothing moves when somebody begins to type. */
export function TypingLine({ id }: { id: string }) {
  const { t } = useTranslation()
  const me = useMyId()
  const names = useHeyi((client) =>
    client
      .typers(id)
      .filter((member) => member !== me)
      .slice(0, 3)
      .map((member) => calledIn(client, id, member) || '…')
      .join(t('list.comma')),
  )
  return <p className={`${styles.line} ell`}>{names && t('chat.typing', { names })}</p>
}
