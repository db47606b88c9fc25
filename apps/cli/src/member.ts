import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'
import { newKey } from '@heyi/client/environment'
import { type Call, createHttpCall } from '@heyi/client/transport'
import { type Account, findUrl, keepAccount, readAccount } from './account.js'
import { exitCodes, type Output, printAnswer } from './output.js'

interface ToServer {
  url?: string
}

/** Signs in and keeps the token for the commands of this user. */
export async function login(output: Output, who: string, options: ToServer): Promise<number> {
  const url = findUrl(options)
  const password = await askPassword(output, who, url)
  const call = callTo({ url, token: null })
  const signedIn = await call('identity.signIn', {
    login: who,
    password,
    device: `heyi on ${hostname()}`.slice(0, 80),
    via: 'token',
    keep: true,
  })
  if (signedIn.token === null) throw new Error('The server gave no token.')
  const file = keepAccount({ url, token: signedIn.token })
  return printAnswer(output, {
    value: { url, tenant: signedIn.tenant, member: signedIn.member, file },
    text: `Signed in to ${signedIn.tenant.name} at ${url}; the token is in ${file}.`,
  })
}

/** A call that got no answer is not repeated: whether it was done is unknown. */
function callTo({ url, token }: { url: string; token: string | null }): Call {
  return createHttpCall({
    base: url,
    token,
    fetch: (input, init) =>
      fetch(input, init).catch((cause: unknown) => fail(`The server at ${url} cannot be reached.`, cause)),
  })
}

class Unreachable extends Error {
  readonly code = 'unavailable'
}

function fail(message: string, cause: unknown): never {
  throw new Unreachable(message, { cause })
}

/** On a terminal without showing it, else the first line of stdin. */
async function askPassword({ stderr }: Output, who: string, url: string): Promise<string> {
  if (!process.stdin.isTTY) return (await readAll(process.stdin)).split('\n')[0] ?? ''
  stderr.write(`Password of ${who} at ${url}: `)
  const silent = createInterface({ input: process.stdin, output: undefined, terminal: true })
  const password = await new Promise<string>((resolve) => silent.question('', resolve))
  silent.close()
  stderr.write('\n')
  return password
}

/** Sends one text; answered when it is durable. */
export async function send(
  output: Output,
  words: string,
  { to, ...options }: ToServer & { to: string },
): Promise<number> {
  const call = callTo(readAccount(options))
  const text = words === '-' ? (await readAll(process.stdin)).replace(/\n$/, '') : words
  const conversation = await findConversation(call, to)
  const sent = await call('messaging.sendMessage', { conversation, key: newKey(), message: { kind: 'text', text } })
  return printAnswer(output, {
    value: { conversation, ...sent },
    text: `Sent to ${conversation} as message ${sent.seq}.`,
  })
}

async function findConversation(call: Call, to: string): Promise<string> {
  if (/^con_[0-9a-z]{20}$/.test(to)) return to
  const member = /^mem_[0-9a-z]{20}$/.test(to) ? to : await findMember(call, to)
  return (await call('messaging.openDirect', { with: member })).conversation.id
}

const candidates = 20

/** Exactly one who is called or signs in like that. */
async function findMember(call: Call, login: string): Promise<string> {
  const { people } = await call('directory.search', { text: login, limit: candidates })
  const members = await Promise.all(
    people.filter(({ kind }) => kind === 'member').map(({ id }) => call('directory.getMember', { member: id })),
  )
  const folded = login.toLowerCase()
  const exact = members.filter(({ member }) =>
    [member.account, member.email.toLowerCase(), member.phone, member.name.toLowerCase()].includes(folded),
  )
  const [only, another] = exact.length > 0 ? exact : members
  if (only && !another) return only.member.id
  const names = (exact.length > 0 ? exact : members).map(
    ({ member }) => `${member.name} (${member.account ?? member.id})`,
  )
  throw Object.assign(
    new Error(only ? `“${login}” may be ${names.join(', ')}: give an account or an id.` : `Nobody here is “${login}”.`),
    { code: 'not_found' },
  )
}

/** Prints messages as they come, until it is stopped. */
export async function tail(
  output: Output,
  conversation: string | undefined,
  options: ToServer & { count?: number },
): Promise<number> {
  const account: Account = readAccount(options)
  const { follow } = await import('./tail.js')
  await follow(output, account, { conversation, count: options.count ?? null })
  return exitCodes.ok
}
