import { zip } from './zip.js'

// Small documents of real formats, made by hand.

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const types = (parts: [string, string][]) => ({
  name: '[Content_Types].xml',
  bytes: `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts
    .map(
      ([part, type]) =>
        `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
    )
    .join('')}</Types>`,
})
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (name: string, of: [string, string][]) => ({
  name,
  bytes: `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${of
    .map(([kind, target], n) => `<Relationship Id="rId${n + 1}" Type="${office}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`,
})

export function makeDocx(paragraphs: string[], more: Parameters<typeof zip>[0] = []): Buffer<ArrayBuffer> {
  const body = paragraphs
    .map((text) => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`)
    .join('')
  return zip([
    types([['/word/document.xml', 'wordprocessingml.document.main']]),
    relations('_rels/.rels', [['officeDocument', 'word/document.xml']]),
    {
      name: 'word/document.xml',
      bytes: `${xml}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    },
    ...more,
  ])
}

export function makeXlsx(sheets: Record<string, string[][]>): Buffer<ArrayBuffer> {
  const names = Object.keys(sheets)
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return zip([
    types([
      ['/xl/workbook.xml', 'spreadsheetml.sheet.main'],
      ...names.map((_, n): [string, string] => [`/xl/worksheets/sheet${n + 1}.xml`, 'spreadsheetml.worksheet']),
    ]),
    relations('_rels/.rels', [['officeDocument', 'xl/workbook.xml']]),
    relations(
      'xl/_rels/workbook.xml.rels',
      names.map((_, n) => ['worksheet', `worksheets/sheet${n + 1}.xml`]),
    ),
    {
      name: 'xl/workbook.xml',
      bytes: `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names
        .map((name, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
        .join('')}</sheets></workbook>`,
    },
    ...names.map((name, n) => ({
      name: `xl/worksheets/sheet${n + 1}.xml`,
      bytes: `${xml}<worksheet xmlns="${main}"><sheetData>${(sheets[name] ?? [])
        .map(
          (row, at) =>
            `<row r="${at + 1}">${row.map((cell, c) => `<c r="${String.fromCharCode(65 + c)}${at + 1}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join('')}</row>`,
        )
        .join('')}</sheetData></worksheet>`,
    })),
  ])
}

/** One page with one line, in a Chinese font that is not in the file: reading it needs a table from beside the program. */
export function makePdf(text: string): Buffer<ArrayBuffer> {
  const letters = Buffer.from(text, 'utf16le').swap16().toString('hex')
  const drawn = `BT /F1 24 Tf 72 700 Td <${letters}> Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, n) => {
    const place = file.length
    file += `${n + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
