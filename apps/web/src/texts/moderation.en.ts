import type { moderation as zh } from './moderation.zh-CN'

/** What those who run a group do about its members, and what becomes of the group’s history. Part of `en.ts`. */
export const moderation: typeof zh = {
  moderation: {
    mute: 'Mute',
    muteTitle: 'Mute {{name}}',
    muteText: 'Only they are told. It ends by itself when the time has passed, and you can lift it at any time.',
    howLong: 'How long',
    for: { minutes: '10 minutes', hour: '1 hour', day: '1 day', week: '7 days', lifted: 'Until lifted' },
    muted: '{{name}} is muted',
    unmute: 'Lift the mute',
    unmuted: '{{name}} may write again',
    isMuted: 'Muted',
    isMutedUntil: 'Muted until {{time}}',
    mutedMe: 'You are muted in this group until its owner or an admin lifts it.',
    mutedMeUntil: 'You are muted in this group. The mute ends: {{time}}.',
    ban: 'Remove and ban',
    banTitle: 'Remove {{name}} and keep them out?',
    banText: 'No link, code or member can bring them back. The group only sees that they were removed.',
    banDone: '{{name}} was removed and banned',
    banned: 'Banned people',
    bannedBy: 'By {{name}} · {{time}}',
    nobodyBanned: 'Nobody is banned from this group',
    liftBan: 'Lift the ban',
    liftBanOf: 'Lift the ban on {{name}}',
    banLifted: '{{name}} may join this group again',
  },
  dissolve: {
    policy: 'History of dissolved groups',
    policyText:
      'When an owner dissolves a group, its members are told whether the history stays. A change holds for groups dissolved from then on.',
    history: 'History',
    choice: { keep: 'Kept, members can read it', purge: 'Removed after a time' },
    days: 'Days after which it is removed',
    daysHelp: '0 removes it at once. Favourites stay with whoever keeps them.',
    daysWrong: 'A whole number from 0 to {{most}}',
    textNow: 'Nobody can write any more, and the history is removed for everybody at once, for good. Favourites stay.',
    textDays_one:
      'Nobody can write any more, and the history is removed for everybody after a day, for good. Favourites stay.',
    textDays_other:
      'Nobody can write any more, and the history is removed for everybody after {{count}} days, for good. Favourites stay.',
    purgeAt: 'This group was dissolved. Its history stays until {{time}}.',
    purged: 'This group was dissolved, and its history was removed.',
  },
}
