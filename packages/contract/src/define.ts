import type { z } from 'zod'
import type { ErrorCode } from './errors.js'

/** What a token must carry to call an operation; browser sessions carry all of them. */
export const scopes = [
  'public',
  'identity:read',
  'identity:write',
  'directory:read',
  'directory:write',
  'directory:admin',
  'files:read',
  'files:write',
  'messaging:read',
  'messaging:write',
  'rest:read',
  'rest:write',
  'notifications:read',
  'notifications:write',
  'search:read',
  'notices:read',
  'notices:write',
  'todos:read',
  'todos:write',
  'sync:read',
  'operator',
] as const
export type Scope = (typeof scopes)[number]

/**
 * One thing a client may ask for. Served as `POST /api/<name>` and over the socket as `{id, op, input}` by the same
 * function. A `write` carries a `requestId` made by the client, so that a repeat returns the first answer.
 */
export interface Operation<
  N extends string = string,
  K extends 'read' | 'write' = 'read' | 'write',
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  name: N
  kind: K
  summary: string
  scope: Scope
  input: I
  output: O
  /** Refusals of this operation's own, beside those that any operation may give. */
  errors: readonly ErrorCode[]
  /** Answered only over the socket, because it is about that socket. */
  socketOnly?: true
  /** Has its own idempotence (a send by its key) or none to give (signing in): takes no `requestId`. */
  ownRetry?: true
}

export const operation = <N extends string, K extends 'read' | 'write', I extends z.ZodType, O extends z.ZodType>(
  definition: Operation<N, K, I, O>,
): Operation<N, K, I, O> => definition

/** The shape of an object that feeds carry under one `kind`. */
export interface FeedObject<K extends string = string, P extends z.ZodType = z.ZodType> {
  kind: K
  feed: 'conversation' | 'member' | 'department'
  payload: P
}

export const feedObject = <K extends string, P extends z.ZodType>(definition: FeedObject<K, P>): FeedObject<K, P> =>
  definition
