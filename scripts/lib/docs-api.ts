import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as common from '@heyi/contract/common'
import type { FeedObject, Operation } from '@heyi/contract/define'
import { scopes } from '@heyi/contract/define'
import * as directory from '@heyi/contract/directory'
import { type ErrorCode, errors } from '@heyi/contract/errors'
import * as files from '@heyi/contract/files'
import * as identity from '@heyi/contract/identity'
import { limits } from '@heyi/contract/limits'
import * as messaging from '@heyi/contract/messaging'
import { type OperationName, operations } from '@heyi/contract/operations'
import * as operator from '@heyi/contract/operator'
import { permissions } from '@heyi/contract/permissions'
import * as sync from '@heyi/contract/sync'
import { errorTexts } from '@heyi/contract/texts'
import { projectRoot } from '../../apps/server/src/paths.js'
import { Shapes } from './docs-shapes.js'
import { generated, table } from './docs-text.js'

const modules: Record<string, Record<string, unknown>> = { identity, directory, files, messaging, sync, operator }

const about: Record<string, string> = {
  identity: 'Signing in and out, devices, passwords, the first set-up, the audit log.',
  directory: 'People, departments, invitations, the company’s own settings.',
  files:
    'What is stored, and addresses to download it from. Bytes travel beside the operations, see [Files](#files-upload-and-download).',
  messaging: 'Conversations, messages, and what a member keeps of them.',
  sync: 'Catching up with feeds, and following them. [feeds.md](feeds.md) says how they are meant to be used.',
  operator:
    'For whoever keeps the installation; called by `npx heyi`, with the token from `address.json` in the data folder.',
}

/** Where the contract does not say it beside the number. */
const limitMeanings: Partial<Record<keyof typeof limits, string>> = {
  csvBytes: 'A pasted table of people.',
  messageChars: 'The text of one message.',
  mentions: 'Mentions in one message.',
  draftChars: 'One draft.',
  groupMembers: 'Members of one conversation.',
  nameChars: 'A name, of a person, group, department or company.',
  pageSize: 'Items of one page.',
  pullFeeds: 'Feeds asked about in one pull.',
  pullBytes: 'Changes of one feed in one pull.',
  emitFeeds: 'Feeds that one transaction changes.',
  transactionChanges: 'Changes in one transaction.',
  frameBytes: 'A push; a larger one goes without its changes.',
  watches: 'Departments that one socket follows.',
  profilesPerCall: 'Profiles asked for in one call.',
  urlsPerCall: 'Addresses asked for in one call.',
  searchResults: 'Results of one search.',
  unreadMax: 'Unread is counted up to this.',
  socketsPerMember: 'Sockets of one member on one copy of the program.',
  passwordMinChars: 'The shortest password.',
  passwordMaxChars: 'The longest password.',
  recallSeconds: 'For how long a sender may recall a message.',
}

const closings: Record<keyof typeof sync.closeCodes, string> = {
  signedOut: 'Not signed in, or the session has ended (signed out, revoked, member disabled or removed).',
  switchedTenant: 'The session went on in another company: connect again.',
  malformed: `More than ${limits.malformedPerMinute} frames within a minute could not be read.`,
  tooLarge: `A frame was larger than ${limits.requestBytes.toLocaleString('en-US')} bytes.`,
  stopping: 'The server is stopping: connect again in a moment.',
  tooMany: `This member has ${limits.socketsPerMember} sockets open already.`,
}

/** `docs/api.md`, from the contract. */
export function text(): string {
  const shapes = new Shapes([common, ...Object.values(modules)])
  return [
    `# API\n\n${generated('api')}`,
    calling,
    `${socketIntro}\n\n${table(
      ['Code', 'Why the server closed the socket'],
      Object.entries(sync.closeCodes).map(([name, code]) => [String(code), closings[name as keyof typeof closings]]),
    )}`,
    transfer,
    `# Operations\n\nA *write* needs a request id unless it says otherwise. Shapes are written as TypeScript; names refer to [Shapes](#shapes).`,
    ...Object.keys(modules).map((name) => moduleSection(name, shapes)),
    feedSection(shapes),
    errorSection(),
    limitSection(),
    `# Shapes\n\n\`\`\`ts\n${shapes.definitions().join('\n\n')}\n\`\`\``,
  ]
    .join('\n\n')
    .replace(/ +$/gm, '')
    .concat('\n')
}

const calling = `Every operation is called the same way, over HTTP or over a socket, and answered by the same function with the same
checks. The web client uses nothing else.

# Calling over HTTP

\`\`\`http
POST /api/messaging.sendMessage
authorization: Bearer TOKEN
content-type: application/json

{ "conversation": "con_…", "key": "k-8c1f0a2b", "message": { "kind": "text", "text": "你好" } }
\`\`\`

The body is the input as JSON; an operation without input takes an empty body. The answer is the output with status 200,
or \`{ "error": { "code": "…", "data": { … } } }\` with the status of the error. Programs decide by \`code\`; the sentence
for people is theirs to show, see [Errors](#errors).

**Who calls.** \`identity.signIn\` with \`via: 'token'\` answers a bearer token, shown once. With \`via: 'cookie'\` a browser
gets an httpOnly cookie instead; a call with a cookie must come from a page of the same origin. A token lasts as long as
its session: it ends when it is signed out or revoked, when the password is changed on another device, and when its
member is disabled or removed.

**Scopes.** ${scopes.map((scope) => `\`${scope}\``).join(', ')}.
A session that a person signed in carries all but \`operator\`; \`public\` needs nobody.

**Writing.** A write carries the header \`request-id\`: 8 to 64 letters, digits, \`-\` or \`_\`, made by the client. Whoever
repeats a write under the same id within 24 hours gets the first answer and nothing happens twice; another input under
the same id is \`request_reused\`. So a write whose answer was lost is simply sent again. Operations marked *own retry*
take no id: \`messaging.sendMessage\` has its key, cursors only move forward, and signing in begins a session each time.
For other calls \`request-id\` is optional; it comes back in the answer's header and stands in the server's log.

**How often.** A member may call ${'`HEYI_CALL_RATE`'} operations and send ${'`HEYI_SEND_RATE`'} messages a second, with four seconds'
worth in reserve ([settings](settings.md)); more is \`rate_limited\`. A body may have ${limits.requestBytes.toLocaleString('en-US')} bytes,
that of \`directory.importMembers\` ${limits.csvBytes.toLocaleString('en-US')} more.

**When it cannot be done just now.** \`busy\`, \`unavailable\` and \`disk_full\` mean that nothing was saved; trying again
later, with the same request id or key, is safe.`

const socketIntro = `# Calling over the socket

\`GET /socket\` opens a WebSocket for a signed-in member, by the cookie or an \`authorization\` header. Every message is one
JSON text.

| From | Message | Meaning |
| --- | --- | --- |
| client | \`{ "id": 7, "op": "sync.heads", "input": { … }, "requestId": "…" }\` | A call. \`id\` is a whole number of the client's choice, \`requestId\` what the header is over HTTP. |
| server | \`{ "id": 7, "ok": { … } }\` | Its answer. Answers may overtake one another. |
| server | \`{ "id": 7, "error": { "code": "…", "data": { … } } }\` | Its refusal; \`id\` is null for what could not be read as a call (\`malformed_frame\`). |
| server | \`{ "feed": "con_…", "prev": 41, "rev": 43, "changes": [ … ] }\` | A push: all that happened in this feed after \`prev\`, up to \`rev\`. Without \`changes\` it only says that there is more: pull. |
| server | \`{ "behind": true }\` | Pushes may have been lost: ask \`sync.heads\`. |
| server | \`{ "signal": "typing", "feed": "con_…", "from": "mem_…" }\` | Something fleeting; never stored. |

Up to 64 calls may be under way on one socket; more are \`rate_limited\`. The server sends a WebSocket ping every 30
seconds and cuts a socket that has not answered the one before. Signing in and out set cookies, so they go over HTTP.`

const transfer = `# Files: upload and download

Files are uploaded with [tus 1.0.0](https://tus.io/protocols/resumable-upload) at \`/upload\` (extensions creation,
creation-with-upload, termination), by a member with the scope \`files:write\`. \`Upload-Metadata\` carries \`filename\`. The answer
that completes an upload has the file's id in the header \`heyi-file\`; a \`HEAD\` on the finished upload repeats it. The type
is read from the bytes, whatever the client claimed. A file that no message or avatar carries for a day is removed.

\`files.signUrls\` answers addresses that work for a while without signing in: \`GET /files/FILE/original\` or
\`/thumbnail\` with a signature. Ranges, \`If-Range\` and \`If-None-Match\` work. Types that a browser could run are only ever
saved, not shown.

\`GET /healthz\`, \`GET /readyz\` (503 with the reason) and \`GET /metrics\` (Prometheus) are for whoever watches over the
installation.`

function moduleSection(module: string, shapes: Shapes): string {
  const names = (Object.keys(permissions) as OperationName[]).filter((name) => name.startsWith(`${module}.`))
  return [`## ${module}`, about[module] ?? '', ...names.map((name) => operationSection(operations[name], shapes))].join(
    '\n\n',
  )
}

function operationSection(operation: Operation, shapes: Shapes): string {
  const marks = [
    operation.kind,
    `scope \`${operation.scope}\``,
    ...(operation.ownRetry ? ['own retry'] : []),
    ...(operation.socketOnly ? ['socket only'] : []),
  ]
  const refusals =
    operation.errors.length > 0
      ? `\n\nRefusals of its own: ${operation.errors.map((code) => `\`${code}\``).join(', ')}.`
      : ''
  return `### ${operation.name}

${operation.summary} *${marks.join(' · ')}*

\`\`\`ts
input: ${shapes.type(operation.input, 'input')}
output: ${shapes.type(operation.output, 'output')}
\`\`\`${refusals}`
}

function feedSection(shapes: Shapes): string {
  const objects = Object.values(modules)
    .flatMap((exports) => Object.values(exports))
    .filter(
      (value): value is FeedObject =>
        typeof value === 'object' && value !== null && 'feed' in value && 'payload' in value,
    )
  const rows = objects.map(({ feed, kind, payload }) => [
    feed,
    `\`${kind}\``,
    `\`${shapes.type(payload, 'output')}\``,
    idOf[kind] ?? '',
  ])
  return `# Feed objects

What changes in feeds carry: each change names a \`kind\` and an \`id\` and brings the object's whole new state, or says
\`removed\`. The feed of a conversation, a member or a department has the id of that conversation, member or department.

${table(['Feed', 'Kind', 'Object', 'Id'], rows)}`
}

/** By what a change names an object of this kind. */
const idOf: Record<string, string> = {
  me: 'the member',
  department: 'the department',
  departmentMember: 'the member',
  message: 'its place (`seq`)',
  conversation: 'the conversation',
  members: 'the conversation',
  membership: 'the conversation',
  draft: 'the conversation',
  hidden: 'conversation and place: `con_…:17`',
}

function errorSection(): string {
  const rows = Object.entries(errors).map(([code, status]) => {
    const texts = errorTexts[code as ErrorCode]
    return [`\`${code}\``, String(status), texts['zh-CN'], texts.en]
  })
  return `# Errors

Besides its own, any operation may refuse with the codes from \`invalid_input\` to \`internal\`. What somebody may not see is
\`not_found\`; what they see but may not do is \`not_allowed\`. Words in braces come from the error's \`data\`.

${table(['Code', 'Status', '中文', 'English'], rows)}`
}

function limitSection(): string {
  const source = readFileSync(join(projectRoot, 'packages', 'contract', 'src', 'limits.ts'), 'utf8')
  const rows = Object.entries(limits).map(([name, value]) => {
    const said =
      new RegExp(`/\\*\\* ([^*]+) \\*/\\s+${name}:`).exec(source)?.[1] ??
      limitMeanings[name as keyof typeof limits] ??
      ''
    return [`\`${name}\``, value.toLocaleString('en-US'), said]
  })
  return `# Limits\n\n${table(['Limit', 'Value', 'Of what'], rows)}`
}
