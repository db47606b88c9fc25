import { type ReactNode, useLayoutEffect, useRef } from 'react'
import styles from './Dev.module.css'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}

export type Held = 'hovered' | 'focused' | 'pressed'

const attributes: Record<Held, string[]> = {
  hovered: ['data-hovered'],
  focused: ['data-focused', 'data-focus-visible'],
  pressed: ['data-hovered', 'data-pressed'],
}

/** Holds what is inside in a state that otherwise only a pointer or key brings, by the attributes that style it. */
export function Specimen({ label, held, children }: { label: string; held?: Held | undefined; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!held) return
    for (const element of ref.current?.querySelectorAll('[data-rac], button, input, textarea') ?? [])
      for (const name of attributes[held]) element.setAttribute(name, 'true')
  }, [held])
  return (
    <div className={styles.specimen}>
      <div ref={ref} className={styles.held}>
        {children}
      </div>
      <small>{label}</small>
    </div>
  )
}
