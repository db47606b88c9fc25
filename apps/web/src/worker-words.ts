/** What the service worker says of answers that were typed into a notification; it has no catalogue. */
export const wordsIn = {
  'zh-CN': {
    reply: '回复',
    placeholder: '写一条回复',
    waiting: '回复还没发出去，联网后会自动发出',
    refused: '回复没有发出去，点开可以改了再发',
    stranger: '回复没有发出去：这里已不是你当时登录的账号',
  },
  en: {
    reply: 'Reply',
    placeholder: 'Write a reply',
    waiting: 'Your reply waits for a connection, then goes by itself',
    refused: 'Your reply was not sent. Open it to change it and try again',
    stranger: 'Your reply was not sent: you are no longer signed in here as before',
  },
} as const
