/** The list column, in pixels; DESIGN section 5. */
export const listWidths = { min: 240, standard: 280, max: 360 }

/** What is chosen for this device and stays on it: it depends on its screen, or on who else sees it. */
export interface DeviceSettings {
  /** Null is the width that the design gives it. */
  listWidth: number | null
  /** Notifications of the browser; its permission is asked for as well. */
  notify: boolean
  /** They show the name and the text, not only that there is something. */
  notifyContent: boolean
  notifySound: boolean
}

export const standardSettings: DeviceSettings = {
  listWidth: null,
  notify: false,
  notifyContent: true,
  notifySound: true,
}

/** What was stored, as far as it is still understood. */
export function readDeviceSettings(text: string | null): DeviceSettings {
  let held: unknown
  try {
    held = JSON.parse(text ?? 'null')
  } catch {
    held = null
  }
  const found: Partial<Record<keyof DeviceSettings, unknown>> = typeof held === 'object' && held !== null ? held : {}
  const flag = (name: 'notify' | 'notifyContent' | 'notifySound') =>
    typeof found[name] === 'boolean' ? found[name] : standardSettings[name]
  return {
    listWidth: typeof found.listWidth === 'number' ? clampListWidth(found.listWidth) : standardSettings.listWidth,
    notify: flag('notify'),
    notifyContent: flag('notifyContent'),
    notifySound: flag('notifySound'),
  }
}

export const clampListWidth = (width: number): number =>
  Number.isFinite(width) ? Math.round(Math.min(listWidths.max, Math.max(listWidths.min, width))) : listWidths.standard
