import { randomUUID } from 'node:crypto'

/** A colleague who acts over the API, without a browser. */
export interface Caller {
  member: string
  name: string
  call<T>(operation: string, input: unknown): Promise<T>
  upload(name: string, bytes: Buffer): Promise<string>
}

/** People of the sample company, signed in over the API. */
export async function signInAll(url: string): Promise<Caller[]> {
  const call = async <T>(operation: string, input: unknown, token?: string): Promise<T> => {
    const answer = await fetch(`${url}/api/${operation}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'request-id': randomUUID(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(input),
    })
    if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const { demoSignIns } = await call<{ demoSignIns: { member: string; name: string }[] }>(
    'identity.getInstallation',
    {},
  )
  return Promise.all(
    demoSignIns.map(async ({ member, name }) => {
      const { token } = await call<{ token: string }>('identity.signInDemo', { member, device: 'feel', via: 'token' })
      return {
        member,
        name,
        call: <T>(operation: string, input: unknown) => call<T>(operation, input, token),
        upload: (file: string, bytes: Buffer) => upload(url, token, file, bytes),
      }
    }),
  )
}

/** Sends one message after the other into a conversation; resolves with their places. */
export async function write(
  { call }: Caller,
  conversation: string,
  messages: readonly unknown[],
  quote?: number,
): Promise<number[]> {
  const places: number[] = []
  for (const message of messages) {
    const { seq } = await call<{ seq: number }>('messaging.sendMessage', {
      conversation,
      key: randomUUID(),
      message: typeof message === 'string' ? { kind: 'text', text: message } : message,
      ...(quote && { quote }),
    })
    places.push(seq)
  }
  return places
}

/** One tus upload in two requests. */
async function upload(url: string, token: string, name: string, bytes: Buffer): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const made = await fetch(`${url}/upload`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')},filetype ${Buffer.from('image/png').toString('base64')}`,
    },
  })
  const address = new URL(made.headers.get('location') ?? '', url)
  const done = await fetch(address, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  const id = done.headers.get('heyi-file')
  if (!id) throw new Error(`upload of ${name}: ${done.status} ${await done.text()}`)
  return id
}
