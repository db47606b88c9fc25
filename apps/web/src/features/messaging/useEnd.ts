import { useEffect, useState } from 'react'

const longestMs = 2 ** 31 - 1

/** Whether something that ends at this time is over; looks again when it ends. */
export function useEnd(endsAt: string | null, endedAt: string | null): boolean {
  const [, setNow] = useState(0)
  useEffect(() => {
    if (endsAt === null) return
    const left = Date.parse(endsAt) - Date.now()
    if (left <= 0 || left > longestMs) return
    const timer = setTimeout(() => setNow(Date.now()), left + 50)
    return () => clearTimeout(timer)
  }, [endsAt])
  return endedAt !== null || (endsAt !== null && Date.parse(endsAt) <= Date.now())
}
