import { limits } from '@heyi/contract/limits'
import type { ConversationRole, Silence } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Dialog } from '@heyi/ui/Dialog'
import { MenuButton, type MenuEntry } from '@heyi/ui/Menu'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tag } from '@heyi/ui/Tag'
import { Crown, Ellipsis, Search, ShieldCheck, ShieldOff, UserMinus, UserRound } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient, useMyId, usePages, useProfile, useSettled } from '../../app/data'
import { PagedList } from '../../app/PagedList'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import styles from './GroupInfo.module.css'
import { useModeration } from './useModeration'

interface Props {
  id: string
  role: ConversationRole
  closed: boolean
  /** People come and go with a department: nobody is put in or out by hand. */
  automatic: boolean
  onClose: () => void
  onAdd: () => void
}

/** Everybody in a group, page by page, searched by name or nickname, with what my place lets me do to each. */
export function MemberList({ id, role, closed, automatic, onClose, onAdd }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  /** What the list answers to now. */
  const [answered, setAnswered] = useState<string | null>(null)
  const load = useCallback(
    async (cursor: string | null) => {
      const page = { conversation: id, cursor, limit: limits.pageSize }
      // The company’s search knows names and pinyin; who of those found is in the group, the group knows.
      const found = wanted && (await client.call('directory.search', { text: wanted, limit: limits.searchResults }))
      const only = found && {
        among: found.people.map((person) => person.id),
        nickname: wanted.slice(0, limits.nicknameChars),
      }
      const answer = await client.call('messaging.listMembers', { ...page, ...(only && { only }) })
      setAnswered(wanted)
      return answer
    },
    [client, id, wanted],
  )
  const pages = usePages(load)
  return (
    <Dialog
      title={t('info.allMembers')}
      onClose={onClose}
      footer={
        !closed &&
        !automatic && (
          <Button size="l" onClick={onAdd}>
            {t('info.addTitle')}
          </Button>
        )
      }
    >
      <div className={styles.search}>
        <Search size={16} aria-hidden="true" />
        <input
          type="search"
          data-first
          aria-label={t('group.searchMembers')}
          placeholder={t('group.searchMembers')}
          maxLength={limits.nameChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <PagedList
        pages={pages}
        none={<p className={styles.none}>{t('group.nobodyFound')}</p>}
        skeleton={<Skeleton rows={6} />}
        stale={answered !== text.trim()}
        className={styles.list}
      >
        {(member) => (
          <MemberRow
            key={member.id}
            id={id}
            member={member}
            role={closed ? 'member' : role}
            automatic={automatic}
            onChanged={pages.reload}
            onLeave={onClose}
          />
        )}
      </PagedList>
    </Dialog>
  )
}

interface RowProps {
  id: string
  member: { id: string; role: ConversationRole; nickname: string | null; silenced: Silence | null }
  role: ConversationRole
  automatic: boolean
  onChanged: () => void
  onLeave: () => void
}

function MemberRow({ id, member, role, automatic, onChanged, onLeave }: RowProps) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const navigate = useNavigate()
  const [, run] = useAction()
  const profile = useProfile(member.id)
  const name = member.nickname ?? profile?.name ?? ''
  const self = member.id === me
  const owns = role === 'owner' && !self
  const runs = !self && (role === 'owner' || (role === 'admin' && member.role === 'member'))
  const setAdmin = (admin: boolean) => () =>
    void run(async () => {
      await client.call('messaging.setAdmin', { conversation: id, member: member.id, admin })
      onChanged()
    })
  const transfer = () =>
    confirm({
      title: t('info.transferTitle', { name }),
      text: t('info.transferText'),
      action: t('info.transfer'),
      run: async () => {
        await client.call('messaging.transferOwnership', { conversation: id, to: member.id })
        onChanged()
      },
    })
  const moderation = useModeration({ id, member, name, onChanged })
  const remove = () =>
    confirm({
      title: t('info.removeTitle', { name }),
      text: t('info.removeText'),
      action: t('info.remove'),
      danger: true,
      run: async () => {
        await client.call('messaging.removeMembers', { conversation: id, members: [member.id] })
        onChanged()
      },
    })
  const entries: MenuEntry[] = [
    {
      label: t('info.profile'),
      icon: <UserRound size={16} />,
      onSelect: () => {
        onLeave()
        void navigate(`/people/of/${member.id}`)
      },
    },
  ]
  if (owns) {
    if (member.role === 'admin')
      entries.push({ label: t('info.unsetAdmin'), icon: <ShieldOff size={16} />, onSelect: setAdmin(false) })
    if (member.role === 'member')
      entries.push({ label: t('info.setAdmin'), icon: <ShieldCheck size={16} />, onSelect: setAdmin(true) })
    if (!automatic) entries.push({ label: t('info.transfer'), icon: <Crown size={16} />, onSelect: transfer })
  }
  if (runs) entries.push(...moderation.entries)
  if (runs && !automatic)
    entries.push(
      'line',
      { label: t('info.remove'), icon: <UserMinus size={16} />, onSelect: remove, danger: true },
      moderation.ban,
    )
  return (
    <div className={styles.member}>
      <PersonCard id={member.id} repeats>
        <PersonPicture id={member.id} size={36} />
      </PersonCard>
      <span className={styles.names}>
        <span className={styles.memberName}>
          <PersonCard id={member.id} className={styles.memberLink}>
            <PersonName id={member.id} />
          </PersonCard>
          {member.role !== 'member' && <Tag tone="brand">{t(`info.role.${member.role}`)}</Tag>}
          {moderation.tag && <Tag tone="warn">{moderation.tag}</Tag>}
        </span>
        <small className="ell">
          {[member.nickname !== null && profile?.name, profile?.department].filter(Boolean).join(' · ')}
        </small>
      </span>
      <MenuButton small label={t('info.menuOf', { name })} icon={<Ellipsis size={16} />} entries={entries} />
      {moderation.dialog}
    </div>
  )
}
