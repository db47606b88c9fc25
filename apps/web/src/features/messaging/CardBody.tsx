import type { RecordItem, ScheduledPart } from '@heyi/contract/messaging'
import { ContactCard } from './ContactCard'
import { LocationCard } from './LocationCard'
import { PollCard } from './PollCard'
import { RelayCard } from './RelayCard'
import { Sticker } from './Sticker'

/** What is shown alike wherever it stands; polls and relay lists to be read only. */
type CardKind = 'poll' | 'relay' | 'contact' | 'location' | 'sticker'
type CardItem = Extract<ScheduledPart, { kind: CardKind }>
type Item = RecordItem | ScheduledPart

const kinds: readonly string[] = ['poll', 'relay', 'contact', 'location', 'sticker']
export const isCard = <I extends Item>(item: I): item is Extract<I, { kind: CardKind }> => kinds.includes(item.kind)

export function CardBody({ item }: { item: CardItem }) {
  switch (item.kind) {
    case 'poll':
      return <PollCard body={item.body} at={null} />
    case 'relay':
      return <RelayCard body={item.body} at={null} />
    case 'contact':
      return <ContactCard member={item.body.member} />
    case 'location':
      return <LocationCard body={item.body} />
    case 'sticker':
      return <Sticker body={item.body} />
  }
}
