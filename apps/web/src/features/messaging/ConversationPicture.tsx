import type { Conversation, Members } from '@heyi/contract/messaging'
import { Picture } from '@heyi/ui/Picture'
import { useMyId } from '../../app/data'
import { PersonPicture } from '../directory/PersonPicture'
import styles from './ConversationPicture.module.css'
import { otherOf, useTitle } from './conversation'

/** The other's picture, or up to four faces of a group in a rounded square. */
export function ConversationPicture({
  conversation,
  members,
  size,
}: {
  conversation: Conversation
  members: Members | null
  size: number
}) {
  const me = useMyId()
  const title = useTitle(conversation, members)
  const other = otherOf(conversation, members, me)
  if (other) return <PersonPicture id={other} size={size} />
  const faces = (members?.first ?? []).slice(0, 4)
  if (faces.length === 0) return <Picture id={conversation.id} name={title} src={null} size={size} shape="square" />
  const face = faces.length === 1 ? size * 0.6 : size / 2 - 3
  return (
    <span className={styles.group} style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }} aria-hidden="true">
      {faces.map(({ id }) => (
        <PersonPicture key={id} id={id} size={Math.floor(face)} />
      ))}
    </span>
  )
}
