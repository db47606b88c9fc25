import { Fragment } from 'react'
import type { Range } from './rules'

/** A text with parts of it marked. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  let done = 0
  const parts = ranges.map(([from, to]) => {
    const before = text.slice(done, from)
    done = to
    return (
      <Fragment key={from}>
        {before}
        <mark>{text.slice(from, to)}</mark>
      </Fragment>
    )
  })
  return (
    <>
      {parts}
      {text.slice(done)}
    </>
  )
}
