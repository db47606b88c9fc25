import { type ErrorCode, errors } from '@heyi/contract/errors'
import { errorText } from '@heyi/contract/texts'
import { toastFailure } from '@heyi/ui/toast'
import i18next from 'i18next'
import { currentLocale } from '../texts'

/** A refusal the server named. */
export interface Refusal {
  code: ErrorCode
  data?: Record<string, unknown>
}

export function asRefusal(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  const { code } = error
  if (typeof code !== 'string' || !(code in errors)) return null
  const data = 'data' in error && typeof error.data === 'object' && error.data !== null ? { ...error.data } : {}
  return { code: code as ErrorCode, data }
}

export const refusedWith = (error: unknown, code: ErrorCode): boolean => asRefusal(error)?.code === code

/** The sentence for whatever went wrong, in the reader's language. */
export function errorMessage(error: unknown): string {
  const refusal = asRefusal(error)
  return refusal ? errorText(refusal.code, currentLocale(), refusal.data) : i18next.t('error.unreachable')
}

export const toastError = (error: unknown) => toastFailure(errorMessage(error))
