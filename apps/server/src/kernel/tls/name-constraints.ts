/**
 * Name constraints (RFC 5280, section 4.2.1.10) as our authority has them: names it may sign for, all others refused.
 * Addresses are not among them and therefore free: they change, and nobody is fooled by a certificate for a bare address.
 *
 *   SEQUENCE { [0] { SEQUENCE { [2] IA5String }, … } }
 */
export const nameConstraintsId = '2.5.29.30'

const [sequence, permittedTrees, dnsName] = [0x30, 0xa0, 0x82]

export function encodeNameConstraints(names: string[]): Uint8Array {
  const trees = names.map((name) => element(sequence, element(dnsName, Buffer.from(name, 'latin1'))))
  return element(sequence, element(permittedTrees, Buffer.concat(trees)))
}

/** The names, in their order; none for anything that is not of this form. */
export function decodeNameConstraints(der: Uint8Array): string[] {
  const [whole] = elements(Buffer.from(der))
  const permitted = whole ? elements(whole.content).find(({ tag }) => tag === permittedTrees) : undefined
  return elements(permitted?.content ?? Buffer.alloc(0)).flatMap(({ content }) =>
    elements(content)
      .filter(({ tag }) => tag === dnsName)
      .map(({ content: name }) => name.toString('latin1')),
  )
}

/** A name permits itself and everything below it. */
export const permits = (names: string[], wanted: string): boolean =>
  names.some((name) => wanted === name || wanted.endsWith(`.${name}`))

function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}

function elements(der: Buffer): { tag: number; content: Buffer }[] {
  const found: { tag: number; content: Buffer }[] = []
  let at = 0
  while (at + 2 <= der.length) {
    const tag = der.readUInt8(at)
    const first = der.readUInt8(at + 1)
    const more = first < 0x80 ? 0 : first & 0x7f
    if (more > 2 || at + 2 + more > der.length) return found
    const length = more === 0 ? first : der.readUIntBE(at + 2, more)
    const start = at + 2 + more
    found.push({ tag, content: der.subarray(start, start + length) })
    at = start + length
  }
  return found
}
