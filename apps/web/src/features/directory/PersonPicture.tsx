import { Picture } from '@heyi/ui/Picture'
import { useHeyi, useProfile } from '../../app/data'
import { useResting } from '../rest/resting'

const viaAvatar = { avatar: true } as const
/** In smaller ones, such as beside each message, a moon would be noise. */
const leastWithMark = 40

/** Somebody's picture by id, or the letters of the name; with a moon while they rest. */
export function PersonPicture({
  id,
  size,
  mark = size >= leastWithMark,
}: {
  id: string
  size: number
  mark?: boolean
}) {
  const profile = useProfile(id)
  const avatar = profile?.avatar ?? null
  const src = useHeyi((client) => (avatar ? client.fileUrl(avatar, viaAvatar, 'thumbnail') : null))
  const resting = useResting(mark ? id : null) !== null
  return (
    <Picture
      id={id}
      name={profile?.name ?? ''}
      src={src}
      size={size}
      external={profile?.external ?? false}
      {...(resting && { presence: 'rest' })}
    />
  )
}
