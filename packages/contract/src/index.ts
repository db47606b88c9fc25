export type { ErrorCode } from './errors.js'
export { limits } from './limits.js'
export type { OperationName, Operations } from './operations.js'
export { errorText, type Locale, locales } from './texts.js'
