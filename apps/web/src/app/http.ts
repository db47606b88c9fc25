import { createHttpCall } from '@heyi/client'

/** One call with the browser's cookie, for the pages where there is no member yet to make a client for. */
export const post = createHttpCall({ base: '' })
