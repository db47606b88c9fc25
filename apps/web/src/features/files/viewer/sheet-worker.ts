import { read, utils } from '@e965/xlsx'

// Reads a workbook beside the page, which can end it when it takes too long.

export interface Sheet {
  name: string
  rows: string[][]
  /** There is more than is shown. */
  cut: boolean
}

const mostSheets = 30
const mostRows = 5_000
const mostColumns = 100
const mostChars = 500

self.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
  try {
    const book = read(data, {
      dense: true,
      sheetRows: mostRows + 1,
      cellFormula: false,
      cellHTML: false,
      cellStyles: false,
    })
    const sheets = book.SheetNames.slice(0, mostSheets).map((name): Sheet => {
      const rows = utils.sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, {
        header: 1,
        raw: false,
        blankrows: true,
        defval: '',
      })
      const shown = rows
        .slice(0, mostRows)
        .map((row) => row.slice(0, mostColumns).map((cell) => String(cell ?? '').slice(0, mostChars)))
      return { name, rows: shown, cut: rows.length > mostRows || rows.some((row) => row.length > mostColumns) }
    })
    postMessage(sheets)
  } catch {
    postMessage(null)
  }
}
