import {
  Bell,
  Eye,
  Info,
  KeyRound,
  Languages,
  MessageCircle,
  MonitorSmartphone,
  Moon,
  ScrollText,
  SunMoon,
  UserRound,
} from 'lucide-react'

/** The pages of the settings in their order; also commands of the switcher, which does not load the pages themselves. */
export const settingsTabs = [
  { name: 'profile', Icon: UserRound },
  { name: 'appearance', Icon: SunMoon },
  { name: 'language', Icon: Languages },
  { name: 'chat', Icon: MessageCircle },
  { name: 'notifications', Icon: Bell },
  { name: 'rest', Icon: Moon },
  { name: 'ledger', Icon: ScrollText },
  { name: 'devices', Icon: MonitorSmartphone },
  { name: 'privacy', Icon: Eye },
  { name: 'password', Icon: KeyRound },
  { name: 'about', Icon: Info },
] as const
export type SettingsTab = (typeof settingsTabs)[number]['name']
