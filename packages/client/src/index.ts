/**
 * The client of every surface: calls, the socket, and what this device holds.
 *
 * - `client.ts` is the door; `core.ts` puts the parts together for one member.
 * - `transport.ts` calls over HTTP, `socket.ts` over one socket that is made again when lost.
 * - `replica.ts` holds the member's feeds, each a `feed-state.ts`, by the rules of FEEDS; `rules.ts` is pure.
 * - `feeds.ts` asks the server for what the replica lacks, `history.ts` for older messages.
 * - `persister.ts` writes the replica into a `store.ts`, in memory or IndexedDB; `leader.ts` says which tab does.
 * - `told-replies.ts` sends what was typed into a notification, where nothing else of this runs.
 * - `queue.ts` sends, `drafts.ts` and `cursors.ts` save, `typing.ts`, `profiles.ts`, `nicknames.ts`, `answers.ts` and `file-urls.ts` remember for a while.
 * - `views.ts` computes what screens read.
 */
export * from './api.js'
export { CallError } from './call-error.js'
export { type Client, type ClientOptions, createClient } from './client.js'
export type { PushMessage } from './core.js'
export type { DepartmentState } from './departments.js'
export type { Environment } from './environment.js'
export { createIdbStore, wipeIdbStores } from './idb-store.js'
export { createSoleLeadership, createTabLeadership, type Leadership } from './leader.js'
export { createMemoryStore } from './memory-store.js'
export { allRules, type ClientRules, unread } from './rules.js'
export type { SocketLike } from './socket.js'
export type { Store } from './store.js'
export { type Call, createHttpCall, type HttpOptions } from './transport.js'
