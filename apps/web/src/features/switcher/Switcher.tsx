import { BareDialog } from '@heyi/ui/Dialog'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { pressed } from '../../app/keyboard'
import { SwitcherPanel } from './SwitcherPanel'

/** The switcher over whatever is on screen. */
export function Switcher({ start, onClose }: { start: string; onClose: () => void }) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent) => {
    if (pressed(event, 'switcher') < 0) return
    event.preventDefault()
    onClose()
  }
  return (
    <BareDialog label={t('switcher.title')} place="top" onClose={onClose} onKeyDown={onKeyDown}>
      {/* Gone, and the focus back, before a dialog that a command opens remembers where to give it back to. */}
      <SwitcherPanel start={start} onDone={() => flushSync(onClose)} />
    </BareDialog>
  )
}
