import type { Preferences } from '@heyi/contract/directory'
import {
  Building2,
  Keyboard,
  Languages,
  LogOut,
  MessageSquarePlus,
  Monitor,
  Moon,
  MoonStar,
  Settings,
  Sun,
  UserPlus,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useIsAdmin } from '../../app/data'
import { toastError } from '../../app/errors'
import { openOverlay } from '../../app/overlay'
import { switchTenant, useSignedIn } from '../../app/session'
import { setTheme, type Theme } from '../../app/theme'
import { areas } from '../../shell/areas'
import { askSignOut } from '../../shell/MeMenu'
import { settingsTabs } from '../identity/settings/tabs'
import { localeNames } from '../identity/Threshold'

export interface Command {
  id: string
  title: string
  /** Where it belongs, as the second line. */
  under: string
  /** Further words that find it, in the language of code: somebody may type English in a Chinese interface. */
  words: string
  icon: ReactNode
  /** A page to go to, or something to do. */
  act: { path: string } | (() => void)
}

const themes: [Theme, typeof Sun][] = [
  ['light', Sun],
  ['dark', Moon],
  ['system', Monitor],
]

/** Everything that can be done from anywhere, in the order in which it is offered before anything is typed. */
export function useCommands(): Command[] {
  const { t } = useTranslation()
  const client = useClient()
  const isAdmin = useIsAdmin()
  const { me } = useSignedIn()
  const put = (preferences: Partial<Preferences>) =>
    void client.call('directory.updateMe', { preferences }).catch(toastError)
  const talk = t('area.chat')
  const settings = t('area.settings')
  const appearance = t('settings.tab.appearance')
  return [
    {
      id: 'newChat',
      title: t('newChat.title'),
      under: talk,
      words: 'new chat direct message',
      icon: <MessageSquarePlus size={16} />,
      act: () => openOverlay({ kind: 'newChat' }),
    },
    {
      id: 'newGroup',
      title: t('newGroup.title'),
      under: talk,
      words: 'new group create',
      icon: <Users size={16} />,
      act: () => openOverlay({ kind: 'newGroup' }),
    },
    {
      id: 'rest',
      title: t('rest.title'),
      under: t('settings.tab.rest'),
      words: 'rest do not disturb quiet pause moon',
      icon: <MoonStar size={16} />,
      act: () => openOverlay({ kind: 'rest' }),
    },
    {
      id: 'shortcuts',
      title: t('shortcuts.title'),
      under: t('switcher.helpUnder'),
      words: 'keyboard shortcuts help',
      icon: <Keyboard size={16} />,
      act: () => openOverlay({ kind: 'shortcuts' }),
    },
    ...settingsTabs.map(({ name, Icon }) => ({
      id: `settings-${name}`,
      title: t(`settings.tab.${name}`),
      under: settings,
      words: `settings ${name}`,
      icon: <Icon size={16} />,
      act: { path: `/settings/${name}` },
    })),
    ...areas.map(({ path, label, Icon }) => ({
      id: `area-${path}`,
      title: t(label),
      under: t('shell.areas'),
      words: `go ${path.slice(1)}`,
      icon: <Icon size={16} />,
      act: { path },
    })),
    ...(isAdmin
      ? [
          {
            id: 'addMember',
            title: t('manage.addTitle'),
            under: t('manage.title'),
            words: 'manage add member invite',
            icon: <UserPlus size={16} />,
            act: { path: '/people/manage/newcomers' },
          },
          {
            id: 'manage',
            title: t('manage.title'),
            under: t('area.people'),
            words: 'manage admin',
            icon: <Settings size={16} />,
            act: { path: '/people/manage' },
          },
        ]
      : []),
    ...themes.map(([theme, Icon]) => ({
      id: `theme-${theme}`,
      title: t(`switcher.theme.${theme}`),
      under: appearance,
      words: `theme ${theme} mode`,
      icon: <Icon size={16} />,
      act: () => {
        setTheme(theme)
        put({ theme })
      },
    })),
    ...(['zh-CN', 'en'] as const).map((locale) => ({
      id: `locale-${locale}`,
      title: t('switcher.language', { language: localeNames[locale] }),
      under: t('settings.tab.language'),
      words: `language ${locale} english chinese 中文 英文`,
      icon: <Languages size={16} />,
      act: () => put({ locale }),
    })),
    ...me.tenants
      .filter(({ tenant }) => tenant !== me.tenant.id)
      .map(({ tenant, name }) => ({
        id: `tenant-${tenant}`,
        title: t('switcher.company', { name }),
        under: t('switcher.companyUnder'),
        words: 'switch company',
        icon: <Building2 size={16} />,
        act: () => void switchTenant(tenant).catch(toastError),
      })),
    {
      id: 'signOut',
      title: t('identity.signOut'),
      under: settings,
      words: 'sign out log out leave',
      icon: <LogOut size={16} />,
      act: askSignOut(t),
    },
  ]
}
