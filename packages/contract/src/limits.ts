/** Every bound a client can meet. Numbers of FEEDS are named after its rules. */
export const limits = {
  /** Bytes of one HTTP body or one socket frame from a client. */
  requestBytes: 256 * 1024,
  csvBytes: 4 * 1024 * 1024,
  messageChars: 20_000,
  mentions: 100,
  draftChars: 20_000,
  groupMembers: 10_000,
  /** Members added or removed in one call; larger acts are several calls (one transaction touches at most 100 feeds). */
  membersPerCall: 90,
  nameChars: 64,
  pageSize: 200,
  /** Changes in one page of a feed without messages: its objects are small, and a first start reads thousands. */
  entriesPage: 1_000,
  pullFeeds: 50,
  pullBytes: 256 * 1024,
  /** Behind by more changes than this, a feed is reset to its newest window. */
  pullFar: 500,
  emitFeeds: 100,
  transactionChanges: 500,
  frameBytes: 64 * 1024,
  watches: 50,
  profilesPerCall: 200,
  urlsPerCall: 100,
  searchResults: 50,
  unreadMax: 100,
  socketsPerMember: 32,
  /** Malformed frames a socket may send within a minute before it is closed. */
  malformedPerMinute: 10,
  /** Bytes waiting for one slow socket before frames are dropped and it is told `behind`. */
  socketBufferBytes: 1024 * 1024,
  passwordMinChars: 8,
  passwordMaxChars: 200,
  recallSeconds: 120,
  /** A recalled text may be edited again by its sender for this long. */
  reeditSeconds: 300,
} as const
