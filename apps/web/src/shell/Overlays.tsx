import { Presence } from '@heyi/ui/Presence'
import { lazy, Suspense, useEffect } from 'react'
import { useNavigate } from 'react-router'
import { useMedia, widths } from '../app/media'
import { closeOverlay, useOverlay } from '../app/overlay'

const Switcher = lazy(() => import('../features/switcher/Switcher').then((module) => ({ default: module.Switcher })))
const ShortcutSheet = lazy(() =>
  import('../features/switcher/ShortcutSheet').then((module) => ({ default: module.ShortcutSheet })),
)
const NewChat = lazy(() => import('../features/messaging/NewChat').then((module) => ({ default: module.NewChat })))
const RestDialog = lazy(() => import('../features/rest/RestDialog').then((module) => ({ default: module.RestDialog })))
const Why = lazy(() => import('../features/notifications/Why').then((module) => ({ default: module.Why })))
const RemindDialog = lazy(() =>
  import('../features/reminders/RemindDialog').then((module) => ({ default: module.RemindDialog })),
)
const FileViewer = lazy(() =>
  import('../features/files/viewer/FileViewer').then((module) => ({ default: module.FileViewer })),
)
const NewGroup = lazy(() => import('../features/messaging/NewGroup').then((module) => ({ default: module.NewGroup })))

/** Stands once beside the screens and shows what was opened over them. */
export function Overlays() {
  const navigate = useNavigate()
  const overlay = useOverlay()
  const phone = useMedia(widths.phone)
  // On the phone the switcher is a page.
  const asPage = phone && overlay?.kind === 'switcher'
  useEffect(() => {
    if (!asPage) return
    closeOverlay()
    void navigate('/search')
  }, [asPage, navigate])
  const toChat = (conversation: string) => void navigate(`/chat/${conversation}`)
  return (
    <Suspense fallback={null}>
      <Presence>
        {overlay?.kind === 'switcher' && !phone && <Switcher start={overlay.text} onClose={closeOverlay} />}
      </Presence>
      <Presence>{overlay?.kind === 'shortcuts' && <ShortcutSheet onClose={closeOverlay} />}</Presence>
      <Presence>{overlay?.kind === 'rest' && <RestDialog onClose={closeOverlay} />}</Presence>
      <Presence>
        {overlay?.kind === 'why' && (
          <Why conversation={overlay.conversation} seq={overlay.seq} onClose={closeOverlay} />
        )}
      </Presence>
      <Presence>
        {overlay?.kind === 'remind' && (
          <RemindDialog conversation={overlay.conversation} seq={overlay.seq} onClose={closeOverlay} />
        )}
      </Presence>
      <Presence>
        {overlay?.kind === 'file' && <FileViewer files={overlay.files} start={overlay.start} onClose={closeOverlay} />}
      </Presence>
      <Presence>{overlay?.kind === 'newChat' && <NewChat onClose={closeOverlay} onOpen={toChat} />}</Presence>
      <Presence>{overlay?.kind === 'newGroup' && <NewGroup onClose={closeOverlay} onOpen={toChat} />}</Presence>
    </Suspense>
  )
}
