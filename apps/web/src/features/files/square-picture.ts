const side = 512

/** The file cannot be drawn as a picture here. */
export class NotAnImage extends Error {}

/** The middle of a picture as a square JPEG of 512 px, for a portrait. */
export async function squarePicture(file: Blob): Promise<Blob> {
  const address = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = address
    await image.decode().catch((cause: unknown) => {
      throw new NotAnImage('decode', { cause })
    })
    const canvas = document.createElement('canvas')
    canvas.width = side
    canvas.height = side
    const context = canvas.getContext('2d')
    if (!context) throw new NotAnImage('canvas')
    const from = Math.min(image.naturalWidth, image.naturalHeight)
    // Transparent pictures would turn black in a JPEG.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, side, side)
    context.imageSmoothingQuality = 'high'
    context.drawImage(
      image,
      (image.naturalWidth - from) / 2,
      (image.naturalHeight - from) / 2,
      from,
      from,
      0,
      0,
      side,
      side,
    )
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88))
    if (!blob) throw new NotAnImage('encode')
    return blob
  } finally {
    URL.revokeObjectURL(address)
  }
}
