import { type Locale, locales } from '@heyi/contract/texts'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Catalogue } from './zh-CN'

const stored = 'heyi.locale'

const load: Record<Locale, () => Promise<Catalogue>> = {
  'zh-CN': async () => (await import('./zh-CN')).texts,
  en: async () => (await import('./en')).texts,
}

/** What this browser asks for, or what was chosen here before signing in. */
function deviceLocale(): Locale {
  const chosen = localStorage.getItem(stored)
  const known = locales.find((locale) => locale === chosen)
  if (known) return known
  return navigator.languages.some((language) => language.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en'
}

export const currentLocale = (): Locale => locales.find((locale) => locale === i18next.language) ?? 'zh-CN'

let wanted: Locale | null = null

/** Switches the interface and `<html lang>`, by which the font stack chooses its punctuation. */
export async function setLocale(locale: Locale): Promise<void> {
  wanted = locale
  if (!i18next.hasResourceBundle(locale, 'translation'))
    i18next.addResourceBundle(locale, 'translation', await load[locale]())
  // Another one was chosen while this one was on its way.
  if (wanted !== locale) return
  if (i18next.language !== locale) await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

/** A choice made where nobody is signed in; kept on this device. */
export function chooseDeviceLocale(locale: Locale): Promise<void> {
  localStorage.setItem(stored, locale)
  return setLocale(locale)
}

export async function startTexts(): Promise<void> {
  const locale = deviceLocale()
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: { [locale]: { translation: await load[locale]() } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = locale
}
