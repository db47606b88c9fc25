import { locales } from '@heyi/contract/texts'
import { Segmented } from '@heyi/ui/Field'
import { Logo } from '@heyi/ui/Logo'
import { SampleTag } from '@heyi/ui/Tag'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseDeviceLocale, currentLocale } from '../../texts'
import { Art } from './Art'
import styles from './Threshold.module.css'

/** Names of languages in themselves, so that everybody finds their own. */
export const localeNames = { 'zh-CN': '简体中文', en: 'English' } as const

function LocaleSwitch() {
  const { t } = useTranslation()
  return (
    <Segmented
      label={t('field.language')}
      value={currentLocale()}
      options={locales.map((value) => ({ value, label: localeNames[value] }))}
      onChange={(locale) => void chooseDeviceLocale(locale)}
    />
  )
}

interface ThresholdProps {
  sample?: boolean
  /** Under the wordmark, such as the server and the company. */
  where?: ReactNode
  foot?: ReactNode
  children: ReactNode
}

/** The frame of every page before signing in: the art at the left, one form at the right. */
export function Threshold({ sample = false, where, foot, children }: ThresholdProps) {
  return (
    <div className={styles.page}>
      <Art />
      <div className={styles.side}>
        <header className={styles.top}>
          {sample && <SampleTag />}
          <span className={styles.space} />
          <LocaleSwitch />
        </header>
        <main className={styles.main}>
          <div className={styles.brand}>
            <Logo size={52} />
            <div>
              <b>合一</b>
              <span>Heyi</span>
            </div>
          </div>
          {where && <p className={styles.where}>{where}</p>}
          {children}
        </main>
        <footer className={styles.foot}>{foot}</footer>
      </div>
    </div>
  )
}
