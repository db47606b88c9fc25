import { IconButton } from '@heyi/ui/Button'
import { ExternalTag, Tag } from '@heyi/ui/Tag'
import { ChevronLeft, Info, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useHeyi, useProfile } from '../../app/data'
import { useMedia, widths } from '../../app/media'
import { PersonCard } from '../directory/PersonCard'
import { RestTag } from '../rest/RestTag'
import styles from './Chat.module.css'
import { ConversationPicture } from './ConversationPicture'
import { useTitle } from './conversation'

/** Whom it is with, and the way to what can be said of them. */
export function ChatHeader({ id, info, other }: { id: string; info: boolean; other: string | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const twoPanes = useMedia(widths.twoPanes)
  const { conversation, members } = useHeyi((held) => held.chat(id))
  const title = useTitle(conversation, members)
  const profile = useProfile(other)
  const away = profile && (profile.state === 'disabled' || profile.state === 'removed')
  const under = [profile?.position, profile?.department].filter(Boolean).join(' · ')
  return (
    <header className={styles.head}>
      {!twoPanes && (
        <IconButton label={t('action.back')} onClick={() => navigate('/chat')}>
          <ChevronLeft size={24} />
        </IconButton>
      )}
      {twoPanes && conversation && <ConversationPicture conversation={conversation} members={members} size={36} />}
      <div className={styles.title}>
        <h1>
          {other ? (
            <PersonCard id={other} className="ell">
              {title || '…'}
            </PersonCard>
          ) : (
            <span className="ell">{title || '…'}</span>
          )}
          {conversation?.external && <ExternalTag />}
          {conversation?.department && <Tag>{t('departmentGroup.tag')}</Tag>}
          {conversation?.kind === 'group' && members && <span className={styles.count}>{members.count}</span>}
          <RestTag member={other} />
          {away && <Tag>{t(`people.state.${profile.state}`)}</Tag>}
        </h1>
        {under && <p className="ell">{under}</p>}
      </div>
      <IconButton label={t('search.inThis')} onClick={() => navigate(`/find/${id}?in=${id}`)}>
        <Search size={20} />
      </IconButton>
      <IconButton
        label={t('chat.info')}
        pressed={info}
        onClick={() => navigate(info ? `/chat/${id}` : `/chat/${id}/info`)}
      >
        <Info size={20} />
      </IconButton>
    </header>
  )
}
