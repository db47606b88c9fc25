import { CircleAlert, CircleCheck } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Text } from 'react-aria-components/Text'
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast'
import styles from './toast.module.css'

interface Content {
  text: string
  bad: boolean
  action: ToastAction | undefined
}

interface ToastAction {
  /** A verb, such as for taking back what was done. */
  label: string
  run: () => void
}

const shownMs = 4000
const queue = new ToastQueue<Content>({ maxVisibleToasts: 3 })

/** Says briefly what happened; stays while it is hovered or focused. Never the only place of something important. */
export const toast = (text: string, action?: ToastAction) =>
  void queue.add({ text, bad: false, action }, { timeout: shownMs })
/** The same of something that failed. */
export const toastFailure = (text: string, action?: ToastAction) =>
  void queue.add({ text, bad: true, action }, { timeout: shownMs })

/** Stands once in the app. */
export function Toaster() {
  return (
    <ToastRegion queue={queue} className={styles.region ?? ''}>
      {({ toast: shown }) => (
        <AriaToast toast={shown} className={styles.toast ?? ''}>
          {shown.content.bad ? <CircleAlert size={16} /> : <CircleCheck size={16} />}
          <ToastContent className={styles.content ?? ''}>
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          {shown.content.action && (
            <Button
              className={styles.action ?? ''}
              onPress={() => {
                shown.content.action?.run()
                queue.close(shown.key)
              }}
            >
              {shown.content.action.label}
            </Button>
          )}
        </AriaToast>
      )}
    </ToastRegion>
  )
}
