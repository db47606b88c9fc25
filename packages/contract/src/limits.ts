/** Every bound a client can meet. Numbers of FEEDS are named after its rules. */
export const limits = {
  /** Bytes of one HTTP body or one socket frame from a client. */
  requestBytes: 256 * 1024,
  /** Characters of a list of people that is pasted or chosen for an import. */
  csvBytes: 4 * 1024 * 1024,
  messageChars: 20_000,
  /** People named in one message; “everybody” is one. */
  mentions: 100,
  draftChars: 20_000,
  groupMembers: 10_000,
  /** Members added or removed in one call; larger acts are several calls (one transaction touches at most 100 feeds). */
  membersPerCall: 90,
  nameChars: 64,
  /** How far up or down a department’s place among its siblings may be put. */
  departmentPosition: 1_000_000_000,
  /** Every device keeps the notices of all its groups. */
  groupNoticeChars: 1_000,
  /** What somebody is called in one group. */
  nicknameChars: 32,
  /** Nicknames that the members object of a group carries: the last to change. */
  recentNicknames: 20,
  /** Open links of one group. */
  groupLinks: 20,
  /** How long a link to join a group by may last. */
  groupLinkHours: 30 * 24,
  /** People who wait to be let into one group. */
  groupJoinRequests: 100,
  /** Messages of one conversation that are sent on at once. */
  forwardMessages: 30,
  /** Conversations they are sent on to. */
  forwardTargets: 20,
  /** Items in one page of a list, messages of history included. */
  pageSize: 200,
  /** Changes in one page of a feed without messages: its objects are small, and a first start reads thousands. */
  entriesPage: 1_000,
  /** Feeds that one pull may ask for. */
  pullFeeds: 50,
  /** Bytes of changes in one answer to a pull, over all its feeds; the rest comes with the next. */
  pullBytes: 256 * 1024,
  /** Behind by more changes than this, a feed is reset to its newest window. */
  pullFar: 500,
  /** Feeds that one transaction of the server may write to. */
  emitFeeds: 100,
  /** Changes that one transaction of the server may make over all its feeds. */
  transactionChanges: 500,
  /** Bytes of one push; a larger change is announced without its content and pulled. */
  frameBytes: 64 * 1024,
  /** Feeds beside its own, such as opened departments, that one socket may watch. */
  watches: 50,
  /** Profiles asked for in one call. */
  profilesPerCall: 200,
  messagesPerCall: 50,
  /** Addresses of files asked for in one call. */
  urlsPerCall: 100,
  searchResults: 50,
  /** Unread is counted up to here and shown as “99+”. */
  unreadMax: 100,
  /** Uploads that one member may have under way. */
  uploadsPerMember: 100,
  socketsPerMember: 32,
  /** Malformed frames a socket may send within a minute before it is closed. */
  malformedPerMinute: 10,
  /** Bytes waiting for one slow socket before frames are dropped and it is told `behind`. */
  socketBufferBytes: 1024 * 1024,
  passwordMinChars: 8,
  passwordMaxChars: 200,
  /** How long a sender may take a message back. */
  recallSeconds: 120,
  /** A recalled text may be edited again by its sender for this long. */
  reeditSeconds: 300,
} as const
