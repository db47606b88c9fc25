import { instantOf, wallTime, weekdayOf } from '../../app/zoned'

const morning = { hour: 9, minute: 0 }
const evening = { hour: 18, minute: 0 }

/** Times at which a message may well be sent later: this evening while it is far, tomorrow morning, Monday morning. */
export function sendTimes(zone: string, now: Date): Date[] {
  const today = wallTime(zone, now)
  const monday = today.day + ((8 - weekdayOf(today)) % 7 || 7)
  const times = [
    instantOf(zone, { ...today, ...evening }),
    instantOf(zone, { ...today, day: today.day + 1, ...morning }),
    instantOf(zone, { ...today, day: monday, ...morning }),
  ]
  const isFar = (at: Date) => at.getTime() - now.getTime() > 3600_000
  return times.filter((at, index) => isFar(at) && times.findIndex((one) => one.getTime() === at.getTime()) === index)
}
