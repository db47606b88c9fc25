import { IconButton } from '@heyi/ui/Button'
import { Switch } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft, ChevronRight, Plus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient, useHeyi, useMyId } from '../../app/data'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { AddMembers } from './AddMembers'
import { otherOf } from './conversation'
import styles from './GroupInfo.module.css'
import { GroupSettings } from './GroupSettings'
import { MemberList } from './MemberList'

const shownFaces = 9

/** What a conversation is and who is in it: a panel beside the chat where there is room, else a page. */
export function GroupInfo({ id, beside }: { id: string; beside: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const me = useMyId()
  const chat = useHeyi((held) => held.chat(id))
  const [dialog, setDialog] = useState<'add' | 'all' | null>(null)
  const [busy, run] = useAction()
  useEffect(() => client.openChat(id), [client, id])
  const { conversation, membership, members } = chat
  useEffect(() => {
    if (chat.gone) void navigate('/chat', { replace: true })
  }, [chat.gone, navigate])
  const other = otherOf(conversation, members, me)
  const group = conversation?.kind === 'group'
  const update = (change: { pinned: boolean } | { muted: boolean }) =>
    void run(() => client.call('messaging.updateMembership', { conversation: id, ...change }))
  return (
    <aside className={beside ? styles.beside : styles.page} aria-label={group ? t('info.group') : t('info.direct')}>
      <header className={styles.head}>
        {!beside && (
          <IconButton label={t('action.back')} onClick={() => navigate(`/chat/${id}`)}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        <h2>{group ? t('info.group') : t('info.direct')}</h2>
        {beside && (
          <IconButton label={t('action.close')} onClick={() => navigate(`/chat/${id}`)}>
            <X size={18} />
          </IconButton>
        )}
      </header>
      {!conversation || !membership ? (
        <Skeleton rows={5} />
      ) : (
        <div className={styles.body}>
          {other && (
            <section className={styles.section}>
              <button type="button" className={styles.person} onClick={() => navigate(`/people/of/${other}`)}>
                <PersonPicture id={other} size={48} />
                <span className={styles.personName}>
                  <PersonName id={other} />
                </span>
                <ChevronRight size={16} />
              </button>
            </section>
          )}
          {group && members && (
            <section className={styles.section}>
              <div className={styles.sectionHead}>
                <h3>{t('info.members', { count: members.count })}</h3>
                <button type="button" onClick={() => setDialog('all')}>
                  {t('info.allMembers')}
                  <ChevronRight size={14} />
                </button>
              </div>
              <ul className={styles.faces}>
                {members.first.slice(0, shownFaces).map((member) => (
                  <li key={member.id}>
                    <button type="button" onClick={() => navigate(`/people/of/${member.id}`)}>
                      <PersonPicture id={member.id} size={36} />
                      <span className={styles.faceName}>
                        <PersonName id={member.id} />
                      </span>
                    </button>
                  </li>
                ))}
                {!conversation.dissolved && (
                  <li>
                    <button type="button" onClick={() => setDialog('add')}>
                      <span className={styles.add}>
                        <Plus size={18} />
                      </span>
                      <span className={styles.faceName}>{t('info.add')}</span>
                    </button>
                  </li>
                )}
              </ul>
            </section>
          )}
          <section className={styles.section}>
            <Switch
              label={t('inbox.pin')}
              checked={membership.pinned}
              disabled={busy}
              onChange={(pinned) => update({ pinned })}
            />
            <Switch
              label={t('inbox.mute')}
              checked={membership.muted}
              disabled={busy}
              onChange={(muted) => update({ muted })}
            />
          </section>
          {group && <GroupSettings conversation={conversation} membership={membership} />}
        </div>
      )}
      {dialog === 'add' && <AddMembers id={id} onClose={() => setDialog(null)} />}
      {dialog === 'all' && membership && conversation && (
        <MemberList
          id={id}
          role={membership.role}
          closed={conversation.dissolved}
          onClose={() => setDialog(null)}
          onAdd={() => setDialog('add')}
        />
      )}
    </aside>
  )
}
