import {
  createContext,
  type Dispatch,
  Fragment,
  type ReactElement,
  type SetStateAction,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'

interface PresenceValue {
  leaving: boolean
  /** How many overlays of it are on screen. */
  setShown: Dispatch<SetStateAction<number>>
}
const PresenceContext = createContext<PresenceValue | null>(null)

/**
 * Around an overlay that is there or not: `<Presence>{open && <Dialog … />}</Presence>`. Taken away, it stays as it was
 * until it has faded. Nothing waits for that: the focus goes back and the page is in reach at once.
 */
export function Presence({ children }: { children: ReactElement | false | null | undefined }) {
  const leaving = !children
  const last = useRef<ReactElement>(null)
  const [shown, setShown] = useState(0)
  // Opened again before it has faded it is a new one: nothing of what was typed in it is there.
  const [opening, setOpening] = useState(0)
  const [wasLeaving, setWasLeaving] = useState(leaving)
  if (leaving !== wasLeaving) {
    setWasLeaving(leaving)
    if (!leaving) setOpening(opening + 1)
  }
  useEffect(() => {
    if (children) last.current = children
  })
  const value = useMemo(() => ({ leaving, setShown }), [leaving])
  return (
    <PresenceContext value={value}>
      <Fragment key={opening}>{leaving ? shown > 0 && last.current : children}</Fragment>
    </PresenceContext>
  )
}

/** Whether an overlay is to be open: until its Presence leaves. */
export const useIsOpen = (): boolean => !useContext(PresenceContext)?.leaving

/** First in an overlay: keeps its Presence until it has faded, and gives the focus back when it begins to. */
export function Stay() {
  const presence = useContext(PresenceContext)
  const ref = useRef<HTMLSpanElement>(null)
  const [opener] = useState(() => document.activeElement)
  const setShown = presence?.setShown
  useLayoutEffect(() => {
    setShown?.((before) => before + 1)
    return () => setShown?.((before) => before - 1)
  }, [setShown])
  const leaving = presence?.leaving
  // Not before the page is in reach: React Aria lets go of it by an effect too.
  useEffect(() => {
    const overlay = ref.current?.parentElement
    if (leaving && opener instanceof HTMLElement && overlay?.contains(document.activeElement))
      opener.focus({ preventScroll: true })
  }, [leaving, opener])
  return <span ref={ref} hidden />
}
