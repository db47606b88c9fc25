export interface ViewedFile {
  conversation: string
  seq: number
  file: string
  name: string
  sizeBytes: number
  mime: string
}

type ViewKind = 'pdf' | 'text' | 'docx' | 'sheet' | 'zip' | 'audio' | 'video' | 'image'

const office = 'application/vnd.openxmlformats-officedocument.'
const byMime: Readonly<Record<string, ViewKind>> = {
  'application/pdf': 'pdf',
  'application/json': 'text',
  'application/xml': 'text',
  [`${office}wordprocessingml.document`]: 'docx',
  [`${office}spreadsheetml.sheet`]: 'sheet',
  'application/vnd.ms-excel': 'sheet',
  'application/zip': 'zip',
  'application/java-archive': 'zip',
}

/** How a file can be looked at here; null where it can only be saved. The server told its type by its bytes. */
export function viewKind({ mime }: { mime: string }): ViewKind | null {
  const known = byMime[mime]
  if (known) return known
  const [family] = mime.split('/')
  return family === 'text' || family === 'audio' || family === 'video' || family === 'image' ? family : null
}
