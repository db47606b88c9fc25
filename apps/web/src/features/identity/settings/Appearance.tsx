import { Skeleton } from '@heyi/ui/Skeleton'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyTextSize, currentTextSize, setTheme, textSizes } from '../../../app/theme'
import { Choice } from './Choice'
import styles from './Settings.module.css'
import { usePreferences } from './usePreferences'

/** How it looks: theme, density and layout on all my devices, the size of text on this one. */
export function Appearance() {
  const { t } = useTranslation()
  const { me, put } = usePreferences()
  const [textSize, setTextSize] = useState(currentTextSize)
  if (!me) return <Skeleton rows={4} square />
  const { theme, density, messages } = me.preferences
  return (
    <div className={styles.form}>
      <Choice
        label={t('settings.theme')}
        value={theme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`settings.themes.${value}`),
        }))}
        onChange={(next) => {
          setTheme(next)
          put({ theme: next })
        }}
      />
      <Choice
        label={t('settings.textSize')}
        help={t('settings.textSizeHelp')}
        value={String(textSize)}
        options={textSizes.map((size) => ({ value: String(size), label: `${size}%` }))}
        onChange={(next) => {
          applyTextSize(Number(next))
          setTextSize(Number(next))
        }}
      />
      <Choice
        label={t('settings.density')}
        help={t('settings.densityHelp')}
        value={density ?? 'comfortable'}
        options={(['comfortable', 'compact'] as const).map((value) => ({
          value,
          label: t(`settings.densities.${value}`),
        }))}
        onChange={(next) => put({ density: next })}
      />
      <Choice
        label={t('settings.messages')}
        value={messages ?? 'sides'}
        options={(['sides', 'left'] as const).map((value) => ({ value, label: t(`settings.layouts.${value}`) }))}
        onChange={(next) => put({ messages: next })}
      />
    </div>
  )
}
