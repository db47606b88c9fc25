import { Picture } from '@heyi/ui/Picture'
import { useTranslation } from 'react-i18next'
import styles from './SetUp.module.css'

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
          <i />
          <i />
        </div>
        <div className={styles.pane}>
          <p>
            <Picture id="company" name={name} src={null} size={28} shape="square" />
            <b className="ell">{name}</b>
          </p>
          {rows.map((width) => (
            <div key={width} className={styles.line}>
              <i />
              <span>
                <i style={{ width: `${width}%` }} />
                <i style={{ width: `${width - 22}%` }} />
              </span>
            </div>
          ))}
        </div>
      </div>
    </figure>
  )
}
