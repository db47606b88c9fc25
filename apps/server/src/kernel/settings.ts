/** One setting of the operator: how it is read, what it means, what it is without being set. */
interface Setting<T> {
  read: (text: string) => T
  fallback: T
  meaning: string
  secret?: true
}

class Wrong extends Error {}

const text = (fallback: string, meaning: string, check?: (value: string) => string | null): Setting<string> => ({
  read: (value) => {
    const wrong = check?.(value)
    if (wrong) throw new Wrong(wrong)
    return value
  },
  fallback,
  meaning,
})
const optional = (meaning: string, check?: (value: string) => string | null): Setting<string | null> => ({
  ...text('', meaning, check),
  fallback: null,
})
const secret = (meaning: string, check?: (value: string) => string | null): Setting<string | null> => ({
  ...optional(meaning, check),
  secret: true,
})
const whole = (fallback: number, min: number, max: number, meaning: string): Setting<number> => ({
  read: (value) => {
    const number = Number(value)
    if (!Number.isInteger(number) || number < min || number > max)
      throw new Wrong(`must be a whole number from ${min} to ${max}`)
    return number
  },
  fallback,
  meaning,
})
const url =
  (...protocols: string[]) =>
  (value: string) =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol)
      ? null
      : `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`
/** Not parsed as other addresses are: one of a unix socket has no host, `postgres://user:password@/name?host=/folder`. */
const postgresUrl = (value: string) =>
  /^postgres(ql)?:\/\//.test(value) ? null : 'must be an address that begins with postgres:// or postgresql://'
const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value) ? null : `must be one of ${values.join(', ')}`

const definitions = {
  HEYI_PORT: whole(7300, 0, 65_535, 'Port to listen on; 0 takes a free one.'),
  HEYI_HOST: text(
    '127.0.0.1',
    'Address to listen on. Anything but loopback is served over HTTPS, unless HEYI_TLS is off.',
  ),
  HEYI_DATA: text('./data', 'Folder of everything Heyi keeps: database, files, certificates, backups.'),
  HEYI_PUBLIC_URL: optional(
    'Address under which people reach Heyi; printed and put into links. Default: the one it listens on.',
    url('http:', 'https:'),
  ),
  HEYI_TLS: text(
    'auto',
    'auto: HTTPS off loopback; off: plain HTTP everywhere, for a proxy in front or a trusted network.',
    oneOf('auto', 'off'),
  ),
  HEYI_TLS_CERT: optional(
    'Certificate chain (PEM file) for HTTPS; without it one is made by an authority in the data folder.',
  ),
  HEYI_TLS_KEY: optional('Private key (PEM file) of HEYI_TLS_CERT.'),
  HEYI_TRUST_PROXY: optional('Proxies whose X-Forwarded-* headers count: addresses or networks, separated by commas.'),
  HEYI_LOG: text(
    'info',
    'How much is logged: debug, info, warn, error or silent.',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
  ),
  HEYI_LANES: whole(1, 1, 16, 'Connections that write messages; conversations are hashed onto them.'),
  HEYI_POOL: whole(10, 2, 90, 'Connections to the database for everything else.'),
  HEYI_SEND_RATE: whole(20, 1, 1_000_000, 'Messages a member may send in a second, with a reserve of four seconds.'),
  HEYI_CALL_RATE: whole(100, 1, 1_000_000, 'Operations a member may call in a second, with a reserve of four seconds.'),
  HEYI_QUOTA_BYTES: whole(0, 0, Number.MAX_SAFE_INTEGER, 'Storage for the files of a new company; 0 sets no limit.'),
  HEYI_FILE_LIMIT_BYTES: whole(4 * 1024 ** 3, 1, Number.MAX_SAFE_INTEGER, 'Largest file of a new company.'),
  HEYI_BACKUP_FOLDER: optional(
    'Where the automatic backup before an upgrade is put. Default: backups in the data folder.',
  ),
  DATABASE_URL: secret('An outside PostgreSQL 15 or later (UTF8) instead of the embedded one.', postgresUrl),
  NATS_URL: secret('NATS server through which several copies on one database hear each other.', url('nats:', 'tls:')),
  SMTP_URL: secret('Mail server for password links, e.g. smtp://user:password@host:587.', url('smtp:', 'smtps:')),
  SMTP_FROM: optional('Sender of mail, e.g. “Heyi <heyi@example.com>”. Needed with SMTP_URL.'),
  HEYI_SMS_URL: optional(
    'Where text messages are sent: the address of a gateway, called by POST, or file:/path, to which they are written.',
    url('http:', 'https:', 'file:'),
  ),
  HEYI_SMS_BODY: text(
    '{"phone":"{phone}","text":"{text}"}',
    'What the gateway is sent; {phone} and {text} are filled in, in JSON escaped.',
  ),
  HEYI_SMS_TOKEN: secret('Sent to the gateway as “Authorization: Bearer …”.'),
  HEYI_SMS_COST_MICROS: whole(0, 0, 1_000_000_000, 'What one text message costs, in millionths of the currency.'),
  HEYI_COST_CURRENCY: text('CNY', 'The currency of costs, three letters.', (value) =>
    /^[A-Z]{3}$/.test(value) ? null : 'must be three capital letters',
  ),
  HEYI_TRANSCRIBE_URL: optional(
    'Where voices are sent to be written down: the whole address of an engine that takes what OpenAI’s /v1/audio/transcriptions does. Without it none are.',
    url('http:', 'https:'),
  ),
  HEYI_TRANSCRIBE_KEY: secret('Sent to that engine as “Authorization: Bearer …”.'),
  HEYI_TRANSCRIBE_MODEL: text('whisper-1', 'The model that the engine is asked for.'),
  HEYI_CALL_INSIDE: text(
    'off',
    'on: addresses that members enter (push, own channels, links) may lie on this machine or its network.',
    oneOf('off', 'on'),
  ),
} as const satisfies Record<string, Setting<unknown>>

type SettingName = keyof typeof definitions
export type Settings = { readonly [K in SettingName]: (typeof definitions)[K] extends Setting<infer T> ? T : never }

/**
 * The settings from the environment.
 * @throws Error with one sentence that names the wrong setting
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const unknown = Object.keys(env).find(
    (name) =>
      name.startsWith('HEYI_') && !(name in definitions) && !name.startsWith('HEYI_TEST_') && name !== 'HEYI_CHROMIUM',
  )
  if (unknown) throw new Error(`There is no setting ${unknown}; npx heyi config lists them all.`)
  const read = Object.entries<Setting<unknown>>(definitions).map(([name, setting]) => {
    const value = env[name]
    if (value === undefined || value === '') return [name, setting.fallback]
    try {
      return [name, setting.read(value)]
    } catch (error) {
      if (error instanceof Wrong)
        throw new Error(`The setting ${name} ${error.message}${setting.secret ? '.' : `, not “${value}”.`}`)
      throw error
    }
  })
  const settings = Object.fromEntries(read) as Settings
  if ((settings.HEYI_TLS_CERT === null) !== (settings.HEYI_TLS_KEY === null))
    throw new Error('The settings HEYI_TLS_CERT and HEYI_TLS_KEY belong together; only one is set.')
  if (settings.SMTP_URL !== null && settings.SMTP_FROM === null)
    throw new Error('The setting SMTP_FROM is missing; SMTP_URL needs it.')
  return settings
}

/** All settings for `heyi config` and the docs, in the order of this file; secrets only say whether they are set. */
export function describeSettings(
  settings: Settings,
): { name: string; value: string; fallback: string; meaning: string }[] {
  return Object.entries<Setting<unknown>>(definitions).map(([name, { fallback, meaning, secret: hidden }]) => {
    const value = settings[name as SettingName]
    const shown = value === null ? '' : hidden ? '(set)' : String(value)
    return { name, value: shown, fallback: fallback === null ? '' : String(fallback), meaning }
  })
}
