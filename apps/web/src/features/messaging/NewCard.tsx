import { NewContact } from './NewContact'
import { NewLocation } from './NewLocation'
import { NewPoll } from './NewPoll'
import { NewRelay } from './NewRelay'
import type { SendProps } from './useSend'

export type CardKind = 'poll' | 'relay' | 'contact' | 'location'

/** What is filled in to send a card of this kind. */
export function NewCard({ kind, ...rest }: SendProps & { kind: CardKind }) {
  switch (kind) {
    case 'poll':
      return <NewPoll {...rest} />
    case 'relay':
      return <NewRelay {...rest} />
    case 'contact':
      return <NewContact {...rest} />
    case 'location':
      return <NewLocation {...rest} />
  }
}
