import { Button, IconButton } from '@heyi/ui/Button'
import { Segmented } from '@heyi/ui/Field'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { applyTextSize, currentTextSize, currentTheme, setTheme, textSizes } from '../../app/theme'
import { chooseDeviceLocale, currentLocale } from '../../texts'
import { Choices } from './Choices'
import styles from './Dev.module.css'
import { Fields } from './Fields'
import { Floating } from './Floating'
import { Pressing } from './Pressing'
import { Scale } from './Scale'
import { Showing } from './Showing'
import { useDevTexts } from './texts'

const themes = ['system', 'light', 'dark'] as const

/** `/dev/ui`: every component in all its states, for whoever builds with them or checks them. Needs no sign-in. */
export function Dev() {
  const texts = useDevTexts()
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [theme, chooseTheme] = useState(currentTheme)
  const [size, chooseSize] = useState(currentTextSize)
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <IconButton label={texts.back} onClick={() => void navigate('/')}>
          <ChevronLeft size={20} />
        </IconButton>
        <h1>{texts.title}</h1>
        <Segmented
          label={texts.theme}
          value={theme}
          options={themes.map((value) => ({ value, label: texts.themes[value] }))}
          onChange={(next) => {
            setTheme(next)
            chooseTheme(next)
          }}
        />
        <Segmented
          label={texts.language}
          value={currentLocale()}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(next) => void chooseDeviceLocale(next)}
        />
        <Segmented
          label={texts.textSize}
          value={String(size)}
          options={textSizes.map((value) => ({ value: String(value), label: `${value} %` }))}
          onChange={(next) => {
            applyTextSize(Number(next))
            chooseSize(Number(next))
          }}
        />
      </header>
      <main className={styles.main} aria-label={texts.title}>
        <Scale />
        <Pressing />
        <Fields />
        <Choices />
        <Floating />
        <Showing />
        <Button look="ghost" onClick={() => void navigate('/')}>
          {t('app.name')}
        </Button>
      </main>
    </div>
  )
}
