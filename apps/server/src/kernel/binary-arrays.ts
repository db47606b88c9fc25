import pg from 'pg'

// Arrays as PostgreSQL takes them in binary (`array_recv`): neither side has to escape or parse text, which for a
// batch of messages is most of what a parameter costs. `pg` sends a Buffer as it is, in binary.

const headerBytes = 20
const { TEXT, INT4, INT8 } = pg.types.builtins

/** `text[]`. */
export function textArray(values: readonly string[]): Buffer {
  let size = headerBytes
  for (const value of values) size += 4 + Buffer.byteLength(value)
  const bytes = arrayOf(TEXT, values.length, size)
  let at = headerBytes
  for (const value of values) {
    const written = bytes.write(value, at + 4)
    at = bytes.writeInt32BE(written, at) + written
  }
  return bytes
}

/** `int4[]`. */
export function int4Array(values: readonly number[]): Buffer {
  const bytes = arrayOf(INT4, values.length, headerBytes + 8 * values.length)
  let at = headerBytes
  for (const value of values) at = bytes.writeInt32BE(value, bytes.writeInt32BE(4, at))
  return bytes
}

/** `int8[]`, which may hold nulls. */
export function int8Array(values: readonly (number | null)[]): Buffer {
  let size = headerBytes
  for (const value of values) size += value === null ? 4 : 12
  const bytes = arrayOf(INT8, values.length, size)
  let at = headerBytes
  for (const value of values)
    at = value === null ? bytes.writeInt32BE(-1, at) : bytes.writeBigInt64BE(BigInt(value), bytes.writeInt32BE(8, at))
  return bytes
}

/** One dimension from 1; the elements follow, each after its length. The flag of nulls is not read by PostgreSQL. */
function arrayOf(type: number, length: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(0, 4)
  bytes.writeInt32BE(type, 8)
  bytes.writeInt32BE(length, 12)
  bytes.writeInt32BE(1, 16)
  return bytes
}
