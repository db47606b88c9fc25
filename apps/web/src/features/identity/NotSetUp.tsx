import { useTranslation } from 'react-i18next'
import styles from './form.module.css'
import { Threshold } from './Threshold'

/** Where nobody has a company yet and the page was opened without the printed link. */
export function NotSetUp() {
  const { t } = useTranslation()
  return (
    <Threshold>
      <h1 className={styles.title}>{t('notSetUp.title')}</h1>
      <p className={styles.lead}>{t('notSetUp.text')}</p>
    </Threshold>
  )
}
