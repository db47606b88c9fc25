/** The app's tile: white stroke us, persimmon stroke the visitor, one bar. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" role="img" aria-label="合一 Heyi">
      <rect width="48" height="48" rx="13" fill="#0d6a6f" />
      <g fill="none" strokeWidth="4.8" strokeLinecap="round" strokeLinejoin="round">
        <path d="M24 11c2.800 7 8.200 12.600 15 16" stroke="#f0a26c" />
        <path d="M24 11c-2.800 7-8.200 12.600-15 16" stroke="#fff" />
        <path d="M14.500 36.600h19" stroke="#fff" />
      </g>
    </svg>
  )
}
