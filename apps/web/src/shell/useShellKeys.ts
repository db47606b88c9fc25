import { useLocation, useNavigate } from 'react-router'
import { useIsAdmin } from '../app/data'
import { useShortcut } from '../app/keyboard'
import { openOverlay } from '../app/overlay'
import { areas } from './areas'
import { focusPane } from './panes'

/** The shortcuts that work on every screen. */
export function useShellKeys(): void {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const isAdmin = useIsAdmin()
  useShortcut('switcher', () => openOverlay({ kind: 'switcher', text: '' }))
  useShortcut('rest', () => openOverlay({ kind: 'rest' }))
  useShortcut('search', () => navigate('/find'))
  useShortcut('sheet', () => openOverlay({ kind: 'shortcuts' }))
  useShortcut('nextPane', () => focusPane(1))
  useShortcut('previousPane', () => focusPane(-1))
  useShortcut('area', (_, which) => {
    const area = areas[which]
    if (!area) return false
    return navigate(area.path)
  })
  useShortcut('create', () => {
    if (isAdmin && pathname.startsWith('/people')) return navigate('/people/manage/newcomers')
    return openOverlay({ kind: 'newChat' })
  })
}
