import type { RecordBody } from '@heyi/contract/messaging'
import { Presence } from '@heyi/ui/Presence'
import { lazy, Suspense, useState } from 'react'
import { RecordButton } from './RecordButton'

const RecordDialog = lazy(() => import('./RecordDialog').then((module) => ({ default: module.RecordDialog })))

interface Props {
  conversation: string
  seq: number
  body: RecordBody
}

/** Messages sent on as one: whose they were, the first lines, how many; opens to be read. */
export function RecordCard({ conversation, seq, body }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <RecordButton body={body} onOpen={() => setOpen(true)} />
      <Presence>
        {open && (
          <Suspense fallback={null}>
            <RecordDialog conversation={conversation} seq={seq} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </Presence>
    </>
  )
}
