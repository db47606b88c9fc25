/** A page of a PDF: lines of Latin text from the top left, and coloured shapes under them. A4, in points. */
export type PdfPage = {
  text: { x: number; y: number; size: number; bold?: true; words: string }[]
  /** Rectangles, or circles where `r` is given; `y` counts from the bottom of the page. */
  shapes?: { x: number; y: number; w: number; h: number; colour: string; r?: number }[]
}

const pageSize = { width: 595, height: 842 }

/**
 * A small valid PDF 1.4 (ISO 32000-1, 7.5): header, one object after the other, a cross-reference table and a trailer.
 * Fonts are Helvetica, which every reader has, so text must be ASCII.
 */
export function pdfOf(title: string, pages: PdfPage[]): Uint8Array {
  const pageId = (i: number) => 5 + i * 2
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${pageId(i)} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
  ]
  for (const [i, page] of pages.entries()) {
    const content = [...(page.shapes ?? []).map(shape), ...page.text.map(words)].join('\n')
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageSize.width} ${pageSize.height}] ` +
        `/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${pageId(i) + 1} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    )
  }
  objects.push(`<< /Title (${escaped(title)}) /Producer (Heyi sample data) >>`)

  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const offset = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  // Each entry of the table has exactly twenty bytes.
  const table = [
    '0000000000 65535 f \n',
    ...offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`),
  ].join('')
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n${table}trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return new TextEncoder().encode(body + end)
}

const escaped = (text: string) => {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Error(`sample: a PDF text must be ASCII: ${text}`)
  return text.replace(/[\\()]/g, '\\$&')
}

function words({ x, y, size, bold, words }: PdfPage['text'][number]): string {
  return `BT 0.1 0.12 0.11 rg /${bold ? 'F2' : 'F1'} ${size} Tf ${x} ${y} Td (${escaped(words)}) Tj ET`
}

function shape({ x, y, w, h, colour, r }: NonNullable<PdfPage['shapes']>[number]): string {
  const [red, green, blue] = [1, 3, 5].map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255).toFixed(3))
  const fill = `${red} ${green} ${blue} rg`
  if (r === undefined) return `${fill} ${x} ${y} ${w} ${h} re f`
  const k = (r * 0.5523).toFixed(2)
  return (
    `${fill} q 1 0 0 1 ${x} ${y} cm ${r} 0 m ${r} ${k} ${k} ${r} 0 ${r} c -${k} ${r} -${r} ${k} -${r} 0 c ` +
    `-${r} -${k} -${k} -${r} 0 -${r} c ${k} -${r} ${r} -${k} ${r} 0 c f Q`
  )
}
