import { Button } from '@heyi/ui/Button'
import { ConfirmHost } from '@heyi/ui/confirm'
import { Empty } from '@heyi/ui/Empty'
import { Toaster } from '@heyi/ui/toast'
import { WordsProvider } from '@heyi/ui/words'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes, useLocation } from 'react-router'
import { ChatScreen } from '../features/messaging/ChatScreen'
import { Shell } from '../shell/Shell'
import { errorMessage } from './errors'
import { startSession, useSession } from './session'

const SignIn = lazy(() => import('../features/identity/SignIn').then((module) => ({ default: module.SignIn })))
const SetUp = lazy(() => import('../features/identity/SetUp').then((module) => ({ default: module.SetUp })))
const PasswordLink = lazy(() =>
  import('../features/identity/PasswordLink').then((module) => ({ default: module.PasswordLink })),
)
const Join = lazy(() => import('../features/directory/Join').then((module) => ({ default: module.Join })))
const JoinGroup = lazy(() =>
  import('../features/messaging/JoinGroup').then((module) => ({ default: module.JoinGroup })),
)
const People = lazy(() => import('../features/directory/People').then((module) => ({ default: module.People })))
const Manage = lazy(() => import('../features/directory/manage/Manage').then((module) => ({ default: module.Manage })))
const Work = lazy(() => import('../features/todos/Work').then((module) => ({ default: module.Work })))
const SwitcherPage = lazy(() =>
  import('../features/switcher/SwitcherPage').then((module) => ({ default: module.SwitcherPage })),
)
const FindScreen = lazy(() =>
  import('../features/search/FindScreen').then((module) => ({ default: module.FindScreen })),
)
const Settings = lazy(() =>
  import('../features/identity/settings/Settings').then((module) => ({ default: module.Settings })),
)
const Dev = lazy(() => import('../features/dev/Dev').then((module) => ({ default: module.Dev })))

export function App() {
  const { t, i18n } = useTranslation()
  const words = {
    close: t('action.close'),
    cancel: t('action.cancel'),
    clear: t('action.clear'),
    busy: t('action.busy'),
    showPassword: t('field.showPassword'),
    hidePassword: t('field.hidePassword'),
    external: t('tag.external'),
    sample: t('tag.sample'),
  }
  return (
    <WordsProvider words={words} locale={i18n.language}>
      <Suspense fallback={null}>
        <Routes>
          <Route path="/setup" element={<SetUp />} />
          <Route path="/join/:token" element={<Join />} />
          <Route path="/link/:token" element={<PasswordLink />} />
          <Route path="/dev/ui" element={<Dev />} />
          <Route path="/signin" element={<Door />} />
          <Route element={<Inside />}>
            <Route path="/chat/:conversation?/:panel?/:of?" element={<ChatScreen />} />
            <Route path="/group/join/:token" element={<JoinGroup />} />
            <Route path="/people/manage/:tab?" element={<Manage />} />
            <Route path="/people/:department?/:member?" element={<People />} />
            <Route path="/work" element={<Work />} />
            <Route path="/search" element={<SwitcherPage />} />
            <Route path="/find/:conversation?" element={<FindScreen />} />
            <Route path="/settings/:tab?" element={<Settings />} />
            <Route path="*" element={<Navigate to="/chat" replace />} />
          </Route>
        </Routes>
      </Suspense>
      <ConfirmHost describe={errorMessage} />
      <Toaster />
    </WordsProvider>
  )
}

/** The sign-in page, passed by whoever is signed in already. */
function Door() {
  const session = useSession()
  const from = useLocation().state as { from?: string } | null
  if (session.state === 'signedIn') return <Navigate to={from?.from ?? '/chat'} replace />
  if (session.state === 'starting') return null
  return <SignIn />
}

function Inside() {
  const session = useSession()
  const { pathname } = useLocation()
  if (session.state === 'starting') return session.openCopy ? <Slow onOpen={session.openCopy} /> : null
  if (session.state === 'unreachable') return <Unreachable />
  if (session.state === 'anonymous')
    return <Navigate to="/signin" replace state={session.left ? null : { from: pathname }} />
  return <Shell key={session.me.member} />
}

/** The server takes long; what this device holds can be read without waiting for it. */
function Slow({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <main style={{ display: 'flex', height: '100%' }}>
      <Empty
        heading="h1"
        drawing="broken"
        title={t('start.slowTitle')}
        text={t('start.slowText')}
        action={
          <Button look="soft" onClick={onOpen}>
            {t('start.openCopy')}
          </Button>
        }
      />
    </main>
  )
}

function Unreachable() {
  const { t } = useTranslation()
  useEffect(() => {
    const retry = () => void startSession()
    const timer = setInterval(retry, 10_000)
    window.addEventListener('online', retry)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', retry)
    }
  }, [])
  return (
    <main style={{ display: 'flex', height: '100%' }}>
      <Empty
        heading="h1"
        drawing="broken"
        title={t('error.unreachableTitle')}
        text={t('error.unreachableText')}
        action={
          <Button look="soft" onClick={() => void startSession()}>
            {t('action.retry')}
          </Button>
        }
      />
    </main>
  )
}
