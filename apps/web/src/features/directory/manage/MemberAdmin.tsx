import type { Member } from '@heyi/contract/directory'
import type { Role } from '@heyi/contract/identity'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Dialog } from '@heyi/ui/Dialog'
import { Menu, type MenuEntry, type MenuPlace } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { Ban, Crown, KeyRound, Pencil, ShieldCheck, UserMinus, UserRound, UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient, useMe, useMyId } from '../../../app/data'
import { useFormat } from '../../../app/format'
import { EditMember } from './EditMember'
import { LinkBox } from './LinkBox'

/** What an owner or admin may do with somebody, on their profile. */
export function MemberAdmin({ member, onChanged }: { member: Member; onChanged: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const format = useFormat()
  const owner = useMe()?.role === 'owner'
  const self = useMyId() === member.id
  const [place, setPlace] = useState<MenuPlace | null>(null)
  const [editing, setEditing] = useState(false)
  const [link, setLink] = useState<{ url: string; expiresAt: string } | null>(null)
  const [busy, run] = useAction()
  const { id, name, state, role } = member
  if (state === 'removed') return null

  const setRole = (next: Role) =>
    confirm({
      title: t('manage.roleTitle', { name, role: t(`role.${next}`) }),
      text: t(`manage.roleText.${next}`),
      action: t('manage.roleAction'),
      run: async () => {
        await client.call('directory.setRole', { member: id, role: next })
        onChanged()
      },
    })
  const disable = () =>
    confirm({
      title: t('manage.disableTitle', { name }),
      text: t('manage.disableText'),
      action: t('manage.disable'),
      danger: true,
      run: async () => {
        await client.call('directory.disableMember', { member: id })
        onChanged()
      },
    })
  const enable = () =>
    void run(async () => {
      await client.call('directory.enableMember', { member: id })
      onChanged()
    })
  const remove = () =>
    confirm({
      title: t('manage.removeTitle', { name }),
      text: t('manage.removeText'),
      action: t('manage.remove'),
      danger: true,
      run: async () => {
        await client.call('directory.removeMember', { member: id })
        void navigate('/people')
      },
    })
  const makeLink = () => void run(async () => setLink(await client.call('identity.createPasswordLink', { member: id })))
  const roles: MenuEntry[] = (
    [
      ['owner', <Crown key="o" size={16} />],
      ['admin', <ShieldCheck key="a" size={16} />],
      ['member', <UserRound key="m" size={16} />],
    ] as const
  ).flatMap(([next, icon]) =>
    next === role ? [] : [{ label: t(`manage.make.${next}`), icon, onSelect: () => setRole(next) }],
  )
  const entries: MenuEntry[] = [
    { label: t('manage.edit'), icon: <Pencil size={16} />, onSelect: () => setEditing(true) },
    { label: t('manage.passwordLink'), icon: <KeyRound size={16} />, onSelect: makeLink },
    ...(owner && !self ? (['line', ...roles] as MenuEntry[]) : []),
    ...(self
      ? []
      : ([
          'line',
          state === 'disabled'
            ? { label: t('manage.enable'), icon: <UserRoundCheck size={16} />, onSelect: enable }
            : { label: t('manage.disable'), icon: <Ban size={16} />, onSelect: disable, danger: true },
          { label: t('manage.remove'), icon: <UserMinus size={16} />, onSelect: remove, danger: true },
        ] as MenuEntry[])),
  ]
  return (
    <>
      <Button
        size="l"
        busy={busy}
        aria-haspopup="menu"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPlace({ x: box.left, y: box.bottom + 4 })
        }}
      >
        {t('manage.title')}
      </Button>
      <Presence>
        {place && <Menu label={t('manage.title')} place={place} entries={entries} onClose={() => setPlace(null)} />}
      </Presence>
      <Presence>
        {editing && <EditMember member={member} onClose={() => setEditing(false)} onSaved={onChanged} />}
      </Presence>
      <Presence>
        {link && (
          <Dialog title={t('manage.linkOf', { name })} onClose={() => setLink(null)}>
            <p>{t('manage.linkText', { until: format.dateTime(link.expiresAt) })}</p>
            <LinkBox url={link.url} label={t('manage.linkOf', { name })} />
          </Dialog>
        )}
      </Presence>
    </>
  )
}
