import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { setDeviceSettings, useDeviceSettings } from '../app/device-settings'
import { clampListWidth, listWidths } from '../app/stored-settings'
import styles from './ListEdge.module.css'

const stepPx = 8

/** The edge between the list and what is beside it: drawn by the pointer or the arrow keys, kept on this device. */
export function ListEdge() {
  const { t } = useTranslation()
  const { listWidth: chosen } = useDeviceSettings()
  const listWidth = chosen ?? listWidths.standard
  const from = useRef<{ x: number; width: number } | null>(null)
  const set = (width: number) => setDeviceSettings({ listWidth: clampListWidth(width) })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? stepPx * 4 : stepPx
    const next = {
      ArrowLeft: listWidth - step,
      ArrowRight: listWidth + step,
      Home: listWidths.min,
      End: listWidths.max,
    }[event.key]
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    set(next)
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? listWidth }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (from.current) set(from.current.width + event.clientX - from.current.x)
  }
  const onPointerEnd = () => {
    from.current = null
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; this is the separator of two panes
    <div
      role="separator"
      tabIndex={0}
      className={styles.edge}
      aria-orientation="vertical"
      aria-label={t('shell.listWidth')}
      aria-valuenow={listWidth}
      aria-valuemin={listWidths.min}
      aria-valuemax={listWidths.max}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onDoubleClick={() => setDeviceSettings({ listWidth: null })}
    />
  )
}
