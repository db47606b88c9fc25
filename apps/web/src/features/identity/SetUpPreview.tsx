import { Picture } from '@heyi/ui/Picture'
import { useTranslation } from 'react-i18next'
import styles from './SetUpPreview.module.css'

const rows = [62, 84, 50, 76, 58]

/** How the company will stand in the client, as its name is being typed. */
export function SetUpPreview({ company, owner }: { company: string; owner: string }) {
  const { t } = useTranslation()
  const name = company.trim() || t('setUp.preview.company')
  return (
    <figure className={styles.preview} aria-hidden="true">
      <figcaption>{t('setUp.preview.title')}</figcaption>
      <div className={styles.window}>
        <div className={styles.rail}>
          <Picture id="owner" name={owner.trim() || t('setUp.preview.owner')} src={null} size={28} />
          <div className={`${styles.area} ${styles.here}`} />
          <div className={styles.area} />
        </div>
        <div className={styles.pane}>
          <div className={styles.company}>
            <Picture id="company" name={name} src={null} size={28} shape="square" />
            <b className="ell">{name}</b>
          </div>
          {rows.map((width) => (
            <div key={width} className={styles.line}>
              <div className={styles.face} />
              <div className={styles.words}>
                <div className={styles.title} style={{ width: `${width}%` }} />
                <div className={styles.text} style={{ width: `${width - 22}%` }} />
              </div>
            </div>
          ))}
        </div>
      </div>
    </figure>
  )
}
