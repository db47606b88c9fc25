import { createContext, type ReactNode, useContext } from 'react'

/** The few words that components say themselves, in the reader’s language. */
export interface Words {
  close: string
  cancel: string
  showPassword: string
  hidePassword: string
  external: string
  sample: string
}

const WordsContext = createContext<Words | null>(null)

export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('There is no WordsProvider above.')
  return words
}
