/**
 * Every failure a client can see, with its HTTP status. Adding a code is an API change; the sentences people read are
 * in `texts.ts`.
 */
export const errors = {
  // any operation
  invalid_input: 400,
  malformed_frame: 400,
  request_id_missing: 400,
  unknown_operation: 404,
  unauthenticated: 401,
  not_allowed: 403,
  scope_missing: 403,
  not_found: 404,
  request_reused: 409,
  version_conflict: 409,
  payload_too_large: 413,
  rate_limited: 429,
  busy: 503,
  unavailable: 503,
  disk_full: 507,
  internal: 500,
  // identity
  setup_token_invalid: 403,
  already_set_up: 409,
  sign_in_failed: 401,
  sign_in_throttled: 429,
  account_disabled: 403,
  tenant_suspended: 403,
  link_invalid: 410,
  password_weak: 400,
  password_wrong: 403,
  login_taken: 409,
  loopback_only: 403,
  // directory
  invitation_invalid: 410,
  last_owner: 409,
  department_not_empty: 409,
  department_cycle: 409,
  csv_invalid: 400,
  already_member: 409,
  // files
  file_too_large: 413,
  quota_exceeded: 507,
  upload_incomplete: 409,
  // messaging
  conversation_closed: 409,
  muted: 403,
  recall_too_late: 409,
  too_many_members: 409,
  quote_not_found: 404,
  owner_must_transfer: 409,
  message_gone: 409,
  too_many_links: 409,
  too_many_join_requests: 409,
  // feeds
  too_many_watches: 429,
} as const

export type ErrorCode = keyof typeof errors
