import { expect, test } from 'vitest'
import { listZip } from './zip'

/** The end of an archive: what it says of its entries, whatever would come before. */
function directory(entries: [name: string | number[], sizeBytes: number][]): Uint8Array {
  const encoder = new TextEncoder()
  const parts = entries.map(([name, sizeBytes]) => {
    const named = typeof name === 'string' ? encoder.encode(name) : Uint8Array.from(name)
    const part = new Uint8Array(46 + named.length)
    const view = new DataView(part.buffer)
    view.setUint32(0, 0x02014b50, true)
    view.setUint32(24, sizeBytes, true)
    view.setUint16(28, named.length, true)
    part.set(named, 46)
    return part
  })
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(10, entries.length, true)
  end.setUint32(12, size, true)
  return Uint8Array.from([...parts.flatMap((part) => [...part]), ...new Uint8Array(end.buffer)])
}

const list = (bytes: Uint8Array) => listZip(async (start, end) => bytes.subarray(start, end), bytes.length)

test('an archive is listed by what it says at its end, old Chinese names too', async () => {
  const bytes = directory([
    ['图/', 0],
    ['图/封面.png', 5_000],
    ['../\u202egpj.exe', 4_000_000_000],
    [[0xd0, 0xd5, 0xc3, 0xfb], 1],
  ])
  expect(await list(bytes)).toEqual({
    entries: [
      { name: '图/', sizeBytes: 0, folder: true },
      { name: '图/封面.png', sizeBytes: 5_000, folder: false },
      { name: '../�gpj.exe', sizeBytes: 4_000_000_000, folder: false },
      { name: '姓名', sizeBytes: 1, folder: false },
    ],
    count: 4,
    totalBytes: 4_000_005_001,
  })
  expect(await list(directory([]))).toEqual({ entries: [], count: 0, totalBytes: 0 })
})

test('only so many entries are listed, and what is no archive is said so', async () => {
  const many = await list(directory(Array.from({ length: 6_000 }, (_, n) => [`${n}`, 0])))
  expect([many.entries.length, many.count]).toEqual([5_000, 6_000])
  const encoder = new TextEncoder()
  for (const bad of [new Uint8Array(), encoder.encode('PK no archive'), directory([['a', 1]]).subarray(20)])
    await expect(list(bad)).rejects.toThrow()
})
