import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Pair } from './issue.js'

/**
 * The operator’s certificate chain and key, checked.
 * @throws Error with one sentence that names the setting to look at
 */
export function givenCertificate(files: { cert: string; key: string }, now: number): Pair {
  const pair = { cert: read('HEYI_TLS_CERT', files.cert), key: read('HEYI_TLS_KEY', files.key) }
  const cert = told(
    `The file of HEYI_TLS_CERT (${files.cert}) holds no certificate in PEM form.`,
    () => new X509Certificate(pair.cert),
  )
  const key = told(
    `The file of HEYI_TLS_KEY (${files.key}) holds no private key in PEM form that can be read without a password.`,
    () => createPrivateKey(pair.key),
  )
  if (!cert.checkPrivateKey(key))
    throw new Error(
      `The key of HEYI_TLS_KEY (${files.key}) does not belong to the first certificate of HEYI_TLS_CERT (${files.cert}).`,
    )
  if (Date.parse(cert.validTo) <= now)
    throw new Error(`The certificate of HEYI_TLS_CERT (${files.cert}) ended on ${day(cert.validTo)}.`)
  if (Date.parse(cert.validFrom) > now)
    throw new Error(
      `The certificate of HEYI_TLS_CERT (${files.cert}) begins on ${day(cert.validFrom)}; is the clock of this machine right?`,
    )
  told('The certificate of HEYI_TLS_CERT cannot be used for HTTPS', () => createSecureContext(pair))
  return pair
}

function read(setting: string, path: string): string {
  return told(`The file of ${setting} cannot be read`, () => readFileSync(path, 'utf8'))
}

/** A sentence without an end is ended by what the system said. */
function told<T>(sentence: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(sentence.endsWith('.') ? sentence : `${sentence}: ${reason}.`, { cause })
  }
}

const day = (text: string): string => new Date(text).toISOString().slice(0, 10)
