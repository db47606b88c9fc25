import type { Outgoing } from '@heyi/client'
import { useAction } from '../../app/data'

export interface SendProps {
  /** Queued durably when it resolves. */
  onSend: (outgoing: Outgoing) => Promise<unknown>
  /** Offers to have it sent later. */
  onLater: ((outgoing: Outgoing) => void) | undefined
  onClose: () => void
}

/** Sends what a dialog made, and closes it. */
export function useSend({ onSend, onClose }: SendProps) {
  const [busy, run] = useAction()
  const send = (outgoing: Outgoing) =>
    void run(async () => {
      await onSend(outgoing)
      onClose()
    })
  return [busy, send] as const
}
