import { usePages } from '../../app/data'
import { useFormat } from '../../app/format'
import { PagedList } from '../../app/PagedList'
import styles from './PeopleList.module.css'
import { PersonCard } from './PersonCard'
import { PersonName } from './PersonName'
import { PersonPicture } from './PersonPicture'

interface Props {
  /** Stable (useCallback): a new one starts over. */
  load: (cursor: string | null) => Promise<{ items: { id: string; at: string | null }[]; next: string | null }>
  /** Said when nobody is in it. */
  none: string
}

/** People, each with when they did what the list is about, if they did. */
export function PeopleList({ load, none }: Props) {
  const format = useFormat()
  const pages = usePages(load)
  return (
    <PagedList pages={pages} none={<p className={styles.none}>{none}</p>} className={styles.list}>
      {({ id, at }) => (
        <div key={id} className={styles.person}>
          <PersonPicture id={id} size={36} />
          <PersonCard id={id} className={styles.name}>
            <PersonName id={id} />
          </PersonCard>
          {at && (
            <time className="num" dateTime={at}>
              {format.dateTime(at)}
            </time>
          )}
        </div>
      )}
    </PagedList>
  )
}
