const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
]

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" })
const narrow = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "narrow" })
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" })
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" })

/** Says how far a moment is from now, in the largest unit that fits. */
export function relativeTime(at: string, now: number): string {
  return toldBy(relative, at, now)
}

/** Says the same in the width of a column: `3m ago`. */
export function shortRelativeTime(at: string, now: number): string {
  return toldBy(narrow, at, now)
}

function toldBy(format: Intl.RelativeTimeFormat, at: string, now: number): string {
  const distance = new Date(at).getTime() - now
  if (Number.isNaN(distance)) return "at an unknown time"
  if (Math.abs(distance) < MINUTE) return distance > 5 * SECOND ? "in less than a minute" : "just now"
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? ["minute", MINUTE]
  // What has passed counts once it is whole; what was given for three days is three days off, not two, the moment after.
  return format.format(distance > 0 ? Math.round(distance / size) : Math.ceil(distance / size), unit)
}

/** Says a moment to the second, with its zone, for whoever has to be exact. */
export function exactTime(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? at : exact.format(date)
}

/** Says the day of a moment. */
export function dayOf(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? at : day.format(date)
}

/** Says how long is left, to the second below an hour: `4:05`, `2 h 10 min`, `3 d 4 h`. */
export function timeLeft(until: string, now: number): string {
  const left = new Date(until).getTime() - now
  if (!(left > 0)) return "expired"
  if (left >= 2 * DAY) return `${Math.floor(left / DAY)} d ${Math.floor((left % DAY) / HOUR)} h`
  if (left >= HOUR) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min`
  const seconds = Math.floor((left % MINUTE) / SECOND)
  return `${Math.floor(left / MINUTE)}:${String(seconds).padStart(2, "0")}`
}

/** Answers the day `days` from now as a date field writes it. */
export function dateFieldAfter(days: number, now: number): string {
  return new Date(now + days * DAY).toISOString().slice(0, 10)
}
