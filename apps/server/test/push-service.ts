import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Pushed {
  /** Which browser it was for. */
  browser: string
  headers: IncomingHttpHeaders
  /** What the browser reads after decrypting (RFC 8291). */
  payload: {
    id: string
    title: string
    body: string
    tag: string
    path: string
    lang: string
    reply?: { conversation: string; root: number | null; member: string }
  }
}

interface TestBrowser {
  name: string
  subscription: { endpoint: string; p256dh: string; auth: string; name: string }
}

export interface PushService extends AsyncDisposable {
  pushed: Pushed[]
  /** What is answered to the next pushes for a browser; 201 without. */
  answers: Map<string, number>
  /** A browser with keys of its own, subscribed here. */
  browser(name: string): TestBrowser
}

/** A push service as browsers’ makers run one (RFC 8030), on this machine; it also plays the browsers that decrypt. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>()
  const pushed: Pushed[] = []
  const answers = new Map<string, number>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const name = (request.url ?? '').slice(1)
      const browser = browsers.get(name)
      const status = answers.get(name) ?? 201
      if (status === 201 && browser) {
        const text = decrypt(Buffer.concat(parts), browser.ecdh, browser.auth)
        pushed.push({ browser: name, headers: request.headers, payload: JSON.parse(text) as Pushed['payload'] })
      }
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    pushed,
    answers,
    browser(name) {
      const ecdh = createECDH('prime256v1')
      ecdh.generateKeys()
      const auth = randomBytes(16)
      browsers.set(name, { ecdh, auth })
      const p256dh = ecdh.getPublicKey().toString('base64url')
      const endpoint = `http://127.0.0.1:${port}/${name}`
      return { name, subscription: { endpoint, p256dh, auth: auth.toString('base64url'), name } }
    },
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

/** RFC 8188 (one record, aes128gcm) with the keys of RFC 8291, section 3.4. */
function decrypt(message: Buffer, ecdh: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = message.subarray(0, 16)
  const keyLength = message.readUInt8(20)
  const theirs = message.subarray(21, 21 + keyLength)
  const sealed = message.subarray(21 + keyLength)
  const derive = (secret: Buffer, with_: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, length))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), theirs])
  const secret = derive(ecdh.computeSecret(theirs), auth, info, 32)
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  // The last record ends with 2 and then zeros.
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
}

/** Whether a push is signed by the key that the browser was subscribed with (RFC 8292). */
export function isSignedBy(headers: IncomingHttpHeaders, publicKey: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? []
  if (key !== publicKey) return false
  const [head, claims, signature = ''] = token.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  return verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
}
