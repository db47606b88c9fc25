import jsQR from 'jsqr'
import sharp from 'sharp'

/** The text in a picture of a QR code, read as a camera would; null if there is none. */
export async function readQrCode(picture: Buffer): Promise<string | null> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null
}
