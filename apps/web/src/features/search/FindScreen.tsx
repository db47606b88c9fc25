import { Empty } from '@heyi/ui/Empty'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useMedia, widths } from '../../app/media'
import { Chat } from '../messaging/Chat'
import styles from './Find.module.css'
import { SearchPane } from './SearchPane'

/** `/find/:conversation`: what was found, and beside it the chat in which somebody looks at one of the results. */
export function FindScreen() {
  const { t } = useTranslation()
  const { conversation } = useParams()
  const twoPanes = useMedia(widths.twoPanes)
  return (
    <>
      <SearchPane shown={conversation ?? null} beside={twoPanes} />
      {twoPanes &&
        (conversation ? (
          <Chat key={conversation} id={conversation} info={false} />
        ) : (
          <main className={styles.rest}>
            <Empty heading="h1" title={t('search.pick')} text={t('search.pickText')} />
          </main>
        ))}
    </>
  )
}
