import { actorKinds, conversationActions, permissions } from '@heyi/contract/permissions'
import { generated, table } from './docs-text.js'

const answers = { ok: 'yes', not_allowed: 'no', not_found: 'not found', unauthenticated: 'sign in' } as const
const roles = ['owner', 'admin', 'member'] as const
const deeds: Record<keyof typeof conversationActions, string> = {
  read: 'read it, its members and its files',
  send: 'send',
  sendWhileMuted: 'send while all are muted',
  react: 'answer with an emoji, also while all are muted',
  recallOwn: 'recall an own message, within the time allowed',
  recallOthers: 'recall somebody else’s message, at any time',
  keepMine: 'keep cursor, pin, mute, draft and hidden messages of their own',
  addMembers: 'add members',
  rename: 'rename it',
  configure: 'mute all; show history to new members or not; let every member make links or not',
  removeMember: 'take out a member who is neither owner nor admin',
  removeAdmin: 'take out or ban an admin',
  silence: 'mute one member who is neither owner nor admin, and see who is muted',
  ban: 'ban a member who is neither owner nor admin, see who is banned, and lift it',
  setNotice: 'set its notice',
  pinForAll: 'pin a message to its top',
  endPoll: 'end polls and relay lists of others',
  makeLink: 'make a link to join by (a member where the group lets every member)',
  keepLinks: 'see and revoke links that others made',
  letIn: 'let in whoever asks',
  leave: 'leave',
  transfer: 'hand it over to another member',
  setAdmin: 'make somebody its admin, or no longer',
  dissolve: 'dissolve it',
}

/** `docs/permissions.md`, from the tables of the contract that the server's test walks. */
export function text(): string {
  const operations = Object.entries(permissions).map(([name, row]) => [
    `\`${name}\``,
    ...actorKinds.map((kind) => answers[row[kind]]),
  ])
  const actions = Object.entries(conversationActions).map(([action, allowed]) => [
    deeds[action as keyof typeof deeds],
    `\`${action}\``,
    ...roles.map((role) => ((allowed as readonly string[]).includes(role) ? 'yes' : 'no')),
  ])
  return `# Permissions

${generated('permissions')}

Both tables are data in \`packages/contract/src/permissions.ts\`. An operation without its row does not compile, and
\`apps/server/test/permissions.test.ts\` asks the running server the questions of the first table.

## Who may call what

The question is always about a thing of one company. *owner*, *admin* and *member* work there; *removed* and *disabled*
did and hold a session from before; *outsider* is an active member of another company who knows the ids; *operator*
keeps the installation; *anonymous* is not signed in.

*yes*: it is done, if the input allows it. *no*: refused as \`not_allowed\`. *not found*: what one may not see does not
exist (\`not_found\`). *sign in*: refused as \`unauthenticated\`.

${table(['Operation', ...actorKinds], operations)}

Admins manage members, owners also manage admins and owners; a company always keeps one owner (\`last_owner\`).
A token may carry fewer scopes than its member has; an operation outside them is refused as \`scope_missing\`.

## What a place in a conversation allows

Only members of a conversation reach it at all; to everybody else it is \`not_found\`, whatever their role in the company.
In the group of a department that nobody leads, owners and admins of the company who are in it may what its owner may, except to
send while all are muted (docs/decisions/0020). A direct conversation has no owner and no admins: both are members, and neither leaves it or takes anybody in. An owner
hands a group over before leaving it, unless nobody else is in it or it is dissolved.

${table(['To', 'Action', ...roles], actions)}
`
}
