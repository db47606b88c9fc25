import { Picture } from '@heyi/ui/Picture'
import { useHeyi, useProfile } from '../../app/data'

const viaAvatar = { avatar: true } as const

/** Somebody's picture by id, or the letters of the name. */
export function PersonPicture({ id, size }: { id: string; size: number }) {
  const profile = useProfile(id)
  const avatar = profile?.avatar ?? null
  const src = useHeyi((client) => (avatar ? client.fileUrl(avatar, viaAvatar, 'thumbnail') : null))
  return <Picture id={id} name={profile?.name ?? ''} src={src} size={size} external={profile?.external ?? false} />
}
