import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import '@heyi/ui/fonts.css'
import '@heyi/ui/tokens.css'
import '@heyi/ui/base.css'
import { App } from './app/App'
import { startDeviceSettings } from './app/device-settings'
import { startKeyboard } from './app/keyboard'
import { startProgram } from './app/program'
import { startSession, watchWaking } from './app/session'
import { startTheme } from './app/theme'
import { startTexts } from './texts'

startTheme()
startDeviceSettings()
startKeyboard()
void startSession()
watchWaking()
await startTexts()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    {/* A click opens a chat in the next frame: as a transition it would wait for a quiet moment. */}
    <BrowserRouter useTransitions={false}>
      <App />
    </BrowserRouter>
  </StrictMode>,
)

// After the first paint, which it would only slow down.
requestAnimationFrame(() => setTimeout(() => void startProgram()))
