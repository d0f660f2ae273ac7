/** The days of a week, as they follow each other. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number]

/** Hours of some days, by the clocks of one place. */
export interface TimeWindow {
  /** The days on which it begins. */
  readonly days: readonly Weekday[]
  /** From this minute on: `HH:MM`, 00:00 to 23:59. */
  readonly from: string
  /** Until before this minute: `HH:MM`, 00:01 to 24:00. Where it is not after `from`, it is the next day's. */
  readonly to: string
  /** The time zone by its name (IANA), or `UTC`. */
  readonly zone: string
}

/** Answers whether clocks are known for a time zone of this name. */
export function isTimeZone(zone: string): boolean {
  try {
    clockOf(zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Answers whether a moment is within one of these windows. */
export function isWithinHours(windows: readonly TimeWindow[], at: Date): boolean {
  return windows.some((window) => isWithin(window, at))
}

function isWithin({ days, from, to, zone }: TimeWindow, at: Date): boolean {
  const { day, time } = readClock(zone, at)
  if (from < to) return days.includes(day) && from <= time && time < to
  return (days.includes(day) && from <= time) || (days.includes(dayBefore(day)) && time < to)
}

function dayBefore(day: Weekday): Weekday {
  return WEEKDAYS.at(WEEKDAYS.indexOf(day) - 1) ?? day
}

/** What the clocks of a place show: times of the same length are in order as text. */
function readClock(zone: string, at: Date): { readonly day: Weekday; readonly time: string } {
  const shown = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const word = shown.get("weekday")?.toLowerCase()
  const day = WEEKDAYS.find((known) => known === word)
  if (!day) throw new RangeError(`the clocks of ${zone} show no day`)
  return { day, time: `${shown.get("hour")}:${shown.get("minute")}` }
}

/** A clock takes longer to make than to read. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
  clocks.set(zone, made)
  return made
}
