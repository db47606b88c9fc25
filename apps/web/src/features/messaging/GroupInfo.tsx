import { IconButton } from '@heyi/ui/Button'
import { Switch } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Badge } from '@heyi/ui/Tag'
import { ChevronLeft, ChevronRight, Plus, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useCall, useClient, useHeyi, useMyId } from '../../app/data'
import { useFormat } from '../../app/format'
import { PersonCard } from '../directory/PersonCard'
import { NamesIn, PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { FilesDialog } from '../files/FilesDialog'
import { SilentSwitch } from '../notifications/SilentSwitch'
import { AddMembers } from './AddMembers'
import { BannedDialog } from './BannedDialog'
import { otherOf } from './conversation'
import { DateDialog } from './DateDialog'
import { ExportDialog } from './ExportDialog'
import styles from './GroupInfo.module.css'
import { GroupLinks } from './GroupLinks'
import { GroupRequests } from './GroupRequests'
import { GroupSettings } from './GroupSettings'
import { MemberList } from './MemberList'
import { NicknameDialog } from './NicknameDialog'
import { NoticeDialog } from './NoticeDialog'
import { useStanding } from './standing'

const shownFaces = 9

type OpenDialog =
  | 'notice'
  | 'writeNotice'
  | 'members'
  | 'add'
  | 'link'
  | 'requests'
  | 'banned'
  | 'nickname'
  | 'date'
  | 'export'
  | 'files'

/** What a conversation is and who is in it: a panel beside the chat where there is room, else a page. */
export function GroupInfo({ id, beside }: { id: string; beside: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const chat = useHeyi((held) => held.chat(id))
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [busy, run] = useAction()
  const close = () => setDialog(null)
  useEffect(() => client.openChat(id), [client, id])
  const { conversation, membership, members } = chat
  useEffect(() => {
    if (chat.gone) void navigate('/chat', { replace: true })
  }, [chat.gone, navigate])
  const other = otherOf(conversation, members, me)
  const group = conversation?.kind === 'group'
  const closed = conversation?.dissolved ?? true
  const exporting = useCall('messaging.getExportPolicy', {}).data?.who
  const standing = useStanding(chat)
  const heads = standing !== null && standing !== 'member'
  const runs = heads && !closed
  const mayExport = exporting === 'members' || (exporting === 'owners' && group && heads)
  const update = (change: { pinned: boolean } | { muted: boolean }) =>
    void run(() => client.call('messaging.updateMembership', { conversation: id, ...change }))
  return (
    <NamesIn value={group ? id : null}>
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
                <PersonCard id={other} className={styles.person}>
                  <PersonPicture id={other} size={48} />
                  <span className={styles.personName}>
                    <PersonName id={other} />
                  </span>
                  <ChevronRight size={16} />
                </PersonCard>
              </section>
            )}
            {group && (conversation.notice || runs) && (
              <section className={styles.section}>
                <SectionHead title={t('group.notice')}>
                  {runs && (
                    <HeadButton
                      label={conversation.notice ? t('group.changeNotice') : t('group.writeNotice')}
                      onClick={() => setDialog('writeNotice')}
                    />
                  )}
                  {conversation.notice && (
                    <HeadButton label={t('group.wholeNotice')} onClick={() => setDialog('notice')} />
                  )}
                </SectionHead>
                {conversation.notice ? (
                  <>
                    <p className={styles.notice}>{conversation.notice.text}</p>
                    <p className={styles.noticeFoot}>
                      <PersonCard id={conversation.notice.by}>
                        <PersonName id={conversation.notice.by} />
                      </PersonCard>
                      <span aria-hidden="true">·</span>
                      <time dateTime={conversation.notice.at}>{format.dateTime(conversation.notice.at)}</time>
                    </p>
                  </>
                ) : (
                  <p className={styles.none}>{t('group.noNotice')}</p>
                )}
              </section>
            )}
            {group && members && (
              <section className={styles.section}>
                <SectionHead title={t('info.members', { count: members.count })}>
                  <HeadButton
                    label={runs ? t('group.manageMembers') : t('info.allMembers')}
                    onClick={() => setDialog('members')}
                  />
                </SectionHead>
                <ul className={styles.faces}>
                  {members.first.slice(0, shownFaces).map((member) => (
                    <li key={member.id}>
                      <PersonCard id={member.id}>
                        <PersonPicture id={member.id} size={36} mark />
                        <span className={styles.faceName}>
                          <PersonName id={member.id} />
                        </span>
                      </PersonCard>
                    </li>
                  ))}
                  {!closed && !conversation.department && (
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
              <LineButton label={t('filesOf.title')} onClick={() => setDialog('files')} />
            </section>
            {group && !closed && (
              <section className={styles.section}>
                {!conversation.department && (runs || conversation.memberLinks) && (
                  <LineButton label={t('group.link')} onClick={() => setDialog('link')} />
                )}
                {runs && (members?.waiting ?? 0) > 0 && (
                  <LineButton label={t('group.requests')} onClick={() => setDialog('requests')}>
                    <Badge count={members?.waiting ?? 0} label={t('group.waiting', { count: members?.waiting ?? 0 })} />
                  </LineButton>
                )}
                {runs && <LineButton label={t('moderation.banned')} onClick={() => setDialog('banned')} />}
                <LineButton label={t('group.nickname')} onClick={() => setDialog('nickname')}>
                  <span className="ell">{membership.nickname ?? t('group.noNickname')}</span>
                </LineButton>
              </section>
            )}
            <section className={styles.section}>
              <LineButton label={t('thread.ofGroup')} onClick={() => navigate(`/chat/${id}/topics`)} />
              <LineButton label={t('jumpDate.title')} onClick={() => setDialog('date')} />
              {mayExport && <LineButton label={t('export.title')} onClick={() => setDialog('export')} />}
            </section>
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
              {membership.muted && <SilentSwitch id={id} />}
            </section>
            {group && <GroupSettings conversation={conversation} membership={membership} />}
          </div>
        )}
        <Presence>
          {(dialog === 'notice' || dialog === 'writeNotice') && (
            <NoticeDialog id={id} writing={dialog === 'writeNotice'} onClose={close} />
          )}
        </Presence>
        <Presence>{dialog === 'add' && <AddMembers id={id} onClose={close} />}</Presence>
        <Presence>{dialog === 'files' && <FilesDialog id={id} onClose={close} />}</Presence>
        <Presence>{dialog === 'link' && <GroupLinks id={id} onClose={close} />}</Presence>
        <Presence>{dialog === 'export' && <ExportDialog id={id} onClose={close} />}</Presence>
        <Presence>{dialog === 'date' && <DateDialog id={id} onClose={close} />}</Presence>
        <Presence>{dialog === 'banned' && <BannedDialog id={id} onClose={close} />}</Presence>
        <Presence>{dialog === 'requests' && <GroupRequests id={id} onClose={close} />}</Presence>
        <Presence>
          {dialog === 'nickname' && membership && <NicknameDialog membership={membership} onClose={close} />}
        </Presence>
        <Presence>
          {dialog === 'members' && membership && (
            <MemberList
              id={id}
              role={standing ?? membership.role}
              closed={closed}
              automatic={Boolean(conversation?.department)}
              onClose={close}
              onAdd={() => setDialog('add')}
            />
          )}
        </Presence>
      </aside>
    </NamesIn>
  )
}

function SectionHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.sectionHead}>
      <h3>{title}</h3>
      {children}
    </div>
  )
}

function HeadButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick}>
      {label}
      <ChevronRight size={14} aria-hidden="true" />
    </button>
  )
}

/** One line that opens something: what it is on the left, how it stands on the right. */
function LineButton({ label, onClick, children }: { label: string; onClick: () => void; children?: ReactNode }) {
  return (
    <button type="button" className={styles.lineButton} onClick={onClick}>
      <span>{label}</span>
      <span className={styles.value}>{children}</span>
      <ChevronRight size={16} aria-hidden="true" />
    </button>
  )
}
