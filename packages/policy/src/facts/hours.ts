import { isTimeZone, isWithinHours, type TimeWindow, WEEKDAYS } from "@tabard/core"

/** Writes hours as policies name them: `mon,tue 08:00-18:00 Europe/Paris`. Days stand as they follow each other. */
export function hoursText({ days, from, to, zone }: TimeWindow): string {
  return `${WEEKDAYS.filter((day) => days.includes(day)).join(",")} ${from}-${to} ${zone}`
}

/** Reads hours as policies name them; undefined where they are not in that spelling. */
export function readHours(text: string): TimeWindow | undefined {
  const match = /^([a-z,]+) ((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00) (\S+)$/.exec(text)
  if (!match) return undefined
  const [, list = "", from = "", to = "", zone = ""] = match
  const hours = { days: WEEKDAYS.filter((day) => list.split(",").includes(day)), from, to, zone }
  return isTimeZone(zone) && hoursText(hours) === text ? hours : undefined
}

/** Answers those of these hours that a moment is within. */
export function hoursHeld(asked: readonly string[], now: Date): string[] {
  return asked.filter((text) => {
    const hours = readHours(text)
    return hours !== undefined && isWithinHours([hours], now)
  })
}
