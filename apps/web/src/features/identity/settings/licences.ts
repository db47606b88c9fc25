import packages from '../../../../../../docs/licences.md?url&no-inline'
import licence from '../../../../../../LICENSE?url&no-inline'
import notice from '../../../../../../NOTICE?url&no-inline'

/** The texts lie beside the program as files of their own: nobody needs them before asking. */
export const texts = {
  licence,
  notice,
  packages,
}

/** @throws Error where the file did not come */
export async function loadText(url: string): Promise<string> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return answer.text()
}

export interface LicenceGroup {
  licence: string
  packages: string[]
}

/** The tables of docs/licences.md: under each licence its packages with their versions. */
export function readLicences(markdown: string): LicenceGroup[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [licence = '', ...lines] = part.split('\n')
      const cells = lines.flatMap((line) => /^\| ([^|]+) \| ([^|]+) \|$/.exec(line)?.slice(1) ?? [])
      const packages: string[] = []
      // The first two pairs are the head of the table and the line under it.
      for (let i = 4; i + 1 < cells.length; i += 2) packages.push(`${cells[i]?.trim()} ${cells[i + 1]?.trim()}`)
      return { licence: licence.trim(), packages }
    })
    .filter(({ packages }) => packages.length > 0)
}
