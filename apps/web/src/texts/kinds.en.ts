import type * as chinese from './kinds.zh-CN'

export const chatTab = 'Chat'

export const kinds: typeof chinese.kinds = {
  linkCard: {
    open: 'Open the link: {{title}}, {{site}}',
  },
  filesOf: {
    title: 'Files',
    search: 'Find files by name',
    kind: 'Kind',
    group: { all: 'All', documents: 'Documents', images: 'Pictures', media: 'Sound and film' },
    jump: 'To the message with “{{name}}”',
    none: 'No such file',
    empty: 'No files here yet',
  },
  fileViewer: {
    title: 'File {{name}}',
    open: 'Open {{name}}',
    previous: 'Previous file',
    next: 'Next file',
    cut: 'A large file: this is its first {{size}}. Download it for the rest',
    content: 'What the archive holds',
    entries_one: '{{count}} item, about {{size}} unpacked',
    entries_other: '{{count}} items, about {{size}} unpacked',
    firstEntries_one: 'the first {{count}} is shown',
    firstEntries_other: 'the first {{count}} are shown',
    pages_one: '{{count}} page',
    pages_other: '{{count}} pages',
    page: 'Page {{number}}',
    pageBroken: 'Page {{number}} cannot be shown',
    document: 'Document {{name}}',
    sheets: 'Sheets',
    sheetCut: 'A large table: its first rows and columns are shown. Download it for the rest',
    sheetEmpty: 'This sheet is empty',
    fail: {
      large: 'Too large to be looked at here',
      broken: 'This file cannot be opened',
      unknown: 'Files of this kind cannot be looked at here',
    },
    failText: 'You can download it and open it in another program.',
  },
  readMark: {
    read: 'Read',
    unread: 'Unread',
    some: 'Read by {{read}} of {{total}}',
    all: 'Read by all',
    note: 'Your company shows what was read: senders see that you read their message; in groups only how many did, not who.',
    noteHidden:
      'Your company does not show what was read: nobody sees what you have read. Messages that ask for a receipt tell you before.',
  },
  chatPolicy: {
    reads: 'Read marks',
    readsText:
      'Off by default: nobody sees what others have read. When on, senders see read or unread in direct chats and in groups how many have read, not who. Colleagues see this choice under Settings, privacy. For what must be confirmed there are receipts.',
    readsOn: 'Let senders see what was read',
    links: 'Link previews',
    linksText:
      'When on, this server reads the title, a few words and a small picture of the page that a message links to, and shows them below it. Off by default, for an internal server should not call out unasked. Colleagues’ browsers connect to nobody else for it, and addresses inside your network are never called.',
    linksOn: 'Show link previews',
  },
}
