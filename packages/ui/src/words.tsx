import { createContext, type ReactNode, useContext } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'

/** The few words that components say themselves, in the reader’s language. */
export interface Words {
  close: string
  cancel: string
  clear: string
  /** Said of a button while its work runs. */
  busy: string
  showPassword: string
  hidePassword: string
  external: string
  sample: string
}

const WordsContext = createContext<Words | null>(null)

/** `locale` chooses what React Aria itself says, such as how to close a menu. */
export function WordsProvider({ words, locale, children }: { words: Words; locale: string; children: ReactNode }) {
  return (
    <I18nProvider locale={locale}>
      <WordsContext value={words}>{children}</WordsContext>
    </I18nProvider>
  )
}

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('There is no WordsProvider above.')
  return words
}
