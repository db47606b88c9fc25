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
  /** What a group says to who joins it. */
  welcomeChars: 300,
  /** A group says so once within this time, to all who joined meanwhile. */
  welcomeSeconds: 60,
  thanksChars: 200,
  /** People who are thanked with one card. */
  thanksPeople: 20,
  /** Cards that one member sends within a day. */
  thanksPerDay: 30,
  /** What somebody is called in one group. */
  nicknameChars: 32,
  /** Nicknames that the members object of a group carries: the last to change. */
  recentNicknames: 20,
  /** Open links of one group. */
  groupLinks: 20,
  /** How long a link to join a group by may last. */
  groupLinkHours: 30 * 24,
  /** How long one member of a group may be muted for; longer is until it is lifted. */
  silenceSeconds: 30 * 24 * 3600,
  /** The longest that the history of a dissolved group is kept before it goes. */
  purgeDays: 3650,
  /** People who wait to be let into one group. */
  groupJoinRequests: 100,
  /** Messages of one conversation that are sent on at once. */
  forwardMessages: 30,
  /** How long a voice may be; a recorder stops before. */
  voiceMs: 61_000,
  /** A larger one is not written down. */
  voiceBytes: 8 * 1024 * 1024,
  transcriptChars: 4_000,
  /** Steps of the small picture of a voice. */
  waveformSteps: 64,
  /** Of each conversation; older voices count as listened to. */
  playedKept: 200,
  /** Of each message, on the outside of a record. */
  recordLineChars: 120,
  /** Records within records. */
  recordDepth: 4,
  /** Characters of everything in a record, as it is kept. */
  recordChars: 400_000,
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
  /** Counting one may look at every member of a group. */
  receiptsPerCall: 20,
  /** How long a sender waits before reminding again. */
  remindSeconds: 600,
  /** Addresses of files asked for in one call. */
  urlsPerCall: 100,
  searchResults: 50,
  /** Characters of what is looked for. */
  searchChars: 200,
  /** People named with a group that was found because they are in it. */
  searchNamedMembers: 5,
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
  /** What colleagues read beside “at rest”. */
  restNoteChars: 60,
  /** People who may reach somebody at rest. */
  restChosen: 20,
  /** The longest rest by hand, in days. */
  restDays: 60,
  /** Characters of an imported calendar of days off. */
  holidayChars: 64 * 1024,
  holidaysPerImport: 1_000,
  dutyEntries: 200,
  /** Words that somebody wants to be told of. */
  keywords: 20,
  keywordChars: 32,
  /** Devices of one member that are told by push. */
  pushDevices: 20,
  /** Addresses of their own by which one member is told. */
  ownChannels: 5,
  channelUrlChars: 1_000,
  channelBodyChars: 2_000,
  /** Steps of one escalation ladder. */
  ladderSteps: 5,
  /** How far off a step may be, in minutes. */
  ladderMinutes: 7 * 24 * 60,
  /** Days for which it is kept who was told what. */
  ledgerDays: 30,
  /** How long a sender may take a message back. */
  recallSeconds: 120,
  linkTitleChars: 200,
  linkTextChars: 300,
  /** Links of messages that are looked at in one call. */
  linkCardsPerCall: 20,
  noticeTitleChars: 100,
  noticeChars: 20_000,
  noticeFiles: 10,
  /** Departments that one notice names. */
  noticeDepartments: 50,
  /** Notices of a company that wait for their time. */
  scheduledNotices: 100,
  noticeCommentChars: 500,
  /** Of one member below one notice. */
  commentsPerMember: 100,
  /** How often the rest is reminded of one notice within a day. */
  noticeRemindersPerDay: 3,
  /** People who may post besides owners and admins. */
  noticePublishers: 50,
  todoChars: 500,
  /** People who are to do one thing. */
  todoAssignees: 20,
  /** Open ones that one member has made or is to do. */
  openTodos: 500,
  /** Messages of one member that wait for their time. */
  scheduledPerMember: 100,
  /** Files and cards that one of them takes along. */
  scheduledParts: 20,
  scheduleDays: 366,
  /** How long a sender may put a text right. */
  editSeconds: 24 * 3600,
  /** How often one message. */
  editsPerMessage: 50,
  /** UTF-16 units of one emoji; families are long. */
  emojiUnits: 40,
  /** Different emojis below one message. */
  reactionsPerMessage: 20,
  /** Of those who reacted alike, so many are named by the message itself. */
  reactionMembers: 20,
  /** Of those who answered in a thread, so many are shown below its message. */
  threadFaces: 3,
  pollQuestionChars: 200,
  pollOptions: 20,
  pollOptionChars: 80,
  /** Of one member, in a relay list. */
  relayLineChars: 80,
  /** Lines of a relay list that its message carries; the others are asked for. */
  relayLinesShown: 20,
  /** How far off the end of a poll or a relay list may be. */
  pollDays: 366,
  placeNameChars: 80,
  placeAddressChars: 200,
  /** Packs of one company, retired ones too. */
  stickerPacks: 50,
  stickersPerPack: 40,
  stickerBytes: 500_000,
  stickerLabelChars: 32,
  /** Messages pinned to the top of one conversation. */
  pinsPerConversation: 20,
  /** Messages that one member is to be reminded of. */
  remindersPerMember: 200,
  /** Messages in one export of a conversation, the newest. */
  exportMessages: 50_000,
  favouritesPerMember: 5_000,
  /** Tags of one favourite. */
  favouriteTags: 10,
  favouriteTagChars: 20,
  favouriteTagsListed: 100,
  /** Messages that name somebody, in one page. */
  mentionsPage: 50,
  /** Counts that a message carries change this often at most (FEEDS, hole 30). */
  tallySeconds: 1,
  /** A recalled text may be edited again by its sender for this long. */
  reeditSeconds: 300,
} as const
