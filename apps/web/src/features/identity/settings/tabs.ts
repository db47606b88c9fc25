import { Info, KeyRound, MonitorSmartphone, SlidersHorizontal, UserRound } from 'lucide-react'

/** The pages of the settings in their order; also commands of the switcher, which does not load the pages themselves. */
export const settingsTabs = [
  { name: 'profile', Icon: UserRound },
  { name: 'general', Icon: SlidersHorizontal },
  { name: 'password', Icon: KeyRound },
  { name: 'devices', Icon: MonitorSmartphone },
  { name: 'about', Icon: Info },
] as const
export type SettingsTab = (typeof settingsTabs)[number]['name']
