/** What of a pane had the focus when it was left. */
const left = new WeakMap<Element, HTMLElement>()

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled):not([type=hidden]), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** The landmarks on screen, in reading order; one inside another is a part of it. */
function panes(): HTMLElement[] {
  const all = [
    ...document.querySelectorAll<HTMLElement>('nav[aria-label], section[aria-label], main, aside[aria-label]'),
  ]
  return all.filter((pane) => pane.checkVisibility() && !all.some((other) => other !== pane && other.contains(pane)))
}

/** Moves the focus to the pane after (1) or before (-1) the one that has it, back to where it was in there. */
export function focusPane(step: 1 | -1): void {
  const all = panes()
  const focused = document.activeElement
  const now = all.findIndex((pane) => pane.contains(focused))
  const current = all[now]
  if (current && focused instanceof HTMLElement) left.set(current, focused)
  const next = all[(now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step + all.length) % all.length]
  if (!next) return
  const before = left.get(next)
  const target = before && next.contains(before) && before.checkVisibility() ? before : firstIn(next)
  target?.focus()
}

/** Where somebody wants to be in a pane: what they write in, what is chosen, else the first that takes the focus. */
const firstIn = (pane: HTMLElement): HTMLElement | undefined =>
  [pane.querySelector<HTMLElement>('textarea, [aria-current="page"]'), ...pane.querySelectorAll<HTMLElement>(focusable)]
    .filter((element) => element !== null)
    .find((element) => element.checkVisibility())
