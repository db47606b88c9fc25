import type { ReactNode } from 'react'
import { SelectionIndicator } from 'react-aria-components/SelectionIndicator'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'
import styles from './Tabs.module.css'

interface TabsProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  tabs: { value: T; label: ReactNode; content: ReactNode; disabled?: boolean }[]
}

/** Views that share one place. The stroke under the present one slides to the next. */
export function Tabs<T extends string>({ label, value, onChange, tabs }: TabsProps<T>) {
  return (
    <AriaTabs className={styles.tabs ?? ''} selectedKey={value} onSelectionChange={(key) => onChange(key as T)}>
      <TabList aria-label={label} className={styles.list ?? ''}>
        {tabs.map((tab) => (
          <Tab key={tab.value} id={tab.value} isDisabled={tab.disabled ?? false} className={styles.tab ?? ''}>
            {tab.label}
            <SelectionIndicator className={styles.stroke ?? ''} />
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.value} id={tab.value} className={styles.panel ?? ''}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
