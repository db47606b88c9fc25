/** What every generated page says at its top. */
export const generated = (name: string): string =>
  `<!-- Made by \`npm run docs -- ${name}\` from the code; do not edit it by hand. -->`

/** A Markdown table. Cells may hold anything but line breaks. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
