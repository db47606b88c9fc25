import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  bytes: Uint8Array | string
  /** Kept as it is, not compressed. */
  stored?: boolean
  /** How large it says it is, where that is a lie. */
  claims?: number
}

/** An archive of these entries, whatever their names are. */
export function zip(entries: readonly ZipEntry[]): Buffer<ArrayBuffer> {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, bytes, stored = false, claims } of entries) {
    const plain = Buffer.from(bytes as string)
    const data = stored ? plain : deflateRawSync(plain)
    const named = Buffer.from(name)
    const common = Buffer.alloc(26)
    // Version, UTF-8 names, method; the time is the first that the format knows.
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(claims ?? plain.length, 18)
    common.writeUInt16LE(named.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    locals.push(Buffer.from('PK\x03\x04'), common, named, data)
    central.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, named)
    offset += 30 + named.length + data.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...central, end])
}
