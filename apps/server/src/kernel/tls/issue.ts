import 'reflect-metadata'
import { createPrivateKey, KeyObject } from 'node:crypto'
// After reflect-metadata, which it needs. Both take 0.2 s to load: import this file only when there is something to sign.
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { decodeNameConstraints, encodeNameConstraints, nameConstraintsId, permits } from './name-constraints.js'
import type { Names } from './names.js'

/** A certificate and its private key, both PEM. */
export interface Pair {
  cert: string
  key: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const dayMs = 86_400_000
const years10 = 3652 * dayMs
/** What browsers take of any authority (CA/Browser Forum baseline requirements before 2026, Apple HT211025) is 398 days. */
const serverDays = 397

/** A new authority that can sign server certificates for these names, all below them, and any address; for ten years. */
export async function makeAuthority(names: string[], title: string, now: number): Promise<Pair> {
  const keys = await newKeys()
  const cert = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [title] }, { O: ['Heyi'] }],
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + years10),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      // On the authority too, so that whoever steals it cannot sign programs or mail.
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new Extension(nameConstraintsId, true, new Uint8Array(encodeNameConstraints(names))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: `${cert.toString('pem')}\n`, key: pemOf(keys.privateKey) }
}

/** A new server certificate, from a day ago (clocks of phones are wrong) to 396 days from now, for names that the authority permits. */
export async function signServer(authority: Pair, names: Names, now: number): Promise<Pair> {
  const issuer = new X509Certificate(authority.cert)
  const keys = await newKeys()
  const end = Math.min(now + (serverDays - 1) * dayMs, issuer.notAfter.getTime())
  const cert = await X509CertificateGenerator.create({
    subject: [{ CN: ['Heyi'] }],
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: algorithm,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(end),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns', value }) as const),
        ...names.addresses.map((value) => ({ type: 'ip', value }) as const),
      ]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  return { cert: `${cert.toString('pem')}\n`, key: pemOf(keys.privateKey) }
}

/** Those of the names that this authority may sign for. */
export function permittedOf(authorityCert: string, names: string[]): string[] {
  const found = new X509Certificate(authorityCert).getExtension(nameConstraintsId)
  const permitted = found ? decodeNameConstraints(new Uint8Array(found.value)) : []
  return names.filter((name) => permits(permitted, name))
}

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
const pemOf = (key: CryptoKey): string => KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()

function importKey(pem: string): Promise<CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign'])
}
