/** The longest side of a compressed picture, in pixels. */
const longest = 2560
const quality = 0.82
/** Whether a picture moves is said near its beginning. */
const headBytes = 4096

/** Pictures that can be made smaller here; a GIF may move, and stays as it is. */
export const isCompressible = (type: string): boolean => /^image\/(jpeg|png|webp)$/.test(type)

/**
 * The picture at most 2560 px wide and high, upright, without what the camera wrote about it: a JPEG of a JPEG, else a
 * WebP. The given one where that is not smaller, or where it moves, or cannot be read here.
 */
export async function compress(file: Blob): Promise<Blob> {
  if (!isCompressible(file.type) || (await moves(file))) return file
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return file
  }
  try {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    const context = canvas.getContext('2d')
    if (!context) return file
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const type = file.type === 'image/jpeg' ? 'image/jpeg' : 'image/webp'
    const smaller = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
    return smaller && smaller.size < file.size ? smaller : file
  } finally {
    bitmap.close()
  }
}

/** Whether a PNG or WebP has several frames. */
async function moves(file: Blob): Promise<boolean> {
  if (file.type === 'image/jpeg') return false
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, headBytes).arrayBuffer()))
  return head.includes('acTL') || head.includes('ANIM')
}

const endings: Record<string, string> = { 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/png': 'png' }

/** The name with the ending of its kind, where compressing changed that. */
export function renamed(name: string, before: string, after: string): string {
  const ending = endings[after]
  return before === after || !ending ? name : `${name.replace(/\.[^.]{1,5}$/, '')}.${ending}`
}
