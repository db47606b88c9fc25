import { Dialog } from '@heyi/ui/Dialog'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/data'
import { capsOf, keysShown, type ShortcutName, type ShortcutSection, shortcuts } from '../../app/keyboard'
import styles from './ShortcutSheet.module.css'

const names = Object.keys(shortcuts) as ShortcutName[]
const sections = [...new Set(names.map((name) => shortcuts[name].section))] satisfies ShortcutSection[]

/** All shortcuts, as the table that handles them says. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const enterSends = useMe()?.preferences.enterSends ?? true
  return (
    <Dialog title={t('shortcuts.title')} size="l" onClose={onClose}>
      <div className={styles.sections}>
        {sections.map((section) => (
          <section key={section}>
            <h3>{t(`shortcuts.section.${section}`)}</h3>
            <dl>
              {names
                .filter((name) => shortcuts[name].section === section)
                .map((name) => (
                  <div key={name} className={styles.line}>
                    <dt>{t(`shortcuts.name.${name}`)}</dt>
                    <dd>
                      {keysShown(name, enterSends).map((keys) => (
                        <Fragment key={keys}>
                          {capsOf(keys).map((cap) => (
                            <kbd key={cap}>{cap}</kbd>
                          ))}
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
