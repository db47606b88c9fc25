import { useEffect, useState } from 'react'

/** What `load` brings for this file; null until then. What fails is thrown where it is drawn, for the viewer to say so. */
export function useShown<T>(load: (signal: AbortSignal) => Promise<T>, key: string): T | null {
  const [held, setHeld] = useState<{ value: T } | { error: unknown } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is loaded
  useEffect(() => {
    const controller = new AbortController()
    setHeld(null)
    load(controller.signal).then(
      (value) => controller.signal.aborted || setHeld({ value }),
      (error: unknown) => controller.signal.aborted || setHeld({ error }),
    )
    return () => controller.abort()
  }, [key])
  if (held && 'error' in held) throw held.error
  return held?.value ?? null
}
