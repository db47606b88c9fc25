import { limits } from '@heyi/contract/limits'
import type { Favourite } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Chips } from '@heyi/ui/Chips'
import { confirm } from '@heyi/ui/confirm'
import { FormDialog } from '@heyi/ui/Dialog'
import { MenuButton } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { SearchField } from '@heyi/ui/SearchField'
import { Tag } from '@heyi/ui/Tag'
import { TextField } from '@heyi/ui/TextField'
import { Copy, Ellipsis, MessageSquareText, Tag as TagIcon, Trash2 } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useCall, useClient, useHeyi, usePages, useSettled } from '../../app/data'
import { copyText } from '../../app/device'
import { PersonPicture } from '../directory/PersonPicture'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { CardBody, isCard } from './CardBody'
import styles from './Favourites.module.css'
import { ListPage, ListRows, SaidLine } from './ListPage'
import { RecordCard } from './RecordCard'
import { RichText } from './RichText'
import { VoiceBody } from './VoiceBody'

const everything = ''

/** `/chat/favourites`: what I keep, found by words and tags. */
export function Favourites() {
  const { t } = useTranslation()
  const client = useClient()
  const [text, setText] = useState('')
  const [tag, setTag] = useState(everything)
  const words = useSettled(text.trim())
  const tags = useCall('messaging.listFavouriteTags', {})
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listFavourites', { text: words, tag: tag || null, cursor, limit: 30 }),
    [client, words, tag],
  )
  const pages = usePages(load)
  const changed = () => {
    pages.reload()
    tags.reload()
  }
  const known = tags.data?.items ?? []
  const filtered = words !== '' || tag !== everything
  return (
    <ListPage title={t('favourite.title')}>
      <div className={styles.find}>
        <SearchField label={t('favourite.search')} value={text} onChange={setText} />
        {known.length > 0 && (
          <Chips
            label={t('favourite.tags')}
            value={tag}
            options={[
              { value: everything, label: t('favourite.all') },
              ...known.map((one) => ({ value: one.tag, label: one.tag, count: one.count })),
            ]}
            onChange={setTag}
          />
        )}
      </div>
      <ListRows
        pages={pages}
        empty={
          filtered ? { title: t('favourite.notFound') } : { title: t('favourite.none'), text: t('favourite.noneText') }
        }
        className={styles.body}
      >
        {(favourite) => (
          <Item key={favourite.id} favourite={favourite} known={known.map((one) => one.tag)} onChanged={changed} />
        )}
      </ListRows>
    </ListPage>
  )
}

interface ItemProps {
  favourite: Favourite
  known: string[]
  onChanged: () => void
}

function Item({ favourite, known, onChanged }: ItemProps) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const [tagging, setTagging] = useState(false)
  const { item, conversation, seq, of, id } = favourite
  const text = item.kind === 'text' ? item.body.text : null
  const remove = () =>
    confirm({
      title: t('favourite.removeTitle'),
      text: t('favourite.removeText'),
      action: t('favourite.remove'),
      danger: true,
      run: async () => {
        await client.call('messaging.removeFavourite', { id })
        onChanged()
      },
    })
  return (
    <li className={styles.item}>
      <PersonPicture id={item.sender} size={36} />
      <div className={styles.said}>
        <SaidLine name={item.name} place={of} at={item.sentAt} />
        <Body favourite={favourite} />
        {favourite.tags.length > 0 && (
          <p className={styles.tags}>
            {favourite.tags.map((one) => (
              <Tag key={one} tone="brand">
                {one}
              </Tag>
            ))}
          </p>
        )}
      </div>
      <MenuButton
        small
        label={t('favourite.menu')}
        icon={<Ellipsis size={16} />}
        entries={[
          { label: t('favourite.tag'), icon: <TagIcon size={16} />, onSelect: () => setTagging(true) },
          {
            label: t('favourite.toMessage'),
            icon: <MessageSquareText size={16} />,
            onSelect: () => void navigate(`/chat/${conversation}?at=${seq}`),
          },
          ...(text === null
            ? []
            : [{ label: t('message.copy'), icon: <Copy size={16} />, onSelect: () => void copyText(text) }]),
          'line',
          { label: t('favourite.remove'), icon: <Trash2 size={16} />, onSelect: remove, danger: true },
        ]}
      />
      <Presence>
        {tagging && (
          <TagDialog favourite={favourite} known={known} onChanged={onChanged} onClose={() => setTagging(false)} />
        )}
      </Presence>
    </li>
  )
}

function Body({ favourite: { item, conversation, seq } }: { favourite: Favourite }) {
  const { t } = useTranslation()
  const file = 'file' in item.body ? item.body.file : null
  const via = { conversation, seq }
  const src = useHeyi((client) => (file && item.kind === 'image' ? client.fileUrl(file, via, 'thumbnail') : null))
  const href = useHeyi((client) => (file ? client.fileUrl(file, via, 'original') : null))
  if (item.kind === 'text')
    return (
      <div className={styles.text}>
        <RichText text={item.body.text} mentions={item.body.mentions} />
      </div>
    )
  if (item.kind === 'record') return <RecordCard conversation={conversation} seq={seq} body={item.body} />
  if (isCard(item)) return <CardBody item={item} />
  if (item.kind === 'voice') return <VoiceBody {...via} body={item.body} mine={false} />
  if (item.kind === 'file')
    return (
      <FileCard
        name={item.body.name}
        sizeBytes={item.body.sizeBytes}
        href={href}
        label={t('file.download', { name: item.body.name })}
        note={t('file.downloadShort')}
      />
    )
  const size = fit(item.body.width, item.body.height, 220)
  return (
    <a href={href ?? undefined} target="_blank" rel="noreferrer" className={styles.picture} style={{ ...size }}>
      {src && <img src={src} alt={item.body.name} width={size.width} height={size.height} />}
    </a>
  )
}

interface TagDialogProps extends ItemProps {
  onClose: () => void
}

/** Tags are words between spaces or commas. */
function TagDialog({ favourite, known, onChanged, onClose }: TagDialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [text, setText] = useState(favourite.tags.join(' '))
  const [busy, run] = useAction()
  const tags = [...new Set(text.split(/[\s,，、]+/).filter(Boolean))]
  const tooMuch = tags.length > limits.favouriteTags || tags.some((tag) => tag.length > limits.favouriteTagChars)
  const save = () =>
    void run(async () => {
      await client.call('messaging.tagFavourite', { id: favourite.id, tags })
      onChanged()
      onClose()
    })
  return (
    <FormDialog
      title={t('favourite.tag')}
      size="s"
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
      disabled={tooMuch}
    >
      <TextField
        label={t('favourite.tags')}
        help={t('favourite.tagHelp', { most: limits.favouriteTags, chars: limits.favouriteTagChars })}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {known.some((tag) => !tags.includes(tag)) && (
        <p className={styles.known}>
          {known
            .filter((tag) => !tags.includes(tag))
            .slice(0, limits.favouriteTags)
            .map((tag) => (
              <Button key={tag} onClick={() => setText(`${text.trim()} ${tag}`.trim())}>
                {tag}
              </Button>
            ))}
        </p>
      )}
    </FormDialog>
  )
}
