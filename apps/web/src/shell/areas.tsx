import { Contact, LayoutGrid, MessageCircle, Settings, UserRound } from 'lucide-react'

/** The areas that work, in the rail's order; `short` is the name of the phone's tab where it differs. */
export const areas = [
  { path: '/chat', label: 'area.chat', Icon: MessageCircle, PhoneIcon: MessageCircle, short: 'area.chat' },
  { path: '/work', label: 'area.work', Icon: LayoutGrid, PhoneIcon: LayoutGrid, short: 'area.work' },
  { path: '/people', label: 'area.people', Icon: Contact, PhoneIcon: Contact, short: 'area.people' },
  { path: '/settings', label: 'area.settings', Icon: Settings, PhoneIcon: UserRound, short: 'area.me' },
] as const
