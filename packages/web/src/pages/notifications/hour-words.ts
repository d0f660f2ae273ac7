/** Says an hour of the day (UTC) as the clock on this machine shows it today, and as it is kept. */
export function hourWords(hour: number, zone?: string, today: Date = new Date()): string {
  const at = new Date(today)
  at.setUTCHours(hour, 0, 0, 0)
  const here = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: zone }).format(at)
  const kept = `${String(hour).padStart(2, "0")}:00`
  return here === kept ? `${kept} (UTC)` : `${here} (${kept} UTC)`
}
