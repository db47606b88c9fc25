import { deflateRawSync } from 'node:zlib'

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  return c >>> 0
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}

/** 2026-01-01 00:00 as MS-DOS writes it: archives made twice are the same. */
const dosDate = ((2026 - 1980) << 9) | (1 << 5) | 1
const utf8Names = 0x0800

/** A ZIP archive (APPNOTE 6.3, 4.3) of small files; what does not get smaller is stored as it is. */
export function zipOf(entries: { name: string; bytes: Uint8Array }[]): Uint8Array {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const nameBytes = Buffer.from(name, 'utf8')
    const deflated = deflateRawSync(bytes)
    const packed = deflated.length < bytes.length ? deflated : Buffer.from(bytes)
    const method = packed === deflated ? 8 : 0
    const shared = [20, utf8Names, method, 0, dosDate] as const
    const sizes = [crc32(bytes), packed.length, bytes.length] as const

    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    shared.forEach((value, i) => local.writeUInt16LE(value, 4 + i * 2))
    sizes.forEach((value, i) => local.writeUInt32LE(value, 14 + i * 4))
    local.writeUInt16LE(nameBytes.length, 26)
    locals.push(local, nameBytes, packed)

    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    shared.forEach((value, i) => entry.writeUInt16LE(value, 6 + i * 2))
    sizes.forEach((value, i) => entry.writeUInt32LE(value, 16 + i * 4))
    entry.writeUInt16LE(nameBytes.length, 28)
    entry.writeUInt32LE(offset, 42)
    central.push(entry, nameBytes)
    offset += local.length + nameBytes.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...locals, directory, end]))
}
