import { limits } from '@heyi/contract/limits'
import type { FileGroup, SentFile } from '@heyi/contract/messaging'
import { IconButton } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { Dialog } from '@heyi/ui/Dialog'
import { Empty } from '@heyi/ui/Empty'
import { SearchField } from '@heyi/ui/SearchField'
import { Skeleton } from '@heyi/ui/Skeleton'
import { MessageSquareText } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient, useHeyi, usePages, useSettled } from '../../app/data'
import { formatSize, useFormat } from '../../app/format'
import { openOverlay } from '../../app/overlay'
import { PagedList } from '../../app/PagedList'
import { PersonName } from '../directory/PersonName'
import { FileIcon } from './FileCard'
import styles from './FilesDialog.module.css'

const groups: FileGroup[] = ['all', 'documents', 'images', 'media']
const perPage = 50

/** What was sent in a conversation beside words: looked through, opened, and the way to where it was said. */
export function FilesDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [group, setGroup] = useState<FileGroup>('all')
  const wanted = useSettled(text.trim())
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listFiles', { conversation: id, group, text: wanted, cursor, limit: perPage }),
    [client, id, group, wanted],
  )
  const pages = usePages(load)
  const open = (seq: number) =>
    openOverlay({
      kind: 'file',
      files: pages.items.map(({ seq: place, body }) => ({ conversation: id, seq: place, ...body })),
      start: seq,
    })
  return (
    <Dialog title={t('filesOf.title')} onClose={onClose}>
      <SearchField
        label={t('filesOf.search')}
        value={text}
        onChange={(next) => setText(next.slice(0, limits.searchChars))}
        data-first
      />
      <Chips
        label={t('filesOf.kind')}
        value={group}
        options={groups.map((value) => ({ value, label: t(`filesOf.group.${value}`) }))}
        onChange={setGroup}
        className={styles.chips}
      />
      <PagedList
        pages={pages}
        none={<Empty title={t(wanted ? 'filesOf.none' : 'filesOf.empty')} drawing={wanted ? 'none' : 'whole'} />}
        skeleton={<Skeleton rows={6} square />}
        className={styles.list}
      >
        {(file) => (
          <Row
            key={file.seq}
            id={id}
            file={file}
            onOpen={() => open(file.seq)}
            onJump={() => {
              onClose()
              void navigate(`/chat/${id}?at=${file.seq}`)
            }}
          />
        )}
      </PagedList>
    </Dialog>
  )
}

interface RowProps {
  id: string
  file: SentFile
  onOpen: () => void
  onJump: () => void
}

function Row({ id, file, onOpen, onJump }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { seq, sender, sentAt, kind, body } = file
  const picture = useHeyi((client) =>
    kind === 'image' ? client.fileUrl(body.file, { conversation: id, seq }, 'thumbnail') : null,
  )
  return (
    <div className={styles.row}>
      <button type="button" className={styles.open} onClick={onOpen}>
        {kind === 'image' ? (
          <span className={styles.picture}>{picture && <img src={picture} alt="" width={36} height={36} />}</span>
        ) : (
          <FileIcon name={body.name} />
        )}
        <span className={styles.text}>
          <b className="ell">{body.name}</b>
          <small className="ell">
            <span className="num">{formatSize(body.sizeBytes)}</span> · <PersonName id={sender} /> ·{' '}
            <time dateTime={sentAt}>{format.listTime(sentAt)}</time>
          </small>
        </span>
      </button>
      <IconButton label={t('filesOf.jump', { name: body.name })} onClick={onJump}>
        <MessageSquareText size={18} />
      </IconButton>
    </div>
  )
}
