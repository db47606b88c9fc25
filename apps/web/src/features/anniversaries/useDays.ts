import { useCall } from '../../app/data'

/** Somebody’s days, where the company tells of any. */
export function useDays(member: string) {
  const policy = useCall('anniversaries.getPolicy', {}).data
  const tells = Boolean(policy?.birthdays || policy?.joiningDays)
  return useCall('anniversaries.getDates', tells ? { member } : null)
}
